"""Dates and clocks: whether the calendar knows them, whether they are written as GB/T 9704 and GB/T 15835 ask."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from proofread.hits import Given, Hit
from proofread.paper import Paper
from proofread.vocabulary import DATE, date_of, number_of, year_of

MONTH_DAY = re.compile(r"(?:(?P<y>(?:19|20)\d{2})年)?(?<![\d.])(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]")
WEEKDAY = re.compile(
    r"(?:(?P<y>(?:19|20)\d{2})年)?(?<![\d.])(?P<m>\d{1,2})月(?P<d>\d{1,2})日\s?[（(，,]?\s?(?:星期|周)(?P<w>[一二三四五六日天])(?![至到、—-])"
)
CLOCK = re.compile(
    r"(?<![\d:：.])(?P<h>\d{1,2})\s?(?:时|点(?![\d一二三四五六七八九]))\s?(?:(?P<min>\d{1,2})\s?分)?"
)
COLON = re.compile(r"(?<![\d:：.〔])(?P<h>\d{1,2})[:：](?P<min>\d{2})(?![\d:：]|\s?比)")
RANGE = re.compile(
    r"(?:(?P<y>20\d{2})年)?(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})日?\s?(?:至|到|—|–|-|～)\s?(?:(?P<y2>20\d{2})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日"
)
DUE = re.compile(
    r"(?:(?:请|须|应)?(?:务必)?于|[在至到])\s?(?P<date>(?P<y>20\d{2})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日)\s?(?:下班)?(?:以)?前[^。；]{0,16}(?:报|上报|报送|反馈|提交|完成|备案)"
)
IN_FORCE = re.compile(
    r"自\s?(?P<date>(?P<y>20\d{2})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日)起(?:施行|实施|执行|生效)"
)
MIXED = re.compile(
    r"[一二][〇零○０oO0][一二三四五六七八九〇零○\d０]{2}年|20[\d]{0,1}[〇零○]\d?年|20\d{2}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十\d]{1,3}日)?"
)
NEW_RULES = date(2012, 7, 1)
WEEK = "一二三四五六日"


def impossible(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find days that no calendar has: 2月30日, 13月1日."""
    for match in MONTH_DAY.finditer(paper.text):
        month, day = int(match["m"]), int(match["d"])
        year = int(match["y"]) if match["y"] else None
        if not _exists(year, month, day):
            yield Hit(
                match.start(),
                match.end(),
                reason=f"{'没有' + str(month) + '月' if not 1 <= month <= 12 else f'{month}月没有{day}日'}",
            )
    for match in re.finditer(r"(?<![\d.])(?:1[3-9]|[2-9]\d|0{1,2})月份?(?!\d)", paper.text):
        if not MONTH_DAY.match(paper.text, match.start()):
            yield Hit(match.start(), match.end())


