"""Registers as tables: the sheets of a workbook, or a text with separators, row by row into a folder."""

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypedDict

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from recognize.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, RATIO_MATTERS_FROM
from zhongshu.files.reading.sniff import encoding_of
from zhongshu.files.reading.troubles import Trouble

MAX_SHEETS = 50
MAX_ROWS = 200_000
MAX_COLUMNS = 60
LONGEST_CELL = 2_000
HEAD_ROWS = 30
SEPARATORS = ",\t;，"
ROWS_FILE = "rows.jsonl"


class Sheet(TypedDict):
    """A sheet as it lies in the workbook: how large, whether hidden, and its first rows."""

    name: str
    hidden: bool
    rows: int
    columns: int
    merged: int
    head: list[list[str]]


class Tables(TypedDict):
    """The sheets; the rows of the wanted one lie in the folder, `cut` when there were too many."""

    sheets: list[Sheet]
    sheet: int
    rows: int
    cut: bool


def tables(file: IO[bytes], *, code: str, folder: str, sheet: int | None = None) -> Tables:
    """Write the rows that are not empty as lines `[number, [cell, …]]`; without a wish, of the fullest sheet."""
    file.seek(0)
    if code == "txt":
        return _of_text(file, Path(folder))
    if code not in ("xlsx", "xls"):
        raise Trouble("unknown", code)
    if code == "xlsx":
        _check(file)
    return _of_workbook(file, Path(folder), sheet)


def _of_workbook(file: IO[bytes], folder: Path, wanted: int | None) -> Tables:
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        hidden = [each.visible != SheetVisibleEnum.Visible for each in book.sheets_metadata][:MAX_SHEETS]
        opened = [book.get_sheet_by_index(n) for n in range(len(hidden))]
        sheets = [_seen(sheet, is_hidden) for sheet, is_hidden in zip(opened, hidden, strict=True)]
        chosen = wanted if wanted is not None and wanted < len(sheets) else _fullest(sheets)
        rows, cut = _write(folder, _numbered(opened[chosen]) if opened else iter(()))
    except (CalamineError, OSError, ValueError) as error:
        raise Trouble("broken", str(error)[:200]) from error
    return Tables(sheets=sheets, sheet=chosen, rows=rows, cut=cut)


def _seen(sheet: CalamineSheet, is_hidden: bool) -> Sheet:
    return Sheet(
        name=sheet.name[:60],
        hidden=is_hidden,
        rows=sheet.total_height,
        columns=sheet.total_width,
        merged=len(sheet.merged_cell_ranges or []),
        head=[row for _, row in islice(_numbered(sheet), HEAD_ROWS)],
    )


def _fullest(sheets: list[Sheet]) -> int:
    """Return the visible sheet with the most cells; hidden ones are taken only on wish."""
    fullness = [0 if sheet["hidden"] else sheet["rows"] * sheet["columns"] for sheet in sheets]
    return fullness.index(max(fullness)) if fullness else 0


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    # iter_rows counts rows from the top as Excel does, but columns from the first that is used.
    blank = [""] * min(sheet.start[1] if sheet.start else 0, MAX_COLUMNS)
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, (blank + [_words(value) for value in row[:MAX_COLUMNS]])[:MAX_COLUMNS]


def _of_text(file: IO[bytes], folder: Path) -> Tables:
    data = file.read()
    encoding = encoding_of(data)
    if not encoding:
        raise Trouble("broken", "not text")
    text = data.decode(encoding)
    rows = _split(text)
    head = [row for _, row in islice(_split(text), HEAD_ROWS)]
    written, cut = _write(folder, rows)
    width = max((len(row) for row in head), default=0)
    only = Sheet(name="文本", hidden=False, rows=written, columns=width, merged=0, head=head)
    return Tables(sheets=[only], sheet=0, rows=written, cut=cut)


def _split(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text[: text.find("\n") + 1] or text
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, [_words(cell) for cell in row[:MAX_COLUMNS]]
    except csv.Error as error:
        raise Trouble("broken", str(error)[:200]) from error


def _write(folder: Path, rows: Iterator[tuple[int, list[str]]]) -> tuple[int, bool]:
    count = 0
    with (folder / ROWS_FILE).open("w", encoding="utf-8") as out:
        for number, cells in rows:
            if not any(cells):
                continue
            if count == MAX_ROWS:
                return count, True
            out.write(json.dumps([number, cells], ensure_ascii=False) + "\n")
            count += 1
    return count, False


def _words(value: Any) -> str:
    """Write a cell as a clerk would read it; dates in ISO form."""
    if isinstance(value, str):
        return value.replace("\x00", "").strip()[:LONGEST_CELL]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if value.time() != time() else "%Y-%m-%d")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)


def _check(file: IO[bytes]) -> None:
    """Refuse a package that is locked or unpacks to something monstrous; a long register is large but plain."""
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise Trouble("encrypted")
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries) or 1
            is_dense = unpacked > RATIO_MATTERS_FROM and unpacked / packed > MAX_RATIO
            if len(entries) > MAX_PARTS or unpacked > MAX_UNPACKED or is_dense:
                raise Trouble("bomb", f"{packed} to {unpacked}")
            _read_through(package)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise Trouble("broken", str(error)[:200]) from error


def _read_through(package: zipfile.ZipFile) -> None:
    """Unpack every part once: zipfile stops one that holds more than it declares."""
    for entry in package.infolist():
        with package.open(entry) as part:
            if b"<!DOCTYPE" in part.read(4096).upper():
                raise Trouble("broken", "document type")
            while part.read(1 << 20):
                pass
