"""Looks into packages of XML (DOCX, XLSX, PPTX, OFD) without unpacking more than is safe."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from lxml import etree

from recognize.reading.packages import check_sizes
from recognize.troubles import Unreadable
from zhongshu.files.reading.troubles import Trouble

FEW_LETTERS = 100
SCAN_FROM = 20_000
PICTURES = (".png", ".jpg", ".jpeg", ".jp2", ".jb2", ".tif", ".tiff", ".bmp", ".gif", ".emf", ".wmf")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_blank_text=False)


def names_in(file: IO[bytes]) -> frozenset[str]:
    """Return the names of a package's parts."""
    with zipfile.ZipFile(file) as package:
        return frozenset(package.namelist())


def is_only_pictures(file: IO[bytes], text: str) -> bool:
    """Say whether a package with next to no text holds a picture that may be a scanned page."""
    if len("".join(text.split())) > FEW_LETTERS:
        return False
    with zipfile.ZipFile(file) as package:
        return any(map(_may_be_scan, package.infolist()))


def count_pictures(file: IO[bytes]) -> int:
    """Return how many pictures of a package are large enough to be a scanned page."""
    with zipfile.ZipFile(file) as package:
        return sum(map(_may_be_scan, package.infolist()))


def pictures_in(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the pictures of a package that are large enough to be a scanned page, the largest first."""
    with zipfile.ZipFile(file) as package:
        entries = filter(_may_be_scan, package.infolist())
        for entry in sorted(entries, key=lambda entry: entry.file_size, reverse=True):
            yield package.read(entry)


def _may_be_scan(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SCAN_FROM and entry.filename.lower().endswith(PICTURES)


def check_package(file: IO[bytes]) -> None:
    """Refuse a package that unpacks to something monstrous, is locked, or carries a document type."""
    try:
        with zipfile.ZipFile(file) as package:
            check_sizes(package.infolist())
            _check_ratio_of_streams(package)
    except Unreadable as error:
        raise Trouble(error.code, error.detail) from error
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise Trouble("broken", str(error)[:200]) from error


def _check_ratio_of_streams(package: zipfile.ZipFile) -> None:
    """Unpack every XML part once, never beyond what it declares, and look for a document type."""
    for entry in package.infolist():
        if entry.filename.lower().endswith((".xml", ".rels")):
            with package.open(entry) as part:
                if b"<!DOCTYPE" in part.read(4096).upper():
                    raise Trouble("entities", "document type")
                while part.read(1 << 20):
                    pass


def part_of(package: zipfile.ZipFile, name: str) -> etree._Element:
    """Parse one XML part of a package."""
    try:
        return etree.fromstring(package.read(name), PARSER)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise Trouble("broken", name) from error