def weekday(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find dates whose day of the week is another."""
    for match in WEEKDAY.finditer(paper.text):
        month, day = int(match["m"]), int(match["d"])
        years = [int(match["y"])] if match["y"] else _years_near(paper, match.start(), month, day)
        days = {year: WEEK[date(year, month, day).weekday()] for year in years if _exists(year, month, day)}
        if days and match["w"].replace("天", "日") not in days.values():
            year, real = next(iter(days.items()))
            word = "星期" if paper.text[match.start("w") - 1] == "期" else "周"
            start = match.start("w") - len(word)
            yield Hit(start, match.end("w"), f"{word}{real}", f"{year}年{month}月{day}日是星期{real}")


def clock(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find times that no clock shows: 25时, 14时75分, 下午25:00."""
    for match in (*CLOCK.finditer(paper.text), *COLON.finditer(paper.text)):
        hour, minute = int(match["h"]), int(match["min"] or 0)
        is_clock = match["min"] or re.match(r"整|[前后，。至—-]|$", paper.text[match.end() :])
        if (
            is_clock
            and (hour > 24 or minute > 59 or (hour == 24 and minute))
            and not re.search(r"[第届期共用历经累计每约\d]$", paper.text[: match.start()][-1:])
        ):
            if ":" in match[0] or "：" in match[0]:
                before = paper.text[max(0, match.start() - 6) : match.start()]
                if not re.search(r"[日午晚晨间点时）至—-]\s?$", before):
                    continue
            yield Hit(match.start(), match.end())


def backwards(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find stretches of time that end before they begin."""
    for match in RANGE.finditer(paper.text):
        month, second = int(match["m"]), int(match["m2"] or match["m"])
        years = (match["y"] or "", match["y2"] or match["y"] or "")
        begin, end = (years[0], month, int(match["d"])), (years[1], second, int(match["d2"]))
        over_new_year = not match["y2"] and month >= 10 and second <= 4
        if end < begin and years[0] <= years[1] and not over_new_year:
            yield Hit(match.start(), match.end())


def due_in_the_past(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find terms that had run out before the paper was dated."""
    if paper.day is None:
        return
    for line in paper.having("body"):
        for match in DUE.finditer(line.text):
            due = _date(match)
            if due and due < paper.day:
                yield Hit(
                    line.start + match.start("date"),
                    line.start + match.end("date"),
                    reason=f"要求的时限早于成文日期（{paper.day.year}年{paper.day.month}月{paper.day.day}日）",
                )


def in_force_before(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a day of coming into force before the date of the paper."""
    if paper.day is None:
        return
    for line in paper.having("body"):
        for match in IN_FORCE.finditer(line.text):
            day = _date(match)
            if (
                day
                and day < paper.day
                and not re.search(r"《[^》]*》[^，。]{0,8}$", line.text[: match.start()])
            ):
                yield Hit(
                    line.start + match.start("date"),
                    line.start + match.end("date"),
                    reason="施行日期早于成文日期",
                )


def in_characters(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 成文日期 in Chinese characters, as before 2012."""
    for line in paper.having("date", "imprint"):
        match = DATE.search(line.text)
        day = date_of(match) if match and not match["y"].isascii() else None
        if match and day and day >= NEW_RULES:
            right = f"{day.year}年{day.month}月{day.day}日"
            yield Hit(line.start + match.start(), line.start + match.end(), right)


def leading_zeros(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 成文日期 or 印发日期 with leading zeros: 2026年06月09日."""
    for line in paper.having("date", "imprint"):
        if match := re.search(r"(\d{4})年(0?\d{1,2})月(0?\d{1,2})日", line.text):
            right = f"{match[1]}年{int(match[2])}月{int(match[3])}日"
            if right != match[0]:
                yield Hit(line.start + match.start(), line.start + match.end(), right)


def leading_zeros_in_text(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find days with leading zeros in the running text."""
    for line in paper.paragraphs:
        if line.role in ("date", "imprint"):
            continue
        for match in re.finditer(r"(?<!\d)(0\d|\d{1,2})月(0\d|\d{1,2})日", line.text):
            if "0" in (match[1][0], match[2][0]):
                yield Hit(
                    line.start + match.start(),
                    line.start + match.end(),
                    f"{int(match[1])}月{int(match[2])}日",
                )


def mixed(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find years written half in figures, half in characters, or with 零 for 〇."""
    for match in MIXED.finditer(paper.text):
        if re.fullmatch(r"[一二][〇○一二三四五六七八九]{3}年", match[0]):
            continue
        right = _in_figures(match[0])
        if right != match[0]:
            yield Hit(match.start(), match.end(), right)


def incomplete(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 成文日期 that lacks year, month or day."""
    line = next((line for line in reversed(paper.paragraphs) if line.role in ("body", "date")), None)
    if (
        line
        and line.role == "body"
        and re.fullmatch(r"(?:\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日|\d{4}[./-]\d{1,2}[./-]\d{1,2})", line.text)
    ):
        numbers = re.findall(r"\d+", line.text)
        right = f"{numbers[0]}年{int(numbers[1])}月{int(numbers[2])}日" if len(numbers) == 3 else ""
        yield Hit(line.start, line.end, right)


def printed_before(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 印发日期 before 成文日期."""
    for line in paper.having("imprint"):
        match = DATE.search(line.text)
        day = date_of(match) if match else None
        if match and day and paper.day and day < paper.day:
            yield Hit(line.start + match.start(), line.start + match.end(), reason="印发日期早于成文日期")


def unprinted(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find the date of the imprint without 印发 behind it."""
    for line in paper.having("imprint"):
        if (
            (match := DATE.search(line.text))
            and not line.text.endswith("印发")
            and match.end() == len(line.text)
        ):
            yield Hit(line.start + match.start(), line.start + match.end(), f"{match[0]}印发")


def _exists(year: int | None, month: int, day: int) -> bool:
    if not 1 <= month <= 12:
        return False
    return 1 <= day <= monthrange(year or 2024, month)[1]


def _date(match: "re.Match[str]") -> date | None:
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    return date(year, month, day) if _exists(year, month, day) else None


def _years_near(paper: Paper, at: int, month: int, day: int) -> list[int]:
    """Return the years a day without one may belong to: the last named in its paragraph, or the title's and the paper's."""
    begin = paper.text.rfind("\n", 0, at) + 1
    if named := re.findall(r"(20\d{2})年", paper.text[begin:at]):
        return [int(named[-1])]
    years = [int(year) for year in re.findall(r"(20\d{2})年", paper.title)]
    if paper.day:
        gone = (month, day) < (paper.day.month, paper.day.day)
        return [*years, paper.day.year, *([paper.day.year + 1] if gone else [])]
    named = sorted(set(re.findall(r"(20\d{2})年", paper.text)))
    return years or [int(year) for year in named]


def _in_figures(text: str) -> str:
    flat = text.translate({ord("０"): "0", ord("零"): "〇", ord("○"): "〇", ord("o"): "〇", ord("O"): "〇"})
    match = re.fullmatch(
        r"(.{4})年(?:(\d+|[一二三四五六七八九十]+)月)?(?:(\d+|[一二三四五六七八九十]+)日)?", flat
    )
    if not match:
        return text
    out = f"{year_of(match[1])}年"
    out += f"{number_of(match[2])}月" if match[2] else ""
    return out + (f"{number_of(match[3])}日" if match[3] else "")
