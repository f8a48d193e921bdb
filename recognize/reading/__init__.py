"""Reads the text of a file, whatever its format: its text layer, and by OCR what is only a picture."""

from collections.abc import Callable
from dataclasses import replace

from recognize.limits import MAX_BYTES
from recognize.ocr.options import OcrOptions
from recognize.pages import TextLayer
from recognize.reading import ofd, ofd_scans, pdf, pictures, plain, printed, sheets, sniff, word
from recognize.reading.scans import Enough, Progress, read_sheets
from recognize.troubles import Unreadable

READERS: dict[str, Callable[[bytes], TextLayer]] = {
    "pdf": pdf.read,
    "docx": word.read,
    "ofd": ofd.read,
    "xlsx": sheets.read,
    "txt": plain.read,
}
SCANNED = {"pdf": printed.read, "ofd": ofd_scans.read}


def read(
    data: bytes,
    ocr: OcrOptions | None = None,
    progress: Progress | None = None,
    enough: Enough | None = None,
) -> TextLayer:
    """Return the text of a PDF, DOCX, OFD (GB/T 33190), XLSX, plain text file or, with `ocr`, of a picture.

    Boxes are given for PDF, OFD and pictures; DOCX, XLSX and TXT flow and have line numbers only. With `ocr`, pages
    of a PDF or OFD that are only pictures are read, too; `progress(done, total)` is told of each page, and with
    `ocr.needed_only` reading stops as soon as `enough` says so. Raises `Unreadable`.
    """
    if not data:
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", str(len(data)))
    kind = sniff.kind_of(data)
    if kind == "image":
        if ocr is None:
            raise Unreadable("image")
        return read_sheets(
            TextLayer("image", ()), pictures.sheets_of(data, ocr.longest), ocr, progress, enough
        )
    layer = READERS[kind](data)
    if kind not in SCANNED:
        return layer
    if ocr is None:
        return replace(layer, skipped=layer.pages_without_text)
    return SCANNED[kind](data, layer, ocr, progress, enough)
