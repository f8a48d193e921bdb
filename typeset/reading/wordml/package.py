"""The zip of XML parts that a DOCX is, opened without unpacking or parsing more than is safe."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from typeset.reading.troubles import (
    MAX_DEPTH,
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED,
    MAX_XML,
    RATIO_MATTERS_FROM,
    Unreadable,
)

PIECE = 1 << 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """A zip of XML parts whose declared sizes were judged before anything is unpacked."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._taken = 0
        self.names = frozenset(package.namelist())
        _check_sizes(package.infolist())

    def xml(self, name: str) -> Any:
        """Parse a part; raises `Unreadable` when it is missing, too large or deep, or declares entities."""
        data = self.bytes_of(name)
        if b"<!DOCTYPE" in data[:4096].upper() or b"<!ENTITY" in data:
            raise Unreadable("entities", name)
        if b"\x00" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Unreadable("broken", f"{name}: not UTF-8")
        return _parsed(data, name)

    def optional(self, name: str) -> Any:
        """Parse a part that a file may lack: None where it does."""
        return self.xml(name) if name in self.names else None

    def bytes_of(self, name: str) -> bytes:
        """Unpack a part, counting what really comes out; raises `Unreadable`."""
        pieces = []
        try:
            with self._package.open(name) as part:
                while piece := part.read(PIECE):
                    pieces.append(piece)
                    self._taken += len(piece)
                    if len(pieces) * PIECE > MAX_XML + PIECE or self._taken > MAX_UNPACKED:
                        raise Unreadable("bomb", name)
        except (
            KeyError, zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error,
        ) as error:  # fmt: skip
            raise Unreadable("broken", f"{name}: {error}"[:200]) from error
        return b"".join(pieces)

    def relations(self, name: str) -> dict[str, str]:
        """Return the targets, as names of parts, that another part refers to by relation id."""
        folder, file = posixpath.split(name)
        root = self.optional(f"{folder}/_rels/{file}.rels")
        return {
            each.get("Id", ""): posixpath.normpath(posixpath.join(folder, each.get("Target", ""))).lstrip("/")
            for each in (root if root is not None else ())
            if isinstance(each.tag, str) and each.get("TargetMode") != "External"
        }


@contextmanager
def opened(data: bytes) -> Iterator[Package]:
    """Open a DOCX's package, or raise `Unreadable`."""
    if data.startswith(OLE):
        raise Unreadable("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "legacy")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("broken", str(error)[:200]) from error
    with package:
        yield Package(package)


def local(element: Any) -> str:
    """Return an element's name without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """Yield the direct children of these names in any namespace."""
    return (child for child in (element if element is not None else ()) if local(child) in names)


def first(element: Any, *path: str) -> Any:
    """Follow a path of names through direct children; None where it ends."""
    for name in path:
        element = next(children(element, name), None) if element is not None else None
    return element


def attributes(element: Any) -> dict[str, str]:
    """Return an element's attributes by their names without namespace."""
    return (
        {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        if element is not None
        else {}
    )


def value(element: Any, name: str = "val") -> str:
    """Return one attribute of an element that may be None."""
    return attributes(element).get(name, "")


def number(text: str, otherwise: float = 0.0) -> float:
    """Read a figure as Word writes it, `pt` and broken texts included."""
    try:
        return float(text.removesuffix("pt")) * (20 if text.endswith("pt") else 1)
    except ValueError:
        return otherwise


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise Unreadable("bomb", f"{len(entries)} parts")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("encrypted")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise Unreadable("macro")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    dense = unpacked > RATIO_MATTERS_FROM and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED or dense or any(_is_monstrous(entry) for entry in entries):
        raise Unreadable("bomb", f"{packed} to {unpacked}")


def _is_monstrous(entry: zipfile.ZipInfo) -> bool:
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    dense = entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    return dense or (is_xml and entry.file_size > MAX_XML)


def _parsed(data: bytes, name: str) -> Any:
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    depth = 0
    try:
        for start in range(0, len(data), PIECE):
            parser.feed(data[start : start + PIECE])
            for event, _ in parser.read_events():
                depth += 1 if event == "start" else -1
                if depth > MAX_DEPTH:
                    raise Unreadable("too_deep", name)
        return parser.close()
    except etree.XMLSyntaxError as error:
        # The parser has a limit of its own, of 256.
        code = "too_deep" if "depth" in str(error) else "broken"
        raise Unreadable(code, f"{name}: {error}"[:200]) from error
