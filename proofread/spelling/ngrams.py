"""How likely a letter is after those before it: a table of runs of up to five letters, read in whole arrays."""

from collections.abc import Mapping

import numpy as np

ORDER = 5
BUCKET = 8
# Odd numbers, one for each place of a run, and one for each length.
PLACES = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)
LENGTHS = np.array(
    [0, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63, 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53, 0xE7037ED1A0B428DB],
    dtype=np.uint64,
)
STEP = 0.1  # of the logarithms as stored


def sums(numbers: "np.ndarray") -> "np.ndarray":
    """What each run of 1…5 letters that ends at each place adds up to; shape (ORDER + 1, len), row 0 unused."""
    wide = numbers.astype(np.uint64)
    found = np.zeros((ORDER + 1, len(wide)), dtype=np.uint64)
    for length in range(1, ORDER + 1):
        back = length - 1
        found[length] = found[length - 1]
        found[length, back:] += wide[: len(wide) - back] * PLACES[back]
    return found


def mixed(keys: "np.ndarray", length: int) -> "np.ndarray":
    """Spread the sums over all 64 bits."""
    keys = keys ^ LENGTHS[length]
    keys = (keys ^ (keys >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(29))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(32))


class Table:
    """Buckets of eight: a key lies in one of two, told by its lower 16 bits; `values` by row, shape (rows, width)."""

    def __init__(self, marks: "np.ndarray", values: "np.ndarray") -> None:
        self._buckets = marks.reshape(-1, BUCKET)
        self.values = values

    def find(self, keys: "np.ndarray") -> "np.ndarray":
        """The row of each key, -1 where it is not there."""
        first, second, marks = addresses(keys, len(self._buckets))
        rows = self._in(first, marks)
        missed = np.flatnonzero(rows < 0)
        rows[missed] = self._in(second[missed], marks[missed])
        return rows

    def _in(self, buckets: "np.ndarray", marks: "np.ndarray") -> "np.ndarray":
        same = np.take(self._buckets, buckets, axis=0) == marks[:, None]
        slot = same.argmax(axis=1)
        hit = same[np.arange(len(slot)), slot]
        return np.where(hit, buckets * BUCKET + slot, -1)


def addresses(keys: "np.ndarray", buckets: int) -> tuple["np.ndarray", "np.ndarray", "np.ndarray"]:
    """The two buckets of each key, and its mark (never 0, which says that a slot is free)."""
    size, low = np.uint64(buckets), np.uint64(0xFFFFFFFF)
    first = ((keys >> np.uint64(32)) * size) >> np.uint64(32)
    second = (((keys * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(16) & low) * size) >> np.uint64(32)
    marks = (keys & np.uint64(0xFFFF)).astype(np.uint16)
    return first.astype(np.int64), second.astype(np.int64), np.maximum(marks, np.uint16(1))


class Ngrams:
    """A language model of letters with back-off; all answers are natural logarithms."""

    def __init__(self, arrays: Mapping[str, "np.ndarray"]) -> None:
        self.single = arrays["single"].astype(np.float32)  # shape (letters, 2): likelihood, back-off
        self.table = Table(arrays["marks"], arrays["values"])

    def look(self, keys: "np.ndarray", length: int) -> tuple["np.ndarray", "np.ndarray", "np.ndarray"]:
        """Whether each run is known, its likelihood and its back-off (0 where it is not known)."""
        rows = self.table.find(mixed(keys, length))
        known = rows >= 0
        values = self.table.values[np.maximum(rows, 0)].astype(np.float32) * -STEP
        values[~known] = 0.0
        return known, values[:, 0], values[:, 1]
