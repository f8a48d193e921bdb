"""Two neighbouring letters that are both wrong: a word of the same sound was meant.

Each letter alone would stand beside a wrong one and nothing would speak for it, so the two are weighed together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from proofread.spelling.confusions import Confusions
from proofread.spelling.letters import KEPT
from proofread.spelling.network import Reading
from proofread.spelling.ngrams import ORDER
from proofread.spelling.scoring import FAR, Row

MOST = 16  # words of one sound that are looked at, the commonest first
LEFT = 4  # best of them that are weighed
BEFORE, BEHIND = ORDER - 1, ORDER + 1
UNLIKELY = -7.0  # two letters likelier than this together are left alone
DOUBT = -0.05
WORTH_STEP = 0.1


class Homophones:
    """The words of two letters by their sound; near sounds count as one."""

    def __init__(self, arrays: Mapping[str, "np.ndarray"]) -> None:
        self._sound = arrays["sound"].astype(np.int64)  # by letter, 0 for none
        self._keys = arrays["pair_keys"]
        self._starts = arrays["pair_starts"].astype(np.int64)
        self._letters = arrays["pair_letters"].astype(np.int64)  # shape (words, 2)
        self._worth = arrays["pair_worth"]

    def like(
        self, first: "np.ndarray", second: "np.ndarray"
    ) -> tuple["np.ndarray", "np.ndarray", "np.ndarray"]:
        """For each two letters the words of their sound: which two it is for, the words, how common they are."""
        keys = self._sound[first] * 1024 + self._sound[second]
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        known = (self._keys[place] == keys) & (self._sound[first] > 0) & (self._sound[second] > 0)
        many = np.where(known, np.minimum(self._starts[place + 1] - self._starts[place], MOST), 0)
        which = np.repeat(np.arange(len(first)), many)
        step = np.arange(len(which)) - np.repeat(np.cumsum(many) - many, many)
        at = self._starts[place[which]] + step
        return which, self._letters[at], self._worth[at].astype(np.float32) * WORTH_STEP


@dataclass(slots=True)
class Doubles:
    """Words that may be meant at each two letters: `places` of the first (n,), `letters` (n, LEFT, 2), features."""

    places: "np.ndarray"
    letters: "np.ndarray"
    features: "np.ndarray"


def doubles(
    row: Row, reading: Reading, free: "np.ndarray", confusions: Confusions, homophones: Homophones
) -> Doubles | None:
    """The doubtful neighbours with the words they may stand for; nothing where there are none."""
    places = _doubtful(row, reading, free)
    which, words, worth = homophones.like(row.numbers[places], row.numbers[places + 1])
    new = (words[:, 0] != row.numbers[places[which]]) & (words[:, 1] != row.numbers[places[which] + 1])
    which, words, worth = which[new], words[new], worth[new]
    if not len(which):
        return None
    own = _weighed(row, places, np.stack([row.numbers[places], row.numbers[places + 1]], axis=1))
    likely, longest = _weighed(row, places[which], words)
    gains = likely - own[0][which]
    kept, slots = _best(which, gains.sum(axis=1) + worth)
    at = places[which[kept]]
    features = np.concatenate(
        [
            gains[kept] / 4, gains[kept].sum(axis=1, keepdims=True) / 8, longest[kept] / 5,
            own[0][which[kept]] / 4, own[1][which[kept]] / 5, worth[kept, None] / 8,
            *(_letter(row, reading, confusions, at + ahead, words[kept, ahead]) for ahead in (0, 1)),
        ],
        axis=1,
    )  # fmt: skip
    return _filled(places, which[kept], slots, words[kept], features)


def _doubtful(row: Row, reading: Reading, free: "np.ndarray") -> "np.ndarray":
    """Where two neighbours are both unlikely, to the runs or to the network."""
    first = np.arange(len(row.numbers) - 1)
    both = free[:-1] & free[1:] & (row.numbers[:-1] >= KEPT) & (row.numbers[1:] >= KEPT)
    runs = row.upto[ORDER]
    rare = runs[:-1] + runs[1:] < UNLIKELY
    read = (reading.own[:-1] < DOUBT) & (reading.own[1:] < DOUBT)
    return first[both & rare & read]


def _weighed(row: Row, places: "np.ndarray", letters: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
    """Likelihoods and longest known runs at the two places and those behind, were the two letters there."""
    index = places[:, None] + np.arange(-BEFORE, BEHIND)
    inside = np.clip(index, 0, len(row.numbers) - 1)
    windows = row.numbers[inside].copy()
    windows[:, BEFORE : BEFORE + 2] = letters
    offset = np.arange(index.shape[1])
    first = places - row.since[places]
    since = np.minimum(inside - first[:, None], offset)
    same = (inside == index) & (inside - row.since[inside] == first[:, None])
    since = np.where(same, since, -1)
    weighed = Row(windows.ravel().astype(np.int32), row.ngrams, since.ravel())
    shape = windows.shape
    likely = np.where(same, weighed.upto[ORDER].reshape(shape), 0)[:, BEFORE:]
    return likely, np.where(same, weighed.longest.reshape(shape), 0)[:, BEFORE:].astype(np.float32)


def _best(which: "np.ndarray", score: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
    """The LEFT best of each, and which of them each is."""
    order = np.lexsort((-score, which))
    starts = np.searchsorted(which[order], which[order])
    slots = np.arange(len(order)) - starts
    kept = slots < LEFT
    return order[kept], slots[kept]


def _letter(
    row: Row, reading: Reading, confusions: Confusions, places: "np.ndarray", letters: "np.ndarray"
) -> "np.ndarray":
    """How one of the two letters is confused with the one meant, and what the network says of both."""
    meant, channel = confusions.of(row.numbers[places])
    hit = meant == letters[:, None]
    confused = np.where(hit.any(axis=1), channel[np.arange(len(places)), hit.argmax(axis=1)], FAR)
    read = reading.of(places, letters[:, None])[:, 0]
    own, top = reading.own[places], reading.top[places]
    return np.stack([confused / 4, read / 4, own / 4, (read - own) / 4, read >= top], axis=1)


def _filled(
    places: "np.ndarray",
    which: "np.ndarray",
    slots: "np.ndarray",
    words: "np.ndarray",
    features: "np.ndarray",
) -> Doubles:
    """Into one shape; empty slots have features that speak against them."""
    used, rows = np.unique(which, return_inverse=True)
    letters = np.zeros((len(used), LEFT, 2), dtype=np.int64)
    whole = np.zeros((len(used), LEFT, features.shape[1]), dtype=np.float32)
    whole[:, :, BEHIND] = -10.0
    letters[rows, slots], whole[rows, slots] = words, features
    return Doubles(places[used], letters, whole)
