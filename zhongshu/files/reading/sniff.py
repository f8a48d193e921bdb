"""Tells a file's type from its bytes, never from its name."""

import mmap
import re
import zipfile
from typing import IO

from zhongshu.files.reading.archives import names_in
from zhongshu.files.reading.inside import ends_as_zip
from zhongshu.files.reading.troubles import Trouble

HEAD = 64 * 1024
MACRO_STREAMS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
)
PARTS_OF: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
)
MACRO = re.compile(r"vbaProject\.bin$|vbaData\.xml$|/macrosheets/|/activeX/.*\.bin$", re.IGNORECASE)
STREAMS_OF: tuple[tuple[str, str], ...] = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)


def sniff(file: IO[bytes]) -> str:
    """Return the code of the type, or raise `Trouble`."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise Trouble("empty")
    if head.startswith(b"PK"):
        return _sniff_zip(file)
    if head.startswith(OLE):
        return _sniff_ole(file)
    if code := _of_magic(head):
        if ends_as_zip(file):
            raise Trouble("polyglot", code)
        return code
    if encoding_of(head, whole=len(head) < HEAD):
        return "txt"
    raise Trouble("unknown")


def _of_magic(head: bytes) -> str:
    """Return the type that the first bytes name, or ""."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    for magic, code in MAGIC:
        if head.startswith(magic) and (code != "bmp" or _is_bmp(head)):
            if b"%PDF-" in head[:1024]:
                raise Trouble("polyglot", code)
            return code
    if b"%PDF-" in head[:1024]:
        if head.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith((b"<", b"MZ", b"\x7fELF", b"#!")):
            raise Trouble("polyglot", "pdf")
        return "pdf"
    return ""


def encoding_of(data: bytes, *, whole: bool = True) -> str:
    """Return the encoding of plain text, or "" if this is not plain text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith((b"MZ", b"\x7fELF", b"#!")) or any(byte in data for byte in CONTROLS):
        return ""
    tails = (0,) if whole else (0, 1, 2, 3)
    for encoding in ("utf-8-sig", "gb18030"):
        if any(_decodes(data[: len(data) - tail], encoding) for tail in tails):
            return encoding
    return ""


CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_bmp(head: bytes) -> bool:
    return (
        len(head) > 26
        and head[6:10] == b"\0\0\0\0"
        and head[14:18] in (b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0")
    )


def _sniff_zip(file: IO[bytes]) -> str:
    try:
        names = names_in(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Trouble("broken") from error
    for part, code in PARTS_OF:
        if part in names:
            if any(MACRO.search(name) for name in names):
                raise Trouble("macro")
            return code
    raise Trouble("unknown", "zip")


def _sniff_ole(file: IO[bytes]) -> str:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise Trouble("encrypted")
        if any(data.find(stream.encode("utf-16-le")) >= 0 for stream in MACRO_STREAMS):
            raise Trouble("macro")
        for stream, code in STREAMS_OF:
            if data.find(stream.encode("utf-16-le")) >= 0:
                return code
    raise Trouble("unknown", "ole")
