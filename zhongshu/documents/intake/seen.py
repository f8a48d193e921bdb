"""What was read of the files of one paper: recognised fields and lines, whichever file they stand in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

QUOTED = 60
MOST_LINES = 2000


@dataclass(frozen=True)
class SeenLine:
    """A line as it was read; `box` holds left, top, right, bottom in fractions of the page, for fixed layouts."""

    number: int
    page: int
    text: str
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class SeenField:
    """A field as it was read, and the lines of which file it stands on."""

    value: Any = None
    confidence: float = 0.0
    rule: str = ""
    lines: tuple[int, ...] = ()
    file: str = ""
    quote: str = ""


@dataclass(frozen=True)
class SeenFile:
    """One file: its address, its lines and what was read on them."""

    key: str
    pages: int = 1
    label: str = ""
    lines: tuple[SeenLine, ...] = ()
    fields: Mapping[str, SeenField] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the words of the file."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Seen:
    """All that was read of a paper: of several files of its text the first that has a field says it."""

    files: tuple[SeenFile, ...]

    @property
    def text(self) -> str:
        """Return the words of the paper's text."""
        return "\n".join(file.text for file in self.files)

    def field(self, name: str) -> SeenField:
        """Return a field from the first file that has it."""
        known = [file.fields[name] for file in self.files if name in file.fields]
        said = (each for each in known if each.value is not None)
        return next(said, known[0] if known else SeenField())

    def lines(self) -> Iterator[SeenLine]:
        """Go through all lines."""
        for file in self.files:
            yield from file.lines


def seen_file(key: str, recognition: Mapping[str, Any] | None, pages: int = 1) -> SeenFile:
    """Return what recognition, as JSON with its layer, says of one file."""
    if not recognition:
        return SeenFile(key, pages)
    lines = tuple(_lines(recognition))
    known = {line.number: line for line in lines}
    fields = {name: _field(said, key, known) for name, said in recognition.get("fields", {}).items()}
    label = str(recognition.get("suggested_label") or "")
    return SeenFile(key, pages, label, lines, fields)


def _lines(recognition: Mapping[str, Any]) -> Iterable[SeenLine]:
    """Read the lines of the layer's pages, numbered through the file as the places are."""
    found: list[SeenLine] = []
    for page in (recognition.get("layer") or {}).get("pages", []):
        for line in page.get("lines", []):
            box = line.get("box")
            number = int(line.get("number", len(found)))
            found.append(SeenLine(number, int(page["number"]), str(line["text"]), _box(box)))
    return found[:MOST_LINES]


def _box(box: Any) -> tuple[float, float, float, float] | None:
    if not box:
        return None
    sides = [box[side] for side in ("left", "top", "right", "bottom")] if isinstance(box, dict) else box
    left, top, right, bottom = map(float, sides)
    return left, top, right, bottom


def _field(said: Mapping[str, Any], key: str, known: Mapping[int, SeenLine]) -> SeenField:
    """Return a field; where its lines have no place on a page they are quoted instead."""
    numbers = [
        number
        for place in said.get("places", [])
        for number in range(place["lines"][0], place["lines"][1] + 1)
        if number in known
    ]
    words = " ".join(known[number].text for number in numbers if known[number].box is None)
    quote = re.sub(r"\s+", " ", words).strip()
    return SeenField(
        said.get("value"),
        float(said.get("confidence") or 0),
        str(said.get("rule") or ""),
        tuple(numbers),
        key,
        quote if len(quote) <= QUOTED else f"{quote[:QUOTED]}…",
    )
