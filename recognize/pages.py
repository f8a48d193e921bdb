"""What was read: pages, their lines, and words with boxes where the format has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Align = Literal["", "left", "center", "right"]
Part = Literal["body", "heading", "table", "header"]
FEW_LETTERS = 12
LEAST_SURE = 0.7


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
    (0: not known); `confidence` says how surely its letters were read (1: they come from a text layer),
    `indent` by how many letters a line read off a picture begins inside the type area.
    """

    text: str
    page: int
    number: int
    box: Box | None = None
    words: tuple[Word, ...] = ()
    size: float = 0.0
    align: Align = ""
    part: Part = "body"
    confidence: float = 1.0
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its lines from top to bottom, its size in millimetres (0: the text flows).

    `ocr`: its letters were read off a picture.
    """

    number: int
    lines: tuple[Line, ...]
    width: float = 0.0
    height: float = 0.0
    ocr: bool = False

    @property
    def letters(self) -> int:
        """How many letters, figures and marks stand on it."""
        return sum(len("".join(line.text.split())) for line in self.lines)

    @property
    def confidence(self) -> float:
        """How surely its letters were read, 0 where there are none."""
        weighed = [(line.confidence, len(line.text)) for line in self.lines]
        total = sum(count for _, count in weighed)
        return sum(sure * count for sure, count in weighed) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The text of a file; `cut` says that it went on beyond what is read.

    `skipped` are pages that only OCR could have read and that were left out, by the caller's wish or for want of OCR.
    """

    kind: str
    pages: tuple[Page, ...]
    cut: bool = False
    skipped: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in reading order."""
        return tuple(line for page in self.pages for line in page.lines)

    @property
    def text(self) -> str:
        """The text, a line a line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def ocr_pages(self) -> tuple[int, ...]:
        """Pages read off a picture."""
        return tuple(page.number for page in self.pages if page.ocr)

    @property
    def hardly_read(self) -> tuple[int, ...]:
        """Pages read off a picture that gave few letters or unsure ones: a person should look at them."""
        return tuple(
            page.number
            for page in self.pages
            if page.ocr and (page.letters < FEW_LETTERS or page.confidence < LEAST_SURE)
        )

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
