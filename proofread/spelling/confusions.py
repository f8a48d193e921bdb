"""Which letters are written for which: for each letter those that may have been meant, likeliest first."""

from collections.abc import Mapping

import numpy as np

CHANNEL_STEP = 0.08


class Confusions:
    """`meant` (letters, n) numbers; `channel` (letters, n) how likely, `kind` (letters, n) by sound (bits 0–2) and shape."""

    def __init__(self, arrays: Mapping[str, "np.ndarray"]) -> None:
        self._meant = arrays["meant"]
        self._channel = arrays["channel"]
        self._kind = arrays["kind"]
        self._row = arrays["confused"]  # by letter: its row above, -1 for what is never corrected

    def asks(self, numbers: "np.ndarray") -> "np.ndarray":
        """Whether each letter is one that can be corrected."""
        return self._row[numbers] >= 0

    def of(self, numbers: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
        """The letters that may be meant for each, and the logarithm of how likely; shape (len, n)."""
        rows = self._row[numbers]
        return self._meant[rows].astype(np.int64), self._channel[rows].astype(np.float32) * -CHANNEL_STEP

    def kinds(self, numbers: "np.ndarray") -> "np.ndarray":
        return self._kind[self._row[numbers]]
