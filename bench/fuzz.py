"""Throw mutated files at the parsers: `python -m bench.fuzz --seconds 60 [--seed 1] [--out FILE]`; JSON on standard output.

Every outcome must be a verdict or a plain trouble within the bounds of the limited process: no crash, no hang, no memory beyond
its limit. What breaks this is kept as a file in --keep.
"""

import argparse
import hashlib
import io
import json
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.gate_papers import ORDINARY, pdf_with_title
from recognize.tests import makers
from recognize.troubles import MESSAGES
from zhongshu.files import sandbox
from zhongshu.files.reading.troubles import Trouble
from zhongshu.files.tests import samples

KNOWN = frozenset(MESSAGES) | {"polyglot"}
TASKS: tuple[dict[str, Any], ...] = (
    {"task": "look"},
    {"task": "layer", "eyes": False},
    {"task": "blocks"},
    {"task": "glance", "number": 1, "width": 400},
)
MAGICS = (
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xff\xd8\xff\xe0",
    b"GIF89a",
    b"\x89PNG\r\n\x1a\n",
    b"II*\x00",
    b"\xd0\xcf\x11\xe0",
)
SPARE = 5.0


def seeds() -> dict[str, bytes]:
    """Return one sound file of each kind, made here."""
    pdf = makers.pdf([[(72, 780 - 24 * n, 16, row) for n, row in enumerate(ORDINARY)]])
    return {
        "pdf": pdf_with_title(pdf, "通知"),
        "scan": samples.scan_pdf_bytes(),
        "docx": samples.docx_bytes(*ORDINARY, header="页眉", title="通知"),
        "table": samples.docx_with_table_bytes(),
        "xlsx": samples.xlsx_bytes([["姓名", 1], ["张三", 2.5]]),
        "ofd": makers.ofd([(28, 40, row) for row in ORDINARY]),
        "pptx": samples.zip_bytes(
            {"ppt/presentation.xml": b"<p/>", "ppt/slides/slide1.xml": b"<s><t>words</t></s>"}
        ),
        "png": samples.image_bytes("PNG", (200, 300)),
        "jpeg": samples.image_bytes("JPEG", (200, 300)),
        "tiff": samples.tiff_bytes(3),
        "gif": samples.image_bytes("GIF", (50, 50)),
        "bmp": samples.image_bytes("BMP", (50, 50)),
        "webp": samples.image_bytes("WEBP", (50, 50)),
        "doc": samples.ole_bytes("WordDocument", "各乡镇人民政府"),
        "txt": "\n".join(ORDINARY).encode("gb18030"),
        "zip": samples.zip_bytes({"a.txt": b"words", "b.zip": samples.zip_bytes({"c.txt": b"more"})}),
    }


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 8, 64, 512))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 4000)]
    return data[:start] + piece * chance.choice((2, 50, 2000)) + data[start:]


def numbers(data: bytes, chance: random.Random) -> bytes:
    """Write huge or negative numbers where numbers stand."""
    changed = bytearray(data)
    places = [at for at, byte in enumerate(changed) if 48 <= byte <= 57] or [0]
    for _ in range(20):
        at = chance.choice(places)
        changed[at : at + 1] = chance.choice((b"999999999", b"-1", b"0", b"4294967295", b"1e308"))
    return bytes(changed)


def join(data: bytes, chance: random.Random) -> bytes:
    """Make a polyglot: another beginning, or another file behind."""
    other = chance.choice(list(SEEDS.values()))
    return chance.choice((chance.choice(MAGICS) + data, data + other, other[:2000] + data))


def inner(data: bytes, chance: random.Random) -> bytes:
    """Change the parts of a package and close it well again, so that the damage is found deeper inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except Exception:  # a change before this one may have broken it in any way
        return flip(data, chance)
    name = chance.choice(list(parts))
    change = chance.choice((cut, flip, repeat, numbers, deep, entities))
    parts[name] = change(parts[name] or b"<x/>", chance)
    if chance.random() < 0.2:
        parts[
            chance.choice(("../../etc/passwd", "/abs/秘.xml", "a" * 300 + ".xml", "word/vbaProject.bin"))
        ] = b"x"
    return samples.zip_bytes(parts)


def deep(data: bytes, chance: random.Random) -> bytes:
    depth = chance.choice((100, 300, 100_000))
    return b"<a>" * depth + data[:200] + b"</a>" * depth


def entities(data: bytes, chance: random.Random) -> bytes:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 9))
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b"]><x>&l8;</x>" + data


SEEDS = seeds()
CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    cut,
    flip,
    repeat,
    numbers,
    join,
    inner,
    inner,
)


def run(seconds: float, seed: int, keep: Path | None = None) -> dict[str, Any]:
    """Mutate and read for so long; return what came of it."""
    chance = random.Random(seed)
    until, slowest = time.monotonic() + seconds, 0.0
    outcomes: Counter[str] = Counter()
    broken: list[dict[str, Any]] = []
    while time.monotonic() < until:
        kind = chance.choice(list(SEEDS))
        data = SEEDS[kind]
        for change in chance.choices(CHANGES, k=chance.choice((1, 1, 2, 3))):
            data = change(data, chance) or b"\0"
        task = chance.choice(TASKS)
        began = time.monotonic()
        outcome, fault = outcome_of(task, data[: 8 * 2**20])
        slowest = max(slowest, time.monotonic() - began)
        outcomes[outcome] += 1
        if fault:
            broken.append({"kind": kind, "task": task["task"], "fault": fault, "file": _kept(data, keep)})
    return {
        "seed": seed,
        "files": outcomes.total(),
        "outcomes": dict(outcomes.most_common()),
        "slowest seconds": round(slowest, 1),
        "broken": broken,
    }


def outcome_of(task: dict[str, Any], data: bytes) -> tuple[str, str]:
    """Return the verdict or the trouble, and what is wrong with that answer itself."""
    began = time.monotonic()
    try:
        answer = sandbox.read(file=io.BytesIO(data), **task)
        outcome = "read" if isinstance(answer, dict) else "nothing"
    except Trouble as trouble:
        outcome = trouble.code
        if outcome not in KNOWN:
            return outcome, f"unknown trouble {outcome}: {trouble.detail}"
        if trouble.detail.startswith("exit") and not trouble.detail.startswith(
            ("exit -9", "exit -24", "exit 1")
        ):
            return outcome, trouble.detail
    if time.monotonic() - began > sandbox.WALL_SECONDS + SPARE:
        return outcome, "beyond the wall"
    return outcome, ""


def _kept(data: bytes, keep: Path | None) -> str:
    name = hashlib.sha256(data).hexdigest()[:16]
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / name).write_bytes(data)
    return name


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="出了问题的文件存在这里")
    parser.add_argument("--out", type=Path, help="结果另存为文件")
    given = parser.parse_args()
    result = run(given.seconds, given.seed, given.keep)
    text = json.dumps(result, ensure_ascii=False, indent=1)
    sys.stdout.write(text + "\n")
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")
    sys.exit(1 if result["broken"] else 0)


if __name__ == "__main__":
    main()
