"""Tells a file's type from its bytes."""

import io
import zipfile

from recognize.troubles import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a", b"BM")
PACKAGES = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "ofd"))


def kind_of(data: bytes) -> str:
    """Return pdf, docx, ofd, xlsx, image or txt; raise `Unreadable` for whatever else."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _kind_of_package(data)
    if data.startswith(OLE):
        raise Unreadable("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "legacy")
    if data.startswith(IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    return "txt"


def _kind_of_package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("broken", str(error)[:200]) from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("macro")
    kind = next((kind for part, kind in PACKAGES if part in names), "")
    if not kind:
        raise Unreadable("unknown", "zip")
    return kind
