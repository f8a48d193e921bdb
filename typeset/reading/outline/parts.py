"""Paper, attachments and enclosures parted; 署名, 日期, 附注 and the text told (7.3.3–7.3.7)."""

import re

from typeset.reading import words
from typeset.reading.outline.elements import Outline, Row


def label_parts(outline: Outline, rest: list[int]) -> None:
    """Part the rows into the paper, its attachments and enclosures; label 署名, 日期, 附注 of each on the way."""
    rows, part, signed = outline.rows, 0, False
    for place, at in enumerate(rest):
        row = rows[at]
        begins = _begins_attachment(rows, rest, place)
        enclosed = not begins and signed and not row.is_note and (part == 0 or row.breaks)
        if begins or enclosed:
            part, signed = part + 1, False
            if enclosed:
                outline.enclosures.add(part)
        row.part = part
        if begins:
            row.role = "attachment_mark"
        if not signed and words.is_date(row.text) and _sign(rows, rest, place):
            signed = True
        elif signed and row.is_note:
            row.role = "note"


def _begins_attachment(rows: list[Row], rest: list[int], place: int) -> bool:
    row = rows[rest[place]]
    if not words.ATTACHMENT_MARK.fullmatch(row.close) or row.is_table:
        return False
    # 附件： alone above its list is 附件说明, not the attachment.
    below = rows[rest[place + 1]] if place + 1 < len(rest) else None
    listed = below is not None and bool(words.ITEM.match(below.text)) and row.close.endswith(("：", ":"))
    return not listed


def _sign(rows: list[Row], rest: list[int], place: int) -> bool:
    """Label a date and the organs above it; say whether it is a signature's, not a date in the text."""
    taken = []
    for at in reversed(rest[max(0, place - 12) : place]):
        row = rows[at]
        if row.role or row.part != rows[rest[place]].part or not _may_sign(row):
            break
        taken.append(at)
    date = rows[rest[place]]
    if (
        not taken
        and date.align not in ("right", "center")
        and date.indent < 6
        and not _is_last(rows, rest, place)
    ):
        return False
    date.role = "date"
    for at in taken:
        rows[at].role = "signature"
    return True


def _is_last(rows: list[Row], rest: list[int], place: int) -> bool:
    return place == len(rest) - 1 or bool(words.ATTACHMENT_MARK.fullmatch(rows[rest[place + 1]].close))


def _may_sign(row: Row) -> bool:
    names = words.organs_in(row.text)
    short = (
        len(row.close) <= 60
        and not re.search(r"[。；：:，！？]$", row.text)
        and not words.level_of(row.text)[0]
    )
    if row.is_table or not short or words.ATTACHMENT_NOTE.match(row.text) or words.ITEM.match(row.text):
        return False
    if (names and all(map(words.is_organ, names))) or words.POST_AND_NAME.fullmatch(row.text):
        return True
    return row.align == "right" or (row.indent >= 6 and len(row.close) <= 40)


def label_body(rows: list[Row], solid: list[int]) -> None:
    """Label the text: headings by their numbers, 附件说明 at its end, 出席 of minutes."""
    listing = False
    for at in solid:
        row = rows[at]
        if row.is_table:
            row.role, listing = "body", False
            continue
        if row.part == 0 and words.ATTACHMENT_NOTE.match(row.text + " x"):
            listing = _ends_text(rows, solid, at)
            row.role = "attachment_notes" if listing else "body"
            continue
        if listing and (words.ITEM.match(row.text) or _wraps(rows[at - 1], row)):
            row.role = "attachment_notes"
            continue
        listing = False
        row.level = words.level_of(row.text.translate(words.FORMS))[0]
        if words.ROLL_CALL.match(row.text) and row.text[:1] in "出请列":
            row.role = "roll_call"
        else:
            row.role = "heading" if row.level else "body"


def _ends_text(rows: list[Row], solid: list[int], at: int) -> bool:
    """Say whether few rows follow a line 附件：…, each of them its own list."""
    later = [rows[other] for other in solid if other > at]
    return all(
        (len(row.text) <= 80 and not row.text.endswith("。")) or words.ITEM.match(row.text) for row in later
    )


def _wraps(above: Row, row: Row) -> bool:
    return above.role == "attachment_notes" and row.indent >= 3 and not row.text.endswith("。")
