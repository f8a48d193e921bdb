"""Letters as numbers: the alphabet of the model, and the text as it sees it."""

import re

import numpy as np

START, END, RARE = 0, 1, 2
KEPT = 3  # numbers taken by the three above
WIDE = str.maketrans(",:;!?()％", "，：；！？（）%")
SENTENCE = re.compile(r"[^。！？；]{1,160}[。！？；]?|[。！？；]")


def plain(text: str) -> str:
    """Punctuation made wide, every digit the same, every Latin letter the same; no place moves."""
    return "".join(_class(letter) for letter in text.translate(WIDE))


def _class(letter: str) -> str:
    if letter.isdigit():
        return "0"
    return "a" if letter.isascii() and letter.isalpha() else letter


def is_hanzi(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


class Alphabet:
    """The letters that the model knows, by number."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        self._numbers = {letter: number for number, letter in enumerate(letters, start=KEPT)}

    def __len__(self) -> int:
        return len(self.letters) + KEPT

    def numbers(self, text: str) -> "np.ndarray":
        """shape (len(text),), int32."""
        known = self._numbers
        return np.array([known.get(letter, RARE) for letter in plain(text)], dtype=np.int32)

    def knows(self, letter: str) -> bool:
        return letter in self._numbers

    def number(self, letter: str) -> int:
        return self._numbers.get(letter, RARE)

    def letter(self, number: int) -> str:
        return self.letters[number - KEPT]
