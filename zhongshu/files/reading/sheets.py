"""Spreadsheets by calamine: a first look, and the head of each sheet as a table."""

from collections.abc import Iterator
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from zhongshu.files.reading.archives import check_package
from zhongshu.files.reading.shapes import Blocks, Cell, Look, Table, look_of, plain
from zhongshu.files.reading.troubles import Trouble

MAX_SHEETS = 10
MAX_ROWS = 300
MAX_COLUMNS = 40
ROWS_FOR_TEXT = 5_000


def look(file: IO[bytes]) -> Look:
    """Return the text of the sheets."""
    check_package(file)
    texts = [
        name + "\n" + "\n".join("\t".join(row) for row in rows) for name, rows in _sheets(file, ROWS_FOR_TEXT)
    ]
    return look_of("\n".join(texts), pages=max(1, len(texts)))


def blocks(file: IO[bytes]) -> Blocks:
    """Return each sheet as a page: its name and the head of its table."""
    check_package(file)
    pages = []
    cut = False
    for name, rows in _sheets(file, MAX_ROWS + 1):
        shown = [row[:MAX_COLUMNS] for row in rows[:MAX_ROWS]]
        cut = cut or len(rows) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in rows)
        pages.append([plain(name, level=2), Table(kind="table", rows=[_cells(row) for row in shown])])
    return Blocks(pages=pages or [[plain("（空表）")]], cut=cut)


def _sheets(file: IO[bytes], most: int) -> Iterator[tuple[str, list[list[str]]]]:
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        for name in book.sheet_names[:MAX_SHEETS]:
            rows = book.get_sheet_by_name(name).to_python(nrows=most)
            yield name, [[_words(value) for value in row] for row in rows]
    except (CalamineError, OSError, ValueError) as error:
        raise Trouble("broken", str(error)[:200]) from error


def _words(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _cells(row: list[str]) -> list[Cell]:
    return [Cell(cols=1, rows=1, paragraphs=[plain(text)]) for text in row]
