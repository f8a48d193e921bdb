"""The text that the spelling model is made from; nothing of gov_docs, and no sentence of the set aside part of ODW."""

import lzma
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import docx

from tools.spelling.sets import bare, odw


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
