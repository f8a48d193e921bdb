"""座签: names large enough to be read across a hall, the same on both sides of the fold."""

import math
import re
from typing import Any

from typeset.layout.papers.cells import MM_OF_PT, Lines, breadth
from typeset.layout.papers.desk import Desk, about
from typeset.model import NamePlate, NamePlates

DOT = re.compile("[·•・‧]")
HAN_NAME = re.compile("[\u3007\u3400-\u9fff\U00020000-\U000323af]+")
# A longer name is set on two lines, parted at its dot.
ONE_LINE = 8.5
# A longer one is no name any more; it is made to fit by going over lines.
LONGEST = 24.0
# In pt, and in square millimetres of a face that the name may fill.
LARGEST = 112.0
FACE_AREA = 130.0 * 74.0


def name_plates(paper: NamePlates, desk: Desk) -> dict[str, Any]:
    """Return the data of 座签, two on a page."""
    return {
        "document": about(f"座签 {len(paper.plates)} 个", ""),
        "plates": [_plate(each, desk) for each in paper.plates],
        "is_red": paper.is_red,
    }


def _plate(plate: NamePlate, desk: Desk) -> dict[str, Any]:
    name = " ".join(plate.name.split())
    wraps = breadth(name) > LONGEST
    return {
        "name": [desk.words.line(each, 3 if wraps else 99, "biaosong") for each in _name_lines(name)],
        "wraps": wraps,
        "most": min(LARGEST, 1.5 * math.sqrt(FACE_AREA / breadth(name)) / MM_OF_PT) if wraps else LARGEST,
        "line": _below(plate.line, desk),
    }


def _below(text: str, desk: Desk) -> Lines:
    return desk.words.lines(text, 12, "song")


def _name_lines(name: str) -> list[str]:
    """Return the lines of a name: two characters stand apart as three would, a long one is parted at its dot."""
    close = name.replace(" ", "")
    if len(close) == 2 and HAN_NAME.fullmatch(close):
        return [f"{close[0]}\u3000{close[1]}"]
    if HAN_NAME.fullmatch(close) and len(close) <= 4:
        return [close]
    if ONE_LINE < breadth(name) <= LONGEST and (dots := [each.end() for each in DOT.finditer(name[:-1])]):
        middle = min(dots, key=lambda at: abs(2 * breadth(name[:at]) - breadth(name)))
        return [name[:middle], name[middle:]]
    return [name]
