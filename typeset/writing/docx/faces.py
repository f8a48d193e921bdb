"""The font table: which face stands in where one of the standard's faces is not installed."""

from typeset.writing.docx.measures import Measures
from typeset.writing.docx.xml import Node, node, val

OTHER_NAMES = {
    "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "宋体", "黑体": "SimHei", "宋体": "SimSun",
}  # fmt: skip


def font_table(measures: Measures) -> Node:
    """Return word/fontTable.xml."""
    return node("fonts", *(_font(face) for face in sorted(set(measures.faces.values()))))


def _font(face: str) -> Node:
    other = OTHER_NAMES.get(face)
    return node(
        "font", val("altName", other) if other else None, val("charset", "86"), val("family", "auto"),
        val("pitch", "variable"), name=face,
    )  # fmt: skip
