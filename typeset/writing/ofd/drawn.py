"""What stands on a page: letters, shapes and pictures, all lengths in millimetres from its upper left corner."""

from dataclasses import dataclass, field

from typeset.matrices import Matrix

Colour = tuple[int, int, int]
Segment = tuple[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Ink:
    """How something is painted; None leaves it out. Opacity runs from 0 to 1, lengths are of the page."""

    fill: Colour | None = None
    stroke: Colour | None = None
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    width: float = 0.0
    cap: int = 0
    join: int = 0
    miter: float = 10.0
    dashes: tuple[float, ...] = ()
    dash_start: float = 0.0
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Clip:
    """Nothing shows outside of this outline."""

    segments: tuple[Segment, ...]
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: its number in the embedded font, what it reads, where its foot stands, and how wide it is."""

    number: int
    reads: str
    x: float
    advance: float


@dataclass(frozen=True, slots=True)
class Letters:
    """Glyphs on one line. `matrix` leads from the line (y down, foot at 0) to the page; x and size are of the line."""

    face: int
    size: float
    matrix: Matrix
    glyphs: tuple[Glyph, ...]
    ink: Ink
    clips: tuple[Clip, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A path of M, L, B (cubic) and C (close) segments, already on the page."""

    segments: tuple[Segment, ...]
    ink: Ink
    clips: tuple[Clip, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; `matrix` leads from the unit square (y down) to the page."""

    image: int
    matrix: Matrix
    opacity: float = 1.0
    clips: tuple[Clip, ...] = ()


Item = Letters | Shape | Picture


@dataclass(slots=True)
class Sheet:
    """A page with what stands on it, in the order of painting."""

    width: float
    height: float
    items: list[Item] = field(default_factory=list)


def box_of(segments: tuple[Segment, ...]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a path (of its handles, which hold the curves)."""
    across = [value for _, given in segments for value in given[::2]]
    down = [value for _, given in segments for value in given[1::2]]
    return (min(across), min(down), max(across), max(down)) if across else (0.0, 0.0, 0.0, 0.0)
