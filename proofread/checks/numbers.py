"""Numbers (GB/T 15835): figures of full width, figures mixed with characters, twice said to be about."""

import re
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.paper import Paper

WIDE = re.compile(r"(?<![一二〇零○])[０-９][０-９．，]*(?<![．，])")
NARROW = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("．"): ".", ord("，"): ","}
# 千 and 百 behind a figure are units of measure in 千瓦, 百帕 and the like.
MIXED = re.compile(
    r"(?<![\d.第])(?P<figure>\d+(?:\.\d+)?)(?P<weight>千(?![瓦米克帕卡赫伏安焦字升牛兆周斯])|百(?!分|[帕年姓货亩强家户村校日企名度县米万])|"
    r"十(?![字堰四五个]))(?=[\u4e00-\u9fff，。])"
)
WEIGHTS = {"十": 10, "百": 100, "千": 1000}
ABOUT = re.compile(
    r"(?:约|大约|大概|将近|接近)\s?[\d.]+[万亿]?[\u4e00-\u9fff%]{0,3}?(?P<again>左右|上下|以上|[余多](?=[\u4e00-\u9fff]))"
)
BEYOND = re.compile(
    r"(?:超过|突破|不少于|不低于|至少)\s?[\d.]+[万亿]?[\u4e00-\u9fff%]{0,3}?(?P<again>以上|左右|上下)"
)


def wide(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find figures of full width."""
    for match in WIDE.finditer(paper.text):
        yield Hit(match.start(), match.end(), match[0].translate(NARROW))


def mixed(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 3千元, half figure, half character."""
    for match in MIXED.finditer(paper.text):
        value = float(match["figure"]) * WEIGHTS[match["weight"]]
        yield Hit(match.start(), match.end(), f"{value:.10g}")


def about(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 约100人左右."""
    for match in ABOUT.finditer(paper.text):
        yield Hit(match.start(), match.end(), match[0][: match.start("again") - match.start()])


def beyond(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 超过100万元以上."""
    for match in BEYOND.finditer(paper.text):
        yield Hit(match.start(), match.end(), match[0][: match.start("again") - match.start()])
