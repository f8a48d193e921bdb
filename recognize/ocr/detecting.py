"""Finds the lines of writing on a picture (differentiable binarization, after PaddleOCR)."""

from collections.abc import Iterator

import cv2
import numpy as np

from recognize.ocr.models import FINDS_LINES, network

SIDE = 1_120
STEP = 32
LIKELY = 0.3
SURE = 0.5
GROWTH = 1.6
LEAST = 3
MOST_LINES = 600


def quads(picture: "np.ndarray", threads: int, side: int = SIDE) -> "np.ndarray":
    """Return four corners (from the upper left, clockwise) of each line found, in pixels of the picture."""
    high, wide = picture.shape[:2]
    scale = min(1.0, side / max(high, wide))
    small_high, small_wide = (max(STEP, round(each * scale / STEP) * STEP) for each in (high, wide))
    small = cv2.resize(picture, (small_wide, small_high), interpolation=cv2.INTER_AREA)
    batch = (small.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)[None]
    map_of_lines = network(FINDS_LINES, threads)(batch)[0, 0]
    found = [quad * (wide / small_wide, high / small_high) for quad in _on_map(map_of_lines)]
    return np.array(found, dtype=np.float32).reshape(-1, 4, 2)


def _on_map(likely: "np.ndarray") -> Iterator["np.ndarray"]:
    mask = cv2.dilate((likely > LIKELY).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:MOST_LINES]:
        centre, (one, other), angle = cv2.minAreaRect(contour)
        if min(one, other) < LEAST:
            continue
        corners = cv2.boxPoints((centre, (one, other), angle))
        if _mean_inside(likely, corners) < SURE:
            continue
        # The network marks the core of a line; the letters reach beyond it on all sides.
        more = one * other * GROWTH / (one + other)
        yield in_order(cv2.boxPoints((centre, (one + more, other + more), angle)))


def _mean_inside(likely: "np.ndarray", corners: "np.ndarray") -> float:
    left, top = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, None)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    part = likely[top:bottom, left:right]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(mask, [np.round(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(part, mask)[0])


def in_order(corners: "np.ndarray") -> "np.ndarray":
    """Return corners clockwise, from the left end of the side that lies above, however the rectangle is turned."""
    out = corners - corners.mean(axis=0)
    clockwise = corners[np.argsort(np.arctan2(out[:, 1], out[:, 0]))]
    sides = np.roll(clockwise, -1, axis=0) - clockwise
    above = int(np.argmax(sides[:, 0] / np.maximum(np.linalg.norm(sides, axis=1), 1e-6)))
    return np.roll(clockwise, -above, axis=0).astype(np.float32)


def extent(quad: "np.ndarray") -> tuple[float, float]:
    """Return the length along the writing and the height across it."""
    return (
        float(max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))),
        float(max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))),
    )


def angle(quad: "np.ndarray") -> float:
    """Return by how many degrees a line falls to the right."""
    along = (quad[1] - quad[0]) + (quad[2] - quad[3])
    return float(np.degrees(np.arctan2(along[1], along[0])))
