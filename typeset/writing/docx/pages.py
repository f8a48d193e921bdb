"""The page: margins, the grid of 22 lines of 28 characters, page numbers outside (clauses 5 and 7.5)."""

from typeset.writing.docx.measures import twips
from typeset.writing.docx.pen import Pen
from typeset.writing.docx.xml import Node, node, text, val

WIDTH, HEIGHT = 210.0, 297.0
# The number's line stands 7 mm under the text area: measured on its pages, its dash lies in the middle of the line.
FOOT = 25.3
HEADROOM = 15.0


def section(pen: Pen, *, first: bool, landscape: bool = False, headroom: float | None = None) -> Node:
    """Return a sectPr; `first` gives the section's first page heads and feet of its own."""
    measures = pen.measures
    size: dict[str, object] = {"w": twips(WIDTH), "h": twips(HEIGHT)}
    margins = {"top": measures.top, "right": measures.right, "bottom": measures.bottom, "left": measures.left}
    if landscape:
        size = {"w": twips(HEIGHT), "h": twips(WIDTH), "orient": "landscape"}
        margins = {
            "top": measures.left,
            "right": measures.bottom,
            "bottom": measures.right,
            "left": measures.top,
        }
    edges = {name: twips(length) for name, length in margins.items()}
    foot = min(FOOT, margins["bottom"] - 6)
    return node(
        "sectPr",
        *(node("headerReference", type=which, r__id=key) for which, key in pen.feet.headers.items() if first),
        *(
            node("footerReference", type=which, r__id=key)
            for which, key in pen.feet.footers.items()
            if first or which != "first"
        ),
        node("pgSz", **size),
        node(
            "pgMar",
            **edges,
            header=twips(HEADROOM if headroom is None else headroom),
            footer=twips(foot),
            gutter=0,
        ),
        node("cols", space=425),
        node("titlePg") if first and "first" in (pen.feet.headers | pen.feet.footers) else None,
        node("docGrid", type="linesAndChars", linePitch=measures.pitch, charSpace=measures.char_space),
    )


def add_folios(pen: Pen) -> None:
    """Add the feet: — 1 — outside, one character in from the edge (odd right, even left)."""
    for which, side, indent in (("default", "right", "rightChars"), ("even", "left", "leftChars")):
        fold = {indent: 100, indent.removesuffix("Chars"): 280}
        foot = pen.para(
            "GwFolio", pen.write("— "), *page_field(pen), pen.write(" —"), ind=fold, props=(val("jc", side),)
        )
        pen.feet.footers[which] = pen.package.add(f"footer_{which}.xml", "footer", node("ftr", foot))


def page_field(pen: Pen) -> list[Node]:
    """Return the runs of a PAGE field."""
    code = node("r", text(" PAGE ", "instrText"))
    signs = [node("r", node("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    return [signs[0], code, signs[1], pen.write("1"), signs[2]]


def settings_part(*, has_footnotes: bool) -> Node:
    """Return word/settings.xml: odd and even feet differ, punctuation as Chinese typesetting wants it."""
    separators = node("footnotePr", *(node("footnote", id=number) for number in (-1, 0)))
    return node(
        "settings",
        node("zoom", percent=100),
        val("defaultTabStop", 420),
        node("evenAndOddHeaders"),
        val("drawingGridVerticalSpacing", 289),
        val("characterSpacingControl", "compressPunctuation"),
        separators if has_footnotes else None,
        node(
            "compat",
            node("spaceForUL"),
            node("balanceSingleByteDoubleByteWidth"),
            node("doNotLeaveBackslashAlone"),
            node("ulTrailSpace"),
            node("doNotExpandShiftReturn"),
            node("adjustLineHeightInTable"),
            node("useFELayout"),
            node(
                "compatSetting",
                name="compatibilityMode",
                uri="http://schemas.microsoft.com/office/word",
                val=15,
            ),
        ),
        node("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )
