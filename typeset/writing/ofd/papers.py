"""A PDF file as its objects: the cross-reference, what each number means, streams unpacked, pages in order."""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import Image

from typeset.writing.ofd.objects import Reader, Ref, Stream, numbers
from typeset.writing.ofd.troubles import NotConverted

MAX_PAGES = 3_000
MAX_DEPTH = 40
MAX_UNPACKED = 400 * 2**20
MAX_PREDICTED = 80_000_000
INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
_START = re.compile(rb"startxref\s+(\d+)")
_OBJECT = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\b")


class Paper:
    """One PDF; raises `NotConverted` for what is broken or locked."""

    def __init__(self, data: bytes) -> None:
        if b"%PDF-" not in data[:1024]:
            raise NotConverted("broken", "no PDF header")
        self._data = data
        self._places: dict[int, int | tuple[int, int]] = {}
        self._known: dict[int, Any] = {}
        self._unpacked = 0
        self.trailer: dict[str, Any] = {}
        self._cross_references()
        if "Encrypt" in self.trailer:
            raise NotConverted("encrypted")
        self.catalog: dict[str, Any] = self.dictionary(self.trailer.get("Root"))
        if not self.catalog:
            raise NotConverted("broken", "no catalog")

    def get(self, value: Any) -> Any:
        """Return what a value is, following references."""
        for _ in range(MAX_DEPTH):
            if not isinstance(value, Ref):
                return value
            if value.number not in self._known:
                self._known[value.number] = self._read(value.number)
            value = self._known[value.number]
        raise NotConverted("broken", "references in a ring")

    def dictionary(self, value: Any) -> dict[str, Any]:
        """Return a dictionary (that of a stream too); an empty one for anything else."""
        found = self.get(value)
        if isinstance(found, Stream):
            return found.info
        return found if isinstance(found, dict) else {}

    def array(self, value: Any) -> list[Any]:
        """Return an array with its references followed; an empty one for anything else."""
        found = self.get(value)
        return [self.get(each) for each in found] if isinstance(found, list) else []

    def unpacked(self, stream: Stream) -> bytes:
        """Return the bytes of a stream; those of a picture filter stay as they are."""
        data = stream.packed
        settings = self._listed(stream.info.get("DecodeParms"))
        for number, name in enumerate(self._listed(stream.info.get("Filter"))):
            if name == "FlateDecode":
                data = _undone(self._inflated(data), self.dictionary(dict(enumerate(settings)).get(number)))
            elif name == "ASCIIHexDecode":
                data = bytes.fromhex(data.split(b">")[0].decode("ascii", "ignore"))
            elif name not in ("DCTDecode", "JPXDecode"):
                raise NotConverted("broken", f"filter {name}")
        return data

    def filters(self, stream: Stream) -> list[str]:
        """Return the names of what a stream is packed with."""
        return [str(each) for each in self._listed(stream.info.get("Filter"))]

    def pages(self) -> Iterator[dict[str, Any]]:
        """Yield the pages with what they inherit; their own number in the file under `#`."""
        yield from self._pages(self.catalog.get("Pages"), {}, set())

    def _pages(self, node: Any, above: dict[str, Any], seen: set[int]) -> Iterator[dict[str, Any]]:
        number = node.number if isinstance(node, Ref) else 0
        if number in seen or len(seen) > MAX_PAGES * 2:
            raise NotConverted("too_many_pages" if number not in seen else "broken", "page tree")
        seen.add(number)
        found = self.dictionary(node)
        whole = above | {name: found[name] for name in INHERITED if name in found}
        if "Kids" not in found:
            yield found | whole | {"#": number}
            return
        kids = self.get(found["Kids"])
        for kid in kids if isinstance(kids, list) else ():
            yield from self._pages(kid, whole, seen)

    def _listed(self, value: Any) -> list[Any]:
        found = self.get(value)
        if found is None:
            return []
        return self.array(found) if isinstance(found, list) else [found]

    def _inflated(self, data: bytes) -> bytes:
        work = zlib.decompressobj()
        try:
            plain = work.decompress(data, MAX_UNPACKED - self._unpacked + 1)
        except zlib.error as error:
            raise NotConverted("broken", str(error)) from error
        self._unpacked += len(plain)
        if self._unpacked > MAX_UNPACKED:
            raise NotConverted("too_large")
        return plain

    def _cross_references(self) -> None:
        starts = _START.findall(self._data[-2048:])
        place = int(starts[-1]) if starts else -1
        seen: set[int] = set()
        while 0 <= place < len(self._data) and place not in seen:
            seen.add(place)
            is_table = self._data[place : place + 20].lstrip().startswith(b"xref")
            more = self._table(place) if is_table else self._packed_table(place)
            self.trailer = more | self.trailer
            before = more.get("Prev", -1)
            place = before if isinstance(before, int) else -1
        if not self.trailer:
            raise NotConverted("broken", "no cross-reference")

    def _table(self, place: int) -> dict[str, Any]:
        reader = Reader(self._data, place)
        reader.value()
        while isinstance(first := reader.value(), int):
            count = reader.value()
            for number in range(first, first + (count if isinstance(count, int) else 0)):
                where, _, kind = reader.value(), reader.value(), reader.value()
                if kind is None:
                    raise NotConverted("broken", "cross-reference cut off")
                if kind == "n" and isinstance(where, int):
                    self._places.setdefault(number, where)
        trailer = reader.value()
        return trailer if isinstance(trailer, dict) else {}

    def _packed_table(self, place: int) -> dict[str, Any]:
        stream = self._object_at(place)
        if not isinstance(stream, Stream):
            raise NotConverted("broken", "no cross-reference")
        data, widths = self.unpacked(stream), [int(each) for each in numbers(stream.info.get("W", []))]
        size = stream.info.get("Size", 0)
        spans = stream.info.get("Index") or [0, size]
        listed = [number for first, count in zip(spans[::2], spans[1::2], strict=False)
                  for number in range(first, first + min(count, len(data)))]  # fmt: skip
        step = sum(widths)
        if len(widths) != 3 or not step:
            raise NotConverted("broken", "cross-reference widths")
        for row, number in enumerate(listed[: len(data) // step]):
            kind, one, two = _fields(data[row * step : row * step + step], widths)
            if kind in (1, 2):
                self._places.setdefault(number, one if kind == 1 else (one, two))
        return stream.info

    def _read(self, number: int) -> Any:
        place = self._places.get(number)
        if place is None:
            return None
        if isinstance(place, tuple):
            return self._from_bundle(*place)
        return self._object_at(place)

    def _from_bundle(self, bundle: int, index: int) -> Any:
        stream = self.get(Ref(bundle))
        if not isinstance(stream, Stream):
            raise NotConverted("broken", "object stream")
        data = self.unpacked(stream)
        head = Reader(data)
        places = [head.value() for _ in range(int(stream.info.get("N", 0)) * 2)][1::2]
        return Reader(data, int(stream.info.get("First", 0)) + places[index]).value()

    def _object_at(self, place: int) -> Any:
        head = _OBJECT.match(self._data, place)
        if head is None:
            raise NotConverted("broken", f"no object at {place}")
        reader = Reader(self._data, head.end())
        value = reader.value()
        if not isinstance(value, dict):
            return value if reader.value() != "R" else Ref(value)
        after = reader.place
        if reader.value() != "stream":
            return value
        begin = self._data.index(b"stream", after) + len(b"stream")
        begin += 2 if self._data[begin : begin + 2] == b"\r\n" else 1
        length = self.get(value.get("Length"))
        if not isinstance(length, int) or not 0 <= length <= len(self._data) - begin:
            raise NotConverted("broken", f"stream length at {place}")
        return Stream(value, self._data[begin : begin + length])


def _fields(row: bytes, widths: list[int]) -> tuple[int, int, int]:
    one, two, _ = widths
    kind = int.from_bytes(row[:one]) if one else 1
    return kind, int.from_bytes(row[one : one + two]), int.from_bytes(row[one + two :])


def _undone(data: bytes, settings: dict[str, Any]) -> bytes:
    """Take back a PNG predictor (ISO 32000-1, 7.4.4.4) by way of a PNG; the TIFF one is not in use here."""
    if int(settings.get("Predictor", 1)) < 10:
        return data
    wide, colours = int(settings.get("Columns", 1)), int(settings.get("Colors", 1))
    kind = {1: 0, 3: 2, 4: 6}.get(colours)
    if kind is None or int(settings.get("BitsPerComponent", 8)) != 8 or wide < 1:
        raise NotConverted("broken", f"predictor of {colours} colours")
    high = len(data) // (wide * colours + 1)
    if not 0 < wide * high <= MAX_PREDICTED:
        raise NotConverted("too_large", f"{wide}x{high}")
    head = struct.pack(">IIBBBBB", wide, high, 8, kind, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(data, 1)), (b"IEND", b""))
    png = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    try:
        return Image.open(io.BytesIO(b"\x89PNG\r\n\x1a\n" + png), formats=["PNG"]).tobytes()
    except (OSError, ValueError, SyntaxError) as error:
        raise NotConverted("broken", f"predictor: {error}") from error
