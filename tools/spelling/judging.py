"""Teaches the two judges, on text that neither the counts nor the network have seen."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from proofread.spelling.doubles import doubles
from proofread.spelling.finding import DOUBTED, numbered
from proofread.spelling.letters import KEPT
from proofread.spelling.model import Model
from proofread.spelling.network import Reading
from proofread.spelling.scoring import Row, choices
from tools.spelling.gathering import Gathered
from tools.spelling.mistakes import Hand
from tools.spelling.sets import Pair

INNER = 32
ROUNDS = 12
BATCH = 256
REAL_WEIGHT = 3.0  # what real mistakes count beside made ones
OTHER_WEIGHT = 1.5
TIMES = 3  # judges taught, of which the mean is kept
HOW_MANY = (1500, 2000, 700)  # sentences of laws, reports and titles
LONGEST = 120


@dataclass(slots=True)
class Cases:
    """What a judge sees, which of the letters is right (0: the one written), and what each case counts."""

    features: "np.ndarray"
    right: "np.ndarray"
    weights: "np.ndarray"


def made(found: Gathered, hand: Hand) -> list[Pair]:
    """Sentences held back, as one who errs would copy them."""
    random = np.random.default_rng(0)
    copied = []
    for sentences, most in zip(found.held(), HOW_MANY, strict=True):
        fit = [sentence for sentence in sentences if 6 < len(sentence) < LONGEST]
        copied += [hand.copy(fit[at]) for at in random.permutation(len(fit))[:most]]
    return copied


def judges(
    model: Model, real: Iterable[Pair], others: Iterable[Pair], copied: Iterable[Pair]
) -> dict[str, "np.ndarray"]:
    """The arrays of both judges."""
    seen = [(REAL_WEIGHT, pair) for pair in real] + [(OTHER_WEIGHT, pair) for pair in others]
    seen += [(1.0, pair) for pair in copied]
    single: list[Cases] = []
    double: list[Cases] = []
    for weight, pair in seen:
        _add(model, pair, weight, single, double)
    return _mean(single, "judge") | _mean(double, "pair_judge")


def _add(model: Model, pair: Pair, weight: float, single: list[Cases], double: list[Cases]) -> None:
    numbers, at = numbered(model, pair.source)
    right, _ = numbered(model, pair.target)
    if len(numbers) != len(right):
        return
    row, reading, wrong = Row(numbers, model.ngrams), Reading(model.network, numbers), numbers != right
    free = (at >= 0) & (numbers >= KEPT)
    free[free] = model.confusions.asks(numbers[free])
    places = np.flatnonzero(free & (reading.own < DOUBTED))
    if len(places):
        found = choices(row, reading, places, model.confusions, model.words)
        hit = found.letters == right[places][:, None]
        answer = np.where(wrong[places], np.where(hit.any(axis=1), hit.argmax(axis=1) + 1, -1), 0)
        known = answer >= 0
        single.append(Cases(found.features[known], answer[known], np.full(known.sum(), weight)))
    pairs = doubles(row, reading, free, model.confusions, model.homophones)
    if pairs is not None:
        meant = np.stack([right[pairs.places], right[pairs.places + 1]], axis=1)
        hit = (pairs.letters == meant[:, None]).all(axis=2)
        answer = np.where(hit.any(axis=1), hit.argmax(axis=1) + 1, 0)
        double.append(Cases(pairs.features, answer, np.full(len(answer), weight)))


class _Layers(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.a, self.b, self.c = nn.Linear(width, INNER), nn.Linear(INNER, INNER), nn.Linear(INNER, 1)
        nn.init.zeros_(self.c.weight)
        nn.init.constant_(self.c.bias, -4.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        scores = self.c(torch.relu(self.b(torch.relu(self.a(x))))).squeeze(-1)
        return torch.cat([torch.zeros_like(scores[:, :1]), scores], 1)


def _mean(cases: list[Cases], name: str) -> dict[str, "np.ndarray"]:
    """Several judges in one: side by side, and the mean of what they say."""
    several = [_taught(cases, seed) for seed in range(TIMES)]
    first, first_bias, second, second_bias, last, last_bias = zip(*several, strict=True)
    beside = np.zeros((INNER * TIMES, INNER * TIMES), dtype=np.float32)
    for at, part in enumerate(second):
        beside[at * INNER : (at + 1) * INNER, at * INNER : (at + 1) * INNER] = part
    layers = (
        np.concatenate(first), np.concatenate(first_bias), beside, np.concatenate(second_bias),
        np.concatenate(last, axis=1) / TIMES, np.sum(last_bias, axis=0) / TIMES,
    )  # fmt: skip
    return {f"{name}_{at}": layer for at, layer in enumerate(layers)}


def _taught(cases: list[Cases], seed: int) -> list["np.ndarray"]:
    features = torch.from_numpy(np.clip(np.concatenate([case.features for case in cases]), -30, 30))
    right = torch.from_numpy(np.concatenate([case.right for case in cases]))
    weights = torch.from_numpy(np.concatenate([case.weights for case in cases]).astype(np.float32))
    torch.manual_seed(seed)
    layers = _Layers(features.shape[-1])
    steps = torch.optim.AdamW(layers.parameters(), 3e-3, weight_decay=1e-2)
    total = ROUNDS * (len(right) // BATCH + 1)
    pace = torch.optim.lr_scheduler.OneCycleLR(steps, 4e-3, total_steps=total + 1)
    for _ in range(ROUNDS):
        for some in torch.randperm(len(right)).split(BATCH):
            loss = nn.functional.cross_entropy(layers(features[some]), right[some], reduction="none")
            steps.zero_grad()
            ((loss * weights[some]).sum() / weights[some].sum()).backward()
            steps.step()
            pace.step()
    return [value.detach().numpy() for value in layers.state_dict().values()]
