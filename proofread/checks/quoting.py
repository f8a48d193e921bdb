"""Quoted papers: title first, number behind; the same number always with the same title; both as in the register."""

import re
from collections import defaultdict
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.paper import Paper
from proofread.vocabulary import in_chinese

NUMBER = r"[\u4e00-\u9fffA-Za-z]{1,14}[〔\[［（(【]\s?(?:19|20)\d{2}\s?[〕\]］）)】]\s?第?\d{1,5}号"
TITLE = r"《(?:[^《》]|《[^《》]*》)+》"
TITLE_FIRST = re.compile(rf"(?P<title>{TITLE})\s?[（(](?P<number>{NUMBER})[^（()）]{{0,20}}[）)]")
NUMBER_FIRST = re.compile(rf"(?P<number>{NUMBER})(?:文件|文)?\s?(?P<title>{TITLE})")
LEADING = re.compile(r"^(?:根据|按照|依据|依照|关于|转发|贯彻|落实|执行|印发|按|以|和|与|及|由|经|的)+")


def number_first(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find papers quoted by number first, title second."""
    for line in paper.having("body", "annex"):
        for match in NUMBER_FIRST.finditer(line.text):
            number = LEADING.sub("", match["number"])
            start = line.start + match.start("number") + len(match["number"]) - len(number)
            yield Hit(start, line.start + match.end(), f"{match['title']}（{number}）")


def number_alone(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find papers quoted by number alone."""
    for line in paper.having("body"):
        for match in re.finditer(
            rf"(?:根据|按照|依据|依照|贯彻落实|执行)(?P<number>{NUMBER})(?:文件|文)(?:精神|要求|规定)?",
            line.text,
        ):
            if not re.match(r"\s?《", line.text[match.end() :]):
                yield Hit(line.start + match.start("number"), line.start + match.end("number"))


def articles(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 《条例》第5条, whose articles are numbered in characters."""
    for match in re.finditer(r"》(?:（[^（）]{1,40}）)?(?P<article>第(?P<no>\d{1,2})条)", paper.text):
        yield Hit(match.start("article"), match.end("article"), f"第{in_chinese(int(match['no']))}条")


def contradictory(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find one number under two titles, or one title under two numbers."""
    titles: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for title, number, start, end in _quoted(paper):
        known = titles.setdefault(number, title)
        if not (known.endswith(title) or title.endswith(known)):
            yield Hit(start, end, reason=f"同一字号{number}前面引的是《{known}》")
        elif numbers.setdefault(title, number) != number and len(title) > 8:
            yield Hit(start, end, reason=f"同一标题前面引的字号是{numbers[title]}")


def against_register(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find quoted titles or numbers that are not those of the register."""
    by_number = {_plain(each.number): each.title for each in given.lists.register}
    by_title: dict[str, set[str]] = defaultdict(set)
    for each in given.lists.register:
        by_title[_plain(each.title)].add(each.number)
    for title, number, start, end in _quoted(paper):
        known = by_number.get(number)
        if known is not None and _plain(known) != title and not _plain(known).endswith(title):
            yield Hit(start, end, f"《{known}》（{number}）", f"文件库里{number}是《{known}》")
        elif known is None and title in by_title:
            right = min(by_title[title])
            yield Hit(start, end, f"《{title}》（{right}）", f"文件库里这份文件的字号是{right}")


def _quoted(paper: Paper) -> Iterator[tuple[str, str, int, int]]:
    for line in paper.paragraphs:
        for form in (TITLE_FIRST, NUMBER_FIRST):
            for match in form.finditer(line.text):
                number = _plain(LEADING.sub("", match["number"]))
                start = (
                    line.start + match.start() if form is TITLE_FIRST else line.start + match.start("number")
                )
                yield _plain(match["title"][1:-1]), number, start, line.start + match.end()


def _plain(text: str) -> str:
    flat = re.sub(r"\s", "", text).translate(
        str.maketrans("[［（(【]］）)】《》", "〔〔〔〔〔〕〕〕〕〕〈〉")
    )
    return re.sub(r"第(?=\d+号$)", "", flat)
