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
    """Say whether what was read so far holds the date under the paper's own signature, so that no page adds a field.

    Behind pages not read yet it may be that of an annex: it counts if head or title name the same organ.
    """
    fields = recognize_layer(layer).fields
    day, issuer = fields["doc_date"], fields["issuer_name"]
    if day.confidence < SIGNED or not day.places:
        return False
    page = day.places[0].page
    if not any(skipped < page for skipped in layer.skipped):
        return True
    return issuer.confidence > SIGNED and any(place.page == page for place in issuer.places)
