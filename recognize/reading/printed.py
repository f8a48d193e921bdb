"""Pages of a PDF that OCR has to read: those without letters, and those whose letters say nothing."""

import re
from functools import partial
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from recognize.limits import MAX_PIXELS
from recognize.ocr.options import OcrOptions
from recognize.pages import Page, TextLayer
from recognize.reading.pdf import MM, opened
from recognize.reading.scans import Enough, Picture, Progress, Sheet, read_sheet, read_sheets

FEW = 40
COVERED = 0.3
DRAWN_SHAPES = 60
MOST_OBJECTS = 2_000
FINEST = 300 / 72
MEANT = 10
COMMON = 0.6
STRANGE = 0.3
HANZI = re.compile(r"[\u4e00-\u9fff]")
ODD = re.compile(r"[\u0080-\u024f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
LEVEL_TWO = 0xD8


def read(
    data: bytes, layer: TextLayer, ocr: OcrOptions, progress: Progress | None, enough: Enough | None
) -> TextLayer:
    """Return the layer of a PDF with its pictures of pages read by OCR."""
    doubted = [page for page in layer.pages if page.letters < FEW or is_garbage(page)]
    if not doubted:
        return layer
    with opened(data) as document:
        wanted = [page.number for page in doubted if not page.letters or _is_picture(document, page)]
        sheets = [Sheet(number, partial(_drawn, document, number, ocr.longest)) for number in wanted]
        return read_sheets(layer, sheets, ocr, progress, enough) if sheets else layer


def is_garbage(page: Page) -> bool:
    """Say whether the letters of a page are no words: signs without meaning, or Chinese ones that nobody uses.

    Of the Chinese letters in any real paper nine in ten are among the 3,755 of the first level of GB 2312.
    """
    text = "".join(line.text for line in page.lines)
    hanzi = HANZI.findall(text)
    if len(hanzi) >= MEANT:
        return sum(map(_is_common, hanzi)) < COMMON * len(hanzi)
    return len(ODD.findall(text)) > STRANGE * max(page.letters, 1)


def _is_common(letter: str) -> bool:
    code = letter.encode("gb2312", "ignore")
    return bool(code) and code[0] < LEVEL_TWO


def _is_picture(document: pdfium.PdfDocument, page: Page) -> bool:
    """Say whether a page with few or strange letters shows more than these: an image, or letters drawn as shapes."""
    if is_garbage(page):
        return True
    try:
        leaf = document[page.number - 1]
        objects = islice(leaf.get_objects(max_depth=3), MOST_OBJECTS)
        shapes = sum(each.type == raw.FPDF_PAGEOBJ_PATH for each in objects)
    except pdfium.PdfiumError:
        return False
    return shapes > DRAWN_SHAPES or is_covered(leaf)


def is_covered(leaf: pdfium.PdfPage) -> bool:
    """Say whether pictures, whole or in strips, cover much of a page: then it may show more than its letters say."""
    wide, high = leaf.get_size()
    covered = 0.0
    try:
        for each in islice(leaf.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3), MOST_OBJECTS):
            left, bottom, right, top = each.get_bounds()
            covered += max(0.0, min(right, wide) - max(left, 0.0)) * max(
                0.0, min(top, high) - max(bottom, 0.0)
            )
    except pdfium.PdfiumError:
        return True
    return covered > COVERED * wide * high


def read_behind(data: bytes, layer: TextLayer, ocr: OcrOptions) -> tuple[list[Page], int]:
    """Return what OCR sees on pages that have letters and are covered by pictures all the same, and how many are left.

    The letters stay the text of such a page; this is for those who must not overlook what its picture shows.
    """
    with opened(data) as document:
        wanted = [
            page.number
            for page in layer.pages
            if page.number not in layer.ocr_pages and page.letters and is_covered(document[page.number - 1])
        ]
        chosen = ocr.chosen(wanted)
        seen = (
            read_sheet(Sheet(number, partial(_drawn, document, number, ocr.longest)), ocr)
            for number in chosen
        )
        pages = [page for page in seen if page is not None]
    return pages, len(wanted) - len(pages)


def _drawn(document: pdfium.PdfDocument, number: int, longest: int) -> Picture | None:
    """Draw a page; None where it is broken, or where an image on it would fill the memory."""
    try:
        page = document[number - 1]
        wide, high = page.get_size()
        if _is_too_large(page):
            return None
        scale = min(longest / max(wide, high, 1.0), FINEST)
        image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    except (pdfium.PdfiumError, ValueError):
        return None
    return Picture(image, wide * MM, high * MM)


def _is_too_large(page: pdfium.PdfPage) -> bool:
    for at, each in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3)):
        wide, high = each.get_px_size()
        if wide * high > MAX_PIXELS or at > MOST_OBJECTS:
            return True
    return False
