"""Weighs every likely mistake of a text: for each place the letters that may be meant, and what speaks for each.

A text is one row of numbers, its sentences each between START and END; a place is an index into it.
"""

from dataclasses import dataclass

import numpy as np

from proofread.spelling.confusions import Confusions
from proofread.spelling.letters import END, KEPT, START
from proofread.spelling.ngrams import ORDER, PLACES, Ngrams, sums
from proofread.spelling.words import Words

FIRST_ORDER = 3
SHORTLIST = 12


@dataclass(slots=True)
class Choices:
    """What may be meant at each place: shapes (places,), (places, SHORTLIST) twice, (places, SHORTLIST, features)."""

    places: "np.ndarray"
    letters: "np.ndarray"
    channel: "np.ndarray"
    features: "np.ndarray"


class Row:
    """A text with all that its own runs say."""

    def __init__(self, numbers: "np.ndarray", ngrams: Ngrams) -> None:
        self.numbers = numbers
        self.ngrams = ngrams
        self.sums = sums(numbers)
        index = np.arange(len(numbers))
        self.since = index - np.maximum.accumulate(np.where(numbers == START, index, 0))
        self._look()
        self._chain()

    def _look(self) -> None:
        length = len(self.numbers)
        self.known = np.zeros((ORDER + 1, length), dtype=bool)
        self.likely = np.zeros((ORDER + 1, length), dtype=np.float32)
        self.back = np.zeros((ORDER + 1, length), dtype=np.float32)
        self.known[1] = True
        self.likely[1], self.back[1] = self.ngrams.single[self.numbers].T
        for order in range(2, ORDER + 1):
            at = np.flatnonzero(self.since >= order - 1)
            found = self.ngrams.look(self.sums[order, at], order)
            self.known[order, at], self.likely[order, at], self.back[order, at] = found

    def _chain(self) -> None:
        """Likelihood of each letter by runs of at most each length, and the longest run known there."""
        self.upto = np.zeros_like(self.likely)
        self.longest = np.ones(len(self.numbers), dtype=np.int8)
        self.upto[1] = self.likely[1]
        for order in range(2, ORDER + 1):
            back = np.concatenate([[0], self.back[order - 1, :-1]])
            fallen = np.where(self.since >= order - 1, back, 0) + self.upto[order - 1]
            self.upto[order] = np.where(self.known[order], self.likely[order], fallen)
            self.longest[self.known[order]] = order


def changed(
    row: Row, places: "np.ndarray", letters: "np.ndarray", order: int
) -> tuple["np.ndarray", "np.ndarray"]:
    """How much likelier each letter makes the places from its own on, and the longest run known at each.

    `letters` shape (places, n); both answers shape (order, places, n).
    """
    shift = letters.astype(np.uint64) - row.numbers[places].astype(np.uint64)[:, None]
    gains = np.zeros((order, *letters.shape), dtype=np.float32)
    lengths = np.zeros((order, *letters.shape), dtype=np.int8)
    backs: dict[int, np.ndarray] = {}
    for ahead in range(order):
        at = places + ahead
        inside = at < len(row.numbers)
        at = np.minimum(at, len(row.numbers) - 1)
        inside &= row.since[at] >= ahead
        gains[ahead], lengths[ahead], backs = _ahead(row, at, inside, letters, shift, ahead, order, backs)
    return gains, lengths


