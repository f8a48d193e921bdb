"""Groups the words of two letters by sound, near sounds as one."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from pypinyin import lazy_pinyin

from proofread.spelling.doubles import MOST, WORTH_STEP
from proofread.spelling.letters import KEPT, Alphabet, is_hanzi
from tools.spelling.looks import near_end, near_start, parted, sounds


def _sound(reading: tuple[str, str]) -> str:
    return near_start(reading[0]) + "-" + near_end(reading[1])


def arrays(worth: Mapping[str, int], alphabet: Alphabet) -> dict[str, "np.ndarray"]:
    """The arrays of `Homophones`; `worth` is how often each word is seen."""
    known: dict[str, int] = {}
    sound = np.zeros(len(alphabet), dtype=np.uint16)
    for number, letter in enumerate(alphabet.letters, start=KEPT):
        read = sounds(letter) if is_hanzi(letter) else []
        if read:
            sound[number] = known.setdefault(_sound(read[0][:2]), len(known) + 1)
    groups = _grouped(worth, alphabet, known)
    keys = np.array(sorted(groups), dtype=np.int64)
    rows = [row for key in keys for row in sorted(groups[int(key)], key=lambda row: (-row[2], row))[:MOST]]
    sizes = [min(len(groups[int(key)]), MOST) for key in keys]
    return {
        "sound": sound,
        "pair_keys": keys,
        "pair_starts": np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32),
        "pair_letters": np.array([row[:2] for row in rows], dtype=np.uint16),
        "pair_worth": np.clip(np.log1p([row[2] for row in rows]) / WORTH_STEP, 1, 255).astype(np.uint8),
    }


def _grouped(
    worth: Mapping[str, int], alphabet: Alphabet, known: dict[str, int]
) -> dict[int, list[tuple[int, int, int]]]:
    groups: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for word, count in worth.items():
        if len(word) != 2 or not all(is_hanzi(letter) and alphabet.knows(letter) for letter in word):
            continue
        first, second = (known.get(_sound(parted(reading)), 0) for reading in lazy_pinyin(word))
        if first and second:
            numbers = (alphabet.number(word[0]), alphabet.number(word[1]))
            groups[first * 1024 + second].append((*numbers, count))
    return groups
