"""Makes mistakes in clean sentences: a letter of like sound or shape, or a whole word of the same sound."""

from collections import defaultdict

import jieba
import numpy as np
from pypinyin import lazy_pinyin

from tools.spelling.sets import Pair

CLEAN = 0.4
WORDS_SHARE = 0.25
HOW_MANY = (0.62, 0.25, 0.09, 0.04)
LEAST_COMMON = 20


class Hand:
    """A writer who errs."""

    def __init__(self, letters: str, table: "np.ndarray", seed: int) -> None:
        self._place = {letter: number for number, letter in enumerate(letters)}
        self._letters = letters
        best = np.argsort(-table, axis=1)[:, :200]
        self._best = best
        self._chance = np.exp(np.take_along_axis(table, best, axis=1))
        self._chance /= self._chance.sum(axis=1, keepdims=True)
        self._random = np.random.default_rng(seed)
        self._like = _words_by_sound()

    def copy(self, sentence: str) -> Pair:
        """The sentence with its mistakes, or without any."""
        if self._random.random() < CLEAN:
            return Pair(sentence, sentence)
        written = list(sentence)
        for _ in range(1 + self._random.choice(len(HOW_MANY), p=HOW_MANY)):
            if self._random.random() < WORDS_SHARE:
                self._miswrite_word(written, sentence)
            else:
                self._miswrite_letter(written, sentence)
        return Pair("".join(written), sentence)

    def _miswrite_letter(self, written: list[str], sentence: str) -> None:
        places = [place for place, letter in enumerate(sentence) if letter in self._place]
        if places:
            place = int(self._random.choice(places))
            row = self._place[sentence[place]]
            written[place] = self._letters[int(self._random.choice(self._best[row], p=self._chance[row]))]

    def _miswrite_word(self, written: list[str], sentence: str) -> None:
        cut = [(word, start) for word, start, end in jieba.tokenize(sentence) if end - start == 2]
        if not cut:
            return
        word, start = cut[int(self._random.integers(len(cut)))]
        others, chance = self._like.get(" ".join(lazy_pinyin(word)), ([], []))
        if len(others) > 1:
            written[start : start + 2] = others[int(self._random.choice(len(others), p=chance))]


def dictionary() -> dict[str, int]:
    """The words of jieba (MIT), with how often each is seen."""
    jieba.initialize()
    return {word: count for word, count in jieba.dt.FREQ.items() if count}


def _words_by_sound() -> dict[str, tuple[list[str], "np.ndarray"]]:
    grouped: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for word, count in dictionary().items():
        if (
            len(word) == 2
            and count >= LEAST_COMMON
            and all("\u4e00" <= letter <= "\u9fff" for letter in word)
        ):
            grouped[" ".join(lazy_pinyin(word))].append((word, count))
    return {sound: _weighed(words) for sound, words in grouped.items() if len(words) > 1}


def _weighed(words: list[tuple[str, int]]) -> tuple[list[str], "np.ndarray"]:
    chance = np.array([count for _, count in words]) ** 0.5
    return [word for word, _ in words], chance / chance.sum()
