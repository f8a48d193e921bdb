"""QR codes on scanned pages, by zxing-cpp."""

from collections.abc import Iterator
from typing import IO, TypedDict

import zxingcpp
from PIL import Image

from zhongshu.files.reading import images, ofd, pdf
from zhongshu.files.reading.troubles import Trouble
from zhongshu.files.reading.types import BY_CODE

MAX_PAGES = 30
QR = zxingcpp.barcode_formats_from_str("QRCode")
WIDTHS = (1600, 2600)


class Found(TypedDict):
    """A code: the page it stands on (from 1), what it says, and its box in fractions of the page."""

    page: int
    payload: str
    position: tuple[float, float, float, float]


def read_codes(file: IO[bytes], *, code: str) -> list[Found]:
    """Return the QR codes of the first pages; a page without any is tried again larger."""
    if BY_CODE[code].showing != "pages":
        raise Trouble("unknown", code)
    found: list[Found] = []
    pages_seen: set[int] = set()
    for width in WIDTHS:
        for number, image in _images(file, code, width):
            if number not in pages_seen:
                here = list(_codes_on(number, image))
                found += here
                pages_seen |= {number} if here else set()
    return sorted(found, key=lambda one: (one["page"], one["position"][1], one["position"][0]))


def _images(file: IO[bytes], code: str, width: int) -> Iterator[tuple[int, Image.Image]]:
    source = {"pdf": pdf.images, "ofd": ofd.images}.get(code, images.images)
    return source(file, most=MAX_PAGES, width=width)


def _codes_on(number: int, image: Image.Image) -> Iterator[Found]:
    grey = image.convert("L")
    for barcode in zxingcpp.read_barcodes(grey, formats=QR, try_rotate=True):
        corners = barcode.position
        xs = [p.x for p in (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)]
        ys = [p.y for p in (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)]
        box = (min(xs) / grey.width, min(ys) / grey.height, max(xs) / grey.width, max(ys) / grey.height)
        yield Found(page=number, payload=barcode.text, position=tuple(round(v, 4) for v in box))  # type: ignore[typeddict-item]
