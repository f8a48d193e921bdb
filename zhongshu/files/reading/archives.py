"""Looks into packages of XML (DOCX, XLSX, PPTX, OFD) without unpacking more than is safe."""

import zipfile
import zlib
from typing import IO

from lxml import etree

from zhongshu.files.reading.troubles import Trouble

MAX_ENTRIES = 5_000
MAX_UNPACKED = 400 * 2**20
MAX_PART = 60 * 2**20
MAX_RATIO = 150
RATIO_MATTERS_FROM = 10 * 2**20
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_blank_text=False)


def names_in(file: IO[bytes]) -> frozenset[str]:
    """Return the names of a package's parts."""
    with zipfile.ZipFile(file) as package:
        return frozenset(package.namelist())


def check_package(file: IO[bytes]) -> None:
    """Refuse a package that unpacks to something monstrous, is locked, or carries a document type."""
    try:
        with zipfile.ZipFile(file) as package:
            _check_sizes(package.infolist())
            _check_ratio_of_streams(package)
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise Trouble("broken", str(error)[:200]) from error


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise Trouble("bomb", f"{len(entries)} parts")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Trouble("encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    too_dense = unpacked > RATIO_MATTERS_FROM and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED or too_dense or any(_is_monstrous(entry) for entry in entries):
        raise Trouble("bomb", f"{packed} to {unpacked}")


def _is_monstrous(entry: zipfile.ZipInfo) -> bool:
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    dense = entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    return dense or (is_xml and entry.file_size > MAX_PART)


def _check_ratio_of_streams(package: zipfile.ZipFile) -> None:
    """Unpack every XML part once, never beyond what it declares, and look for a document type."""
    for entry in package.infolist():
        if entry.filename.lower().endswith((".xml", ".rels")):
            with package.open(entry) as part:
                if b"<!DOCTYPE" in part.read(4096).upper():
                    raise Trouble("broken", "document type")
                while part.read(1 << 20):
                    pass


def part_of(package: zipfile.ZipFile, name: str) -> etree._Element:
    """Parse one XML part of a package."""
    try:
        return etree.fromstring(package.read(name), PARSER)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise Trouble("broken", name) from error
