"""Reads official papers: the text of files, and the fields of a Chinese official document from it.

Text layers are read first; scans and photographs by an offline OCR where the caller gives `OcrOptions`.
A pure library: it imports nothing of the office and no Django. `python -m recognize FILE --json` is its command line.
"""

from recognize.fields import Recognition, recognize_layer
from recognize.found import Found, Place
from recognize.ocr.options import OcrOptions
from recognize.pages import Box, Line, Page, TextLayer, Word
from recognize.reading import read
from recognize.reading.scans import Progress
from recognize.storing import layer_as_json, layer_from_json
from recognize.troubles import Unreadable

__all__ = [
    "Box", "Found", "Line", "OcrOptions", "Page", "Place", "Progress", "Recognition", "TextLayer", "Unreadable", "Word",
    "layer_as_json", "layer_from_json", "read", "recognize", "recognize_layer",
]  # fmt: skip
SIGNED = 0.8


def recognize(data: bytes, ocr: OcrOptions | None = None, progress: Progress | None = None) -> Recognition:
    """Read a file and its fields; the type is told from the bytes, never from a name.

    Without `ocr` only text layers are read, as `read` does. Raises `Unreadable` with its code and a plain message when
    the file cannot or must not be read.
    """
    return recognize_layer(read(data, ocr, progress, enough=is_signed))


def is_signed(layer: TextLayer) -> bool:
    """Say whether what was read so far holds a date under a signature, so that further pages add no field."""
    return recognize_layer(layer).fields["doc_date"].confidence >= SIGNED
