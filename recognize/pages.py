"""What was read: pages, their lines, and words with boxes where the format has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Align = Literal["", "left", "center", "right"]
Part = Literal["body", "heading", "table", "header"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the page (0–1), counted from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def rounded(self) -> tuple[float, float, float, float]:
        """Return the four sides to a tenth of a per mille."""
        return (round(self.left, 4), round(self.top, 4), round(self.right, 4), round(self.bottom, 4))


@dataclass(frozen=True, slots=True)
class Word:
    """Letters standing together, and where."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a fixed layout, or a paragraph of a flowing text.

    `page` counts from 1, `number` from 0 through the whole file; `size` is the height of the letters in millimetres
    (0: not known).
    """

    text: str
    page: int
    number: int
    box: Box | None = None
    words: tuple[Word, ...] = ()
    size: float = 0.0
    align: Align = ""
    part: Part = "body"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its lines from top to bottom, its size in millimetres (0: the text flows)."""

    number: int
    lines: tuple[Line, ...]
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The text layer of a file; `cut` says that it went on beyond what is read."""

    kind: str
    pages: tuple[Page, ...]
    cut: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in reading order."""
        return tuple(line for page in self.pages for line in page.lines)

    @property
    def text(self) -> str:
        """The text, a line a line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        """Pages on which no letter was found: scans, or empty."""
        return tuple(page.number for page in self.pages if not any(line.text.strip() for line in page.lines))


def around(boxes: Iterable[Box | None]) -> Box | None:
    """Return the smallest box around others; None when there is none."""
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    return Box(
        min(box.left for box in known),
        min(box.top for box in known),
        max(box.right for box in known),
        max(box.bottom for box in known),
    )
