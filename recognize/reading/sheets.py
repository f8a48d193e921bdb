"""XLSX by calamine: each sheet a page, each row a line, cells apart by tabs."""

import io
import re
from itertools import count, islice
from typing import Any

import python_calamine

from recognize.limits import MAX_CHARACTERS, MAX_LINES, MAX_PAGES
from recognize.pages import Line, Page, TextLayer
from recognize.reading.packages import Package, opened
from recognize.troubles import Unreadable

MAX_COLUMNS = 200
MAX_CELLS = 4_000_000
CELL = re.compile(rb"<(?:\w+:)?c\s[^>]{0,200}?\br=[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")


def read(data: bytes) -> TextLayer:
    """Return the rows of all visible sheets that hold anything; raises `Unreadable`."""
    with opened(data) as package:
        package.xml("xl/workbook.xml")
        _check_areas(package)
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


def _check_areas(package: Package) -> None:
    """Refuse a sheet whose first and last cells span an area that would fill the memory."""
    for name in package.names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            columns = rows = 0
            for letters, figures in CELL.findall(package.bytes_of(name)):
                columns, rows = max(columns, _column(letters.upper())), max(rows, int(figures))
            if columns * rows > MAX_CELLS:
                raise Unreadable("bomb", f"{name}: {columns} × {rows} cells")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _shown(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\n", " ").replace("\t", " ")
