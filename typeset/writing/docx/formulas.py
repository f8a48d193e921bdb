"""Formulas as Office MathML, from the tree of the model's own notation."""

from typeset.model.formula import Fraction, Root, Row, Script, Text, parse
from typeset.model.formula import Node as Part
from typeset.writing.docx.xml import Node, node


def math(source: str) -> Node:
    """Return an m:oMath; raises `ValueError` where the source cannot be read."""
    return node("m:oMath", *_row(parse(source)))


def _row(row: Row) -> list[Node]:
    """Write a row; letters that follow each other become one run."""
    made: list[Node] = []
    for part in row:
        if isinstance(part, Text) and made and made[-1].tag.endswith("}r"):
            made[-1][-1].text += part.text
        else:
            made.append(_part(part))
    return made


def _part(part: Part) -> Node:
    if isinstance(part, Fraction):
        return node("m:f", node("m:num", *_row(part.above)), node("m:den", *_row(part.below)))
    if isinstance(part, Root):
        hidden = node("m:radPr", node("m:degHide", val="1"))
        return node("m:rad", hidden, node("m:deg"), node("m:e", *_row(part.inside)))
    if isinstance(part, Script):
        name, place = ("m:sSup", "m:sup") if part.place == "super" else ("m:sSub", "m:sub")
        return node(name, node("m:e", _part(part.base)), node(place, *_row(part.script)))
    run = node("m:r", node("m:t"))
    run[-1].text = part.text
    return run
