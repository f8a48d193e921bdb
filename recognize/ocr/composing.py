"""Puts read pieces together into lines in reading order, with boxes on the page as it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np

from recognize.ocr.detecting import angle, extent
from recognize.ocr.spelling import Spelled
from recognize.ocr.wording import letter_size, tidied
from recognize.pages import Align, Box, Line, Word, around

LEAST_SURE = 0.35
LEAST_SURE_ALONE = 0.6
LONG = 6
SAME = 5.0
MOST_SURE = 0.995
FULL = 0.7
ENOUGH = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of writing: its letters, corners, centre, height, the size of its letters, and how it falls."""

    text: str
    confidence: float
    quad: "np.ndarray"
    x: float
    y: float
    left: float
    right: float
    high: float
    size: float
    falls: float

    def height_at(self, x: float) -> float:
        """Return where the middle of the writing, drawn on, passes x."""
        return self.y + (x - self.x) * float(np.tan(np.radians(self.falls)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page the lines go on: its number, its size in millimetres and pixels."""

    number: int
    width: float
    height: float
    pixels: tuple[int, int]


def pieces_of(quads: "np.ndarray", spelled: list[Spelled], skew: float) -> list[Piece]:
    """Make pieces of what was read; what is no writing falls away."""
    pieces = []
    for quad, read in zip(quads, spelled, strict=True):
        text = tidied(read, extent(quad))
        least = LEAST_SURE if len(text) > 1 else LEAST_SURE_ALONE
        if not text or read.confidence < least:
            continue
        along, across = extent(quad)
        x, y = (float(each) for each in quad.mean(axis=0))
        left, right = float(quad[:, 0].min()), float(quad[:, 0].max())
        own = angle(quad) if along > LONG * across else skew
        falls = own if abs(own - skew) < SAME else skew
        size = letter_size(read, (along, across))
        pieces.append(Piece(text, read.confidence, quad, x, y, left, right, across, size, falls))
    return pieces


def lines_of(pieces: list[Piece], back: "np.ndarray", sheet: Sheet) -> list[Line]:
    """Return lines from top to bottom, pieces beside each other in one line."""
    rows = _rows(pieces)
    column = _Column(rows)
    return [_line(row, back, sheet, at, column) for at, row in enumerate(rows)]


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    middle = median([piece.x for piece in pieces]) if pieces else 0.0
    for piece in sorted(pieces, key=lambda each: each.height_at(middle)):
        row = next((row for row in rows[:-6:-1] if _beside(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    for row in rows:
        row.sort(key=lambda each: each.left)
    return rows


def _beside(row: list[Piece], piece: Piece) -> bool:
    """Say whether a piece goes on a row: level with its nearest piece, and not above or below any."""
    if any(
        min(each.right, piece.right) - max(each.left, piece.left) > 0.5 * min(each.high, piece.high)
        for each in row
    ):
        return False
    near = min(row, key=lambda each: min(abs(each.left - piece.right), abs(piece.left - each.right)))
    x = (near.right + piece.left) / 2 if near.x < piece.x else (near.left + piece.right) / 2
    return abs(near.height_at(x) - piece.height_at(x)) < 0.45 * min(near.high, piece.high)


class _Column:
    """The type area: where its left and right edges stand at each height, for they lean on a page askew."""

    def __init__(self, rows: list[list[Piece]]) -> None:
        widest = max((row[-1].right - row[0].left for row in rows), default=1.0)
        long = [row for row in rows if row[-1].right - row[0].left > FULL * widest]
        self._left = _edge([(row[0].y, row[0].left) for row in long], np.min)
        self._right = _edge([(row[-1].y, row[-1].right) for row in long], np.max)

    def align(self, row: list[Piece]) -> Align:
        """Tell a centred row, and one that stands far right."""
        left, right = self._at(row)
        wide = max(right - left, 1.0)
        before, behind = (row[0].left - left) / wide, (right - row[-1].right) / wide
        if before > 0.05 and behind > 0.05 and abs(before - behind) < 0.08:
            return "center"
        return "right" if before > 0.3 and behind < 0.25 else "left"

    def indent(self, row: list[Piece]) -> float:
        """Return by how many letters a row begins inside."""
        return round(max(0.0, row[0].left - self._at(row)[0]) / max(row[0].size, 1.0), 1)

    def _at(self, row: list[Piece]) -> tuple[float, float]:
        return float(np.polyval(self._left, row[0].y)), float(np.polyval(self._right, row[-1].y))


def _edge(points: list[tuple[float, float]], outermost: Callable[["np.ndarray"], float]) -> "np.ndarray":
    """Return the line that most points lie on; an indented first row or a short last one shall not bend it."""
    y, x = (np.array([point[axis] for point in points], dtype=float) for axis in (0, 1))
    if len(points) < ENOUGH:
        return np.array([0.0, float(outermost(x)) if len(points) else 0.0])
    leans = np.polyfit(y, x, 1)
    for _ in range(2):
        off = np.abs(x - np.polyval(leans, y))
        near = off <= np.median(off) + 1.0
        leans = np.polyfit(y[near], x[near], 1) if near.sum() >= ENOUGH else leans
    return leans


def _line(row: list[Piece], back: "np.ndarray", sheet: Sheet, number: int, column: _Column) -> Line:
    words = tuple(Word(piece.text, shown_box(piece.quad, back, sheet.pixels)) for piece in row)
    letters = sum(len(piece.text) for piece in row)
    sure = sum(piece.confidence * len(piece.text) for piece in row)
    size = max(row, key=lambda piece: len(piece.text)).size
    return Line(
        " ".join(word.text for word in words),
        sheet.number,
        number,
        around(word.box for word in words),
        words,
        round(size * sheet.width / max(sheet.pixels[0], 1), 2),
        column.align(row),
        confidence=round(min(MOST_SURE, sure / letters), 3),
        indent=column.indent(row),
    )


def shown_box(quad: "np.ndarray", back: "np.ndarray", pixels: tuple[int, int]) -> Box:
    """Return the upright rectangle around a turned one, in fractions of the page as it is shown."""
    corners = np.hstack([quad, np.ones((4, 1))]) @ back.T
    x, y = corners[:, 0] / pixels[0], corners[:, 1] / pixels[1]
    left, right = (float(np.clip(each, 0, 1)) for each in (x.min(), x.max()))
    top, bottom = (float(np.clip(each, 0, 1)) for each in (y.min(), y.max()))
    return Box(left, top, right, bottom)
