"""Makes a photographed page look like a scanned one: even light, white paper, black letters, no seals over them."""

import cv2
import numpy as np

LOW = 480
SPOT = 31
INK = 170
LEAST_INK = 0.0002
# A seal is round, 3 to 6 cm wide; the letters of a red head are smaller and stand in a row.
SEAL = (0.12, 0.36)
SQUARE = 0.7
RED = 40
SEAL_LIGHT = 1.12


def evened(picture: "np.ndarray") -> "np.ndarray":
    """Return the picture in shades of grey (three channels) with shadows and the paper's own colour taken out."""
    grey = _under_seals(picture, cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    high, wide = grey.shape
    scale = min(1.0, LOW / max(high, wide))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # The brightest within a spot larger than a letter is the paper there.
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), SPOT)
    light = np.maximum(cv2.resize(paper, (wide, high), interpolation=cv2.INTER_LINEAR), 32)
    even = cv2.divide(grey, light, scale=250)
    return cv2.cvtColor(even, cv2.COLOR_GRAY2RGB)


def is_blank(picture: "np.ndarray") -> bool:
    """Say whether an evened page carries next to no ink."""
    core = picture[:, :, 0]
    high, wide = core.shape
    inner = core[high // 40 : high - high // 40, wide // 40 : wide - wide // 40]
    return float((inner < INK).mean()) < LEAST_INK


def _under_seals(picture: "np.ndarray", grey: "np.ndarray") -> "np.ndarray":
    """Look through red seals, which stand on date and signature: in red light their ink is as white as the paper."""
    red, other = picture[:, :, 0], cv2.max(picture[:, :, 1], picture[:, :, 2])
    high, wide = grey.shape
    scale = min(1.0, LOW / max(high, wide))
    mask = (cv2.subtract(red, other) > RED).astype(np.uint8)
    small = cv2.resize(mask * 255, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    joined = cv2.morphologyEx((small > 40).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(joined)
    for left, top, across, down, _ in found[1:]:
        side = max(across, down) / min(small.shape)
        if min(across, down) > SQUARE * max(across, down) and SEAL[0] < side < SEAL[1]:
            at = np.s_[
                _from(top, scale) : _from(top + down, scale), _from(left, scale) : _from(left + across, scale)
            ]
            grey[at] = cv2.convertScaleAbs(red[at], alpha=SEAL_LIGHT)
    return grey


def _from(small: int, scale: float) -> int:
    return round(small / scale)
