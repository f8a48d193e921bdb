"""The text that the spelling model is made from, and the part of ODW that is set aside from it."""

import hashlib
import json
import lzma
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx

SET_ASIDE_PERCENT = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of a spelling set: the sentence as written, and as it should be."""

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
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Pair(row["src"], row["tgt"]) for row in rows if len(row["src"]) == len(row["tgt"])]


def odw(data: Path, *, set_aside: bool) -> list[Pair]:
    every = pairs(data / "csc_odw" / "odw_open.jsonl")
    return [pair for pair in every if is_set_aside(pair.target) is set_aside]


def laws(data: Path) -> list[str]:
    packed = (data / "corpus" / "laws_regulations.txt.xz").read_bytes()
    return lzma.decompress(packed).decode("utf-8").splitlines()


def reports(data: Path) -> list[list[str]]:
    return [_paragraphs(path) for path in sorted((data / "work_reports").glob("*.docx"))]


def _paragraphs(path: Path) -> list[str]:
    texts = (paragraph.text.strip() for paragraph in docx.Document(str(path)).paragraphs)
    return [text for text in texts if text]


def titles(data: Path) -> list[str]:
    names = ("policy_titles.txt", "gongwen_phrases.txt")
    return [line for name in names for line in (data / "wordlists" / name).read_text("utf-8").splitlines()]


def words(data: Path) -> list[str]:
    lines = (data / "wordlists" / "gongwen_vocab_pinyin.txt").read_text("utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if line.strip()]


def sentences(lines: Iterable[str], kept_out: frozenset[str] = frozenset()) -> Iterator[str]:
    """Sentences of the lines, less those that say what a kept out sentence says."""
    for line in lines:
        for sentence in re.findall(r"[^。！？；]+[。！？；]?", line.strip()):
            if bare(sentence).strip("。;；") not in kept_out:
                yield sentence


def kept_out(data: Path) -> frozenset[str]:
    """Every sentence of the set aside targets, so that no other text may carry one in."""
    targets = [pair.target for pair in odw(data, set_aside=True)]
    return frozenset(bare(sentence).strip("。;；") for sentence in sentences(targets))
