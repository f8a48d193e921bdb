"""Plain text in UTF-8, UTF-16 or GB18030 into the content model; every line is a paragraph."""

from typeset.model.inline import plain
from typeset.reading.building import built
from typeset.reading.given import Given, Reading
from typeset.reading.outline import Row
from typeset.reading.troubles import MAX_CHARACTERS, MAX_PARAGRAPHS, Unreadable
from typeset.reading.wordml.things import Oddity
from typeset.reading.words import BLANKS

CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def read(data: bytes) -> Reading:
    """Read plain text. Raises `Unreadable` for what is no text."""
    return read_text(decoded(data))


def read_text(text: str) -> Reading:
    """Build the document of a text; a form feed begins a page, blank lines part nothing."""
    if not text.strip(BLANKS):
        raise Unreadable("empty")
    given: list[Given] = []
    sheets = text[:MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").split("\f")
    for number, sheet in enumerate(sheets):
        for place, line in enumerate(sheet.split("\n")):
            row = Row(line, len(given), breaks=bool(number) and place == 0)
            given.append(Given(row, plain(line.strip(BLANKS))))
    cut = len(text) > MAX_CHARACTERS or len(given) > MAX_PARAGRAPHS
    oddities = (
        [Oddity("cut", "", f"超过 {MAX_CHARACTERS} 字或 {MAX_PARAGRAPHS} 行，其后的没有读")] if cut else []
    )
    return built(given[:MAX_PARAGRAPHS], oddities)


def decoded(data: bytes) -> str:
    """Decode UTF-8, UTF-16 (with or without its mark) or GB18030; raises `Unreadable`."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(letter) in CONTROLS for letter in text[:MAX_CHARACTERS]):
            return text.removeprefix("\ufeff")
    raise Unreadable("unknown", "not text")


def _candidates(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    sample = data[:4096]
    if b"\x00" in sample:
        return ("utf-16-le",) if sample[1::2].count(0) >= sample[::2].count(0) else ("utf-16-be",)
    return ("utf-8-sig", "gb18030")
