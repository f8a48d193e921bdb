"""What stands on the pages of a PDF, measured: glyphs, shapes and pictures in millimetres from the upper left corner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

Colour = tuple[int, int, int]
# Where the square of a Chinese character stands on its base line.
ABOVE, BELOW = 0.88, 0.12
POINT = 25.4 / 72
SAME_LINE = 0.8
FLAT = 1.5
LONG = 20.0
BAR = 4.0
APART = 2.2


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return its width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return its height."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Return its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: `left` and `right` are those of its advance, `foot` its base line, `ink` what is black; size in points."""

    text: str
    left: float
    right: float
    foot: float
    ink: Box
    size: float
    font: str
    colour: Colour

    @property
    def top(self) -> float:
        """Return the upper edge of the character's square."""
        return self.foot - ABOVE * self.size * POINT

    @property
    def bottom(self) -> float:
        """Return the lower edge of the character's square."""
        return self.foot + BELOW * self.size * POINT


@dataclass(frozen=True, slots=True)
class Shape:
    """A painted path, its stroke included."""

    box: Box
    colour: Colour

    @property
    def is_rule(self) -> bool:
        """Say whether it is a level line."""
        return self.box.height <= FLAT and self.box.width >= LONG


@dataclass(frozen=True)
class Line:
    """Glyphs on one base line, from left to right."""

    page: int
    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """Return the letters without blanks."""
        return "".join(glyph.text for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        """Return the size that most of the glyphs have."""
        return usual(glyph.size for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """Return where the first glyph begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Return where the last glyph ends."""
        return self.glyphs[-1].right

    @property
    def middle(self) -> float:
        """Return the middle of the line."""
        return (self.left + self.right) / 2

    @cached_property
    def foot(self) -> float:
        """Return the base line."""
        return usual((glyph.foot for glyph in self.glyphs), digits=2)

    @property
    def top(self) -> float:
        """Return the upper edge of the squares."""
        return self.foot - ABOVE * self.size * POINT

    @property
    def bottom(self) -> float:
        """Return the lower edge of the squares."""
        return self.foot + BELOW * self.size * POINT

    @cached_property
    def ink(self) -> Box:
        """Return what is black."""
        inks = [glyph.ink for glyph in self.glyphs]
        return Box(
            min(i.left for i in inks),
            min(i.top for i in inks),
            max(i.right for i in inks),
            max(i.bottom for i in inks),
        )

    @cached_property
    def cells(self) -> list["Line"]:
        """Return the parts that stand apart by more than two characters."""
        groups: list[list[Glyph]] = [[]]
        for glyph in self.glyphs:
            if groups[-1] and glyph.left - groups[-1][-1].right > APART * glyph.size * POINT:
                groups.append([])
            groups[-1].append(glyph)
        return [Line(self.page, tuple(group)) for group in groups]

    @cached_property
    def steps(self) -> list[float]:
        """Return the ways from one Chinese character to the next."""
        return [
            two.left - one.left for one, two in pairwise(self.glyphs) if is_chinese(one.text) and is_chinese(two.text)
        ]  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One page."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...]
    pictures: tuple[Box, ...]

    @cached_property
    def lines(self) -> list[Line]:
        """Return the lines from top to bottom."""
        groups: list[list[Glyph]] = []
        for glyph in sorted(self.glyphs, key=lambda each: each.foot):
            if not groups or glyph.foot - groups[-1][-1].foot > SAME_LINE:
                groups.append([])
            groups[-1].append(glyph)
        return [Line(self.number, tuple(sorted(group, key=lambda each: each.left))) for group in groups]

    @cached_property
    def rules(self) -> list[Shape]:
        """Return the level lines from top to bottom."""
        return sorted((shape for shape in self.shapes if shape.is_rule), key=lambda each: each.box.top)

    @cached_property
    def tables(self) -> list[Box]:
        """Return where upright lines stand close together: the tables."""
        bars = sorted(
            (s.box for s in self.shapes if s.box.width <= FLAT and s.box.height >= BAR), key=lambda b: b.top
        )
        found: list[Box] = []
        for bar in bars:
            last = found[-1] if found else None
            if last and bar.top <= last.bottom + 2:
                found[-1] = Box(
                    min(last.left, bar.left),
                    last.top,
                    max(last.right, bar.right),
                    max(last.bottom, bar.bottom),
                )
            else:
                found.append(bar)
        return [box for box in found if box.width > LONG]

    def in_table(self, line: Line) -> bool:
        """Say whether a line stands in a table."""
        return any(box.top - 1 < line.foot < box.bottom + 1 for box in self.tables)

    @property
    def is_landscape(self) -> bool:
        """Say whether the page lies on its side."""
        return self.width > self.height


def usual(values: Iterable[float], digits: int = 1) -> float:
    """Return the most frequent value."""
    counts: dict[float, int] = {}
    for value in values:
        counts[round(value, digits)] = counts.get(round(value, digits), 0) + 1
    return max(counts, key=lambda value: counts[value], default=0.0)


def middle_of(values: Sequence[float]) -> float:
    """Return the median, 0 of nothing."""
    return sorted(values)[len(values) // 2] if values else 0.0


def is_chinese(letter: str) -> bool:
    """Say whether a letter is a Chinese character (no punctuation)."""
    return "\u4e00" <= letter <= "\u9fff" or "\u3400" <= letter <= "\u4dbf" or letter >= "\U00020000"


def is_red(colour: Colour) -> bool:
    """Say whether a colour is what an eye calls red."""
    red, green, blue = colour
    return red >= 150 and red - max(green, blue) >= 80


def is_black(colour: Colour) -> bool:
    """Say whether a colour is black or nearly so."""
    return max(colour) <= 80
