"""PDF by pypdfium2: every letter of the text layer with its box."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from recognize.limits import MAX_CHARACTERS, MAX_PAGES
from recognize.pages import Page, TextLayer
from recognize.reading.glyphs import Glyph, lines_of
from recognize.troubles import Unreadable

MM = 25.4 / 72
GREATEST = 0x10FFFF


def read(data: bytes) -> TextLayer:
    """Return the pages of a PDF with boxes; pages without a text layer come empty. Raises `Unreadable`."""
    with opened(data) as document:
        return _read(document)


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF; raises `Unreadable`."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "broken", str(error)) from error
    try:
        yield document
    finally:
        document.close()


def _read(document: pdfium.PdfDocument) -> TextLayer:
    count = len(document)
    if not count:
        raise Unreadable("broken", "no pages")
    if count > MAX_PAGES:
        raise Unreadable("too_many_pages", str(count))
    pages: list[Page] = []
    lines = letters = 0
    for number in range(1, count + 1):
        if letters >= MAX_CHARACTERS:
            break
        page, taken = _page(document, number, lines, MAX_CHARACTERS - letters)
        pages.append(page)
        lines, letters = lines + len(page.lines), letters + taken
    return TextLayer("pdf", tuple(pages), cut=letters >= MAX_CHARACTERS)


def _page(document: pdfium.PdfDocument, number: int, first: int, most: int) -> tuple[Page, int]:
    try:
        page = document[number - 1]
        width, height = page.get_size()
        text = page.get_textpage()
    except pdfium.PdfiumError as error:
        if number == 1:
            raise Unreadable("broken", "page 1") from error
        return Page(number, ()), 0
    try:
        count = min(text.count_chars(), most)
        rotation = page.get_rotation()
        left, bottom, right, top = page.get_bbox()
        across, up = (height, width) if rotation in (90, 270) else (width, height)
        sheet = (left, bottom, max(right, left + across), max(top, bottom + up))
        glyphs = _glyphs(text.raw, count, sheet, rotation)
        wide, high = max(width, 1.0) * MM, max(height, 1.0) * MM
        lines = lines_of(glyphs, page=number, first=first, width=wide, height=high)
        return Page(number, tuple(lines), wide, high), count
    finally:
        text.close()
        page.close()


def _glyphs(
    text: "raw.FPDF_TEXTPAGE", count: int, sheet: tuple[float, float, float, float], rotation: int
) -> Iterator[Glyph]:
    """Yield the letters that are seen, in millimetres; the full height of the font, not only its ink."""
    box = raw.FS_RECTF()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if not 0x20 < code <= GREATEST or 0xD800 <= code < 0xE000 or chr(code).isspace():
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)) or box.top <= box.bottom:
            continue
        one = _shown(box.left, box.top, sheet, rotation)
        other = _shown(box.right, box.bottom, sheet, rotation)
        yield Glyph(
            chr(code),
            min(one[0], other[0]) * MM,
            min(one[1], other[1]) * MM,
            max(one[0], other[0]) * MM,
            max(one[1], other[1]) * MM,
        )


def _shown(
    x: float, y: float, sheet: tuple[float, float, float, float], rotation: int
) -> tuple[float, float]:
    """Return a point from the upper left corner of the page as it is shown, which may be turned clockwise."""
    left, bottom, right, top = sheet
    match rotation:
        case 90:
            return y - bottom, x - left
        case 180:
            return right - x, y - bottom
        case 270:
            return top - y, right - x
        case _:
            return x - left, top - y
