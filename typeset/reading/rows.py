"""Paragraphs and tables of a DOCX as rows to be told apart."""

from typeset.reading.outline import Row
from typeset.reading.wordml import Para, Piece, Table, WordFile

MARK_SIZE = 20


def marks_in_header(file: WordFile) -> list[Para]:
    """Return the mark of a letter, which stands red and large in the first page's head."""
    paras = file.sections[0].headers.get("first", []) if file.sections else []
    return [para for para in paras if any(piece.is_red for piece in para.pieces) and para.size >= MARK_SIZE]


def block_begins_page(para: Para) -> bool:
    """Say whether a paragraph begins a page by itself."""
    text = "".join(piece.text for piece in para.pieces)
    return para.breaks_before or text.lstrip(" \t\u3000").startswith("\f")


def block_ends_page(para: Para) -> bool:
    """Say whether what follows a paragraph begins a page."""
    return "".join(piece.text for piece in para.pieces).endswith("\f") or para.ends_section


def row_of(para: Para, at: int, text: str) -> Row:
    """Return a paragraph as a row to be told apart."""
    face = next((piece for piece in para.pieces if piece.text.strip()), Piece(""))
    return Row(
        text, at, size=para.size, align=para.align, face=face.east, is_red=face.is_red, indent=para.left + para.first,
        outline=para.outline,
    )  # fmt: skip


def table_row(table: Table, at: int) -> Row:
    """Return a table as one row, with the look of its first text."""
    first = next((p for row in table.rows for cell in row for p in cell.paras if p.text.strip()), Para())
    row = row_of(first, at, table.text)
    row.is_table = True
    return row
