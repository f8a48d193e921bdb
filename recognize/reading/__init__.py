"""Reads the text layer of a file, whatever its format."""

from collections.abc import Callable

from recognize.limits import MAX_BYTES
from recognize.pages import TextLayer
from recognize.reading import ofd, pdf, plain, sheets, sniff, word
from recognize.troubles import Unreadable

READERS: dict[str, Callable[[bytes], TextLayer]] = {
    "pdf": pdf.read,
    "docx": word.read,
    "ofd": ofd.read,
    "xlsx": sheets.read,
    "txt": plain.read,
}


def read(data: bytes) -> TextLayer:
    """Return the text layer of a PDF, DOCX, OFD (GB/T 33190), XLSX or plain text file.

    Boxes are given for PDF and OFD; DOCX, XLSX and TXT flow and have line numbers only. Raises `Unreadable`.
    """
    if not data:
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", str(len(data)))
    return READERS[sniff.kind_of(data)](data)