def _ahead(  # noqa: PLR0913
    row: Row, at: "np.ndarray", inside: "np.ndarray", letters: "np.ndarray", shift: "np.ndarray",
    ahead: int, order: int, before: dict[int, "np.ndarray"],
) -> tuple["np.ndarray", "np.ndarray", dict[int, "np.ndarray"]]:  # fmt: skip
    """The gain at the places so far ahead; `before` are the back-offs of the runs that end one place earlier."""
    shape = letters.shape
    backs = {}
    if ahead == 0:
        value, longest = row.ngrams.single[letters, 0], np.ones(shape, dtype=np.int8)
        backs[1] = row.ngrams.single[letters, 1]
    else:
        value = np.broadcast_to(row.upto[ahead, at][:, None], shape)
        longest = np.broadcast_to(np.minimum(row.longest[at], ahead)[:, None], shape)
    for length in range(max(ahead + 1, 2), order + 1):
        fits = inside & (row.since[at] >= length - 1)
        keys = (row.sums[length, at][:, None] + shift * PLACES[ahead])[fits]
        known, likely, back = (part.reshape(-1, shape[1]) for part in row.ngrams.look(keys.ravel(), length))
        own = row.back[length - 1, at - 1][:, None] if ahead == 0 else before[length - 1]
        fallen = value + np.where(fits[:, None], own, 0)
        value, longest = fallen, longest.copy()
        value[fits] = np.where(known, likely, fallen[fits])
        longest[fits] = np.where(known, length, longest[fits])
        backs[length] = np.zeros(shape, dtype=np.float32)
        backs[length][fits] = back
    gain = value - row.upto[order, at][:, None]
    gain[~inside] = 0
    return gain, np.where(inside[:, None], longest, 0).astype(np.int8), backs


def choices(row: Row, places: "np.ndarray", confusions: Confusions, words: Words) -> Choices:
    """The letters likeliest meant at each place, with their features."""
    asked = row.numbers[places]
    letters, channel = confusions.of(asked)
    gains, _ = changed(row, places, letters, FIRST_ORDER)
    score = gains.sum(axis=0) + channel
    best = np.argpartition(-score, SHORTLIST, axis=1)[:, :SHORTLIST]
    letters, channel = (np.take_along_axis(part, best, axis=1) for part in (letters, channel))
    kinds = np.take_along_axis(confusions.kinds(asked), best, axis=1)
    return Choices(places, letters, channel, _features(row, places, letters, channel, kinds, words))


def _features(  # noqa: PLR0913
    row: Row,
    places: "np.ndarray",
    letters: "np.ndarray",
    channel: "np.ndarray",
    kinds: "np.ndarray",
    words: Words,
) -> "np.ndarray":
    gains, lengths = changed(row, places, letters, ORDER)
    own_longest = np.stack([_at(row, places, ahead, row.longest) for ahead in range(ORDER)])
    own_likely = np.stack([_at(row, places, ahead, row.upto[ORDER]) for ahead in range(ORDER)])
    own_word = words.around(row, places, row.numbers[places][:, None])
    new_word = words.around(row, places, letters)
    single = row.ngrams.single
    whole = [
        *(gain / 4 for gain in gains), gains.sum(axis=0) / 8, *(length / 5 for length in lengths),
        *_wide(own_longest / 5, letters), *_wide(own_likely / 4, letters),
        channel / 4, *((kinds & 7) == kind for kind in range(5)), (kinds & 8) > 0, (kinds & 16) > 0,
        single[letters, 0] / 4, *_wide(single[row.numbers[places], 0][None] / 4, letters),
        *new_word, *(np.broadcast_to(part, letters.shape) for part in own_word),
        *_wide(_edges(row, places), letters),
    ]  # fmt: skip
    return np.stack(whole, axis=-1).astype(np.float32)


def _wide(parts: "np.ndarray", letters: "np.ndarray") -> list["np.ndarray"]:
    return [np.broadcast_to(part[:, None], letters.shape) for part in parts]


def _at(row: Row, places: "np.ndarray", ahead: int, values: "np.ndarray") -> "np.ndarray":
    """The values so far ahead, 0 behind the end of the sentence."""
    at = np.minimum(places + ahead, len(row.numbers) - 1)
    return np.where((places + ahead < len(row.numbers)) & (row.since[at] >= ahead), values[at], 0)


def _edges(row: Row, places: "np.ndarray") -> "np.ndarray":
    """Whether the letters before and behind are no hanzi known to the model."""
    before, behind = row.numbers[places - 1], row.numbers[np.minimum(places + 1, len(row.numbers) - 1)]
    return np.stack([before < KEPT, (behind == END) | (behind < KEPT)]).astype(np.float32)
