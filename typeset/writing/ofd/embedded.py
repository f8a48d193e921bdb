"""The fonts a PDF carries: which glyph a code means, what it reads, how wide it is, and the font's own bytes."""

import re
from dataclasses import dataclass
from typing import Any

from typeset.writing.ofd.objects import Reader, Stream, Word, numbers
from typeset.writing.ofd.papers import Paper
from typeset.writing.ofd.troubles import NotConverted

_SUBSET = re.compile(r"^[A-Z]{6}\+")
MAX_RANGE = 65_536


@dataclass(frozen=True, slots=True)
class Face:
    """One embedded font. Codes are two bytes and mean character identifiers, as Typst and most makers write them."""

    name: str
    data: bytes
    is_cff: bool
    widths: dict[int, float]
    usual_width: float
    reads: dict[int, str]
    numbers: bytes

    def advance(self, code: int) -> float:
        """Return how far a code moves on, in squares of the font's size."""
        return self.widths.get(code, self.usual_width) / 1000

    def glyph(self, code: int) -> int:
        """Return the identifier in the font's own file."""
        if not self.numbers:
            return code
        return int.from_bytes(self.numbers[code * 2 : code * 2 + 2])


def face_of(paper: Paper, reference: Any) -> Face:
    """Return a font of a page's resources; raises `NotConverted` for one that is not embedded."""
    font = paper.dictionary(reference)
    listed = paper.array(font.get("DescendantFonts"))
    below = paper.dictionary(listed[0]) if listed else {}
    descriptor = paper.dictionary(below.get("FontDescriptor"))
    name = _SUBSET.sub("", str(paper.get(below.get("BaseFont", "")) or "Font"))
    streams = [paper.get(descriptor.get(key)) for key in ("FontFile3", "FontFile2")]
    file = next((each for each in streams if isinstance(each, Stream)), None)
    if file is None or paper.get(font.get("Encoding")) != "Identity-H":
        raise NotConverted("font", name)
    numbered = paper.get(below.get("CIDToGIDMap"))
    return Face(
        name,
        paper.unpacked(file),
        file.info.get("Subtype") == "CIDFontType0C",
        _widths(paper.array(below.get("W"))),
        float(paper.get(below.get("DW", 1000))),
        _readings(paper, font.get("ToUnicode")),
        paper.unpacked(numbered) if isinstance(numbered, Stream) else b"",
    )


def _widths(listed: list[Any]) -> dict[int, float]:
    found: dict[int, float] = {}
    at = 0
    while at + 1 < len(listed):
        first, second = listed[at], listed[at + 1]
        if isinstance(second, list):
            found |= {first + place: width for place, width in enumerate(numbers(second))}
            at += 2
        elif at + 2 < len(listed):
            found |= dict.fromkeys(range(first, min(second, first + MAX_RANGE) + 1), float(listed[at + 2]))
            at += 3
        else:
            break
    return found


def _readings(paper: Paper, reference: Any) -> dict[int, str]:
    """Return what codes read, from the ToUnicode map."""
    stream = paper.get(reference)
    if not isinstance(stream, Stream):
        return {}
    found: dict[int, str] = {}
    reader, given = Reader(paper.unpacked(stream)), []
    while (value := reader.value()) is not None:
        if not isinstance(value, Word):
            given.append(value)
            continue
        if value == "endbfchar":
            pairs = zip(given[::2], given[1::2], strict=False)
            found |= {int.from_bytes(code): _text(text) for code, text in pairs if isinstance(code, bytes)}
        elif value == "endbfrange":
            found |= _ranges(given)
        given = []
    return found


def _ranges(given: list[Any]) -> dict[int, str]:
    found: dict[int, str] = {}
    for low, high, target in zip(given[::3], given[1::3], given[2::3], strict=False):
        first = int.from_bytes(low)
        last = min(int.from_bytes(high), first + MAX_RANGE)
        for code in range(first, last + 1):
            if isinstance(target, list):
                found[code] = _text(target[code - first]) if code - first < len(target) else ""
            else:
                moved = int.from_bytes(target) + code - first
                found[code] = _text(moved.to_bytes(len(target)))
    return found


def _text(data: Any) -> str:
    return data.decode("utf-16-be", "ignore") if isinstance(data, bytes) else ""
