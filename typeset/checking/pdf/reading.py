"""PDFium gives the glyphs, shapes and pictures of each page; numbers are bounded, whatever the file says."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from typeset.checking.pdf.sheets import Box, Colour, Glyph, Shape, Sheet, is_red
from typeset.checking.pdf.troubles import NotMeasured
from typeset.matrices import SAME, Matrix, growth, point, then

MM = 25.4 / 72
MAX_BYTES = 100 * 2**20
MAX_PAGES = 3_000
MAX_MEASURED = 200
MAX_GLYPHS = 20_000
MAX_OBJECTS = 20_000
MAX_POINTS = 400
MAX_DEPTH = 6
MARK_SIZE = 18.0
FINE = 12
PALE = 200


def sheets_of(source: Path | bytes) -> tuple[list[Sheet], int]:
    """Return the pages and how many there are; of a very long paper the first and the last.

    Raises `NotMeasured`, and `OSError` where a file cannot be opened.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            source = file.read(MAX_BYTES + 1)
    if len(source) > MAX_BYTES:
        raise NotMeasured("too_large")
    with _opened(source) as document:
        count = len(document)
        if not 0 < count <= MAX_PAGES:
            raise NotMeasured("too_many_pages" if count else "broken", str(count))
        chosen: Sequence[int] = range(count)
        if count > MAX_MEASURED:
            chosen = [*range(MAX_MEASURED // 2), *range(count - MAX_MEASURED // 2, count)]
        return [_sheet(document, number) for number in chosen], count


@contextmanager
def _opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise NotMeasured(
            "encrypted" if "password" in str(error).lower() else "broken", str(error)
        ) from error
    try:
        yield document
    finally:
        document.close()


def _sheet(document: pdfium.PdfDocument, index: int) -> Sheet:
    try:
        page = document[index]
        text = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise NotMeasured("broken", f"page {index + 1}") from error
    try:
        width, height = page.get_size()
        left, _, _, top = page.get_bbox()
        frame = (left, top)
        found = _Objects(frame)
        found.walk(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0)
        glyphs = tuple(_glyphs(text, frame))
        if index == 0:
            glyphs = _exact(page, glyphs, height)
        return Sheet(index + 1, width * MM, height * MM, glyphs, tuple(found.shapes), tuple(found.pictures))
    finally:
        text.close()
        page.close()


def _glyphs(text: pdfium.PdfTextPage, frame: tuple[float, float]) -> Iterator[Glyph]:
    left, top = frame
    looks: dict[int, tuple[float, str, Colour]] = {}
    loose, ink = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(min(text.count_chars(), MAX_GLYPHS)):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if not 0x20 < code <= 0x10FFFF or 0xD800 <= code < 0xE000 or chr(code).isspace():
            continue
        owner = raw.FPDFText_GetTextObject(text.raw, index)
        if not owner or not raw.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(loose)):
            continue
        address = ctypes.cast(owner, ctypes.c_void_p).value or 0
        if address not in looks:
            looks[address] = _look(owner)
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        raw.FPDFText_GetCharBox(text.raw, index, *ink)
        one, two, low, high = (each.value for each in ink)
        box = Box((one - left) * MM, (top - high) * MM, (two - left) * MM, (top - low) * MM)
        size, font, colour = looks[address]
        yield Glyph(
            chr(code), (loose.left - left) * MM, (loose.right - left) * MM, (top - y.value) * MM, box, size, font, colour
        )  # fmt: skip


def _exact(page: pdfium.PdfPage, glyphs: tuple[Glyph, ...], height: float) -> tuple[Glyph, ...]:
    """Return the glyphs of the mark with their true ink, by drawing it: PDFium's boxes are up to half a millimetre off."""
    big = [glyph for glyph in glyphs if glyph.size > MARK_SIZE and is_red(glyph.colour)]
    if not big:
        return glyphs
    left, right = min(g.ink.left for g in big) - 1, max(g.ink.right for g in big) + 1
    top, bottom = max(0.0, min(g.ink.top for g in big) - 1), max(g.ink.bottom for g in big) + 1
    wide, high = page.get_size()
    crop = (max(0.0, left / MM), max(0.0, height - bottom / MM), max(0.0, wide - right / MM), top / MM)
    if crop[0] + crop[2] > wide - 9 or crop[1] + crop[3] > high - 9:
        return glyphs
    drawn = (
        page.render(scale=FINE * MM, crop=crop)
        .to_pil()
        .convert("L")
        .point(lambda light: 255 * (light < PALE))
    )
    start = crop[0] * MM
    exact = {id(glyph): _drawn_ink(drawn, glyph, start, top) for glyph in big}
    return tuple(replace(glyph, ink=exact[id(glyph)]) if id(glyph) in exact else glyph for glyph in glyphs)


def _drawn_ink(drawn: Image.Image, glyph: Glyph, left: float, top: float) -> Box:
    """Return what is dark within the advance of a glyph."""
    from_, to = round((glyph.left - left) * FINE), round((glyph.right - left) * FINE)
    box = drawn.crop((max(0, from_), 0, min(drawn.width, to), drawn.height)).getbbox()
    if box is None:
        return glyph.ink
    across = max(0, from_)
    return Box(
        left + (across + box[0]) / FINE,
        top + box[1] / FINE,
        left + (across + box[2]) / FINE,
        top + box[3] / FINE,
    )


def _look(owner: Any) -> tuple[float, str, Colour]:
    """Return size in points, font name and colour of a text object."""
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(owner, size)
    a, b, c, d, _, _ = _matrix(owner)
    buffer = ctypes.create_string_buffer(256)
    font = raw.FPDFTextObj_GetFont(owner)
    raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.value.decode("utf-8", "replace")
    if len(name) > 7 and name[6] == "+":
        name = name[7:]
    return abs(size.value) * abs(a * d - b * c) ** 0.5, name, _colour(owner, raw.FPDFPageObj_GetFillColor)


def _matrix(owner: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(owner, ctypes.byref(found)):
        return SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _colour(owner: Any, ask: Any) -> Colour:
    parts = [ctypes.c_uint() for _ in range(4)]
    ask(owner, *parts)
    return parts[0].value, parts[1].value, parts[2].value


class _Objects:
    """Collects shapes and pictures, those inside forms too."""

    def __init__(self, frame: tuple[float, float]) -> None:
        self._left, self._top = frame
        self._seen = 0
        self.shapes: list[Shape] = []
        self.pictures: list[Box] = []

    def walk(self, holder: Any, count: Any, get: Any, outer: Matrix, depth: int) -> None:
        for index in range(count(holder)):
            self._seen += 1
            if self._seen > MAX_OBJECTS:
                return
            each = get(holder, index)
            match raw.FPDFPageObj_GetType(each):
                case raw.FPDF_PAGEOBJ_PATH:
                    self._path(each, outer)
                case raw.FPDF_PAGEOBJ_IMAGE:
                    corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
                    self.pictures.append(self._box(corners, then(_matrix(each), outer), 0.0))
                case raw.FPDF_PAGEOBJ_FORM if depth < MAX_DEPTH:
                    inner = then(_matrix(each), outer)
                    self.walk(each, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)

    def _path(self, each: Any, outer: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(each, fill, stroke)
        points = _points(each)
        if not points or not (fill.value or stroke.value):
            return
        matrix = then(_matrix(each), outer)
        width = ctypes.c_float()
        if stroke.value:
            raw.FPDFPageObj_GetStrokeWidth(each, width)
        edge = width.value * growth(matrix) * MM
        ask = raw.FPDFPageObj_GetFillColor if fill.value else raw.FPDFPageObj_GetStrokeColor
        self.shapes.append(Shape(self._box(points, matrix, edge), _colour(each, ask)))

    def _box(self, points: list[tuple[float, float]], matrix: Matrix, edge: float) -> Box:
        """Return the bounds; the stroke of a level or upright line widens it across only, as butt ends do."""
        put = [point(matrix, x, y) for x, y in points]
        across = [(x - self._left) * MM for x, _ in put]
        down = [(self._top - y) * MM for _, y in put]
        is_level, is_upright = max(down) - min(down) < 0.01, max(across) - min(across) < 0.01
        wide, high = (0.0 if is_level else edge / 2), (0.0 if is_upright else edge / 2)
        return Box(min(across) - wide, min(down) - high, max(across) + wide, max(down) + high)


def _points(path: Any) -> list[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    found = []
    for index in range(min(raw.FPDFPath_CountSegments(path), MAX_POINTS)):
        raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(path, index), x, y)
        found.append((x.value, y.value))
    return found
