"""Which runs of letters are words of the dictionary."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from proofread.spelling.ngrams import PLACES, Table, mixed

if TYPE_CHECKING:
    from proofread.spelling.scoring import Row

LENGTHS = (2, 3, 4)
WORD_STEP = 0.1


class Words:
    """The dictionary, asked by the letters around a place."""

    def __init__(self, arrays: Mapping[str, "np.ndarray"]) -> None:
        self._table = Table(arrays["word_marks"], arrays["word_values"])

    def around(self, row: "Row", places: "np.ndarray", letters: "np.ndarray") -> list["np.ndarray"]:
        """For each length how common the commonest word over the place is, were the letter there; shape as `letters`."""
        shift = letters.astype(np.uint64) - row.numbers[places].astype(np.uint64)[:, None]
        return [self._commonest(row, places, shift, length) for length in LENGTHS]

    def _commonest(self, row: "Row", places: "np.ndarray", shift: "np.ndarray", length: int) -> "np.ndarray":
        best = np.zeros(shift.shape, dtype=np.float32)
        for ahead in range(length):
            at = np.minimum(places + ahead, len(row.numbers) - 1)
            inside = (places + ahead < len(row.numbers)) & (row.since[at] >= length - 1)
            keys = (row.sums[length, at][:, None] + shift * PLACES[ahead])[inside]
            rows = self._table.find(mixed(keys.ravel(), length))
            worth = np.where(rows >= 0, self._table.values[np.maximum(rows, 0), 0] * WORD_STEP / 8, 0)
            best[inside] = np.maximum(best[inside], worth.reshape(-1, shift.shape[1]))
        return best
