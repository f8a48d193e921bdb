"""The topics of the office, read from county/topics: titles by kind, and the sentences papers are made of."""

import re
from dataclasses import dataclass, field
from functools import cache

from demo import cast
from demo.texts import COUNTY, sections

KINDS = ("通知", "请示", "报告", "函", "意见", "通报", "批复", "通告", "纪要", "决定")
_TITLE = re.compile(rf"^({'|'.join(KINDS)})([!+]?)\s*(?:\(([\d-]+)\))?\s*(?:@(\S+))?$")
_LISTS = {"缘起", "要点", "情况", "问题", "打算", "反馈", "县长批", "副县长批"}


@dataclass(frozen=True)
class Pattern:
    """A title to be filled, who sends it, and when in the year."""

    kind: str
    urgency: str
    months: frozenset[int]
    sender: str
    title: str
    reason: str = ""
    ask: str = ""
    shape: str = "plain"


@dataclass
class Topic:
    """One field of work: who leads it, who writes about it, and what is said in it."""

    name: str
    lead: str = ""
    helpers: tuple[str, ...] = ()
    issuers: tuple[tuple[str, int], ...] = ()
    months: dict[int, float] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)
    points: list[tuple[str, str]] = field(default_factory=list)
    sentences: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_office_matter(self) -> bool:
        return cast.unit(self.lead).kind == "section"

    def said(self, kind: str) -> list[str]:
        return self.sentences[kind]


@cache
def topics() -> tuple[Topic, ...]:
    found: dict[str, Topic] = {}
    for path in sorted((COUNTY / "topics").glob("*.txt")):
        for name, line in sections(path):
            _learn(found.setdefault(name, Topic(name)), line)
    return tuple(found.values())


@cache
def topic(name: str) -> Topic:
    return next(one for one in topics() if one.name == name)


def _learn(one: Topic, line: str) -> None:
    key, said = line.split("：", 1)
    if title := _TITLE.match(key):
        one.patterns.append(_pattern(title, said))
    elif key == "要点":
        heading, text = said.split("｜")
        one.points.append((heading, text))
    elif key in _LISTS:
        one.sentences.setdefault(key, []).extend(said.split("｜"))
    else:
        _learn_frame(one, key, said)


def _learn_frame(one: Topic, key: str, said: str) -> None:
    match key:
        case "主办":
            one.lead = cast.unit_called(said).code
        case "协办":
            one.helpers = tuple(cast.unit_called(short).code for short in said.split("、"))
        case "来文":
            one.issuers = tuple((word.rstrip("0123456789"), int(word[-1])) for word in said.split())
        case "月份":
            one.months = _months(said)
        case _:
            one.words[key] = tuple(said.split("｜"))


def _pattern(title: re.Match[str], said: str) -> Pattern:
    kind, mark, months, sender = title.groups()
    words, *rest = said.split("｜")
    reason, ask = (*rest, "", "")[:2]
    urgency = {"!": "extra_urgent", "+": "urgent", "": "normal"}[mark]
    return Pattern(kind, urgency, frozenset(_span(months or "1-12")), sender or "", words, reason, ask)


def _months(said: str) -> dict[int, float]:
    weights: dict[int, float] = {}
    rest = 0.0
    for word in said.split():
        span, weight = word.split("=")
        if span == "其余":
            rest = float(weight)
        else:
            weights.update(dict.fromkeys(_span(span), float(weight)))
    return {month: weights.get(month, rest) for month in range(1, 13)}


def _span(text: str) -> list[int]:
    """Read 5-9, 11-2 (over the new year) or 3."""
    first, _, last = text.partition("-")
    start, end = int(first), int(last or first)
    if start <= end:
        return list(range(start, end + 1))
    return [*range(start, 13), *range(1, end + 1)]
