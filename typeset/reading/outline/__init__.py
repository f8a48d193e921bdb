"""Which element of an official document each paragraph is (GB/T 9704 7); used for reading and for checking alike.

Faces, sizes and places help where a file has them; words alone must do for plain text.
"""

import re

from typeset.reading import words
from typeset.reading.outline.elements import Outline, Role, Row
from typeset.reading.outline.fronts import label_address, label_head
from typeset.reading.outline.parts import label_body, label_parts
from typeset.reading.outline.titles import label_attachment_title, label_title
from typeset.reading.tails import names_of_list
from typeset.reading.words import BLANKS

__all__ = ["Outline", "Role", "Row", "outline_of"]


def outline_of(rows: list[Row]) -> Outline:
    """Tell the rows' roles, in the order of the paper."""
    for row in rows:
        row.text = row.text.strip(BLANKS)
        row.role = "blank" if not row.text and not row.is_table else ""
    outline = Outline(rows)
    solid = [at for at, row in enumerate(rows) if row.role != "blank"]
    end = _imprint(rows, solid)
    solid = [at for at in solid if at < end]
    start = label_head(rows, solid)
    start = label_title(rows, [at for at in solid if at >= start])
    rest = label_address(rows, [at for at in solid if at >= start])
    label_parts(outline, rest)
    outline.forget()
    places: dict[int, list[int]] = {}
    for at in rest:
        if not rows[at].role:
            places.setdefault(rows[at].part, []).append(at)
    label_body(rows, places.get(0, []))
    names = names_of_list([row.text for row in outline.of("attachment_notes")])
    for part in range(1, outline.parts + 1):
        label_attachment_title([rows[at] for at in places.get(part, [])], names)
        label_body(rows, [at for at in places.get(part, []) if not rows[at].role])
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
