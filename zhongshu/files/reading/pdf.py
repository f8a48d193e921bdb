"""PDF by pypdfium2: a first look, and pages as images."""

import base64
import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageChops

from recognize.reading.printed import is_covered
from zhongshu.files.reading import inside
from zhongshu.files.reading.shapes import MAX_TEXT, Look, look_of
from zhongshu.files.reading.troubles import Trouble

MAX_PAGES = 3_000
MAX_PIXELS = 24_000_000
GREY_UP_TO = 20
META = ("Title", "Subject", "Keywords", "Author")
MAX_ATTACHED = 200
MAX_NOTES = 2_000
NOTES = (b"Contents", b"T", b"Subj", b"V", b"RC")


@contextmanager
def opened(file: IO[bytes]) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF or tell what is wrong with it."""
    file.seek(0)
    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError as error:
        raise Trouble("encrypted" if "password" in str(error).lower() else "broken", str(error)) from error
    try:
        yield document
    finally:
        document.close()


def look(file: IO[bytes]) -> Look:
    """Return pages, text and titles of a PDF."""
    with opened(file) as document:
        pages = len(document)
        if not 0 < pages <= MAX_PAGES:
            raise Trouble("broken" if not pages else "too_many_pages", str(pages))
        _check_first_page(document)
        texts = list(_texts(document))
        meta = " ".join(document.get_metadata_dict().get(key, "") for key in META)
        found = look_of("\n".join(texts), pages=pages, first=texts[0] or " ", meta=meta)
        found["scans"] = sum(
            _is_behind(document, number) for number, text in enumerate(texts) if text.strip()
        )
        return found


def _is_behind(document: pdfium.PdfDocument, number: int) -> bool:
    """Say whether a page with words is covered by pictures all the same, such as a scan with a stamped line."""
    try:
        return is_covered(document[number])
    except pdfium.PdfiumError:
        return True


def pieces(file: IO[bytes], *, pages: bool) -> Iterator[inside.Piece]:
    """Yield what the first look did not give: properties, attached files, notes, and on wish every page."""
    with opened(file) as document:
        yield "文档属性", "\n".join(map(str, document.get_metadata_dict().values()))
        budget = inside.Budget()
        for number in range(min(document.count_attachments(), MAX_ATTACHED)):
            attached = document.get_attachment(number)
            yield inside.NAMES, attached.get_name()
            yield from inside.pieces(bytes(attached.get_data()), depth=1, budget=budget)
        for number in range(len(document)):
            yield from _notes_on(document, number)
            if pages:
                yield f"第{number + 1}页", _text_of_page(document, number)


def _notes_on(document: pdfium.PdfDocument, number: int) -> Iterator[inside.Piece]:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, index)
        try:
            yield "批注", "\n".join(_value_of(note, key) for key in NOTES)
        finally:
            raw.FPDFPage_CloseAnnot(note)
    page.close()


def _value_of(note: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size < MAX_TEXT:
        return ""
    value = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(note, key, ctypes.cast(value, ctypes.POINTER(ctypes.c_ushort)), size)
    return value.raw.decode("utf-16-le", "ignore").rstrip("\x00")


def draw(file: IO[bytes], *, numbers: list[int], width: int, folder: Path) -> None:
    """Draw pages (from 1) `width` pixels wide into the folder as `page-N.png`."""
    with opened(file) as document:
        for number in numbers:
            if 1 <= number <= len(document):
                save(_drawn(document, number, width), folder, number)


def glance(file: IO[bytes], *, number: int, width: int) -> str:
    """Return one page as PNG in base64: it goes to no folder."""
    with opened(file) as document:
        if not 1 <= number <= len(document):
            raise Trouble("broken", f"page {number}")
        return as_png(_drawn(document, number, width))


def as_png(image: Image.Image) -> str:
    """Return an image as PNG in base64."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)
    return base64.b64encode(out.getvalue()).decode()


def images(file: IO[bytes], *, most: int, width: int) -> Iterator[tuple[int, Image.Image]]:
    """Yield the first pages as images."""
    with opened(file) as document:
        for number in range(1, min(len(document), most) + 1):
            yield number, _drawn(document, number, width)


def save(image: Image.Image, folder: Path, number: int) -> None:
    """Write a page under its final name in one step; one without colour takes a third of the room."""
    image = image.convert("L") if _is_grey(image) else image
    unfinished = folder / f"page-{number}.tmp"
    image.save(unfinished, "PNG", compress_level=3)
    unfinished.replace(folder / f"page-{number}.png")


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.reduce(2).split()
    pairs = ((red, green), (green, blue))
    return all(max(ImageChops.difference(one, other).histogram()[GREY_UP_TO:]) == 0 for one, other in pairs)


def _drawn(document: pdfium.PdfDocument, number: int, width: int) -> Image.Image:
    try:
        page = document[number - 1]
        page_width, page_height = page.get_size()
        scale = width / max(page_width, 1)
        pixels = (page_width * scale) * (page_height * scale)
        if pixels > MAX_PIXELS:
            scale *= (MAX_PIXELS / pixels) ** 0.5
        return page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    except (pdfium.PdfiumError, ValueError) as error:
        raise Trouble("broken", f"page {number}") from error


def _check_first_page(document: pdfium.PdfDocument) -> None:
    try:
        document[0].get_size()
    except pdfium.PdfiumError as error:
        raise Trouble("broken", "page 1") from error


def _texts(document: pdfium.PdfDocument) -> Iterator[str]:
    taken = 0
    for number in range(len(document)):
        if number and taken > MAX_TEXT:
            return
        text = _text_of_page(document, number)
        taken += len(text)
        yield text


def _text_of_page(document: pdfium.PdfDocument, number: int) -> str:
    try:
        words = document[number].get_textpage()
        return str(words.get_text_bounded()).replace("\r\n", "\n").replace("\x00", "")
    except pdfium.PdfiumError:
        return ""
