"""标题: centred, its lines broken where the author, or the layout at word sense, breaks them (7.3.1)."""

from typeset.writing.docx.pen import Pen
from typeset.writing.docx.xml import Node, node


def title(pen: Pen, words: str, *, new_page: bool = False) -> list[Node]:
    """Write a title; nothing where there is none."""
    if not words:
        return []
    props = (node("pageBreakBefore"),) if new_page else ()
    return [pen.para("GwTitle", pen.write(words), props=props)]
