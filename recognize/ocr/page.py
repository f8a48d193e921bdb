"""One page from picture to lines."""

import cv2
import numpy as np
from PIL import Image

from recognize.ocr.composing import Sheet, lines_of, pieces_of
from recognize.ocr.lighting import evened, is_blank
from recognize.ocr.options import OcrOptions
from recognize.ocr.spelling import cut, read
from recognize.ocr.turning import upright
from recognize.pages import Page

SMALLEST = 32


def read_page(image: Image.Image, *, number: int, width: float, height: float, options: OcrOptions) -> Page:
    """Read a picture (RGB) of a page of `width` by `height` millimetres; its lines count from 0."""
    cv2.setNumThreads(options.threads)
    shown = _fitted(np.asarray(image), options.longest)
    even = evened(shown)
    if min(even.shape[:2]) < SMALLEST or is_blank(even):
        return Page(number, (), width, height, ocr=True)
    page = upright(even, options.threads)
    spelled = read([cut(page.picture, quad) for quad in page.quads], options.threads)
    sheet = Sheet(number, width, height, (shown.shape[1], shown.shape[0]))
    lines = lines_of(pieces_of(page.quads, spelled, page.skew), page.back, sheet)
    return Page(number, tuple(lines), width, height, ocr=True)


def _fitted(picture: "np.ndarray", longest: int) -> "np.ndarray":
    scale = longest / max(picture.shape[:2])
    if scale >= 1:
        return picture
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
