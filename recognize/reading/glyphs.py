"""Puts single letters with boxes together into words and lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from recognize.pages import Align, Box, Line, Word, around

NEAR = 60
WORD_GAP = 0.35
CENTRE_SLACK = 0.03


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter and its box in millimetres from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """The height in millimetres."""
        return self.bottom - self.top


@dataclass(slots=True)
class _Row:
    top: float
    bottom: float
    glyphs: list[Glyph] = field(default_factory=list)

    def holds(self, glyph: Glyph) -> bool:
        """Say whether a letter stands on this row: they share half of the lower one's height."""
        shared = min(self.bottom, glyph.bottom) - max(self.top, glyph.top)
        return shared > 0.5 * min(self.bottom - self.top, glyph.height)


def lines_of(glyphs: Iterable[Glyph], *, page: int, first: int, width: float, height: float) -> list[Line]:
    """Return the lines from top to bottom, numbered from `first`; sizes of the page are in millimetres."""
    rows: list[_Row] = []
    for glyph in glyphs:
        row = next((row for row in rows[: -NEAR - 1 : -1] if row.holds(glyph)), None)
        if row is None:
            row = _Row(glyph.top, glyph.bottom)
            rows.append(row)
        row.glyphs.append(glyph)
    rows.sort(key=lambda row: row.top)
    return [_line(row, page, first + at, width, height) for at, row in enumerate(rows)]


def _line(row: _Row, page: int, number: int, width: float, height: float) -> Line:
    glyphs = sorted(row.glyphs, key=lambda glyph: glyph.left)
    size = sorted(glyph.height for glyph in glyphs)[len(glyphs) // 2]
    groups: list[list[Glyph]] = []
    for glyph in glyphs:
        if groups and glyph.left - groups[-1][-1].right <= WORD_GAP * size:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    words = tuple(_word(group, width, height) for group in groups)
    box = around(word.box for word in words)
    return Line(
        " ".join(word.text for word in words),
        page,
        number,
        box,
        words,
        round(size, 2),
        _align(box),
    )


def _word(glyphs: list[Glyph], width: float, height: float) -> Word:
    box = Box(
        min(glyph.left for glyph in glyphs) / width,
        min(glyph.top for glyph in glyphs) / height,
        max(glyph.right for glyph in glyphs) / width,
        max(glyph.bottom for glyph in glyphs) / height,
    )
    return Word("".join(glyph.text for glyph in glyphs), box)


def _align(box: Box | None) -> Align:
    """Tell a centred line; a full one counts as left. The type area is 28 mm from the left, 26 from the right."""
    if box is None:
        return ""
    left, right = box.left - 28 / 210, 1 - 26 / 210 - box.right
    if left > 0.03 and abs(left - right) < 2 * CENTRE_SLACK:
        return "center"
    return "right" if left > 0.25 and right < 0.2 else "left"
