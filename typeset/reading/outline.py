"""Which element of an official document each paragraph is (GB/T 9704 7); used for reading and for checking alike.

Faces, sizes and places help where a file has them; words alone must do for plain text.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from typeset.reading import words
from typeset.reading.tails import names_of_list
from typeset.reading.words import BLANKS, close

Role = Literal[
    "", "blank", "copy_no", "secrecy", "urgency", "mark", "number", "signers", "title", "title_note", "recipients",
    "body", "heading", "attachment_notes", "roll_call", "signature", "date", "note", "attachment_mark",
    "attachment_title", "attachment", "imprint",
]  # fmt: skip
HEAD_ROWS = 30
MOST_TITLE = 6
MOST_NOTES = 5
BIG = 18.0


@dataclass(slots=True)
class Row:
    """A paragraph (or a whole table) to be told apart; `size` is 0 and `align` empty in plain text."""

    text: str
    at: int = 0
    size: float = 0.0
    align: str = ""
    face: str = ""
    is_red: bool = False
    is_table: bool = False
    breaks: bool = False
    indent: float = 0.0
    outline: int | None = None
    role: Role = ""
    level: int = 0
    part: int = 0

    @property
    def close(self) -> str:
        return close(self.text)

    @property
    def is_centred(self) -> bool:
        return self.align in ("center", "distribute")


@dataclass(slots=True)
class Outline:
    """Rows with their roles; `part` of a row is 0 in the paper itself, 1… in its attachments and enclosures."""

    rows: list[Row]
    enclosures: set[int] = field(default_factory=set)

    def of(self, *roles: Role, part: int = 0) -> list[Row]:
        """Return the rows of some roles in a part."""
        return [row for row in self.rows if row.role in roles and row.part == part]

    def first(self, role: Role, part: int = 0) -> Row | None:
        """Return the first row of a role."""
        return next(iter(self.of(role, part=part)), None)

    @property
    def parts(self) -> int:
        """How many attachments and enclosures follow."""
        return max((row.part for row in self.rows), default=0)


def outline_of(rows: list[Row]) -> Outline:
    """Tell the rows' roles, in the order of the paper."""
    for row in rows:
        row.text = row.text.strip(BLANKS)
        row.role = "blank" if not row.text and not row.is_table else ""
    outline = Outline(rows)
    solid = [at for at, row in enumerate(rows) if row.role != "blank"]
    end = _imprint(rows, solid)
    solid = [at for at in solid if at < end]
    start = _head(rows, solid)
    start = _title(rows, [at for at in solid if at >= start])
    rest = _address(rows, [at for at in solid if at >= start])
    _parts(outline, rest)
    _body(rows, [at for at in rest if rows[at].part == 0 and not rows[at].role])
    names = names_of_list([row.text for row in outline.of("attachment_notes")])
    for part in range(1, outline.parts + 1):
        _attachment_title([rows[at] for at in rest if rows[at].part == part and not rows[at].role], names)
        _body(rows, [at for at in rest if rows[at].part == part and not rows[at].role])
    return outline


def _imprint(rows: list[Row], solid: list[int]) -> int:
    """版记 begins at 抄送, or at the line of 印发 where there is none, behind everything else."""
    last = len(rows)
    for at in reversed(solid[-8:]):
        row = rows[at]
        printed = re.search(r"印\s?发\s*$", row.text) and words.DATE.search(row.text)
        copied = words.CC.match(row.text) and at > len(solid) // 4
        moved = row.is_table and re.search(r"抄\s?送[：:]|印\s?发\s*$", row.text)
        if printed or copied or moved or (last < len(rows) and _continues_cc(row)):
            last = at
        elif last < len(rows):
            break
    for at in solid:
        if at >= last:
            rows[at].role = "imprint"
    return last


def _continues_cc(row: Row) -> bool:
    return row.text.endswith("。") and not words.is_date(row.text) and 0 < row.size < 15


def _head(rows: list[Row], solid: list[int]) -> int:
    """Label 份号 … 签发人; return where the title may begin."""
    here = solid[:HEAD_ROWS]
    number = next((at for at in here if _is_number(rows[at])), -1)
    start = solid[0] if solid else 0
    for place, at in enumerate(here):
        row = rows[at]
        below = rows[here[place + 1]] if place + 1 < len(here) else None
        role = _head_role(row, below, above=at < number, first=place < 6 and at <= max(number, here[0] + 8))
        if at == number:
            role = "number"
        if not role:
            break
        row.role = role
        start = at + 1
    return start


