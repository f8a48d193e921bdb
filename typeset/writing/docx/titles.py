"""标题: centred, its lines broken where the author, or the layout at word sense, breaks them (7.3.1)."""

from typeset.layout.titles import title_lines
from typeset.writing.docx.measures import POINT
from typeset.writing.docx.pen import Pen
from typeset.writing.docx.xml import Node, node


def title_note(pen: Pen, words: str) -> list[Node]:
    """Write 题注 in brackets, centred under the title."""
    bracketed = words if words.startswith(("（", "(")) or "\n" in words else f"（{words}）"
    return [pen.para("GwTitleNote", pen.write(bracketed))] if words else []


def title(pen: Pen, words: str, *, new_page: bool = False) -> list[Node]:
    """Write a title; nothing where there is none."""
    if not words:
        return []
    props = (node("pageBreakBefore"),) if new_page else ()
    room = pen.measures.width / (pen.measures.title_size * POINT)
    return [pen.para("GwTitle", pen.write("\n".join(title_lines(words, room))), props=props)]
