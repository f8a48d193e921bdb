"""层次序数: 一、（一）1.（1）, none skipped, none twice (GB/T 9704 7.3.3)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from proofread.hits import Given, Hit
from proofread.paper import Paper, Paragraph
from proofread.vocabulary import in_chinese, number_of

CN = "一二三四五六七八九十"
FORMS: tuple[tuple[int, "re.Pattern[str]"], ...] = (
    (-2, re.compile(rf"第([{CN}百]+)章(?!\d)")),
    (-1, re.compile(rf"第([{CN}百]+)条(?:\s|　|$)")),
    (1, re.compile(rf"([{CN}]{{1,3}})[、，,.．]")),
    (2, re.compile(rf"[（(]([{CN}]{{1,3}})[）)]")),
    (3, re.compile(r"(\d{1,2})\s?(?:\.(?!\d)|\.(?=\d{1,3}[个项大种类条支家])|．|、)")),
    (4, re.compile(r"[（(](\d{1,2})[）)]")),
)
FIRST_SECOND = re.compile(rf"(?:^|[：:。；;，])(?P<word>([{CN}])(?:是|要))")
ORDINALS = re.compile(rf"(?:^|[：:。；;])(?P<word>第([{CN}])，)")


CHAPTER, ARTICLE = -2, -1


class _Mark(NamedTuple):
    """A number at the head of a paragraph: its level, its value, and where it stands."""

    level: int
    number: int
    start: int
    end: int
    text: str


def sequence(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find numbers that skip or repeat within their level."""
    for role in (("body",), ("annex",)):
        yield from _out_of_order(_marks(paper, role), of_annex=role == ("annex",))


def levels(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 一、 followed at once by （1）, a level left out."""
    used: set[int] = set()
    for mark in _marks(paper, ("body",)):
        if mark.level == 4 and not used & {3} and used & {1, 2} and mark.number == 1:
            yield Hit(mark.start, mark.end, "1.", "层次序数依次用“一、”“（一）”“1.”“（1）”")
        if mark.level == 1:
            used = {1}
        else:
            used.add(mark.level)


def first_to_third(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 一、 followed at once by 1., which leaves out （一）."""
    used: set[int] = set()
    for mark in _marks(paper, ("body",)):
        if mark.level == 3 and mark.number == 1 and used == {1}:
            yield Hit(mark.start, mark.end, "（一）")
        used = {1} if mark.level == 1 else used | {mark.level}


def punctuation(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 一， （一）、 1、 （1）. (一) at the head of paragraphs."""
    for line in paper.having("body", "annex"):
        if match := re.match(rf"([{CN}]{{1,3}})([，,.．])(?=[\u4e00-\u9fff“])", line.text):
            yield Hit(line.start, line.start + match.end(), f"{match[1]}、")
        elif match := re.match(rf"([（(](?:[{CN}]{{1,3}}|\d{{1,2}})[）)])([、，,.．])", line.text):
            yield Hit(line.start, line.start + match.end(), match[1].replace("(", "（").replace(")", "）"))
        elif match := re.match(r"(\d{1,2})(、)(?=[\u4e00-\u9fff“])", line.text):
            yield Hit(line.start, line.start + match.end(), f"{match[1]}.")


def half_brackets(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find (一) with brackets of half width."""
    for line in paper.having("body", "annex"):
        if (
            match := re.match(
                rf"\(([{CN}]{{1,3}}|\d{{1,2}})\)|[（(]([{CN}]{{1,3}}|\d{{1,2}})[）)]", line.text
            )
        ) and ("(" in match[0] or ")" in match[0]):
            yield Hit(line.start, line.start + match.end(), f"（{match[1] or match[2]}）")


def enumeration(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 一是…二是…四是 and 第一，第三，inside a paragraph."""
    for line in paper.having("body", "annex"):
        for form in (FIRST_SECOND, ORDINALS):
            wanted = 0
            for match in form.finditer(line.text):
                number = CN.index(match[2]) + 1
                if number == 1:
                    wanted = 1
                elif wanted and number not in (wanted, wanted + 1):
                    start = line.start + match.start("word")
                    yield Hit(
                        start,
                        line.start + match.end("word"),
                        match["word"].replace(match[2], CN[wanted]),
                        f"前面是“{CN[wanted - 1]}”，这里应为“{CN[wanted]}”",
                    )
                    wanted = number
                elif wanted and number == wanted and number > 1:
                    start = line.start + match.start("word")
                    yield Hit(
                        start,
                        line.start + match.end("word"),
                        match["word"].replace(match[2], CN[min(wanted, 9)]),
                        f"“{match['word']}”重复",
                    )
                elif wanted:
                    wanted = number


def _marks(paper: Paper, roles: tuple[str, ...]) -> list[_Mark]:
    return [mark for line in paper.having(*roles) if (mark := _mark_of(line))]


def _mark_of(line: Paragraph) -> _Mark | None:
    for level, form in FORMS:
        match = form.match(line.text)
        if match:
            try:
                number = number_of(match[1].replace("百", "百"))
            except ValueError:
                return None
            return _Mark(level, number, line.start, line.start + match.end(), match[0])
    return None


def _out_of_order(marks: list[_Mark], *, of_annex: bool) -> Iterator[Hit]:
    """Yield the marks that do not follow their forerunner; a deeper level begins anew under each higher mark.

    In annexes lists of several sources stand behind each other: only a repetition or a gap of one is sure there.
    """
    last: dict[int, int] = {}
    for mark in marks:
        before = last.get(mark.level)
        if mark.level > 0:
            last = {level: number for level, number in last.items() if level <= mark.level}
        if mark.level == CHAPTER:
            last.pop(1, None)
        if before is not None and _is_out(mark, before, of_annex=of_annex):
            yield _wrong(mark, before)
        last[mark.level] = mark.number


def _is_out(mark: _Mark, before: int, *, of_annex: bool) -> bool:
    step = mark.number - before
    if step == 1 or (mark.number == 1 and before != 1):
        return False
    if of_annex or mark.level == ARTICLE:
        return step in (0, 2) and mark.number != 1
    return -1 <= step <= 3 or (mark.level == 1 and mark.number < before)


def _wrong(mark: _Mark, before: int) -> Hit:
    wanted = before + 1
    written = str(wanted) if mark.level > 2 else in_chinese(wanted)
    own = str(mark.number) if mark.level > 2 else in_chinese(mark.number)
    what = "重复" if mark.number == before else "跳号" if mark.number > before else "倒退"
    return Hit(mark.start, mark.end, mark.text.replace(own, written, 1), f"序号{what}：上一个是{before}")
