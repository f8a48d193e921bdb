"""Makes a photographed page look like a scanned one: even light, white paper, black letters."""

import cv2
import numpy as np

LOW = 480
SPOT = 31
INK = 170
LEAST_INK = 0.0002


def evened(picture: "np.ndarray") -> "np.ndarray":
    """Return the picture in shades of grey (three channels) with shadows and the paper's own colour taken out."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
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
