"""The graphics state of a PDF page (ISO 32000-1, 8.4) and what its colours come to in RGB."""

from copy import copy
from dataclasses import dataclass, field
from typing import Any

from typeset.matrices import SAME, Matrix, growth
from typeset.writing.ofd.drawn import Clip, Colour, Ink
from typeset.writing.ofd.embedded import Face

BLACK: Colour = (0, 0, 0)


@dataclass(slots=True)
class State:
    """What holds until the next Q."""

    matrix: Matrix
    fill: Colour | None = BLACK
    stroke: Colour | None = BLACK
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    width: float = 1.0
    cap: int = 0
    join: int = 0
    miter: float = 10.0
    dashes: tuple[float, ...] = ()
    dash_start: float = 0.0
    clips: tuple[Clip, ...] = ()
    face: int = -1
    font: Face | None = None
    size: float = 0.0
    between: float = 0.0
    words: float = 0.0
    wide: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def saved(self) -> "State":
        """Return a state to come back to."""
        return copy(self)

    def ink(self, *, fill: bool, stroke: bool, even_odd: bool = False) -> Ink:
        """Return how something is painted now."""
        longer = growth(self.matrix)
        return Ink(
            self.fill if fill else None,
            self.stroke if stroke else None,
            self.fill_opacity,
            self.stroke_opacity,
            self.width * longer,
            self.cap,
            self.join,
            self.miter,
            tuple(dash * longer for dash in self.dashes),
            self.dash_start * longer,
            even_odd,
        )


@dataclass(slots=True)
class TextPlace:
    """Where the next glyph goes: the text matrix and that of its line."""

    matrix: Matrix = SAME
    line: Matrix = field(default=SAME)


def rgb(parts: list[float]) -> Colour:
    """Return one, three or four parts from 0 to 1 (grey, RGB, CMYK) as RGB."""
    if len(parts) == 1:
        parts = parts * 3
    elif len(parts) == 4:
        black = 1 - parts[3]
        parts = [(1 - part) * black for part in parts[:3]]
    red, green, blue = (*(round(min(1.0, max(0.0, part)) * 255) for part in parts), 0, 0, 0)[:3]
    return red, green, blue


def shading_colour(function: dict[str, Any]) -> list[float]:
    """Return the colour half-way through a function of a gradient, as far as it says its ends."""
    first, last = function.get("C0"), function.get("C1")
    if isinstance(first, list) and isinstance(last, list):
        return [(one + two) / 2 for one, two in zip(first, last, strict=False)]
    return [0.5]
