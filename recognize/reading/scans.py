"""Which pages OCR reads, in which order, and how they come together with those that have a text layer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import count
from typing import NamedTuple

from PIL import Image

from recognize.ocr.options import OcrOptions
from recognize.pages import Page, TextLayer

Progress = Callable[[int, int], None]
Enough = Callable[[TextLayer], bool]


class Picture(NamedTuple):
    """A page drawn in RGB, and its size in millimetres."""

    image: Image.Image
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that can be drawn; `draw` returns None for one that must not be drawn."""

    number: int
    draw: Callable[[], Picture | None]


def read_sheets(
    layer: TextLayer,
    sheets: Iterable[Sheet],
    ocr: OcrOptions,
    progress: Progress | None,
    enough: Enough | None,
) -> TextLayer:
    """Return the layer with these pages read by OCR in place of what it held of them."""
    waiting = {sheet.number: sheet for sheet in sheets}
    chosen = ocr.chosen(list(waiting))
    pages = {page.number: page for page in layer.pages}
    tell = progress or _silent
    tell(0, len(chosen))
    for done, number in enumerate(chosen, 1):
        page = read_sheet(waiting[number], ocr)
        if page is not None:
            pages[number] = page
            del waiting[number]
        tell(done, len(chosen))
        if ocr.needed_only and enough and enough(_together(layer, pages, waiting)):
            break
    return _together(layer, pages, waiting)


def read_sheet(sheet: Sheet, ocr: OcrOptions) -> Page | None:
    """Return a sheet read by OCR; None where it cannot be drawn."""
    picture = sheet.draw()
    if picture is None:
        return None
    # Loaded by name: whoever reads no picture shall not wait for the networks' engine, nor need its memory.
    page: Page = import_module("recognize.ocr.page").read_page(
        picture.image, number=sheet.number, width=picture.width, height=picture.height, options=ocr
    )
    return page


def _together(layer: TextLayer, pages: dict[int, Page], left: Iterable[int]) -> TextLayer:
    """Number the lines anew through all pages."""
    numbers = count()
    skipped = tuple(sorted(left))
    everyone = {number: Page(number, ()) for number in skipped} | pages
    whole = [
        replace(page, lines=tuple(replace(line, number=next(numbers)) for line in page.lines))
        for _, page in sorted(everyone.items())
    ]
    return replace(layer, pages=tuple(whole), skipped=skipped)


def _silent(done: int, total: int) -> None:
    return None
