"""Measure the gate before 涉密: `python -m bench.gate [--out FILE]`; JSON on standard output.

Misses: marked papers that are not stopped. False alarms: harmless papers, made ones and the real ones of ../shared/data, that
are stopped or held as doubtful. Pictures of marks count where recognition by eye is installed.
"""

import argparse
import io
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

import recognize
from bench.gate_papers import MARKS, ORDINARY, TEMPTING, Case, harmless, marked
from bench.papers import DATA
from recognize.tests import makers
from zhongshu.files import gate
from zhongshu.files.reading import __main__ as reading

ROWS_A_PAGE = 30
FONTS = (
    "NotoSansCJK-Regular.ttc",
    "NotoSerifCJK-Regular.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "simsun.tt*",
)


def main() -> None:
    """Judge everything, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__)
    parser.add_argument("--out", type=Path, help="结果另存为文件")
    parser.add_argument("--pictures", type=int, default=12, help="画成图片的各几份（需要文字识别）")
    given = parser.parse_args()
    result: dict[str, Any] = {
        "marked": measure(marked(), aim="classified"),
        "harmless": measure(harmless(), aim="clean"),
        "real papers": measure(real_papers(), aim="clean"),
        "marked pictures": measure(pictures(given.pictures), aim="classified", eyes=True),
        "harmless pictures": measure(harmless_pictures(given.pictures), aim="clean", eyes=True),
    }
    text = json.dumps(result, ensure_ascii=False, indent=1)
    sys.stdout.write(text + "\n")
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")


def measure(cases: Iterable[Case], *, aim: gate.Kind, eyes: bool = False) -> dict[str, Any]:
    """Judge the cases; count the verdicts and list what missed its aim."""
    verdicts: Counter[str] = Counter()
    places: Counter[str] = Counter()
    missed: list[dict[str, Any]] = []
    began = time.perf_counter()
    for case in cases:
        reasons = judged(case, eyes=eyes)
        kind = gate.kind_of(reasons)
        verdicts[kind] += 1
        places[case.about if aim == "classified" else Path(case.name).suffix] += 1
        if kind != aim:
            said = [f"{reason.place}：{reason.rule}" for reason in reasons]
            missed.append({"name": case.name, "about": case.about[:120], "verdict": kind, "reasons": said})
    return {
        "papers": verdicts.total(),
        "verdicts": dict(verdicts),
        "missed": missed,
        "of": dict(places),
        "seconds": round(time.perf_counter() - began, 1),
    }


def judged(case: Case, *, eyes: bool = False) -> list[gate.Reason]:
    """Do what the limited process does, without a process for each."""
    with tempfile.TemporaryFile() as file:
        file.write(case.data)
        file.flush()
        answers = [reading.answer_to({"task": "look"}, file)]
        if "answer" in answers[0]:
            order = {"task": "layer", "eyes": eyes, "most": None, "tell": -1}
            answers.append(reading.answer_to(order, file))
    found = [reason for answer in answers for reason in (answer.get("answer") or answer).get("reasons", [])]
    return [*gate.in_name(case.name), *(gate.Reason(**reason) for reason in found)]


def real_papers() -> Iterator[Case]:
    """Yield every text of ../shared/data/gov_docs as TXT and as PDF, and the files of gongwen_format as they are."""
    for file in sorted((DATA / "gov_docs").glob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            text = "\n".join(_texts(json.loads(line)))
            yield Case(f"{file.stem}-{number}.txt", text.encode(), file.stem)
            yield Case(f"{file.stem}-{number}.pdf", as_pdf(text), file.stem)
    for file in sorted((DATA / "gongwen_format").rglob("*")):
        if file.suffix.lower() in {".pdf", ".docx", ".ofd", ".xlsx", ".txt", ".doc"}:
            yield Case(file.name, file.read_bytes(), "gongwen_format")


def _texts(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict | list):
        for each in thing.values() if isinstance(thing, dict) else thing:
            yield from _texts(each)


def as_pdf(text: str) -> bytes:
    """Set a text in lines of 28 letters, wherever that tears a word."""
    rows = [row[at : at + 28] for row in text.splitlines() for at in range(0, len(row), 28)]
    pages = [rows[at : at + ROWS_A_PAGE] for at in range(0, len(rows), ROWS_A_PAGE)] or [[""]]
    return makers.pdf([[(72, 780 - 24 * n, 16, row) for n, row in enumerate(page)] for page in pages])


def pictures(count: int) -> Iterator[Case]:
    """Yield pages drawn as pictures with a mark in the upper left corner, straight and a little turned."""
    for number in range(count if _has_eyes() else 0):
        mark = MARKS[number % 6]
        yield Case("扫描.jpg", _drawn(mark, ORDINARY, number), f"图片：{mark}")


def harmless_pictures(count: int) -> Iterator[Case]:
    """Yield pages drawn as pictures that speak of secrets and bear no mark."""
    for number in range(count if _has_eyes() else 0):
        rows = [TEMPTING[(number * 5 + each) % len(TEMPTING)] for each in range(5)]
        lines = [row[at : at + 22] for row in rows for at in range(0, len(row), 22)]
        yield Case("扫描.jpg", _drawn("云岭县保密局文件", lines, number), " / ".join(rows))


def _has_eyes() -> bool:
    return _font() is not None and hasattr(recognize, "OcrOptions")


def _drawn(head: str, rows: Iterable[str], number: int) -> bytes:
    font = _font() or ""
    sheet = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(sheet)
    pen.text((165, 200), head, fill="black", font=ImageFont.truetype(font, 44))
    for row, words in enumerate(rows):
        pen.text((165, 500 + 70 * row), words, fill="black", font=ImageFont.truetype(font, 40))
    out = io.BytesIO()
    sheet.rotate((0, 1.2, -1.5)[number % 3], fillcolor="white").save(
        out, "JPEG", quality=(90, 60)[number % 2]
    )
    return out.getvalue()


def _font() -> str | None:
    found = (file for pattern in FONTS for file in sorted(Path("/usr/share/fonts").rglob(pattern)))
    return next((str(file) for file in found), None)


if __name__ == "__main__":
    main()
