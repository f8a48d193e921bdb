"""The network that reads a sentence letter by letter, by look and by sound, and says what each was meant to be."""

from collections.abc import Mapping

import numpy as np
import onnxruntime

WINDOW = 80  # as long as the rows it learned from
STRIDE = 56
LEAST = -14.0  # the logarithm for letters that it does not know


class Network:
    """Wraps the session; `of` finds a letter among its answers, -1 where it has none."""

    def __init__(self, arrays: Mapping[str, "np.ndarray"]) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        # Without the arena the memory of a long line goes back at once.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            arrays["network"].tobytes(), options, providers=["CPUExecutionProvider"]
        )
        self.of = arrays["answers"].astype(np.int64)
        self.letters = np.flatnonzero(self.of >= 0)[np.argsort(self.of[self.of >= 0])]

    def __call__(self, numbers: "np.ndarray") -> "np.ndarray":
        """shape (len(numbers), answers): the logarithm of how likely each letter is at each place."""
        if len(numbers) <= WINDOW:
            return np.asarray(self._session.run(None, {"numbers": numbers[None].astype(np.int64)})[0][0])
        edge = (WINDOW - STRIDE) // 2
        starts = np.append(np.arange(0, len(numbers) - WINDOW, STRIDE), len(numbers) - WINDOW)
        read = np.concatenate(
            [self._windows(numbers, some) for some in np.array_split(starts, len(starts) // 4 + 1)]
        )
        whole = np.empty((len(numbers), read.shape[2]), dtype=np.float32)
        for start, rows in zip(starts, read, strict=True):
            front = edge if start else 0
            whole[start + front : start + WINDOW] = rows[front:]
        return whole

    def _windows(self, numbers: "np.ndarray", starts: "np.ndarray") -> "np.ndarray":
        windows = numbers[starts[:, None] + np.arange(WINDOW)].astype(np.int64)
        return np.asarray(self._session.run(None, {"numbers": windows})[0])


class Reading:
    """What the network read in one row of numbers."""

    def __init__(self, network: Network, numbers: "np.ndarray") -> None:
        self._network = network
        self.likely = network(numbers)
        self.own = self._of(np.arange(len(numbers)), numbers)
        self.best = network.letters[self.likely.argmax(axis=1)]
        self.top = self.likely.max(axis=1)

    def of(self, places: "np.ndarray", letters: "np.ndarray") -> "np.ndarray":
        """How likely each letter is at its place; `letters` shape (places, n)."""
        return self._of(places[:, None], letters)

    def _of(self, places: "np.ndarray", letters: "np.ndarray") -> "np.ndarray":
        answers = self._network.of[letters]
        return np.where(answers >= 0, np.maximum(self.likely[places, answers], LEAST), LEAST)

    def guesses(self, places: "np.ndarray", count: int) -> "np.ndarray":
        """The likeliest letters at each place; shape (places, count)."""
        found = np.argpartition(-self.likely[places], count, axis=1)[:, :count]
        return self._network.letters[found]
