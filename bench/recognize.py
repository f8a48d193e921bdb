"""Measure `recognize` on real papers: `python -m bench.recognize`; JSON on standard output.

Every open document of ../shared/data/gov_docs is set as plain text, bare lines, DOCX and PDF and read back; misses per field are
listed. What is not on a paper is expected to stay empty: a value given for it at a confidence of 0.5 or more is a miss.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.papers import DATA, FIELDS, ODDITIES, Paper, papers, plain
from bench.renders import as_docx, as_lines, as_pdf, as_text
from recognize import Found, Unreadable, recognize

SURE = 0.5
VERY_SURE = 0.9


def main() -> None:
    """Render, read, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.recognize", description=__doc__)
    parser.add_argument("--without-pdf", action="store_true", help="不排 PDF（没有 Chromium 时）")
    parser.add_argument("--keep", type=Path, help="印好的 PDF 存在这里，下次不再印")
    parser.add_argument("--only", help="只测这一件，如 cty-14")
    given = parser.parse_args()
    chosen = [paper for paper in papers() if given.only in (None, paper.id)]
    result: dict[str, Any] = {"documents": len(chosen), "oddities": ODDITIES}
    result["txt"] = measure(chosen, as_text, bare=True)
    result["lines"] = measure(chosen, as_lines)
    result["docx"] = measure(chosen, as_docx)
    if not given.without_pdf:
        result["pdf"] = measure(chosen, lambda paper: printed(paper, given.keep))
    result["gongwen_format"] = dict(samples())
    result["megabytes"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")


def printed(paper: Paper, keep: Path | None) -> bytes:
    """Print a paper, or take what was printed before."""
    if keep is None:
        return as_pdf(paper)
    keep.mkdir(parents=True, exist_ok=True)
    file = keep / f"{paper.id}.pdf"
    if not file.exists():
        file.write_bytes(as_pdf(paper))
    return file.read_bytes()


def measure(chosen: list[Paper], render: Callable[[Paper], bytes], *, bare: bool = False) -> dict[str, Any]:
    """Read all papers in one setting; count and list the misses of each field."""
    misses: dict[str, list[dict[str, Any]]] = {name: [] for name in FIELDS}
    expected = dict.fromkeys(FIELDS, 0)
    seconds, pages, sure, surely_wrong = 0.0, 0, 0, 0
    for paper in chosen:
        data = render(paper)
        gold = paper.gold_of_text() if bare else paper.gold
        started = time.perf_counter()
        read = recognize(data)
        seconds += time.perf_counter() - started
        pages += read.pages
        for name in FIELDS:
            expected[name] += gold[name] is not None
            right, is_sure = (
                is_right(gold[name], read.fields[name]),
                read.fields[name].confidence >= VERY_SURE,
            )
            sure, surely_wrong = sure + is_sure, surely_wrong + (is_sure and not right)
            if not right:
                misses[name].append({"id": paper.id, "gold": gold[name], **read.fields[name].as_json()})
    return {
        "expected": expected,
        "missed": {name: len(found) for name, found in misses.items()},
        "misses": {name: found for name, found in misses.items() if found},
        "sure": sure,
        "surely_wrong": surely_wrong,
        "pages": pages,
        "seconds_per_page": round(seconds / max(pages, 1), 4),
    }


def is_right(gold: str | None, found: Found) -> bool:
    """Compare a field with the gold; an order's number may be cited by either name of the order."""
    value = found.as_json()["value"]
    if gold is None:
        return value is None or found.confidence < SURE
    if value is None:
        return False
    if gold.startswith("国令第"):
        return plain(str(value)).endswith("国务院令" + plain(gold)[2:])
    return plain(str(value)) == plain(gold)


def samples() -> Iterator[tuple[str, Any]]:
    """Yield what is read of the files of ../shared/data/gongwen_format as they are."""
    for path in sorted((DATA / "gongwen_format").glob("*/*.*")):
        try:
            read = recognize(path.read_bytes())
        except Unreadable as refused:
            yield path.name, {"refused": refused.code}
        else:
            values = {name: found.as_json()["value"] for name, found in read.fields.items() if found.value}
            yield path.name, {"pages": read.pages, **values}


if __name__ == "__main__":
    main()
