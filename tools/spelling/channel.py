"""Learns which letters are written for which, from the mistakes of the ODW training part, by sound and by shape."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from proofread.spelling.confusions import CHANNEL_STEP
from proofread.spelling.letters import Alphabet
from tools.spelling.looks import likenesses, pictures, sound_kinds
from tools.spelling.sets import Pair

MEANT = 96
SAMPLES = 500
ROUNDS = 400


@dataclass(slots=True)
class Evidence:
    """What is known of every pair of letters; arrays (n, n), first index the letter written."""

    letters: str
    sound: "np.ndarray"
    by_sound: "np.ndarray"
    by_shape: "np.ndarray"
    in_words: "np.ndarray"
    likeness: "np.ndarray"
    common: "np.ndarray"  # (n,) logarithm of how often

    def features(self, written: "np.ndarray", meant: "np.ndarray") -> "np.ndarray":
        kinds = [self.sound[written, meant] == kind for kind in range(1, 5)]
        sets = [(each[written, meant] & bit) > 0 for each in (self.by_sound, self.by_shape) for bit in (1, 2)]
        words = [np.log1p(self.in_words[written, meant]), np.log1p(self.in_words[meant, written])]
        whole, *parts = self.likeness[:, written, meant].astype(np.float32)
        parts = np.sort(parts, axis=0)[::-1]
        shape = [whole, whole**3, whole**8, parts[0] ** 2, parts[0] ** 8, parts[0] ** 20, parts[1] ** 2]
        often = [self.common[meant] / 5, self.common[written] / 5]
        return np.stack(
            [np.asarray(each, np.float32) for each in (*kinds, *sets, *words, *shape, *often)], -1
        )


def evidence(data: Path, letters: str, font: Path, counts: Counter[str]) -> Evidence:
    place = {letter: number for number, letter in enumerate(letters)}
    lists = data / "wordlists"
    return Evidence(
        letters,
        sound_kinds(letters),
        _members(json.loads((lists / "confusion_sound.json").read_text("utf-8")), place),
        _members(json.loads((lists / "confusion_shape.json").read_text("utf-8")), place),
        _in_words(json.loads((lists / "confusion_words_macro_correct.json").read_text("utf-8")), place),
        likenesses(pictures(letters, font)),
        np.log(np.array([counts[letter] for letter in letters]) + 0.5),
    )


def _members(sets: dict[str, str], place: dict[str, int]) -> "np.ndarray":
    """1 where the second letter stands in the set of the first, 2 where the first in that of the second."""
    found = np.zeros((len(place), len(place)), dtype=np.uint8)
    for letter, others in sets.items():
        known = [place[other] for other in others if other in place and letter in place]
        if known:
            found[place[letter], known] |= 1
            found[known, place[letter]] |= 2
    return found


def _in_words(words: dict[str, str], place: dict[str, int]) -> "np.ndarray":
    found = np.zeros((len(place), len(place)), dtype=np.float32)
    for wrong, right in words.items():
        for a, b in zip(wrong, right, strict=False) if len(wrong) == len(right) else ():
            if a != b and a in place and b in place:
                found[place[a], place[b]] += 1
    return found


def seen_pairs(pairs: list[Pair]) -> Counter[tuple[str, str]]:
    return Counter((a, b) for pair in pairs for a, b in zip(pair.source, pair.target, strict=True) if a != b)


def learn(known: Evidence, mistakes: Counter[tuple[str, str]]) -> "np.ndarray":
    """shape (n, n): the logarithm of how likely each letter was meant where another is written."""
    place = {letter: number for number, letter in enumerate(known.letters)}
    kept = {pair: count for pair, count in mistakes.items() if pair[0] in place and pair[1] in place}
    written = np.array([place[a] for a, _ in kept])
    meant = np.array([place[b] for _, b in kept])
    weights = torch.tensor(list(kept.values()), dtype=torch.float32)
    model = _fitted(known, written, meant, weights)
    table = np.zeros((len(place), len(place)), dtype=np.float32)
    everyone = np.arange(len(place))
    with torch.no_grad():
        for row in everyone:
            scores = model(torch.from_numpy(known.features(np.full(len(place), row), everyone))).squeeze(-1)
            scores[row] = -99.0
            table[row] = torch.log_softmax(scores, 0).numpy()
    return table


def _fitted(
    known: Evidence, written: "np.ndarray", meant: "np.ndarray", weights: "torch.Tensor"
) -> "torch.nn.Module":
    chance = np.exp(known.common * 0.75)
    chance /= chance.sum()
    others = np.random.default_rng(1).choice(len(chance), (len(written), SAMPLES), p=chance)
    against = np.concatenate([meant[:, None], others], axis=1)
    given = torch.from_numpy(known.features(np.repeat(written[:, None], SAMPLES + 1, 1), against))
    drawn = torch.from_numpy(np.log(chance[against] * SAMPLES).astype(np.float32))
    torch.manual_seed(1)
    model = torch.nn.Sequential(torch.nn.Linear(given.shape[-1], 24), torch.nn.Tanh(), torch.nn.Linear(24, 1))
    steps = torch.optim.Adam(model.parameters(), 3e-3, weight_decay=1e-5)
    for _ in range(ROUNDS):
        loss = -(torch.log_softmax(model(given).squeeze(-1) - drawn, 1)[:, 0] * weights).sum() / weights.sum()
        steps.zero_grad()
        loss.backward()
        steps.step()
    return model


def arrays(known: Evidence, table: "np.ndarray", alphabet: Alphabet) -> dict[str, "np.ndarray"]:
    """The arrays of `Confusions`."""
    best = np.argsort(-table, axis=1, kind="stable")[:, :MEANT]
    every = np.arange(len(best))[:, None]
    numbers = np.array([alphabet.number(letter) for letter in known.letters])
    confused = np.full(len(alphabet), -1, dtype=np.int16)
    confused[numbers] = np.arange(len(numbers))
    shape = (known.by_shape[every, best] > 0) * 8 + (known.likeness[0][every, best] > 0.75) * 16
    return {
        "meant": numbers[best].astype(np.uint16),
        "channel": np.clip(np.round(-table[every, best] / CHANNEL_STEP), 0, 255).astype(np.uint8),
        "kind": (known.sound[every, best] | shape).astype(np.uint8),
        "confused": confused,
    }
