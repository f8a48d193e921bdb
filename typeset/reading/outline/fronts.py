"""版头, 标题 and 主送机关: what stands above the text (GB/T 9704 7.2, 7.3.1, 7.3.2)."""

import re

from typeset.reading import words
from typeset.reading.outline.elements import Role, Row
from typeset.reading.words import close

HEAD_ROWS = 30
MOST_NOTES = 5
BIG = 18.0


def label_head(rows: list[Row], solid: list[int]) -> int:
    """Label 份号 … 签发人; return where the title may begin."""
    here = solid[:HEAD_ROWS]
    number = next((at for at in here if rows[at].is_number), -1)
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


def label_address(rows: list[Row], solid: list[int]) -> list[int]:
    """Label what stands under the title (题注, a number standing there) and 主送; return the rows that are left."""
    for place, at in enumerate(solid[: MOST_NOTES + 1]):
        row = rows[at]
        if row.is_number and not any(other.role == "number" for other in rows):
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
