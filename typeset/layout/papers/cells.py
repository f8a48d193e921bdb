"""Text for cells of a known width: no stretch of it is so long that it could not break and would run out of the page."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from typeset.layout.preparing import Words
from typeset.layout.titles import title_lines, width_of

MM_OF_PT = 25.4 / 72
# Signs that a line may not break between, or not always: all but white space and Han characters.
NO_HAN = re.compile("[^\\s\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
LOOSE = "\u200b"

Lines = list[list[Any]]


def room(mm: float, pt: float) -> float:
    """Return how many characters of this size stand side by side in a cell of this width."""
    return max(1.0, (mm - 3.2) / (pt * MM_OF_PT))


def breadth(text: str) -> float:
    """Return the width of a text in characters, rather too much than too little."""
    return sum(_wide(each) for each in text)


def _wide(character: str) -> float:
    if ord(character) >= 0x2E80 or character in "“”‘’—…·":
        return 1.0
    return 0.55 if character.islower() or character.isdigit() or character in ".,:;-/ " else 0.85


class Cells(Words):
    """Makes the lines of cells, and remembers which role draws which characters."""

    def lines(self, text: str, fits: float, role: str = "fangsong") -> Lines:
        """Return the lines of a text, parted at line feeds, for a cell of so many characters."""
        text = text.strip("\n")
        return [self.line(each, fits, role) for each in text.split("\n")] if text.strip() else []

    def line(self, text: str, fits: float, role: str = "fangsong") -> list[Any]:
        """Return the segments of one line."""
        return [_loosened(each, fits) for each in self.text(text, role)]

    def title(self, of: str, name: str, fits: float) -> Lines:
        """Return the lines of a page's title: whose it is and what it is, on one line where they have room."""
        parts = [of + name] if width_of(of + name) <= fits else [of, name]
        return [line for part in parts for line in self._title_lines(part, fits)]

    def _title_lines(self, text: str, fits: float) -> Lines:
        """Break at word sense unless the text is too long to be a title."""
        if not text.strip() or width_of(text) > 4 * fits:
            return self.lines(text, fits, "biaosong")
        return [self.line(each, fits, "biaosong") for each in title_lines(text, fits)]


def _loosened(segment: Any, fits: float) -> Any:
    """Let a stretch break anywhere that is wider than its cell."""
    if isinstance(segment, str):
        return NO_HAN.sub(lambda found: _breakable(found[0], fits), segment)
    if "text" in segment and breadth(segment["text"]) > fits - 1:
        return _breakable(segment["text"], fits)
    return segment


def _breakable(text: str, fits: float) -> str:
    """Let a text break after its hyphens and dots if that is enough, else anywhere."""
    if breadth(text) <= fits - 1:
        return text
    parts = [each for each in re.split(r"(?<=[-/.·_@,;])(?=.)", text) if each]
    if all(breadth(each) <= fits - 1 for each in parts):
        return LOOSE.join(parts)
    return LOOSE.join(_clusters(text))


def _clusters(text: str) -> Iterable[str]:
    """Yield characters with the marks that are drawn on them."""
    held = ""
    for character in text:
        if held and not _joins(character) and not held.endswith("\u200d"):
            yield held
            held = ""
        held += character
    if held:
        yield held


def _joins(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}


def tallest(cells: Iterable[tuple[str, float]]) -> float:
    """Return about how many lines the tallest of these cells takes, each given with its room."""
    return max(
        (sum(breadth(line) // fits + 1 for line in text.split("\n")) for text, fits in cells), default=1.0
    )


def clipped(text: str, most: int) -> str:
    """Return a text for a running head: one line, shortened."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
