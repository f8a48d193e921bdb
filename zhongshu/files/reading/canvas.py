"""A sheet of paper to draw on, by PDFium: letters, paths and images through matrices, without writing a PDF."""

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from typeset.matrices import Matrix, then
from zhongshu.files.reading.sfnt import FontFile

POINTS = 72 / 25.4
MAX_PIXELS = 24_000_000

Colour = tuple[int, int, int, int]
Segment = tuple[str, Sequence[float]]

UPRIGHT: Matrix = (1.0, 0.0, 0.0, -1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Pen:
    """How a shape is inked; None leaves it out."""

    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 0.353
    even_odd: bool = False
    dashes: tuple[float, ...] = ()


class Font:
    """A font loaded into one canvas; its bytes live as long as the canvas."""

    def __init__(self, document: pdfium.PdfDocument, data: bytes) -> None:
        buffer = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
        self.raw = raw.FPDFText_LoadFont(document.raw, buffer, len(data), raw.FPDF_FONT_TRUETYPE, 1)
        self.file = FontFile(data)

    def advance(self, letter: str) -> float:
        """Return how wide a letter is, in squares."""
        return self.file.advance(self.file.glyph(letter))


class Book:
    """Holds the fonts that the pages of one file share."""

    def __init__(self) -> None:
        self.document = pdfium.PdfDocument.new()
        self._fonts: dict[str, Font | None] = {}

    def font(self, name: str, read: Callable[[], bytes]) -> Font | None:
        """Load a font once; None when it is no font that can be drawn with."""
        if name not in self._fonts:
            data = read()
            loaded = Font(self.document, data) if data else None
            self._fonts[name] = loaded if loaded and loaded.raw else None
        return self._fonts[name]

    def close(self) -> None:
        """Let go of everything."""
        self.document.close()


class Canvas:
    """One page in millimetres, its origin in the upper left corner."""

    def __init__(
        self, book: Book, width: float, height: float, origin: tuple[float, float] = (0.0, 0.0)
    ) -> None:
        self._book = book
        self._width, self._height = width * POINTS, height * POINTS
        self._page = book.document.new_page(self._width, self._height)
        left, top = origin
        self._paper: Matrix = (POINTS, 0.0, 0.0, -POINTS, -left * POINTS, self._height + top * POINTS)

    def letter(self, font: Font, what: str | int, size: float, matrix: Matrix, pen: Pen) -> None:
        """Draw one letter (or one glyph by its number) with its foot on the matrix's origin."""
        shape = raw.FPDFPageObj_CreateTextObj(self._book.document.raw, font.raw, ctypes.c_float(size))
        # By number: PDFium's own way from letter to glyph loses letters that share one (北 and U+F963).
        glyph = what if isinstance(what, int) else font.file.glyph(what)
        raw.FPDFText_SetCharcodes(shape, (ctypes.c_uint32 * 1)(glyph), 1)
        if pen.stroke and pen.fill:
            raw.FPDFTextObj_SetTextRenderMode(shape, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
        self._put(shape, then(UPRIGHT, matrix), pen)

    def path(self, segments: Sequence[Segment], matrix: Matrix, pen: Pen) -> None:
        """Draw a path of M, L, B (cubic) and C (close) segments."""
        shape = raw.FPDFPageObj_CreateNewPath(0.0, 0.0)
        for kind, numbers in segments:
            if kind == "C":
                raw.FPDFPath_Close(shape)
            else:
                _SEGMENTS[kind](shape, *map(ctypes.c_float, numbers))
        fill = raw.FPDF_FILLMODE_ALTERNATE if pen.even_odd else raw.FPDF_FILLMODE_WINDING
        raw.FPDFPath_SetDrawMode(
            shape, fill if pen.fill else raw.FPDF_FILLMODE_NONE, int(pen.stroke is not None)
        )
        self._put(shape, matrix, pen)

    def image(self, image: Image.Image, matrix: Matrix, alpha: int = 255) -> None:
        """Draw an image over the unit square of the matrix."""
        shape = raw.FPDFPageObj_NewImageObj(self._book.document.raw)
        bitmap = pdfium.PdfBitmap.from_pil(image.convert("RGBA" if "A" in image.getbands() else "RGB"))
        raw.FPDFImageObj_SetBitmap(None, 0, shape, bitmap.raw)
        self._put(shape, then((1.0, 0.0, 0.0, -1.0, 0.0, 1.0), matrix), Pen(fill=(0, 0, 0, alpha)))

    def drawn(self, width: int, *, clear: bool = False) -> Image.Image:
        """Return the page so many pixels wide; `clear` leaves the paper out."""
        scale = width / max(self._width, 1.0)
        pixels = self._width * self._height * scale**2
        if pixels > MAX_PIXELS:
            scale *= (MAX_PIXELS / pixels) ** 0.5
        if clear:
            return (
                self._page.render(scale=scale, fill_color=(255, 255, 255, 0), maybe_alpha=True)
                .to_pil()
                .convert("RGBA")
            )
        return self._page.render(scale=scale).to_pil().convert("RGB")

    def _put(self, shape: "raw.FPDF_PAGEOBJECT", matrix: Matrix, pen: Pen) -> None:
        if pen.fill:
            raw.FPDFPageObj_SetFillColor(shape, *pen.fill)
        if pen.stroke:
            raw.FPDFPageObj_SetStrokeColor(shape, *pen.stroke)
            raw.FPDFPageObj_SetStrokeWidth(shape, ctypes.c_float(pen.width))
            if pen.dashes:
                lengths = (ctypes.c_float * len(pen.dashes))(*pen.dashes)
                raw.FPDFPageObj_SetDashArray(shape, lengths, len(pen.dashes), ctypes.c_float(0.0))
        raw.FPDFPageObj_Transform(shape, *then(matrix, self._paper))
        raw.FPDFPage_InsertObject(self._page.raw, shape)


_SEGMENTS = {
    "M": raw.FPDFPath_MoveTo,
    "L": raw.FPDFPath_LineTo,
    "B": raw.FPDFPath_BezierTo,
}
