"""The sets of misspelt sentences, and the part of ODW that is set aside from all learning."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

SET_ASIDE_PERCENT = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: the sentence as written, and as it should be."""

    source: str
    target: str


def bare(text: str) -> str:
    """The text by which two sentences count as the same one."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_set_aside(target: str) -> bool:
    """All rows with one target fall on one side, so nothing is learned by heart."""
    digest = hashlib.sha256(("spell|" + bare(target)).encode()).hexdigest()
    return int(digest[:8], 16) % 100 < SET_ASIDE_PERCENT


def pairs(path: Path) -> list[Pair]:
    """Rows whose two sentences are of one length; the few others are no spelling mistakes."""
    return [pair for pair, _ in _rows(path)]


def train_part(path: Path) -> list[Pair]:
    return [pair for pair, part in _rows(path) if part == "train"]


def test_part(path: Path) -> list[Pair]:
    """The official test rows, less those whose target stands in the training part, too: most of them do."""
    known = {bare(pair.target) for pair in train_part(path)}
    return [pair for pair, part in _rows(path) if part == "test" and bare(pair.target) not in known]


def _rows(path: Path) -> list[tuple[Pair, str]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        (Pair(row["src"], row["tgt"]), row["orig_split"])
        for row in rows
        if len(row["src"]) == len(row["tgt"])
    ]


def odw(data: Path, *, set_aside: bool) -> list[Pair]:
    every = pairs(data / "csc_odw" / "odw_open.jsonl")
    return [pair for pair in every if is_set_aside(pair.target) is set_aside]
