"""Blocks of a flowing document laid out on A4 sheets: for those who may look but not copy, for print and search."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image

from typeset.matrices import moved
from zhongshu.files.reading import fonts, pdf
from zhongshu.files.reading.canvas import Book, Canvas, Font, Pen
from zhongshu.files.reading.sfnt import FontFile

PORTRAIT, LANDSCAPE = (210.0, 297.0), (297.0, 210.0)
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
NARROW = 15.0
POINT = 25.4 / 72
BODY, HEADING, CELL, SMALL = 16 * POINT, 22 * POINT, 12 * POINT, 7.5 * POINT
PITCH = 1.8
PAD = 1.0
WIDE_TABLE, VAST_TABLE = 8, 14
MOST_SHEETS = 400
FULL = "“”‘’—…·〔〕"
BOLDER = 0.03
BLACK, RED = (0, 0, 0, 255), (215, 0, 15, 255)
# Documents and texts flow; each sheet of a workbook and each slide begins a sheet of its own.
FLOWING = ("docx", "txt")


@lru_cache(maxsize=4)
def _file(face: str) -> FontFile:
    return FontFile(fonts.data_of(face))


@lru_cache(maxsize=2048)
def _advance(face: str, letter: str) -> float:
    file = _file(face)
    return file.advance(file.glyph(letter)) if letter != "\t" else 2.0


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it is to be drawn."""

    text: str
    size: float
    face: str = "fang"
    bold: bool = False
    red: bool = False

    @property
    def width(self) -> float:
        """Return its width: a full square for Chinese, what the font says for others."""
        return self.size * (
            1.0 if ord(self.text) > 0x2E7F or self.text in FULL else _advance(self.face, self.text)
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of letters whose foot stands at x and y, in millimetres."""

    letters: tuple[Letter, ...]
    x: float
    y: float

    @property
    def size(self) -> float:
        """Return the height of its largest letter."""
        return max(letter.size for letter in self.letters)


@dataclass
class Sheet:
    """One sheet: its size, its lines, and the rules of its tables."""

    width: float
    height: float
    lines: list[Placed] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


class Setter:
    """Fills sheet after sheet."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._size, self._margins = PORTRAIT, (TOP, BOTTOM, LEFT, RIGHT)
        self._y = 0.0

    def begin(self, *, wide: bool = False) -> None:
        """Begin a sheet."""
        self._size = LANDSCAPE if wide else PORTRAIT
        self._margins = (NARROW,) * 4 if wide else (TOP, BOTTOM, LEFT, RIGHT)
        self._turn()

    def set(self, blocks: Iterable[dict[str, Any]]) -> None:
        """Set blocks one below the other."""
        for block in blocks:
            if "rows" in block:
                self._table(block["rows"])
            else:
                self._paragraph(block)

    @property
    def _measure(self) -> float:
        return self._size[0] - self._margins[2] - self._margins[3]

    def _turn(self) -> None:
        self.sheets.append(Sheet(*self._size))
        self._y = self._margins[0]

    def _room_for(self, height: float) -> None:
        is_full = self._y + height > self._size[1] - self._margins[1]
        if is_full and (self.sheets[-1].lines or self.sheets[-1].rules):
            self._turn()

    def _paragraph(self, block: dict[str, Any]) -> None:
        letters = list(_letters(block, HEADING if block.get("level") == 1 else BODY))
        indent = 2 * letters[0].size if letters and block.get("indent") else 0.0
        for number, line in enumerate(_lines(letters, self._measure, indent)):
            size = max((letter.size for letter in line), default=BODY)
            self._room_for(size * PITCH)
            self._y += size * PITCH
            if line:
                slack = self._measure - sum(letter.width for letter in line)
                share = {"center": 0.5, "right": 1.0}.get(block.get("align", ""), 0.0)
                x = self._margins[2] + slack * share + (indent if number == 0 and not share else 0.0)
                self.sheets[-1].lines.append(Placed(tuple(line), x, self._y - size * (PITCH - 1) / 2))

    def _table(self, rows: list[list[dict[str, Any]]]) -> None:
        columns = max((sum(cell.get("cols", 1) for cell in row) for row in rows), default=0)
        if not columns:
            return
        size = (
            CELL
            if columns <= WIDE_TABLE
            else SMALL
            if columns <= VAST_TABLE
            else SMALL * VAST_TABLE / columns
        )
        edges = _edges(rows, columns, self._measure)
        # Columns into which a cell of an earlier row reaches, and for how many rows more.
        reached: dict[int, int] = {}
        for row in rows:
            self._row(_in_columns(row, columns, reached), edges, size)

    def _row(self, row: list[tuple[int, int, dict[str, Any]]], edges: list[float], size: float) -> None:
        cells: list[tuple[float, float, list[list[Letter]]]] = []
        for column, span, cell in row:
            left, right = edges[column], edges[column + span]
            lines = [
                line
                for paragraph in cell.get("paragraphs", [])
                for line in _lines(list(_letters(paragraph, size, plain=True)), right - left - 2 * PAD)
            ]
            cells.append((left, right, lines))
        pitch = size * 1.5
        height = max((len(lines) for _, _, lines in cells), default=1) * pitch + 2 * PAD
        height = min(max(height, pitch + 2 * PAD), self._size[1] - self._margins[0] - self._margins[1])
        self._room_for(height)
        for left, right, lines in cells:
            self._cell(lines, left, right, height, pitch)
        self._y += height

    def _cell(
        self, lines: list[list[Letter]], left: float, right: float, height: float, pitch: float
    ) -> None:
        sheet, x = self.sheets[-1], self._margins[2]
        sheet.rules.append((x + left, self._y, x + right, self._y + height))
        most = max(1, int((height - 2 * PAD) / pitch + 0.01))
        for number, line in enumerate(lines[:most], start=1):
            if line:
                foot = self._y + PAD + pitch * number - pitch / 4
                sheet.lines.append(Placed(tuple(line), x + left + PAD, foot))


def sheets_of(document: dict[str, Any], code: str) -> list[Sheet]:
    """Lay a document of blocks out; bounded."""
    setter = Setter()
    if code in FLOWING:
        setter.begin()
        setter.set(block for page in document["pages"] for block in page)
        return setter.sheets[:MOST_SHEETS]
    for page in document["pages"]:
        widest = max(
            (sum(c.get("cols", 1) for c in row) for b in page for row in b.get("rows", [])), default=0
        )
        setter.begin(wide=code == "pptx" or widest > WIDE_TABLE)
        setter.set(page)
    return setter.sheets[:MOST_SHEETS]


def draw(sheets: list[Sheet], numbers: list[int], width: int, folder: Path) -> None:
    """Draw the sheets of these numbers (from 1) into the folder as `page-N.png`."""
    book = Book()
    try:
        for number in numbers:
            if 1 <= number <= len(sheets):
                pdf.save(_drawn(sheets[number - 1], book, width), folder, number)
    finally:
        book.close()


def _drawn(sheet: Sheet, book: Book, width: int) -> Image.Image:
    canvas = Canvas(book, sheet.width, sheet.height)
    for left, top, right, bottom in sheet.rules:
        corners = [
            ("M", (left, top)),
            ("L", (right, top)),
            ("L", (right, bottom)),
            ("L", (left, bottom)),
            ("C", ()),
        ]
        canvas.path(corners, moved(0, 0), Pen(stroke=BLACK, width=0.2))
    for line in sheet.lines:
        x = line.x
        for letter in line.letters:
            if not letter.text.isspace() and (font := _font(book, letter.face)):
                ink = RED if letter.red else BLACK
                pen = Pen(fill=ink, stroke=ink if letter.bold else None, width=letter.size * BOLDER)
                canvas.letter(font, letter.text, letter.size, moved(x, line.y), pen)
            x += letter.width
    return canvas.drawn(width)


def _font(book: Book, face: str) -> Font | None:
    return book.font(face, lambda: fonts.data_of(face))


def _letters(paragraph: dict[str, Any], usual: float, *, plain: bool = False) -> Iterator[Letter]:
    level = int(paragraph.get("level") or 0)
    face = {0: "song" if plain else "fang", 1: "title", 2: "hei"}.get(level, "kai")
    for run in paragraph.get("runs", []):
        size = usual if plain or not run.get("size") else min(48, max(6, run["size"])) * POINT
        for text in run.get("text", ""):
            if text.isprintable() or text in "\n\t":
                yield Letter(text, size, run.get("face") or face, bool(run.get("bold")), bool(run.get("red")))


def _lines(letters: list[Letter], measure: float, indent: float = 0.0) -> list[list[Letter]]:
    """Break letters where the line is full; a closing mark may hang over by its own width."""
    lines: list[list[Letter]] = [[]]
    filled = indent
    for letter in letters:
        if letter.text == "\n":
            lines.append([])
            filled = 0.0
            continue
        if lines[-1] and filled + letter.width > measure + 0.01 and letter.text not in "，。；：、！？）》”’":
            lines.append([])
            filled = 0.0
        lines[-1].append(letter)
        filled += letter.width
    return lines


def _in_columns(
    row: list[dict[str, Any]], columns: int, reached: dict[int, int]
) -> list[tuple[int, int, dict[str, Any]]]:
    """Return the cells of a row with their columns; one that spans rows is followed by empty ones below it."""
    found: list[tuple[int, int, dict[str, Any]]] = []
    waiting = iter(row)
    column = 0
    while column < columns:
        if reached.get(column, 0):
            reached[column] -= 1
            found.append((column, 1, {}))
            column += 1
            continue
        if (cell := next(waiting, None)) is None:
            break
        span = min(max(1, cell.get("cols", 1)), columns - column)
        for each in range(column, column + span):
            reached[each] = max(1, cell.get("rows", 1)) - 1
        found.append((column, span, cell))
        column += span
    return found


def _edges(rows: list[list[dict[str, Any]]], columns: int, measure: float) -> list[float]:
    """Share the measure out by how much the columns hold, between a half and four times an equal share."""
    weights = [1.0] * columns
    for row in rows:
        column = 0
        for cell in row:
            span = cell.get("cols", 1)
            if span == 1 and column < columns:
                texts = (
                    "".join(run.get("text", "") for run in p.get("runs", []))
                    for p in cell.get("paragraphs", [])
                )
                weights[column] = max(weights[column], *(min(24, len(text)) for text in (*texts, "")))
            column += span
    mean = sum(weights) / columns
    weights = [min(4 * mean, max(mean / 2, weight)) for weight in weights]
    whole = sum(weights)
    edges = [0.0]
    for weight in weights:
        edges.append(edges[-1] + measure * weight / whole)
    return edges
