"""Turns a page upright: by quarters, upside down, and askew."""

from dataclasses import dataclass

import cv2
import numpy as np

from recognize.ocr.detecting import angle, extent, in_order, quads
from recognize.ocr.models import TELLS_UPSIDE_DOWN, network
from recognize.ocr.spelling import cut, read

STEEP = 3.0
LONG = 2.5
VOTERS = 8
CLEAR = 0.75
SHOWN = (48, 192)


@dataclass(frozen=True, slots=True)
class Upright:
    """A page turned upright, its lines, and the matrix from it back to the page as it is shown."""

    picture: "np.ndarray"
    quads: "np.ndarray"
    back: "np.ndarray"
    skew: float


def upright(picture: "np.ndarray", threads: int) -> Upright:
    """Find the lines and turn the page until they run from left to right; at most three looks."""
    found, back = quads(picture, threads), np.eye(3)
    if _stands(found):
        picture, step = _turned(picture, 90.0)
        back, found = back @ step, quads(picture, threads)
    skew = skew_of(found)
    if abs(skew) > STEEP:
        picture, step = _turned(picture, skew)
        back, found = back @ step, quads(picture, threads)
    if len(found) and _is_upside_down(picture, found, threads):
        picture, step, found = _flipped(picture, found)
        back = back @ step
    return Upright(picture, found, back, skew_of(found))


def skew_of(found: "np.ndarray") -> float:
    """Return by how many degrees the long lines fall to the right, the longer ones telling more."""
    measured = [(angle(quad), extent(quad)[0]) for quad in found if extent(quad)[0] > LONG * extent(quad)[1]]
    measured = sorted(each for each in measured if abs(each[0]) < 45)
    half, passed = sum(length for _, length in measured) / 2, 0.0
    for falls, length in measured:
        passed += length
        if passed >= half:
            return falls
    return 0.0


def _stands(found: "np.ndarray") -> bool:
    lying = standing = 0.0
    for quad in found:
        along, across = extent(quad)
        if along > 2 * across:
            lying += along
        elif across > 2 * along:
            standing += across
    return standing > lying


def _turned(picture: "np.ndarray", degrees: float) -> tuple["np.ndarray", "np.ndarray"]:
    """Turn counter-clockwise on a canvas that holds all of it; return the picture and the matrix back."""
    high, wide = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_wide, new_high = round(high * sin + wide * cos), round(high * cos + wide * sin)
    matrix[:, 2] += ((new_wide - wide) / 2, (new_high - high) / 2)
    turned = cv2.warpAffine(
        picture, matrix, (new_wide, new_high), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    return turned, np.linalg.inv(np.vstack([matrix, (0, 0, 1)]))


def _flipped(picture: "np.ndarray", found: "np.ndarray") -> tuple["np.ndarray", "np.ndarray", "np.ndarray"]:
    high, wide = picture.shape[:2]
    step = np.array([[-1.0, 0, wide], [0, -1.0, high], [0, 0, 1]])
    turned = np.array([in_order((wide, high) - quad) for quad in found], dtype=np.float32)
    return cv2.rotate(picture, cv2.ROTATE_180), step, turned


def _is_upside_down(picture: "np.ndarray", found: "np.ndarray", threads: int) -> bool:
    """Ask the small network about the longest lines; where it is not clear, read them both ways."""
    longest = sorted(found, key=lambda quad: extent(quad)[0], reverse=True)[:VOTERS]
    lines = [cut(picture, quad) for quad in longest]
    likely = float(np.median(network(TELLS_UPSIDE_DOWN, threads)(_batch(lines))[:, 1]))
    if max(likely, 1 - likely) > CLEAR and len(lines) >= VOTERS // 2:
        return likely > CLEAR
    ahead = read(lines[: VOTERS // 2], threads)
    behind = read([cv2.rotate(line, cv2.ROTATE_180) for line in lines[: VOTERS // 2]], threads)
    return sum(each.confidence for each in behind) > sum(each.confidence for each in ahead)


def _batch(lines: list["np.ndarray"]) -> "np.ndarray":
    high, wide = SHOWN
    batch = np.zeros((len(lines), 3, high, wide), np.float32)
    for row, line in enumerate(lines):
        shown = line[:, :wide]
        batch[row, :, :, : shown.shape[1]] = (shown.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)
    return batch
