"""Reads what others wrote, DOCX and plain text, into the content model, and tells what could not be understood."""

from typeset.reading import docx, text
from typeset.reading.given import Reading
from typeset.reading.troubles import MAX_BYTES, Unreadable
from typeset.reading.wordml.things import Oddity

__all__ = ["Oddity", "Reading", "Unreadable", "read"]


def read(data: bytes) -> Reading:
    """Return the document of a DOCX or a plain text, told apart by the bytes; raises `Unreadable`."""
    if not data:
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", str(len(data)))
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return docx.read(data)
    if b"%PDF-" in data[:1024] or data.startswith((b"MZ", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unreadable("unknown", "neither DOCX nor text")
    return text.read(data)
