"""The values a PDF is written in (ISO 32000-1, 7.3), read one after another from bytes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from typeset.writing.ofd.troubles import NotConverted

MAX_DEPTH = 60
_GAP = rb"(?:[\x00\t\n\f\r ]+|%[^\r\n]*)*"
_TOKEN = re.compile(
    _GAP + rb"(?:(?P<mark><<|>>|\[|\]|\{|\})|<(?P<hex>[0-9A-Fa-f\x00\t\n\f\r ]*)>|(?P<text>\()"
    rb"|/(?P<name>[^\x00\t\n\f\r ()<>\[\]{}/%]*)|(?P<word>[^\x00\t\n\f\r ()<>\[\]{}/%]+))"
)
_PLAIN = re.compile(rb"[^()\\\r]*")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)$")


class Name(str):
    """A name, as in `/Type`."""

    __slots__ = ()


class Word(str):
    """What is neither value nor name: an operator, or `obj`, `R`, `stream`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A value that stands elsewhere in the file."""

    number: int


@dataclass(slots=True)
class Stream:
    """A dictionary with bytes behind it, still packed."""

    info: dict[str, Any]
    packed: bytes


@dataclass(slots=True)
class Reader:
    """Reads values from a place in the bytes onwards."""

    data: bytes
    place: int = 0
    _depth: int = field(default=0, init=False)

    def value(self) -> Any:
        """Return the next value; None at the end. `1 0 R` comes as Ref only inside arrays and dictionaries."""
        found = _TOKEN.match(self.data, self.place)
        if found is None:
            self.place = len(self.data)
            return None
        self.place = found.end()
        match found.lastgroup:
            case "word":
                return _word(found["word"])
            case "name":
                return Name(_unescaped(found["name"]))
            case "hex":
                return _from_hex(found["hex"])
            case "text":
                return self._text()
            case _:
                return self._marked(found["mark"])

    def _marked(self, mark: bytes) -> Any:
        if mark == b"[":
            return self._until("]")
        if mark == b"<<":
            listed = self._until(">>")
            return {str(key): value for key, value in zip(listed[::2], listed[1::2], strict=False)}
        return Word(mark.decode())

    def _until(self, end: str) -> list[Any]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotConverted("broken", "nested too deep")
        found: list[Any] = []
        while (value := self.value()) != end or not isinstance(value, Word):
            if value is None and self.place >= len(self.data):
                raise NotConverted("broken", "array without end")
            if isinstance(value, Word) and value == "R" and len(found) >= 2:
                number = found[-2]
                del found[-2:]
                value = Ref(number)
            found.append(value)
        self._depth -= 1
        return found

    def _text(self) -> bytes:
        pieces, open_ = [], 1
        while open_:
            plain = _PLAIN.match(self.data, self.place)
            pieces.append(plain[0] if plain else b"")
            self.place += len(pieces[-1]) + 1
            mark = self.data[self.place - 1 : self.place]
            if mark == b"\\":
                pieces.append(self._escape())
            elif mark == b"\r":
                pieces.append(b"\n")
                self.place += self.data[self.place : self.place + 1] == b"\n"
            elif mark:
                open_ += 1 if mark == b"(" else -1
                pieces.append(mark if open_ else b"")
            else:
                raise NotConverted("broken", "string without end")
        return b"".join(pieces)

    def _escape(self) -> bytes:
        if octal := re.compile(rb"[0-7]{1,3}").match(self.data, self.place):
            self.place = octal.end()
            return bytes([int(octal[0], 8) & 255])
        mark = self.data[self.place : self.place + 1]
        self.place += 1
        if mark == b"\r":
            self.place += self.data[self.place : self.place + 1] == b"\n"
        return b"" if mark in b"\r\n" else _ESCAPES.get(mark, mark)


def operations(data: bytes) -> Iterator[tuple[str, list[Any]]]:
    """Yield the operators of a content stream with what stands before each."""
    reader = Reader(data)
    given: list[Any] = []
    while (value := reader.value()) is not None or reader.place < len(data):
        if isinstance(value, Word):
            yield str(value), given
            given = []
        else:
            given.append(value)


def numbers(values: list[Any]) -> list[float]:
    """Return the numbers among the values."""
    return [float(value) for value in values if isinstance(value, (int, float))]


def _word(word: bytes) -> Any:
    if _NUMBER.match(word):
        return float(word) if b"." in word else int(word)
    return {b"true": True, b"false": False, b"null": None}.get(word, Word(word.decode("latin-1")))


def _from_hex(digits: bytes) -> bytes:
    packed = b"".join(digits.replace(b"\x00", b" ").split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode())


def _unescaped(name: bytes) -> str:
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), name)
    return plain.decode("utf-8", "replace")
