"""标点 (GB/T 15834): pairs that do not close, 《》 in 《》, sentences without an end."""

import re
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.paper import Paper

MOST_QUOTED = 60
PAIRS = {"（": "）", "《": "》", "〈": "〉", "“": "”", "‘": "’", "〔": "〕", "【": "】"}
HALF = re.compile(
    r"(?<=[\u4e00-\u9fff”》）〉%％\d)])[,;?!](?=[\u4e00-\u9fff“《（〈\"]|$|(?<=[\u4e00-\u9fff][,;?!])\d)"
)
WHOLE = {",": "，", ";": "；", "?": "？", "!": "！"}
CLOSERS = {close: open_ for open_, close in PAIRS.items()}


def pairs(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find brackets and quotation marks that are not closed, or not opened, in their paragraph."""
    for row, line in enumerate(paper.paragraphs):
        if line.role in ("title", "mark"):
            continue
        for at in _unpaired(line.text):
            letter = line.text[at]
            if letter in PAIRS and not _goes_over(paper, row, letter):
                yield Hit(line.start + at, line.start + at + 1, reason=f"“{letter}”没有闭合")
            elif letter in CLOSERS and not _came_over(paper, row, letter):
                reason = f"“{letter}”没有与它配对的“{CLOSERS[letter]}”"
                yield Hit(line.start + at, line.start + at + 1, reason=reason)


def _unpaired(text: str) -> list[int]:
    """Return the places of the brackets and quotation marks that have no partner."""
    stack: list[int] = []
    alone: list[int] = []
    for at, letter in enumerate(text):
        if letter in PAIRS:
            stack.append(at)
        elif letter in CLOSERS and not _is_item(text, at):
            if not any(text[each] == CLOSERS[letter] for each in stack):
                alone.append(at)
                continue
            while text[stack[-1]] != CLOSERS[letter]:
                alone.append(stack.pop())
            stack.pop()
    return sorted(alone + stack)


def pairs_of_title(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find the same in the title, which may run over lines."""
    lines = paper.having("title")
    for open_, close in PAIRS.items():
        if lines and paper.title.count(open_) != paper.title.count(close):
            yield Hit(lines[0].start, lines[-1].end, reason=f"“{open_}{close}”不配对")


def nested(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 《》 inside 《》, which are written 〈〉."""
    for line in paper.paragraphs:
        for match in re.finditer(r"《[^《》]*(《[^《》]*》)[^《》]*》", line.text):
            inner = match[1]
            yield Hit(line.start + match.start(1), line.start + match.end(1), f"〈{inner[1:-1]}〉")
        for match in re.finditer(r"(《[^《》]*)《([^《》]*)》(?![^《]*》)", line.text):
            if not match[1].endswith("》"):
                start = line.start + match.end(1)
                yield Hit(start, line.start + match.end(), f"〈{match[2]}〉")
        for match in re.finditer(r"《[^《》]*(<[^<>《》]+>)[^《》]*》", line.text):
            yield Hit(line.start + match.start(1), line.start + match.end(1), f"〈{match[1][1:-1]}〉")


def half_width(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find , ; ? ! of half width between Chinese words."""
    for line in paper.paragraphs:
        if line.role == "recipients":
            continue
        for match in HALF.finditer(line.text):
            yield Hit(line.start + match.start(), line.start + match.end(), WHOLE[match[0]])


def straight_quotes(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find "…" and '…' in Chinese text."""
    for line in paper.paragraphs:
        inside = False
        for at, letter in enumerate(line.text):
            if letter == '"':
                around = line.text[max(0, at - 1) : at + 2]
                if re.search(r"[\u4e00-\u9fff，。；：、]", around) or '"' in line.text[at + 1 :] or inside:
                    yield Hit(line.start + at, line.start + at + 1, "”" if inside else "“")
                inside = not inside


def no_end(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find paragraphs of sentences that end without 。"""
    lines = paper.having("body")
    for line in (
        lines[:-1] if lines and lines[-1].index == paper.paragraphs[-1].index and not paper.day else lines
    ):
        text = line.text
        if not re.search(r"[\u4e00-\u9fff\d%％]$", text) or len(text) < 25 or "|" in text or "\t" in text:
            continue
        if (re.search(r"[。；，]", text[:-1]) and re.search(r"[。；]", text)) or text.count("，") > 1:
            yield Hit(line.end - 1, line.end, f"{text[-1]}。")


def heading_end(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a heading on a line of its own that ends with 。"""
    for line in paper.having("body"):
        if re.fullmatch(r"(?:[一二三四五六七八九十]{1,3}、)[^，。；：、]{2,20}。", line.text):
            yield Hit(line.end - 1, line.end, "（删去）")


def _is_item(text: str, at: int) -> bool:
    return text[at] == "）" and at < 4 and bool(re.match(r"[\d一二三四五六七八九十a-zA-Z]+$", text[:at]))


def _came_over(paper: Paper, row: int, close: str) -> bool:
    """Say whether a bracket was opened in one of the paragraphs above and not closed there."""
    for line in reversed(paper.paragraphs[max(0, row - MOST_QUOTED) : row]):
        opened, closed = line.text.rfind(CLOSERS[close]), line.text.rfind(close)
        if opened > closed:
            return True
        if closed >= 0:
            return False
    return False


def _goes_over(paper: Paper, row: int, open_: str) -> bool:
    """Say whether a bracket or quotation goes on over paragraphs and is closed in one below.

    A quotation of several paragraphs opens each of them and closes the last one only.
    """
    close = PAIRS[open_]
    for line in paper.paragraphs[row + 1 : row + 1 + MOST_QUOTED]:
        text = line.text[1:] if open_ in "“‘" and line.text.startswith(open_) else line.text
        if text.count(close) > text.count(open_):
            return True
        if open_ not in "“‘" and open_ in text:
            return False
    return False
