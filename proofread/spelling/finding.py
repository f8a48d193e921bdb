"""Finds misspelt letters in a text and says what was meant."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from proofread.spelling.letters import END, KEPT, SENTENCE, START
from proofread.spelling.model import Model, model
from proofread.spelling.protecting import protected
from proofread.spelling.scoring import Row, choices

ROUNDS = 4
REACH = 4  # how far a corrected letter changes what its neighbours are worth
BLOCK = 1500  # letters weighed at once, so that memory does not grow with the line
NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")


@dataclass(frozen=True, slots=True)
class Slip:
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
    numbers, at = _row(known, block)
    free = ~protected(block)[np.maximum(at, 0)] & (at >= 0)
    written = numbers.copy()
    sure = np.zeros(len(numbers), dtype=np.float32)
    _mend(known, numbers, free, sure)
    for place in np.flatnonzero(numbers != written):
        index = int(at[place])
        meant = known.alphabet.letter(int(numbers[place]))
        yield Slip(offset + index, offset + index + 1, block[index], meant, round(float(sure[place]), 3))


def _row(known: Model, block: str) -> tuple["np.ndarray", "np.ndarray"]:
    """The block as one row of numbers, and for each the place in the block, -1 for START and END."""
    numbers, at = [np.array([START])], [np.array([-1])]
    for sentence in SENTENCE.finditer(block):
        numbers += [known.alphabet.numbers(sentence.group()), np.array([END, START])]
        at += [np.arange(sentence.start(), sentence.end()), np.array([-1, -1])]
    return np.concatenate(numbers).astype(np.int32), np.concatenate(at)


def _mend(known: Model, numbers: "np.ndarray", free: "np.ndarray", sure: "np.ndarray") -> None:
    """Put right what is surely wrong, the surest first; then look again at what stands beside it."""
    asked = free & (numbers >= KEPT) & known.confusions.asks(numbers)
    places = np.flatnonzero(asked)
    for _ in range(ROUNDS):
        mended = _round(known, numbers, places, sure) if len(places) else []
        if not mended:
            return
        near = np.unique(np.add.outer(mended, np.arange(-REACH, REACH + 1)).ravel())
        near = near[(near > 0) & (near < len(numbers))]
        places = near[asked[near]]


def _round(known: Model, numbers: "np.ndarray", places: "np.ndarray", sure: "np.ndarray") -> list[int]:
    found = choices(Row(numbers, known.ngrams), places, known.confusions, known.words)
    likely = known.judge(found.features)[:, 1:]
    best = likely.argmax(axis=1)
    top = likely[np.arange(len(best)), best]
    mended: list[int] = []
    for index in np.argsort(-top, kind="stable"):
        if top[index] < known.threshold:
            break
        place, letter = int(places[index]), int(found.letters[index, best[index]])
        if any(abs(place - other) <= 2 for other in mended) or _only_counts(known, numbers[place], letter):
            continue
        numbers[place] = letter
        sure[place] = top[index]
        mended.append(place)
    return mended


def _only_counts(known: Model, written: int, meant: int) -> bool:
    """No number is ever made another one."""
    return known.alphabet.letter(int(written)) in NUMERALS and known.alphabet.letter(meant) in NUMERALS


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
