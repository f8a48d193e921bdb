"""Gathers the text, holds a part of it back for the judges, and makes the alphabet, the words and the counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import jieba
import numpy as np

from proofread.spelling.letters import START, Alphabet, is_hanzi, plain
from proofread.spelling.ngrams import mixed, sums
from proofread.spelling.words import LENGTHS, WORD_STEP
from tools.spelling import texts
from tools.spelling.counting import packed, smoothed, stream
from tools.spelling.mistakes import dictionary

HELD_LAWS = 6000  # the last so many sentences of the laws
HELD_REPORTS = 5  # every so manieth report
HELD_TITLES = 8
OFFICIAL_WEIGHT = 3  # what reports and titles count beside laws
OFFICIAL_WORD = 100  # how often a word of the official list counts as seen
GB2312 = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]


@dataclass(slots=True)
class Gathered:
    """Sentences by source; `held` of them teach only the judges."""

    laws: list[str]
    reports: list[list[str]]
    titles: list[str]
    words: list[str]
    dictionary: dict[str, int]

    def official(self, *, all_of_it: bool) -> list[str]:
        reports = [report for at, report in enumerate(self.reports) if all_of_it or at % HELD_REPORTS]
        titles = [title for at, title in enumerate(self.titles) if all_of_it or at % HELD_TITLES]
        return [sentence for report in reports for sentence in report] + titles

    def law(self, *, all_of_it: bool) -> list[str]:
        return self.laws if all_of_it else self.laws[:-HELD_LAWS]

    def held(self) -> tuple[list[str], list[str], list[str]]:
        reports = [sentence for report in self.reports[::HELD_REPORTS] for sentence in report]
        return self.laws[-HELD_LAWS:], reports, self.titles[::HELD_TITLES]


def gather(data: Path) -> Gathered:
    out = texts.kept_out(data)
    return Gathered(
        list(texts.sentences(texts.laws(data), out)),
        [list(texts.sentences(report, out)) for report in texts.reports(data)],
        list(texts.sentences(texts.titles(data), out)),
        texts.words(data),
        dictionary(),
    )


def counted_letters(found: Gathered) -> Counter[str]:
    counts: Counter[str] = Counter()
    for sentence in [*found.laws, *found.official(all_of_it=True), *found.words]:
        counts.update(plain(sentence))
    return counts


def alphabet(counts: Counter[str]) -> tuple[Alphabet, str]:
    """All letters seen twice, and all of GB 2312; beside it the hanzi alone."""
    seen = {letter for letter, count in counts.items() if count >= 2 and letter.strip()}
    usual = {code.decode("gb2312", "ignore") for code in GB2312} - {""}
    hanzi = usual | {letter for letter in seen if is_hanzi(letter)}
    return Alphabet("".join(sorted(seen | hanzi))), "".join(sorted(hanzi))


def runs(found: Gathered, letters: Alphabet, *, all_of_it: bool) -> dict[str, "np.ndarray"]:
    """The arrays of `Ngrams`; words of the dictionaries stand in rows of forty with a letter between that nobody knows."""
    law = stream(found.law(all_of_it=all_of_it), letters)
    official = stream(found.official(all_of_it=all_of_it), letters)
    rows = stream(in_rows(usual_words(found) + found.words * 3, "\x01", 40), letters)
    gap = [START]
    numbers = np.concatenate([law, gap, rows, gap, official]).astype(np.int32)
    plain_weight = np.ones(len(law) + len(rows) + 2)
    return smoothed(numbers, np.append(plain_weight, np.full(len(official), OFFICIAL_WEIGHT)), len(letters))


def usual_words(found: Gathered) -> list[str]:
    kept = [word for word, count in found.dictionary.items() if count >= 10 and 2 <= len(word) <= 6]
    return [word for word in kept if all(is_hanzi(letter) for letter in word)]


def in_rows(words: list[str], between: str, size: int) -> list[str]:
    mixed_up = list(words)
    np.random.default_rng(0).shuffle(mixed_up)
    return [between.join(mixed_up[at : at + size]) for at in range(0, len(mixed_up), size)]


def word_table(found: Gathered, letters: Alphabet) -> dict[str, "np.ndarray"]:
    """The arrays of `Words`."""
    worth: Counter[str] = Counter({word: count for word, count in found.dictionary.items() if count >= 3})
    for word in found.words:
        worth[word] += OFFICIAL_WORD
    keys, values = [], []
    for length in LENGTHS:
        kept = [
            word for word in worth if len(word) == length and all(letters.knows(letter) for letter in word)
        ]
        added = sums(letters.numbers("".join(kept)))[length, length - 1 :: length]
        keys.append(mixed(added, length))
        values.append(np.log1p([worth[word] for word in kept]) / WORD_STEP)
    marks, stored = packed(
        np.concatenate(keys), np.clip(np.concatenate(values), 1, 255).astype(np.uint8)[:, None]
    )
    return {"word_marks": marks, "word_values": stored}


def worth_in_official(found: Gathered) -> Counter[str]:
    """How common the words of two letters are, those of official prose more."""
    worth = Counter(
        {word: count for word, count in found.dictionary.items() if len(word) == 2 and count >= 5}
    )
    for word in found.words:
        worth[word] += OFFICIAL_WORD if len(word) == 2 else 0
    for sentence in _sampled(found):
        worth.update({word: 5 for word in jieba.cut(sentence) if len(word) == 2})
    return worth


def _sampled(found: Gathered) -> Iterable[str]:
    yield from found.official(all_of_it=True)
    yield from found.laws[::8]
