"""标题, of the paper and of its attachments: told by look where a file shows one, else by words (7.3.1, 7.3.7)."""

from typeset.reading import words
from typeset.reading.outline.elements import Row
from typeset.reading.words import close

MOST_TITLE = 6
BIG = 18.0


def label_title(rows: list[Row], solid: list[int]) -> int:
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
            or row.is_number
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


def label_attachment_title(rows: list[Row], names: tuple[str, ...]) -> None:
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
    if below is not None and below.is_note and len(below.text) <= 90:
        below.role = "title_note"


def _is_named(rows: list[Row], names: tuple[str, ...]) -> bool:
    return "".join(row.close for row in rows) in {close(name) for name in names}
