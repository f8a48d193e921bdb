"""Finds misspelt letters in a text and says what was meant."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from proofread.spelling.doubles import doubles
from proofread.spelling.letters import END, KEPT, SENTENCE, START
from proofread.spelling.model import Model, model
from proofread.spelling.network import Reading
from proofread.spelling.protecting import protected
from proofread.spelling.scoring import Row, choices

ROUNDS = 3
DOUBTED = -0.01  # letters likelier than this to the network are not weighed
APART = 3  # letters as near as this are not mended in one round
REACH = 4  # how far a corrected letter changes what its neighbours are worth
BLOCK = 1500  # letters weighed at once, so that memory does not grow with the line
Offer = tuple[float, int, tuple[int, ...]]  # how likely, where, the letters meant
JOINING = frozenset("或和及与")
NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")


class Slip(NamedTuple):
    """A misspelt run of letters: where, what is written, what was meant, and how sure that is (0–1)."""

    start: int
    end: int
    wrong: str
    suggestion: str
    confidence: float


def correct_line(text: str) -> str:
    """The text with all its slips mended; as long as it was."""
    letters = list(text)
    for slip in find(text):
        letters[slip.start : slip.end] = slip.suggestion
    return "".join(letters)


def find(text: str) -> list[Slip]:
    """The slips of a text, from front to back."""
    known = model()
    found = [slip for start, block in _blocks(text) for slip in _slips(known, block, start)]
    return _joined(found)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The text in blocks of whole sentences."""
    start, end = 0, 0
    for sentence in SENTENCE.finditer(text):
        if sentence.end() - start > BLOCK:
            yield start, text[start:end]
            start = end
        end = sentence.end()
    yield start, text[start:]


def _slips(known: Model, block: str, offset: int) -> Iterator[Slip]:
    numbers, at = numbered(known, block)
    free = ~protected(block)[np.maximum(at, 0)] & (at >= 0)
    written = numbers.copy()
    sure = np.zeros(len(numbers), dtype=np.float32)
    _mend(known, numbers, free, sure)
    for place in np.flatnonzero(numbers != written):
        index = int(at[place])
        meant = known.alphabet.letter(int(numbers[place]))
        yield Slip(offset + index, offset + index + 1, block[index], meant, round(float(sure[place]), 3))


def numbered(known: Model, block: str) -> tuple["np.ndarray", "np.ndarray"]:
    """The block as one row of numbers, and for each the place in the block, -1 for START and END."""
    numbers, at = [np.array([START])], [np.array([-1])]
    for sentence in SENTENCE.finditer(block):
        numbers += [known.alphabet.numbers(sentence.group()), np.array([END, START])]
        at += [np.arange(sentence.start(), sentence.end()), np.array([-1, -1])]
    return np.concatenate(numbers).astype(np.int32), np.concatenate(at)


def _mend(known: Model, numbers: "np.ndarray", free: "np.ndarray", sure: "np.ndarray") -> None:
    """Put right what is surely wrong, the surest first; then look again at what stands beside it."""
    free = free & (numbers >= KEPT)
    free[free] = known.confusions.asks(numbers[free])
    look = free
    for _ in range(ROUNDS):
        mended = _round(known, numbers, look, sure)
        if not mended:
            return
        look = np.zeros_like(free)
        near = np.add.outer(mended, np.arange(-REACH, REACH + 1)).ravel()
        look[near[(near > 0) & (near < len(numbers))]] = True
        look &= free


def _round(known: Model, numbers: "np.ndarray", look: "np.ndarray", sure: "np.ndarray") -> list[int]:
    reading, row = Reading(known.network, numbers), Row(numbers, known.ngrams)
    offers = [*_singles(known, row, reading, look), *_pairs(known, row, reading, look)]
    mended: list[int] = []
    for likely, place, letters in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
        end = place + len(letters)
        if any(place - APART < other < end + APART - 1 for other in mended):
            continue
        numbers[place:end] = letters
        sure[place:end] = likely
        mended += range(place, end)
    return mended


def _singles(known: Model, row: Row, reading: Reading, look: "np.ndarray") -> Iterator[Offer]:
    places = np.flatnonzero(look & (reading.own < DOUBTED))
    if not len(places):
        return
    found = choices(row, reading, places, known.confusions, known.words)
    likely = known.judge(found.features)[:, 1:]
    best = likely.argmax(axis=1)
    top = likely[np.arange(len(best)), best]
    for index in np.flatnonzero(top >= known.threshold):
        place, letter = int(places[index]), int(found.letters[index, best[index]])
        if not _same_part(known, int(row.numbers[place]), letter):
            yield float(top[index]), place, (letter,)


def _pairs(known: Model, row: Row, reading: Reading, look: "np.ndarray") -> Iterator[Offer]:
    found = doubles(row, reading, look, known.confusions, known.homophones)
    if found is None:
        return
    likely = known.pair_judge(found.features)[:, 1:]
    best = likely.argmax(axis=1)
    top = likely[np.arange(len(best)), best]
    for index in np.flatnonzero(top >= known.threshold):
        first, second = found.letters[index, best[index]]
        yield float(top[index]), int(found.places[index]), (int(first), int(second))


def _same_part(known: Model, written: int, meant: int) -> bool:
    """No number is ever made another one, no "or" an "and": both are good Chinese, and only the author knows."""
    both = {known.alphabet.letter(written), known.alphabet.letter(meant)}
    return both <= NUMERALS or both <= JOINING


def _joined(slips: list[Slip]) -> list[Slip]:
    """Neighbouring letters become one finding."""
    joined: list[Slip] = []
    for slip in slips:
        last = joined[-1] if joined else None
        if last and last.end == slip.start:
            joined[-1] = Slip(
                last.start, slip.end, last.wrong + slip.wrong, last.suggestion + slip.suggestion,
                min(last.confidence, slip.confidence),
            )  # fmt: skip
        else:
            joined.append(slip)
    return joined
