"""Reads the letters of lines cut out of a picture (CTC, after PaddleOCR)."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from recognize.ocr.detecting import extent
from recognize.ocr.models import BLANK, READS_LINES, letters, network, weights

HEIGHT = 48
NARROWEST = 64
WIDEST = 2_400
MOST_PIXELS = 9_600
ROUNDED_TO = 32
TALL = 1.5


@dataclass(frozen=True, slots=True)
class Spelled:
    """The letters of a line, the place of each along it (0–1), and how likely each is."""

    text: str
    places: tuple[float, ...]
    sure: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The mean over the letters."""
        return sum(self.sure) / len(self.sure) if self.sure else 0.0


def cut(picture: "np.ndarray", quad: "np.ndarray") -> "np.ndarray":
    """Cut one line out, straightened, as high as the network wants it."""
    along, across = extent(quad)
    wide = int(min(max(along * HEIGHT / max(across, 1.0), NARROWEST / 4), WIDEST))
    corners = np.array([[0, 0], [wide, 0], [wide, HEIGHT], [0, HEIGHT]], dtype=np.float32)
    # Shrunk by cubic interpolation alone, fine print would fall through the raster.
    shrink = across / HEIGHT
    source = (
        picture
        if shrink <= TALL
        else cv2.resize(picture, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    )
    scale = 1.0 if shrink <= TALL else 1 / shrink
    matrix = cv2.getPerspectiveTransform((quad * scale).astype(np.float32), corners)
    return cv2.warpPerspective(
        source, matrix, (wide, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def read(pictures: list["np.ndarray"], threads: int) -> list[Spelled]:
    """Read many lines; those of like width together."""
    found: dict[int, Spelled] = {}
    for group in _groups(pictures):
        width = max(NARROWEST, *(pictures[at].shape[1] for at in group))
        width = -(-width // ROUNDED_TO) * ROUNDED_TO
        batch = np.zeros((len(group), 3, HEIGHT, width), np.float32)
        for row, at in enumerate(group):
            picture = pictures[at]
            batch[row, :, :, : picture.shape[1]] = (picture.astype(np.float32) / 127.5 - 1.0).transpose(
                2, 0, 1
            )
        likely = network(READS_LINES, threads)(batch)
        for row, at in enumerate(group):
            found[at] = _decoded(likely[row], pictures[at].shape[1] / width, threads)
    return [found[at] for at in range(len(pictures))]


def _groups(pictures: list["np.ndarray"]) -> Iterator[list[int]]:
    """Yield indices by rising width, as many as make a picture of bounded size."""
    group: list[int] = []
    for at in sorted(range(len(pictures)), key=lambda at: pictures[at].shape[1]):
        if group and (len(group) + 1) * pictures[at].shape[1] > MOST_PIXELS:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _decoded(likely: "np.ndarray", share: float, threads: int) -> Spelled:
    """Take the likeliest letter of each column; repeats and blanks fall away. `share`: how much of it is no padding."""
    known = letters(threads)
    best = (likely * weights(threads)).argmax(axis=1)
    columns = [
        at for at, letter in enumerate(best) if known[letter] != BLANK and (not at or letter != best[at - 1])
    ]
    end = max(len(best) * share, 1.0)
    return Spelled(
        "".join(known[best[at]] for at in columns),
        tuple(min(1.0, (at + 0.5) / end) for at in columns),
        tuple(float(likely[at, best[at]]) for at in columns),
    )
