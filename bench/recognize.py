"""Measure `recognize` on real papers: `python -m bench.recognize`; JSON on standard output.

Every open document of ../shared/data/gov_docs is set as plain text, bare lines, DOCX, PDF, a clean scan and bad
photographs, and read back; misses per field are listed. What is not on a paper is expected to stay empty: a value given
for it at a confidence of 0.5 or more is a miss. Of scans and photographs only the pages needed are read, all with --full.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from bench.papers import DATA, FIELDS, ODDITIES, Paper, papers, plain
from bench.renders import as_docx, as_lines, as_pdf, as_text
from bench.scans import as_photographs, as_scan
from recognize import Found, OcrOptions, Recognition, Unreadable, recognize

SURE = 0.5
VERY_SURE = 0.9
FLOWING: dict[str, Callable[[Paper], bytes]] = {"txt": as_text, "lines": as_lines, "docx": as_docx}
PRINTED = ("pdf", "scan", "photograph")
NEEDED = OcrOptions(needed_only=True)
ALL = OcrOptions()


def main() -> None:
    """Render, read, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.recognize", description=__doc__)
    parser.add_argument(
        "--media", nargs="+", choices=[*FLOWING, *PRINTED], default=[*FLOWING, *PRINTED], help="只测这些样子"
    )
    parser.add_argument("--full", action="store_true", help="扫描件和照片每页都识别（一两个小时）")
    parser.add_argument("--keep", type=Path, help="印好、扫好的文件存在这里，下次不再做")
    parser.add_argument("--only", nargs="+", metavar="ID", help="只测这几件，如 cty-14")
    given = parser.parse_args()
    chosen = [paper for paper in papers() if not given.only or paper.id in given.only]
    result: dict[str, Any] = {"documents": len(chosen), "oddities": ODDITIES}
    with tempfile.TemporaryDirectory() as folder:
        for medium in given.media:
            result[medium] = measured(
                medium, chosen, given.keep or Path(folder), ALL if given.full else NEEDED
            )
    result["gongwen_format"] = dict(samples())
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")


def measured(medium: str, chosen: list[Paper], folder: Path, ocr: OcrOptions) -> dict[str, Any]:
    """Measure a medium in a process of its own, so that the memory is that of reading alone."""
    render = FLOWING.get(medium) or partial(printed, medium=medium, folder=folder)
    for paper in chosen:
        render(paper)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
        return alone.submit(measure, chosen, render, bare=medium == "txt", ocr=ocr).result()


def printed(paper: Paper, *, medium: str, folder: Path) -> bytes:
    """Print a paper, scan or photograph the print, or take what was made before."""
    file = folder / medium / paper.id
    if file.exists():
        return file.read_bytes()
    if medium == "pdf":
        data = as_pdf(paper)
    else:
        print_of_it = printed(paper, medium="pdf", folder=folder)
        data = as_scan(print_of_it) if medium == "scan" else as_photographs(print_of_it, paper.id)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return data


def measure(
    chosen: list[Paper],
    render: Callable[[Paper], bytes],
    *,
    bare: bool = False,
    ocr: OcrOptions | None = None,
) -> dict[str, Any]:
    """Read all papers in one setting; count and list the misses of each field."""
    misses: dict[str, list[dict[str, Any]]] = {name: [] for name in FIELDS}
    expected = dict.fromkeys(FIELDS, 0)
    seconds = worked = 0.0
    pages = sure = surely_wrong = 0
    for paper in chosen:
        data = render(paper)
        gold = paper.gold_of_text() if bare else paper.gold
        started, began = time.perf_counter(), time.process_time()
        read = recognize(data, ocr)
        seconds += time.perf_counter() - started
        worked += time.process_time() - began
        pages += pages_read(read)
        for name in FIELDS:
            found = read.fields[name]
            expected[name] += gold[name] is not None
            right, is_sure = is_right(gold[name], found), found.confidence >= VERY_SURE
            sure, surely_wrong = sure + is_sure, surely_wrong + (is_sure and not right)
            if not right:
                misses[name].append({"id": paper.id, "gold": gold[name], **found.as_json()})
    return {
        "expected": expected,
        "missed": {name: len(found) for name, found in misses.items()},
        "misses": {name: found for name, found in misses.items() if found},
        "sure": sure,
        "surely_wrong": surely_wrong,
        "pages": pages,
        "seconds_per_page": round(seconds / max(pages, 1), 4),
        "processor_seconds_per_page": round(worked / max(pages, 1), 4),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def pages_read(read: Recognition) -> int:
    """Count the pages that were read: of scans those that OCR read."""
    return len(read.ocr_pages) or read.pages


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
            read = recognize(path.read_bytes(), ALL)
        except Unreadable as refused:
            yield path.name, {"refused": refused.code}
        else:
            values = {name: found.as_json()["value"] for name, found in read.fields.items() if found.value}
            yield path.name, {"pages": read.pages, **values}


if __name__ == "__main__":
    main()