def _is_number(row: Row) -> bool:
    text = (
        re.sub(r"\s*签\s?发\s?人?\s?[：:].*$", "", row.text.replace("\n", " ")).split("\t")[0].strip(BLANKS)
    )
    tight = close(text)
    return bool(
        words.NUMBER.fullmatch(tight) or words.ORDER_NUMBER.fullmatch(tight) or words.ISSUE.fullmatch(tight)
    )


def _head_role(row: Row, below: Row | None, *, above: bool, first: bool) -> Role:
    text = row.close
    if first and words.COPY_NO.fullmatch(text):
        return "copy_no"
    if first and words.SECRECY.fullmatch(text):
        return "secrecy"
    if words.URGENCY.fullmatch(text):
        return "urgency"
    if words.SIGNERS.search(row.text):
        return "signers"
    if _is_mark(row, below, above=above):
        return "mark"
    if above and not row.is_table and 2 <= len(text) <= 12 and row.align == "right":
        return "signers"
    return ""


def _is_mark(row: Row, below: Row | None, *, above: bool) -> bool:
    """An organ's name over the number, unless the row under it goes on with the title: 国务院办公厅 / 关于…."""
    text = row.close
    if len(text) > 80 or re.search(r"关于|[。！？]", text):
        return False
    organ = words.is_organ(words.MARK_END.sub("", text)) or (row.is_table and "文件" in text)
    if text.endswith("文件") and (organ or text == "文件") and len(text) <= 40:
        return True
    if row.is_red and row.size >= 20:
        return True
    named = organ or (bool(words.MARK_END.search(text)) and (not row.size or row.size >= BIG))
    goes_on = below is not None and (
        words.TITLE_BEGIN.match(below.text) or words.TITLE_END.search(below.close)
    )
    return above and named and not goes_on and (not row.size or row.size >= BIG or row.is_table)


def _title(rows: list[Row], solid: list[int]) -> int:
    """Label the title; return the row after it."""
    if not solid:
        return 0
    if any(row.role == "mark" and row.close.endswith("令") for row in rows):
        return solid[0]
    taken = _large(rows, solid) or _worded(rows, solid)
    for at in taken:
        rows[at].role = "title"
    return taken[-1] + 1 if taken else solid[0]


