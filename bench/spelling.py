"""Measure `proofread.spelling`: `python -m bench.spelling`; JSON on standard output.

The part of ODW that is set aside by its target sentence (tools/spelling/texts.py says how) was in nothing that the model
learned from; gov_docs was not either, and its clean sentences count the false corrections. csc_other is for information: the training
parts of law and med taught the judges, so only test rows with other targets are asked; SIGHAN is unknown to the model.
With `--against PYTHON` the lines are also given to pycorrector in that interpreter: to its corrector by a list of mistakes.
Its other methods fetch models of some gigabytes when they are first called (KenLM, MacBERT, …) and are not offline.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.papers import DATA
from proofread.spelling import correct_line
from proofread.spelling.letters import SENTENCE
from proofread.spelling.model import FILE
from tools.spelling.sets import Pair, odw, pairs, test_part

LEAST = 8  # letters of a clean sentence
# The package itself asks for torch when it is imported; its corrector by a list does not need it.
PYCORRECTOR = """
import importlib.util as u, json, pathlib, sys
home = pathlib.Path(u.find_spec("pycorrector").origin).parent
spec = u.spec_from_file_location("confusion_corrector", home / "confusion_corrector.py")
module = u.module_from_spec(spec)
spec.loader.exec_module(module)
known = module.ConfusionCorrector(json.loads(sys.argv[1]))
for line in sys.stdin:
    print(json.dumps(known.correct(json.loads(line))["target"]))
"""
Corrector = Callable[[list[str]], list[str]]


def main() -> None:
    """Measure ours, and theirs where it is given."""
    parser = argparse.ArgumentParser(prog="python -m bench.spelling", description=__doc__)
    parser.add_argument("--clean", type=int, default=0, help="每种干净材料最多取几句，0 为全部")
    parser.add_argument("--rows", type=int, default=0, help="csc_other 每种最多取几行，0 为全部")
    parser.add_argument("--against", help="装有 pycorrector 的 Python")
    given = parser.parse_args()
    result: dict[str, Any] = {"model_bytes": FILE.stat().st_size, "ours": measured(ours, given)}
    result["ours"] |= pace() | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    if given.against:
        result["pycorrector_confusion"] = measured(lambda lines: theirs(lines, given.against), given)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")


def ours(lines: list[str]) -> list[str]:
    return [correct_line(line) for line in lines]


def theirs(lines: list[str], python: str) -> list[str]:
    """The confusion corrector of pycorrector with the mistakes seen in the same training part as its dictionary."""
    seen = json.dumps(confusions(odw(DATA, set_aside=False)), ensure_ascii=False)
    asked = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run(
        [python, "-c", PYCORRECTOR, seen], input=asked, text=True, capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def confusions(rows: Iterable[Pair]) -> dict[str, str]:
    """Each mistake with the letter beside it, which is how that corrector takes its dictionary."""
    found = {}
    for row in rows:
        for at, (written, meant) in enumerate(zip(row.source, row.target, strict=True)):
            if written != meant:
                start = max(at - 1, 0)
                found[row.source[start : at + 2]] = row.target[start : at + 2]
    return found


def measured(corrector: Corrector, given: argparse.Namespace) -> dict[str, Any]:
    learned = {pair for row in odw(DATA, set_aside=False) for pair in mistakes(row)}
    aside = odw(DATA, set_aside=True)
    other = {name: test_part(DATA / "csc_other" / f"ecspell_{name}.jsonl") for name in ("law", "med")}
    other["sighan15"] = pairs(DATA / "csc_other" / "sighan15_test.jsonl")
    return {
        "odw_set_aside": scored(aside, corrector, learned),
        **{name: scored(rows[: given.rows or None], corrector, learned) for name, rows in other.items()},
        "clean": {name: silence(lines[: given.clean or None], corrector) for name, lines in clean().items()},
    }


def mistakes(row: Pair) -> list[tuple[str, str]]:
    return [(a, b) for a, b in zip(row.source, row.target, strict=True) if a != b]


def scored(rows: list[Pair], corrector: Corrector, learned: set[tuple[str, str]]) -> dict[str, Any]:
    """Sentence-level correction, all rows and by whether the mistakes of a row were seen in training; and by letter."""
    answers = corrector([row.source for row in rows])
    both = list(zip(rows, answers, strict=True))
    letters = [
        (a, b, c) for row, answer in both for a, b, c in zip(row.source, row.target, answer, strict=True)
    ]
    right = sum(a != b == c for a, b, c in letters)
    unseen = [each for each in both if set(mistakes(each[0])) - learned]
    seen = [each for each in both if mistakes(each[0]) and not set(mistakes(each[0])) - learned]
    return {
        "rows": len(rows),
        **sentences(both),
        "mended_of_seen": f"{sum(row.target == answer for row, answer in seen)}/{len(seen)}",
        "mended_of_unseen": f"{sum(row.target == answer for row, answer in unseen)}/{len(unseen)}",
        "letter_precision": share(right, sum(a != c for a, _, c in letters)),
        "letter_recall": share(right, sum(a != b for a, b, _ in letters)),
    }


def sentences(both: list[tuple[Pair, str]]) -> dict[str, float]:
    right = sum(row.source != row.target == answer for row, answer in both)
    precision = share(right, sum(row.source != answer for row, answer in both))
    recall = share(right, sum(row.source != row.target for row, _ in both))
    f1 = round(2 * precision * recall / (precision + recall), 4) if right else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def clean() -> dict[str, list[str]]:
    """Sentences of gov_docs by file; the county documents are left out, since mistakes were found in them."""
    papers = [json.loads(line)["text"] for line in lines_of("state_council_docs.jsonl")]
    reports = [json.loads(line)["zh"] for line in lines_of("gov_work_report_2024_2026.jsonl")]
    return {"state_council_docs": parted(papers), "gov_work_report": parted(reports)}


def lines_of(name: str) -> list[str]:
    return (DATA / "gov_docs" / name).read_text("utf-8").splitlines()


def parted(texts: list[str]) -> list[str]:
    rows = [row.strip() for text in texts for row in text.splitlines()]
    return [sentence for row in rows for sentence in SENTENCE.findall(row) if len(sentence) >= LEAST]


def silence(lines: list[str], corrector: Corrector) -> dict[str, Any]:
    changed = [(line, answer) for line, answer in zip(lines, corrector(lines), strict=True) if line != answer]
    return {
        "sentences": len(lines),
        "changed": len(changed),
        "per_200": round(200 * len(changed) / len(lines), 2),
        "examples": [shown(*each) for each in changed[:20]],
    }


def shown(line: str, answer: str) -> str:
    at = next(at for at, (a, b) in enumerate(zip(line, answer, strict=True)) if a != b)
    return f"{line[max(at - 6, 0) : at + 7]}（{line[at]}→{answer[at]}）"


def pace() -> dict[str, float]:
    """Letters a second of processor time, line by line and one long line; and what loading costs."""
    rows = [row.source for row in odw(DATA, set_aside=True)]
    whole = "".join(clean()["state_council_docs"])[:20000]
    return {
        "letters_per_second_lines": speed(rows),
        "letters_per_second_long_line": speed([whole]),
        "load_seconds": loading(),
    }


def speed(lines: list[str]) -> float:
    start = time.process_time()
    ours(lines)
    return round(sum(map(len, lines)) / (time.process_time() - start))


def loading() -> float:
    code = "import time; t = time.process_time(); from proofread.spelling import find; find('好'); print(time.process_time() - t)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    return round(float(done.stdout), 2)


if __name__ == "__main__":
    main()
