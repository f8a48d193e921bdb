"""XLSX by calamine: each sheet a page, each row a line, cells apart by tabs."""

import io
from itertools import count, islice
from typing import Any

import python_calamine

from recognize.limits import MAX_CHARACTERS, MAX_LINES, MAX_PAGES
from recognize.pages import Line, Page, TextLayer
from recognize.reading.packages import opened
from recognize.troubles import Unreadable

MAX_COLUMNS = 200


def read(data: bytes) -> TextLayer:
    """Return the rows of all visible sheets that hold anything; raises `Unreadable`."""
    with opened(data) as package:
        package.xml("xl/workbook.xml")
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _read(book)
    except python_calamine.CalamineError as error:
        raise Unreadable("broken", str(error)[:200]) from error


def _read(book: Any) -> TextLayer:
    numbers = count()
    pages: list[Page] = []
    rows = letters = 0
    for number, name in enumerate(islice(book.sheet_names, MAX_PAGES), 1):
        lines: list[Line] = []
        for row in book.get_sheet_by_name(name).iter_rows():
            rows += 1
            if rows > MAX_LINES or letters > MAX_CHARACTERS:
                pages.append(Page(number, tuple(lines)))
                return TextLayer("xlsx", tuple(pages), cut=True)
            text = "\t".join(_shown(cell) for cell in row[:MAX_COLUMNS]).strip("\t")
            if text.strip():
                lines.append(Line(text, number, next(numbers), part="table"))
                letters += len(text)
        pages.append(Page(number, tuple(lines)))
    return TextLayer("xlsx", tuple(pages))


def _shown(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\n", " ").replace("\t", " ")
