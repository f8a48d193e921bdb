"""The text: paragraphs, headings, lists, tables with repeated heads, figures, formulas (7.3.3)."""

from typeset.model.blocks import Block, Blocks, Cell, Figure, Formula, Heading, ListItem, Paragraph, Table
from typeset.model.inline import plain
from typeset.writing.docx.drawings import inline_picture
from typeset.writing.docx.formulas import math
from typeset.writing.docx.measures import twips
from typeset.writing.docx.pages import section
from typeset.writing.docx.pen import Pen, unbolded
from typeset.writing.docx.styles import HEADINGS
from typeset.writing.docx.xml import Node, node, val

LANDSCAPE_WIDTH = 225.0
RULE = {"val": "single", "sz": 4, "space": 0, "color": "000000"}


def blocks(pen: Pen, body: Blocks) -> list[Node]:
    """Write the blocks of a text."""
    return [element for block in body for element in _block(pen, block)]


def _block(pen: Pen, block: Block) -> list[Node]:
    if isinstance(block, Heading):
        return [_heading(pen, block)]
    if isinstance(block, Paragraph):
        return [_paragraph(pen, block)]
    if isinstance(block, ListItem):
        return [pen.para("GwText", pen.write(block.marker), *pen.runs(block.runs))]
    if isinstance(block, Table):
        return _sheet(pen, block) if block.is_landscape else table(pen, block, pen.measures.width)
    if isinstance(block, Figure):
        return _figure(pen, block)
    return [_formula(pen, block)]


def _heading(pen: Pen, heading: Heading) -> Node:
    role = {1: "heading1", 2: "heading2"}.get(heading.level, "text")
    content = pen.runs(unbolded(heading.runs), pen.face(role)) + pen.runs(heading.body, pen.face("text"))
    # With text running on, the paragraph need not stand with the next one.
    keep = (val("keepNext", 0),) if heading.body else ()
    return pen.para(HEADINGS[heading.level], *content, props=keep)


def _paragraph(pen: Pen, paragraph: Paragraph) -> Node:
    style = "GwText" if paragraph.is_indented and paragraph.align in ("", "left") else "GwFlush"
    props = (val("jc", paragraph.align),) if paragraph.align else ()
    return pen.para(style, *pen.runs(paragraph.runs), props=props)


def _figure(pen: Pen, figure: Figure) -> list[Node]:
    width = min(figure.width_mm, pen.measures.width)
    alone = (node("keepNext"),) if figure.caption else ()
    line = node("spacing", line=240, lineRule="auto")
    shown = pen.para(
        "GwFigureTitle",
        inline_picture(pen, figure.picture.data, width),
        props=(*alone, line, val("snapToGrid", 0)),
    )
    return [shown, pen.para("GwFigureTitle", pen.write(figure.caption))] if figure.caption else [shown]


def _formula(pen: Pen, formula: Formula) -> Node:
    line = (node("spacing", line=240, lineRule="auto"), val("snapToGrid", 0))
    middle, right = twips(pen.measures.width / 2), twips(pen.measures.width)
    number = [pen.write("\t" + formula.number)] if formula.number else []
    return pen.para(
        "GwFlush",
        pen.write("\t"),
        math(formula.source),
        *number,
        tabs=(("center", middle), ("right", right)),
        props=line,
    )


def _sheet(pen: Pen, block: Table) -> list[Node]:
    """Set a wide table on pages of its own, crosswise; the text before and after keeps upright pages."""
    upright = pen.para("GwBlank", props=(section(pen, first=False),))
    crosswise = pen.para("GwBlank", props=(section(pen, first=False, landscape=True),))
    return [upright, *table(pen, block, LANDSCAPE_WIDTH), crosswise]


def table(pen: Pen, block: Table, width: float) -> list[Node]:
    """Write a table with what stands over and under it; the head is repeated on every page."""
    columns = max((sum(cell.columns for cell in row) for row in block.rows), default=1)
    shares = block.widths if len(block.widths) == columns else (1.0,) * columns
    whole = sum(shares) or 1.0
    widths = [twips(width * share / whole) for share in shares]
    made: list[Node] = []
    if block.caption:
        made.append(pen.para("GwTableTitle", pen.write(block.caption)))
    if block.unit:
        keep = (node("keepNext"), val("jc", "right"))
        made.append(pen.para("GwTableNote", pen.write(block.unit), props=keep))
    made.append(node("tbl", _table_props(sum(widths)), _grid(widths), *_rows(pen, block, widths)))
    # A paragraph must part tables and end every part of a document.
    made.append(pen.para("GwTableNote", *([pen.write(block.note)] if block.note else [])))
    return made


def _table_props(width: int) -> Node:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return node(
        "tblPr", val("tblStyle", "TableNormal"), node("tblW", w=width, type="dxa"), val("jc", "center"),
        node("tblBorders", *(node(side, **RULE) for side in sides)), node("tblLayout", type="fixed"),
    )  # fmt: skip


def _grid(widths: list[int]) -> Node:
    return node("tblGrid", *(node("gridCol", w=width) for width in widths))


def _rows(pen: Pen, block: Table, widths: list[int]) -> list[Node]:
    """Write rows; where a cell spans several, the rows below get the empty cells that Word wants."""
    hanging: dict[int, tuple[int, int]] = {}
    made = []
    for number, row in enumerate(block.rows):
        is_head = number < block.header_rows
        below: dict[int, tuple[int, int]] = {}
        cells: list[Node] = []
        column, waiting = 0, list(row)
        while column < len(widths):
            if column in hanging:
                depth, span = hanging[column]
                cells.append(_covered(widths[column : column + span], span))
            else:
                cell = waiting.pop(0) if waiting else Cell()
                depth, span = cell.rows, max(1, min(cell.columns, _free(column, len(widths), hanging)))
                cells.append(_cell(pen, cell, widths[column : column + span], span, is_head=is_head))
            if depth > 1:
                below[column] = (depth - 1, span)
            column += span
        hanging = below
        made.append(node("tr", _row_props(is_head=is_head), *cells))
    return made


def _free(column: int, end: int, hanging: dict[int, tuple[int, int]]) -> int:
    return min((place for place in hanging if place > column), default=end) - column


def _row_props(*, is_head: bool) -> Node:
    return node("trPr", node("cantSplit"), node("tblHeader") if is_head else None)


def _cell(pen: Pen, cell: Cell, widths: list[int], span: int, *, is_head: bool) -> Node:
    props = node(
        "tcPr", node("tcW", w=sum(widths), type="dxa"), val("gridSpan", span) if span > 1 else None,
        val("vMerge", "restart") if cell.rows > 1 else None, val("vAlign", "center"),
    )  # fmt: skip
    face = (pen.face("heading1"),) if is_head else ()
    align = (val("jc", cell.align),) if cell.align else ()
    return node("tc", props, pen.para("GwTable", *pen.runs(cell.runs or plain(""), *face), props=align))


def _covered(widths: list[int], span: int) -> Node:
    props = node(
        "tcPr",
        node("tcW", w=sum(widths), type="dxa"),
        val("gridSpan", span) if span > 1 else None,
        node("vMerge"),
    )
    return node("tc", props, node("p", node("pPr", val("pStyle", "GwTable"))))