def _large(rows: list[Row], solid: list[int]) -> list[int]:
    """A title by its look: the first rows, centred or clearly larger than the text that follows, all of one size."""
    first = rows[solid[0]]
    later = sorted(rows[at].size for at in solid[1:40] if rows[at].size)
    usual = later[len(later) // 2] if later else 0.0
    big = first.size >= BIG or (usual and first.size > usual * 1.1)
    if (
        not first.size
        or first.is_table
        or first.text.endswith("：")
        or not (big or first.is_centred or first.outline == 0)
    ):
        return []
    if words.SENTENCE.search(first.text) and not first.is_centred:
        return []
    taken: list[int] = []
    for at in solid[:MOST_TITLE]:
        row = rows[at]
        alike = abs(row.size - first.size) < 0.15 * first.size and row.align == first.align
        whole = bool(taken) and row.at == rows[taken[-1]].at and not row.text.startswith(("—", "-"))
        if taken and not whole and (not alike or _ends(rows, taken) or row.text.startswith(("（", "—", "-"))):
            break
        taken.append(at)
    return taken


def _worded(rows: list[Row], solid: list[int]) -> list[int]:
    """A title by its words: rows up to the one that ends in a 文种, before those addressed or the first sentence."""
    taken: list[int] = []
    for at in solid[:MOST_TITLE]:
        row = rows[at]
        if (
            row.is_table
            or words.SENTENCE.search(row.text)
            or row.text.endswith(("：", ":"))
            or words.is_date(row.text)
        ):
            break
        if (
            (taken and row.text.startswith(("（", "—", "-")))
            or _is_number(row)
            or words.level_of(row.text)[0]
            or (words.BODY_BEGIN.match(row.text) and "，" in row.text)
        ):
            break
        taken.append(at)
    ends = [count for count in range(1, len(taken) + 1) if _ends(rows, taken[:count])]
    if ends:
        return taken[: ends[-1]]
    return taken[:1] if taken and len(rows[taken[0]].text) <= 60 else []


def _ends(rows: list[Row], taken: list[int]) -> bool:
    return bool(words.TITLE_END.search("".join(rows[at].close for at in taken)))


def _address(rows: list[Row], solid: list[int]) -> list[int]:
    """Label what stands under the title (题注, a number standing there) and 主送; return the rows that are left."""
    for place, at in enumerate(solid[: MOST_NOTES + 1]):
        row = rows[at]
        if _is_number(row) and not any(other.role == "number" for other in rows):
            row.role = "number"
        elif _is_recipients(row):
            row.role = "recipients"
            return solid[place + 1 :]
        elif _is_title_note(row, rows, solid[place + 1 : place + 1 + MOST_NOTES]):
            row.role = "title_note"
        else:
            return solid[place:]
    return solid[MOST_NOTES + 1 :]


def _is_recipients(row: Row) -> bool:
    text = row.text.translate(words.FORMS)
    if row.is_table or row.is_centred or row.align == "right":
        return False
    if re.search(r"[：:]$", text):
        return words.is_addressed(close(text).rstrip("：:"))
    ends_in_organ = bool(words.ORGAN_END.search(close(text)) or words.PERSON_END.search(close(text)))
    return row.indent < 1 and len(text) <= 120 and ends_in_organ and words.is_addressed(close(text))


def _is_title_note(row: Row, rows: list[Row], below: list[int]) -> bool:
    """A date, an occasion, a name: short, without a full stop, bracketed, centred, or above those addressed."""
    text = row.text
    if row.is_table or words.SENTENCE.search(text[:-1]) or len(text) > 90 or words.level_of(text)[0] == 1:
        return False
    if text.startswith(("（", "(")) and text.endswith(("）", ")")):
        return True
    if text.startswith(("——", "--", "来源")) or row.is_centred:
        return not text.endswith(("：", ":", "，", "。"))
    return any(_is_recipients(rows[at]) for at in below)


def _parts(outline: Outline, rest: list[int]) -> None:
    """Part the rows into the paper, its attachments and enclosures; label 署名, 日期, 附注 of each on the way."""
    rows, part, signed = outline.rows, 0, False
    for place, at in enumerate(rest):
        row = rows[at]
        begins = _begins_attachment(rows, rest, place)
        enclosed = not begins and signed and not _is_note(row) and (part == 0 or row.breaks)
        if begins or enclosed:
            part, signed = part + 1, False
            if enclosed:
                outline.enclosures.add(part)
        row.part = part
        if begins:
            row.role = "attachment_mark"
        if not signed and words.is_date(row.text) and _sign(rows, rest, place):
            signed = True
        elif signed and _is_note(row):
            row.role = "note"


def _begins_attachment(rows: list[Row], rest: list[int], place: int) -> bool:
    row = rows[rest[place]]
    if not words.ATTACHMENT_MARK.fullmatch(row.close) or row.is_table:
        return False
    # 附件： alone above its list is 附件说明, not the attachment.
    below = rows[rest[place + 1]] if place + 1 < len(rest) else None
    listed = below is not None and bool(words.ITEM.match(below.text)) and row.close.endswith(("：", ":"))
    return not listed


def _is_note(row: Row) -> bool:
    text = row.text
    return not row.is_table and text.startswith(("（", "(")) and text.endswith(("）", ")", "。）"))


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


def _attachment_title(rows: list[Row], names: tuple[str, ...]) -> None:
    """The title of an attachment stands first in it: the name in 附件说明, else what is centred, large, or reads so."""
    if not rows or rows[0].is_table:
        return
    named = next((count for count in range(1, 5) if _is_named(rows[:count], names)), 0)
    places = list(range(len(rows)))
    taken = places[:named] or _large(rows, places) or _worded(rows, places)
    for at in taken:
        if not words.level_of(rows[at].text)[0]:
            rows[at].role = "attachment_title"
    below = rows[taken[-1] + 1] if taken and taken[-1] + 1 < len(rows) else None
    if below is not None and _is_note(below) and len(below.text) <= 90:
        below.role = "title_note"


def _is_named(rows: list[Row], names: tuple[str, ...]) -> bool:
    return "".join(row.close for row in rows) in {close(name) for name in names}


def _body(rows: list[Row], solid: list[int]) -> None:
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
