"""Weighs every likely mistake of a text: for each place the letters that may be meant, and what speaks for each.

A text is one row of numbers, its sentences each between START and END; a place is an index into it.
"""

from dataclasses import dataclass

import numpy as np

from proofread.spelling.confusions import Confusions
from proofread.spelling.letters import KEPT, START
from proofread.spelling.network import LEAST, Reading
from proofread.spelling.ngrams import ORDER, PLACES, Ngrams, sums
from proofread.spelling.words import Words

FIRST_ORDER = 3
SHORTLIST = 12
GUESSES = 3  # letters of the network beside those confused
FAR = -12.0  # the channel of a letter that nobody confuses with the one written
NEVER = -1e6
READ_COUNTS = 1.0
DOUBT = -1.2  # below this likelihood a neighbour is read as the network reads it


@dataclass(slots=True)
class Choices:
    """What may be meant at each place: shapes (places,), (places, SHORTLIST) twice, (places, SHORTLIST, features)."""

    places: "np.ndarray"
    letters: "np.ndarray"
    channel: "np.ndarray"
    features: "np.ndarray"


class Row:
    """A text with all that its own runs say."""

    def __init__(self, numbers: "np.ndarray", ngrams: Ngrams, since: "np.ndarray | None" = None) -> None:
        self.numbers = numbers
        self.ngrams = ngrams
        self.sums = sums(numbers)
        index = np.arange(len(numbers))
        start = np.maximum.accumulate(np.where(numbers == START, index, 0))
        self.since = (
            index - start if since is None else since
        )  # how many letters of its sentence stand before each
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


def _ahead(
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


def choices(
    row: Row, reading: Reading, places: "np.ndarray", confusions: Confusions, words: Words
) -> Choices:
    """The letters likeliest meant at each place, with their features."""
    asked = row.numbers[places]
    letters, channel, kinds = _candidates(reading, places, asked, confusions)
    gains, _ = changed(row, places, letters, FIRST_ORDER)
    read = reading.of(places, letters) - reading.own[places][:, None]
    score = gains.sum(axis=0) + channel + READ_COUNTS * read
    best = np.argpartition(-score, SHORTLIST, axis=1)[:, :SHORTLIST]
    letters, channel, kinds = (np.take_along_axis(part, best, axis=1) for part in (letters, channel, kinds))
    features = [
        *_by_runs(row, places, letters),
        *_by_kind(row, places, letters, channel, kinds),
        *_by_words(row, places, letters, words),
        *_by_reading(row, reading, places, letters),
    ]
    whole = np.stack([np.broadcast_to(part, letters.shape) for part in features], axis=-1)
    return Choices(places, letters, channel, whole.astype(np.float32))


def _candidates(
    reading: Reading, places: "np.ndarray", asked: "np.ndarray", confusions: Confusions
) -> tuple["np.ndarray", "np.ndarray", "np.ndarray"]:
    """The letters confused with the one written, and those that the network would rather read there."""
    letters, channel = confusions.of(asked)
    guesses = reading.guesses(places, GUESSES)
    known = (guesses[:, :, None] == letters[:, None, :]).any(axis=2) | (guesses == asked[:, None])
    guessed = np.where(known | (guesses < KEPT), NEVER, FAR)
    kinds = confusions.kinds(asked)
    return (
        np.concatenate([letters, guesses], axis=1),
        np.concatenate([channel, guessed], axis=1),
        np.concatenate([kinds, np.zeros(guesses.shape, dtype=kinds.dtype)], axis=1),
    )


def _by_runs(row: Row, places: "np.ndarray", letters: "np.ndarray") -> list["np.ndarray"]:
    """How much likelier the runs over the place become, how long those known are, and how likely they were."""
    gains, lengths = changed(row, places, letters, ORDER)
    longest = [_at(row, places, ahead, row.longest) / 5 for ahead in range(ORDER)]
    likely = [_at(row, places, ahead, row.upto[ORDER]) / 4 for ahead in range(ORDER)]
    return [*(gains / 4), gains.sum(axis=0) / 8, *(lengths / 5), *longest, *likely]


def _by_kind(
    row: Row, places: "np.ndarray", letters: "np.ndarray", channel: "np.ndarray", kinds: "np.ndarray"
) -> list["np.ndarray"]:
    """How alike the letters are, how common each is, and whether the place is beside something else than hanzi."""
    before, behind = row.numbers[places - 1], row.numbers[np.minimum(places + 1, len(row.numbers) - 1)]
    sounds = [(kinds & 7) == kind for kind in range(5)]
    single = row.ngrams.single[:, 0] / 4
    return [
        channel / 4, *sounds, (kinds & 8) > 0, (kinds & 16) > 0, single[letters],
        single[row.numbers[places]][:, None], (before < KEPT)[:, None], (behind < KEPT)[:, None],
    ]  # fmt: skip


def _by_words(row: Row, places: "np.ndarray", letters: "np.ndarray", words: Words) -> list["np.ndarray"]:
    own = words.around(row, places, row.numbers[places][:, None])
    return [*words.around(row, places, letters), *own]


def _by_reading(
    row: Row, reading: Reading, places: "np.ndarray", letters: "np.ndarray"
) -> list["np.ndarray"]:
    """What the network says, and what the runs say once its guesses stand beside the place."""
    read = reading.of(places, letters)
    own, top = reading.own[places][:, None], reading.top[places][:, None]
    before = np.maximum(reading.own[places - 1], LEAST)[:, None]
    behind = np.maximum(reading.own[np.minimum(places + 1, len(row.numbers) - 1)], LEAST)[:, None]
    gains = _beside_guesses(row, reading, places, letters)
    return [
        read / 4, own / 4, (read - own) / 4, top / 4, read >= top, own >= top, before / 4, behind / 4,
        *(gains / 4), gains.sum(axis=0) / 8,
    ]  # fmt: skip


def _beside_guesses(row: Row, reading: Reading, places: "np.ndarray", letters: "np.ndarray") -> "np.ndarray":
    """The gains over the letter written where all other unlikely letters are what the network takes them for."""
    doubted = (reading.own < DOUBT) & (row.numbers >= KEPT) & (reading.best >= KEPT)
    guessed = Row(np.where(doubted, reading.best, row.numbers).astype(np.int32), row.ngrams)
    both = np.concatenate([letters, row.numbers[places][:, None]], axis=1)
    gains, _ = changed(guessed, places, both, ORDER)
    return gains[:, :, :-1] - gains[:, :, -1:]


def _at(row: Row, places: "np.ndarray", ahead: int, values: "np.ndarray") -> "np.ndarray":
    """The values so far ahead, 0 behind the end of the sentence; shape (places, 1)."""
    at = np.minimum(places + ahead, len(row.numbers) - 1)
    return np.where((places + ahead < len(row.numbers)) & (row.since[at] >= ahead), values[at], 0)[:, None]
