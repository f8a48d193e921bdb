"""Plain text in UTF-8, UTF-16 or GB18030."""

from itertools import count

from recognize.limits import MAX_CHARACTERS, MAX_LINES
from recognize.pages import Line, Page, TextLayer
from recognize.troubles import Unreadable

CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}


def read(data: bytes) -> TextLayer:
    """Return the lines of a text; a form feed begins a page. Raises `Unreadable` for what is no text."""
    text = decoded(data)
    numbers = count()
    left = MAX_LINES
    pages = []
    for number, sheet in enumerate(text[:MAX_CHARACTERS].split("\f"), 1):
        rows = sheet.splitlines()[:left]
        left -= len(rows)
        pages.append(Page(number, tuple(Line(row, number, next(numbers)) for row in rows)))
        if left <= 0:
            break
    return TextLayer("txt", tuple(pages), cut=len(text) > MAX_CHARACTERS or left <= 0)


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
    if data.startswith((b"MZ", b"\x7fELF")):
        return ()
    sample = data[:4096]
    if b"\x00" in sample:
        return ("utf-16-le",) if sample[1::2].count(0) >= sample[::2].count(0) else ("utf-16-be",)
    return ("utf-8-sig", "gb18030")
