"""A section's page: size, margins, grid."""

from typing import Any

from typeset.reading.wordml.package import first, number, value
from typeset.reading.wordml.styles import flattened, is_on
from typeset.reading.wordml.things import Section

TWIP_TO_MM = 25.4 / 1440


def section_of(element: Any) -> Section:
    """Read a sectPr; lengths become millimetres, the grid points."""
    props = flattened(element)
    size, margins, grid = (props.get(name, {}) for name in ("pgSz", "pgMar", "docGrid"))

    def mm(of: dict[str, str], name: str) -> float:
        return abs(number(of.get(name, ""))) * TWIP_TO_MM

    columns = props.get("cols", {}).get("num", "1")
    kind = grid.get("type", "default")
    return Section(
        width=mm(size, "w"),
        height=mm(size, "h"),
        top=mm(margins, "top"),
        bottom=mm(margins, "bottom"),
        left=mm(margins, "left"),
        right=mm(margins, "right"),
        gutter=mm(margins, "gutter"),
        header=mm(margins, "header"),
        footer=mm(margins, "footer"),
        columns=int(columns) if columns.isdecimal() and len(columns) < 3 else 1,
        grid="" if kind == "default" else kind,
        pitch=number(value(first(element, "docGrid"), "linePitch")) / 20,
        char_space=number(grid.get("charSpace", "")) / 4096,
        has_title_page=is_on(props, "titlePg"),
    )
