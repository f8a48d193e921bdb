"""Pictures and drawn lines in DrawingML and VML."""

import re
from collections.abc import Callable
from typing import Any

from typeset.reading.wordml.package import first, local, number, value
from typeset.reading.wordml.things import Picture, Rule

EMU_TO_MM = 1 / 36_000
EMU_TO_POINT = 1 / 12_700
POINT_TO_MM = 25.4 / 72
LENGTHS = {"pt": POINT_TO_MM, "mm": 1.0, "cm": 10.0, "in": 25.4, "px": 25.4 / 96, "": POINT_TO_MM}
LENGTH = re.compile(r"(-?[0-9.]+)\s*(pt|mm|cm|in|px|)")
COLORS = {"red": "FF0000", "black": "000000"}


def pictures_in(
    element: Any, targets: dict[str, str], bytes_of: Callable[[str], bytes]
) -> tuple[list[Picture], list[str]]:
    """Return the pictures of a drawing, and the names of those that cannot be had."""
    found, missing = [], []
    for part, width, height, floats, name in _named(element):
        data = bytes_of(targets[part]) if part in targets else b""
        if data:
            found.append(Picture(targets[part], data, width, height, floats, name))
        else:
            missing.append(name or part or "图片")
    return found, missing


def _named(element: Any) -> list[tuple[str, float, float, bool, str]]:
    rows = []
    for frame in element.iter("{*}inline", "{*}anchor"):
        extent, name = first(frame, "extent"), value(first(frame, "docPr"), "name")
        width, height = (number(value(extent, key)) * EMU_TO_MM for key in ("cx", "cy"))
        for blip in frame.iter("{*}blip"):
            part = value(blip, "embed") or value(blip, "link")
            rows.append((part, width, height, local(frame) == "anchor", name))
    for image in element.iter("{*}imagedata"):
        style = value(image.getparent(), "style")
        floats = "position:absolute" in style.replace(" ", "")
        rows.append(
            (
                value(image, "id"),
                length(style, "width"),
                length(style, "height"),
                floats,
                value(image, "title"),
            )
        )
    return rows


def rules_in(element: Any) -> list[Rule]:
    """Return the straight horizontal lines drawn as shapes."""
    found = []
    for frame in element.iter("{*}inline", "{*}anchor"):
        shape = next(iter(frame.iter("{*}prstGeom")), None)
        if value(shape, "prst") in ("line", "straightConnector1"):
            extent, stroke = first(frame, "extent"), next(iter(frame.iter("{*}ln")), None)
            color = value(first(stroke, "solidFill", "srgbClr")).upper()
            found.append(
                Rule(
                    number(value(extent, "cx")) * EMU_TO_MM,
                    number(value(stroke, "w"), 9525) * EMU_TO_POINT,
                    color,
                )
            )
    if not found:
        found = [rule for line in element.iter("{*}line") if (rule := _vml_rule(line)) is not None]
    return found


def _vml_rule(line: Any) -> Rule | None:
    ends = [LENGTH.match(value(line, name)) for name in ("from", "to")]
    if not all(ends):
        return None
    start, end = (float(each[1]) * LENGTHS[each[2]] for each in ends if each)
    color = value(line, "strokecolor").lower().split(" ")[0].lstrip("#")
    weight = LENGTH.match(value(line, "strokeweight") or "0.75pt")
    return Rule(
        abs(end - start),
        float(weight[1]) * LENGTHS[weight[2]] / POINT_TO_MM if weight else 0.75,
        COLORS.get(color, color.upper()),
    )


def length(style: str, name: str) -> float:
    """Read a length in millimetres from a VML style attribute."""
    match = re.search(rf"(?:^|;)\s*{name}\s*:\s*([0-9.]+)\s*(pt|mm|cm|in|px|)", style)
    try:
        return float(match[1]) * LENGTHS[match[2]] if match else 0.0
    except ValueError:
        return 0.0
