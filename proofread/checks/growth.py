"""同比: growth that the two figures beside it do not bear out, and percentages set against percentage points."""

import re
from collections.abc import Iterator
from decimal import Decimal

from proofread.hits import Given, Hit
from proofread.paper import Paper
from proofread.quantities import HALF, UNITS, Quantity, quantity_of, step_of, written

UP, DOWN = "增长|增加|上升|提高|提升|扩大|多|增", "下降|减少|降低|缩小|回落|少|降"
NUMBER = (
    rf"(?P<{{0}}figure>\d+(?:,\d{{{{3}}}})*(?:\.\d+)?)\s?(?P<{{0}}scale>万亿|万|亿)?(?P<{{0}}unit>{UNITS})"
)
A, B, C = (NUMBER.format(letter) for letter in "abc")
PERCENT = r"(?P<percent>\d+(?:\.\d+)?)\s?[%％]"
# Growth of these is reckoned at constant prices, or over several years.
OTHER_MEASURE = re.compile(r"生产总值|GDP|增加值|可比|不变价|年均|平均|名义|扣除|同口径|口径")
FROM_TO = re.compile(
    rf"(?:由|从)[^，。；\d]{{0,16}}(?:\d{{4}}年的?)?{A}(?:，|,)?(?:{UP}|{DOWN})(?:到|至|为)[^，。；\d]{{0,10}}(?:\d{{4}}年的?)?{B}[，,]\s?(?:同比|累计|净)?(?P<way>{UP}|{DOWN})(?:了|幅度为|率为)?\s?{PERCENT}"
)
AGAINST = re.compile(
    rf"{B}[，,]\s?(?:同比|比|较)(?:上年|去年|上年同期|去年同期|上月|上周|上季度|\d{{4}}年)?(?:同期)?的?{A}(?P<way>{UP}|{DOWN})(?:了)?\s?{PERCENT}"
)
BY = re.compile(
    rf"{B}[，,]\s?(?:同比|环比|比(?:上年|去年|上月|上周|上期|上季度|上年同期|去年同期)|较(?:上年|去年|上月|上周|上期|上年同期|去年同期))(?P<way>{UP}|{DOWN})(?:了)?\s?{C}[，,、（(]\s?(?:同比|增幅|降幅|增长率)?(?:为|达)?(?:{UP}|{DOWN})?(?:了)?\s?{PERCENT}"
)
LAST_YEAR = re.compile(
    rf"(?:上年|去年|上年同期|去年同期)[^，。；\d]{{0,10}}{A}[，,；;]\s?(?:今年|本年|同期)[^，。；\d]{{0,10}}{B}[，,]\s?(?:同比)?(?P<way>{UP}|{DOWN})(?:了)?\s?{PERCENT}"
)
POINTS = re.compile(
    rf"(?:由|从)[^，。；\d]{{0,16}}(?P<a>\d+(?:\.\d+)?)[%％](?:，)?(?:{UP}|{DOWN})(?:到|至|为)[^，。；\d]{{0,10}}(?P<b>\d+(?:\.\d+)?)[%％][，,]\s?(?:同比|累计)?(?P<way>{UP}|{DOWN})(?:了)?\s?(?P<c>\d+(?:\.\d+)?)\s?(?P<sign>[%％]|个百分点)"
)
DOWN_WORD = re.compile(DOWN)


def from_to(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 由80件增加到100件，增长20% (it is 25 %)."""
    for form in (FROM_TO, AGAINST, LAST_YEAR):
        for match in form.finditer(paper.text):
            if not OTHER_MEASURE.search(_sentence(paper.text, match)):
                old, new = quantity_of(match, prefix="a"), quantity_of(match, prefix="b")
                yield from _judged(match, old, new)


def by_so_much(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 506件，同比增加86件，增长19% (it is 20.48 %)."""
    for match in BY.finditer(paper.text):
        new, step = quantity_of(match, prefix="b"), quantity_of(match, prefix="c")
        if OTHER_MEASURE.search(_sentence(paper.text, match)) or new.unit != step.unit:
            continue
        value = new.value + step.value if DOWN_WORD.fullmatch(match["way"]) else new.value - step.value
        yield from _judged(match, Quantity(value, new.slack + step.slack, new.unit, "", 0, 0), new)


def points(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 由85%提高到90%，提高5% (5个百分点), or a difference that is wrong."""
    for match in POINTS.finditer(paper.text):
        off = abs(Decimal(match["b"]) - Decimal(match["a"]))
        said = Decimal(match["c"])
        if match["sign"] != "个百分点" and off == said:
            yield Hit(match.start("c"), match.end(), f"{match['c']}个百分点", "两个百分数之差是百分点")
        elif match["sign"] == "个百分点" and off != said:
            yield Hit(
                match.start("c"), match.end("c"), str(off), f"{match['a']}%与{match['b']}%相差{off}个百分点"
            )


def against_direction(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 由80件增加到70件."""
    form = re.compile(rf"(?:由|从)[^，。；\d]{{0,16}}{A}(?P<way>{UP}|{DOWN})(?:到|至|为){B}")
    for match in form.finditer(paper.text):
        old, new = quantity_of(match, prefix="a"), quantity_of(match, prefix="b")
        falls = bool(DOWN_WORD.fullmatch(match["way"]))
        if old.unit == new.unit and (
            (new.value < old.value and not falls) or (new.value > old.value and falls)
        ):
            yield Hit(
                match.start("way"),
                match.end("way"),
                reason=f"{match['afigure']}到{match['bfigure']}不是“{match['way']}”",
            )


def _judged(match: "re.Match[str]", old: Quantity, new: Quantity) -> Iterator[Hit]:
    if old.unit != new.unit or old.value - old.slack <= 0:
        return
    falls = bool(DOWN_WORD.fullmatch(match["way"]))
    sign = -1 if falls else 1
    low, high = sorted(
        sign * ((new.value + way * new.slack) / (old.value - way * old.slack) - 1) * 100 for way in (-1, 1)
    )
    said, half = Decimal(match["percent"]), step_of(match["percent"]) * HALF
    if not low - half <= said <= high + half:
        real = written(sign * (new.value / old.value - 1) * 100, match["percent"])
        yield Hit(
            match.start("percent"), match.end(), f"{real}%", f"按两个数算是{real}%，不是{match['percent']}%"
        )


def _sentence(text: str, match: "re.Match[str]") -> str:
    begin = max(text.rfind(stop, 0, match.start()) for stop in "。；\n") + 1
    return text[begin : match.end()]
