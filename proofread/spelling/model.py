"""The model file, read once: counts of runs, confusions, words, and the judge that weighs them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from proofread.spelling.confusions import Confusions
from proofread.spelling.doubles import Homophones
from proofread.spelling.letters import Alphabet
from proofread.spelling.network import Network
from proofread.spelling.ngrams import Ngrams
from proofread.spelling.words import Words

FILE = Path(__file__).with_name("spelling.npz")


class Judge:
    """Two layers that say how likely each of the letters was meant, beside leaving what is written."""

    def __init__(self, arrays: Mapping[str, "np.ndarray"], name: str) -> None:
        self._weights = [arrays[f"{name}_{number}"].astype(np.float32) for number in range(6)]

    def __call__(self, features: "np.ndarray") -> "np.ndarray":
        """features (places, n, width) → likelihoods (places, 1 + n); the first is that of what is written."""
        first, first_bias, second, second_bias, last, last_bias = self._weights
        inner = np.maximum(features @ first.T + first_bias, 0)
        inner = np.maximum(inner @ second.T + second_bias, 0)
        scores = (inner @ last.T + last_bias)[..., 0]
        scores = np.concatenate([np.zeros((len(scores), 1), dtype=np.float32), scores], axis=1)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)


class Model:
    """All parts of the model."""

    def __init__(self, arrays: Mapping[str, "np.ndarray"]) -> None:
        self.alphabet = Alphabet(str(arrays["letters"]))
        self.confusions = Confusions(arrays)
        self.words = Words(arrays)
        self.ngrams = Ngrams(arrays)
        self.network = Network(arrays)
        self.homophones = Homophones(arrays)
        self.judge = Judge(arrays, "judge")
        self.pair_judge = Judge(arrays, "pair_judge")
        self.threshold = float(arrays["threshold"])


@cache
def model() -> Model:
    """The model of the package, loaded when the first line is checked."""
    with np.load(FILE, allow_pickle=False) as arrays:
        return Model({name: arrays[name] for name in arrays.files})
