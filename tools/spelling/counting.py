"""Counts runs of letters and smooths them (modified Kneser–Ney), all in whole arrays."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from proofread.spelling.letters import END, START, Alphabet
from proofread.spelling.ngrams import BUCKET, ORDER, STEP, addresses, mixed, sums

KEEP_FROM = {2: 1, 3: 1, 4: 2, 5: 2}
FULL = 0.85
SHARES = 64  # so many parts are put in one after the other, that buckets fill evenly


@dataclass(slots=True)
class Runs:
    """The distinct runs of one length, sorted by key."""

    keys: "np.ndarray"
    counts: "np.ndarray"
    first: "np.ndarray"  # where in the stream each is seen first


def stream(sentences: Iterable[str], alphabet: Alphabet) -> "np.ndarray":
    """All sentences in one row, each between START and END."""
    gap = np.array([END, START], dtype=np.int32)
    parts = [gap[1:]]
    for sentence in sentences:
        parts += [alphabet.numbers(sentence), gap]
    return np.concatenate(parts)[:-1]


def counted(numbers: "np.ndarray", weights: "np.ndarray") -> dict[int, Runs]:
    """Distinct runs of each length; a run never reaches back over a START."""
    every = sums(numbers)
    since = np.arange(len(numbers)) - np.maximum.accumulate(
        np.where(numbers == START, np.arange(len(numbers)), 0)
    )
    found = {}
    for length in range(1, ORDER + 1):
        at = np.flatnonzero(since + 1 >= length) if length > 1 else np.flatnonzero(numbers != START)
        if length > 1:
            at = at[since[at] >= length - 1]
        keys, first, inverse = np.unique(every[length, at], return_index=True, return_inverse=True)
        counts = np.bincount(inverse, weights=weights[at]).astype(np.int64)
        found[length] = Runs(keys, counts, at[first])
    return found


def smoothed(numbers: "np.ndarray", weights: "np.ndarray", letters: int) -> dict[str, "np.ndarray"]:
    """The arrays of `Ngrams`, from the text."""
    every = sums(numbers)
    runs = counted(numbers, weights)
    used = {length: _continued(runs, every, length) for length in range(1, ORDER)}
    used[ORDER] = runs[ORDER].counts
    single, above = _singles(numbers, runs[1], used[1], letters)
    backs = {}
    likely = {1: above}
    for length in range(2, ORDER + 1):
        likely[length], backs[length - 1] = _likelihoods(
            every, runs, used[length], likely[length - 1], length
        )
    single[numbers[runs[1].first], 1] = np.log(np.maximum(backs[1], 1e-9))
    keys, values = [], []
    for length in range(2, ORDER + 1):
        keep = runs[length].counts >= KEEP_FROM[length]
        back = backs.get(length, np.ones(len(keep)))
        keys.append(mixed(runs[length].keys[keep], length))
        values.append(np.stack([likely[length][keep], back[keep]], axis=1))
    marks, stored = packed(np.concatenate(keys), quantised(np.log(np.maximum(np.concatenate(values), 1e-12))))
    return {"single": single.astype(np.float32), "marks": marks, "values": stored}


def quantised(logarithms: "np.ndarray") -> "np.ndarray":
    return np.clip(np.round(-logarithms / STEP), 0, 255).astype(np.uint8)


def _continued(runs: dict[int, Runs], every: "np.ndarray", length: int) -> "np.ndarray":
    """In how many longer runs each run is the end; runs that begin a sentence keep their count."""
    longer = every[length, runs[length + 1].first]
    place = np.searchsorted(runs[length].keys, longer)
    counts = np.bincount(place, minlength=len(runs[length].keys))
    return np.where(counts == 0, runs[length].counts, counts)


def _singles(
    numbers: "np.ndarray", runs: Runs, used: "np.ndarray", letters: int
) -> tuple["np.ndarray", "np.ndarray"]:
    """Likelihood of each letter alone, a little kept for those never seen; shape (letters, 2) and (runs,)."""
    share = 0.5
    total = used.sum() + share * letters
    single = np.zeros((letters, 2))
    single[:, 0] = np.log(share / total)
    likely = (used + share) / total
    single[numbers[runs.first], 0] = np.log(likely)
    return single, likely


def _likelihoods(
    every: "np.ndarray", runs: dict[int, Runs], used: "np.ndarray", shorter: "np.ndarray", length: int
) -> tuple["np.ndarray", "np.ndarray"]:
    """Likelihood of the last letter of each run, and the back-off of each run one shorter."""
    first = runs[length].first
    history = _history(every, runs[length - 1], first, length)
    tail = np.searchsorted(runs[length - 1].keys, every[length - 1, first])
    size = len(runs[length - 1].keys) + 1
    discount = _discounts(used)[np.minimum(used, 3)]
    total = np.bincount(history, weights=used, minlength=size)
    freed = np.bincount(history, weights=discount, minlength=size) / np.maximum(total, 1)
    likely = (used - discount) / total[history] + freed[history] * shorter[tail]
    return likely, np.where(total[:-1] > 0, freed[:-1], 1.0)


def _history(every: "np.ndarray", shorter: Runs, first: "np.ndarray", length: int) -> "np.ndarray":
    """Which run of one less each run begins with; one past the last for a lone START."""
    keys = every[length - 1, first - 1]
    place = np.minimum(np.searchsorted(shorter.keys, keys), len(shorter.keys) - 1)
    return np.where(shorter.keys[place] == keys, place, len(shorter.keys))


def _discounts(used: "np.ndarray") -> "np.ndarray":
    """Modified Kneser–Ney: by how much counts of 1, 2 and more are lowered."""
    n = [0.0, *(float(max((used == count).sum(), 1)) for count in range(1, 5))]
    y = n[1] / (n[1] + 2 * n[2])
    found = [0.0, *(count - (count + 1) * y * n[count + 1] / n[count] for count in (1, 2, 3))]
    return np.clip(found, [0, 0.3, 0.5, 0.6], [0, 0.95, 1.6, 2.2])


def packed(keys: "np.ndarray", values: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
    """Put keys into a `Table`, each into the emptier of its two buckets."""
    buckets = int(len(keys) / FULL / BUCKET) + 8
    marks = np.zeros(buckets * BUCKET, dtype=np.uint16)
    stored = np.zeros((len(marks), values.shape[1]), dtype=np.uint8)
    filled = np.zeros(buckets, dtype=np.int64)
    first, second, wanted = addresses(keys, buckets)
    for some in np.array_split(np.arange(len(keys)), SHARES):
        waiting = some
        for _ in range(BUCKET):
            bucket = np.where(
                filled[first[waiting]] <= filled[second[waiting]], first[waiting], second[waiting]
            )
            order = np.argsort(bucket, kind="stable")
            waiting, bucket = waiting[order], bucket[order]
            slot = filled[bucket] + np.arange(len(bucket)) - np.searchsorted(bucket, bucket)
            fits = slot < BUCKET
            at = bucket[fits] * BUCKET + slot[fits]
            marks[at], stored[at] = wanted[waiting[fits]], values[waiting[fits]]
            filled += np.bincount(bucket[fits], minlength=buckets)
            waiting = waiting[~fits]
    return marks, stored
