"""Makes a clean scan and a bad photograph of a printed paper, for `python -m bench.recognize`."""

import hashlib
import io

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image

DPI = 200
DESK = (96, 82, 70)
TURNS = (0, 0, 0, 0, 0, 0, 90, 180)


def as_scan(printed: bytes) -> bytes:
    """Return a PDF of images: grey, 200 dpi, a little soft, as a flat-bed scanner gives."""
    return _as_pdf([_scanned(page).convert("L") for page in _pages(printed)], quality=80)


def as_photographs(printed: bytes, name: str) -> bytes:
    """Return a JPEG, or a PDF of several: askew, in perspective, unevenly lit, noisy, on a desk, some turned round.

    The same paper gives the same photographs.
    """
    dice = np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]))
    shots = [_photographed(np.asarray(page.convert("RGB")), dice) for page in _pages(printed)]
    if len(shots) > 1:
        return _as_pdf(shots, quality=62)
    file = io.BytesIO()
    shots[0].save(file, "JPEG", quality=62)
    return file.getvalue()


def _pages(printed: bytes) -> list[Image.Image]:
    document = pdfium.PdfDocument(printed)
    try:
        return [page.render(scale=DPI / 72).to_pil() for page in document]
    finally:
        document.close()


def _scanned(page: Image.Image) -> Image.Image:
    soft = cv2.GaussianBlur(np.asarray(page.convert("RGB")), (0, 0), 0.6)
    return Image.fromarray(cv2.convertScaleAbs(soft, alpha=0.92, beta=12))


def _photographed(page: "np.ndarray", dice: "np.random.Generator") -> Image.Image:
    shot = _on_desk(page, dice).astype(np.float32) * _light(page.shape[:2], dice)[:, :, None]
    shot = cv2.GaussianBlur(shot, (0, 0), float(dice.uniform(0.7, 1.1)))
    shot += dice.normal(0, float(dice.uniform(5, 10)), shot.shape).astype(np.float32)
    image = Image.fromarray(np.clip(shot, 0, 255).astype(np.uint8))
    return image.rotate(int(dice.choice(TURNS)), expand=True)


def _on_desk(page: "np.ndarray", dice: "np.random.Generator") -> "np.ndarray":
    """Lay the page askew on a desk and look at it from aside."""
    high, wide = page.shape[:2]
    edge = 0.07
    corners = np.array([[edge, edge], [1 - edge, edge], [1 - edge, 1 - edge], [edge, 1 - edge]])
    angle = np.radians(dice.uniform(-4, 4))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    moved = (corners - 0.5) @ turn + 0.5 + dice.uniform(-0.018, 0.018, (4, 2))
    source = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, (moved * (wide, high)).astype(np.float32))
    return cv2.warpPerspective(page, matrix, (wide, high), borderValue=DESK)


def _light(size: tuple[int, int], dice: "np.random.Generator") -> "np.ndarray":
    """Return light falling off to one side, and the shadow of a hand or a lamp."""
    high, wide = size
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32) / max(size)
    angle = dice.uniform(0, 2 * np.pi)
    slope = np.cos(angle) * (x - x.mean()) + np.sin(angle) * (y - y.mean())
    centre, radius = dice.uniform(0.1, 0.7, 2), dice.uniform(0.15, 0.35)
    shadow = np.exp(-(((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / radius**2))
    return (0.82 + 0.35 * slope - dice.uniform(0.15, 0.35) * shadow).clip(0.25, 1.05).astype(np.float32)


def _as_pdf(pages: list[Image.Image], quality: int) -> bytes:
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, quality=quality)
    return file.getvalue()
