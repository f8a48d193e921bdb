"""Measure the layout check of DOCX: `python -m bench.layout_check [--peer PATH/TO/gongwen]`; JSON on standard output.

Conformant papers of each format are checked for false alarms, then each error of `typeset.checking.docx.tests.seeding`
is put into one of them and looked for. With `--peer` the same files go through the public tool of this kind, the PyPI
package `gongwen-skill` in an environment of its own: every line it did not say of the sound file counts as new, so that
a symptom counts in its favour, too; the lines are printed for reading.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from typeset.checking.docx import check_docx
from typeset.checking.docx.tests.seeding import SEEDS
from typeset.writing.docx import write_docx
from typeset.writing.docx.tests.papers import EVERY

BAD = ("fail", "warn")


def main() -> None:
    """Check, seed, check again, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.layout_check", description=__doc__)
    parser.add_argument("--peer", type=Path, help="gongwen-skill 的命令 gongwen 的路径")
    given = parser.parse_args()
    sound = {name: write_docx(make()) for name, make in EVERY.items()}
    result: dict[str, Any] = {
        "false_alarms": {"ours": {name: len(ours(data)[0]) for name, data in sound.items()}}
    }
    times: dict[str, list[float]] = {"ours": [], "peer": []}
    before = {} if given.peer is None else {name: peer(given.peer, data)[0] for name, data in sound.items()}
    if before:
        result["false_alarms"]["peer"] = {name: sum(lines.values()) for name, lines in before.items()}
    rows = []
    for seed in SEEDS:
        data = seed.make()
        codes, taken = ours(data)
        times["ours"].append(taken)
        row: dict[str, Any] = {
            "error": seed.name,
            "code": seed.code,
            "ours": seed.code in codes,
            "besides": codes - {seed.code},
        }
        if before:
            lines, taken = peer(given.peer, data)
            times["peer"].append(taken)
            row["peer_new"] = sorted((lines - before[seed.paper]).elements())
        rows.append(row)
    result["seeded"] = len(rows)
    result["named_by_us"] = sum(row["ours"] for row in rows)
    if before:
        result["peer_says_anything_new"] = sum(bool(row["peer_new"]) for row in rows)
    result["seconds_median"] = {who: round(statistics.median(each), 3) for who, each in times.items() if each}
    result["errors"] = rows
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1, default=sorted) + "\n")


def ours(data: bytes) -> tuple[set[str], float]:
    """Return the codes of what is not as it should be, and the seconds it took."""
    start = time.perf_counter()
    found = check_docx(data)
    return {each.code for each in found if each.verdict in BAD}, time.perf_counter() - start


def peer(command: Path, data: bytes) -> tuple[Counter[str], float]:
    """Return the peer's issues, without their places, and the seconds of its process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        path.write_bytes(data)
        start = time.perf_counter()
        made = subprocess.run(
            [str(command), "check", "--json", str(path)],
            capture_output=True,
            check=False,
            timeout=120,
            cwd=folder,
        )
        taken = time.perf_counter() - start
    return Counter(said(made.stdout.decode("utf-8", "replace"))), taken


def said(text: str) -> list[str]:
    """Return one line an issue of the peer's JSON."""
    start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    if start < 0:
        return []
    answer = json.loads(text[start:])
    issues = answer if isinstance(answer, list) else answer.get("issues", answer.get("results", []))
    return [
        " ".join(str(issue.get(key, "")) for key in ("rule_id", "name", "original", "suggested"))
        for issue in issues
    ]


if __name__ == "__main__":
    main()
