"""Make the spelling model again: `python -m tools.spelling --data ../shared/data --font FONT.otf`.

In an environment of its own, with tools/spelling/requirements.txt. What it learns from, and what not, says
docs/spelling-model.md.
"""

import argparse
import hashlib
import sys
import time
from pathlib import Path

import numpy as np
import torch

from proofread.spelling.letters import Alphabet
from proofread.spelling.model import FILE, Model
from tools.spelling import channel, gathering, homophones, judging, network
from tools.spelling.mistakes import Hand
from tools.spelling.sets import Pair, odw, train_part

THRESHOLD = 0.8
OTHER = {"ecspell_law": 1500, "ecspell_med": 1000}  # rows of other sets that the judges learn from
Arrays = dict[str, "np.ndarray"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.spelling", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument(
        "--font", type=Path, required=True, help="任一简体黑体字库（如 FandolHei-Regular.otf），看字形用"
    )
    parser.add_argument("--letters", type=int, default=12_000_000, help="网络学多少字")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=FILE)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    np.savez_compressed(given.out, **made(given.data, given.font, given.letters))
    print(given.out.stat().st_size, hashlib.sha256(given.out.read_bytes()).hexdigest())


def made(data: Path, font: Path, amount: int) -> Arrays:
    """All arrays of the model."""
    found = gathering.gather(data)
    counts = gathering.counted_letters(found)
    letters, hanzi = gathering.alphabet(counts)
    said("letters", len(letters))
    real = odw(data, set_aside=False)
    table = channel.learn(known := channel.evidence(data, hanzi, font, counts), channel.seen_pairs(real))
    confusions = channel.arrays(known, table, letters)
    said("confusions", len(hanzi))
    arrays: Arrays = {"letters": np.array(letters.letters), "threshold": np.float32(THRESHOLD), **confusions}
    arrays |= gathering.word_table(found, letters)
    arrays |= homophones.arrays(gathering.worth_in_official(found), letters)
    arrays |= networked(found, letters, confusions, table, amount)
    # The judges weigh what is counted without the text that they learn from.
    counted = gathering.runs(found, letters, all_of_it=False)
    said("counted", len(counted["marks"]))
    copied = judging.made(found, Hand(hanzi, table, 7))
    arrays |= judging.judges(Model(arrays | counted | untaught()), real, others(data), copied)
    return arrays | gathering.runs(found, letters, all_of_it=True)


def networked(
    found: gathering.Gathered, letters: Alphabet, confusions: Arrays, table: "np.ndarray", amount: int
) -> Arrays:
    given = network.lesson(found, letters, confusions, table)
    reader = network.trained(given, amount)
    said("network", amount)
    return {"network": np.frombuffer(network.written(reader), np.uint8), "answers": given.answers}


def others(data: Path) -> list[Pair]:
    """Rows of sets about other things, so that the judges know what they do not know."""
    chosen = []
    for name, most in OTHER.items():
        rows = train_part(data / "csc_other" / f"{name}.jsonl")
        chosen += [rows[at] for at in np.random.default_rng(2).permutation(len(rows))[:most]]
    return chosen


def untaught() -> Arrays:
    """Judges that stand in until there are any."""
    return {f"{name}_{number}": np.zeros(1) for name in ("judge", "pair_judge") for number in range(6)}


def said(what: str, size: int) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what} {size}", file=sys.stderr)


if __name__ == "__main__":
    main()
