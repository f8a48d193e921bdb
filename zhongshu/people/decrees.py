"""The yearly notice of holidays, read from lines such as 2027-10-01至2027-10-07 休 国庆节."""

from __future__ import annotations

import re
from datetime import date, timedelta

from zhongshu.base import calendars
from zhongshu.base.actors import Actor
from zhongshu.base.calendars import Day
from zhongshu.base.refusals import Refusal, Refused

LINE = re.compile(
    r"^(?P<first>\d{4}-\d{1,2}-\d{1,2})\s*(?:[至—~-]+\s*(?P<last>\d{4}-\d{1,2}-\d{1,2}))?\s*"
    r"(?P<kind>休|班|放假|上班|休息)\s*(?P<note>.*)$"
)
LONGEST = timedelta(days=31)


def take_in(year: int, text: str, *, by: Actor) -> int:
    """Import what the lines say, or where there are none what comes with the software; return how many days."""
    if text.strip():
        return calendars.import_days(read(year, text), by=by, decreed=[year])
    if calendars.is_decreed(year):
        raise Refused.one("CAL-04", f"{year}年日历已经导入，要改请逐日修改或贴入文字", "text")
    if calendars.seed_calendar([year], by=by).get(year) != "decreed":
        raise Refused.one(
            "CAL-05", f"自带数据里还没有{year}年的放假安排，请贴入国务院办公厅通知的日期", "text"
        )
    return len(calendars.book().years.get(year, {})) or _count(year)


def _count(year: int) -> int:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    return sum(1 for day in days if day.year == year and calendars.book().day(day))


def read(year: int, text: str) -> list[Day]:
    """Return the days the lines name, or refuse with every line that cannot be read."""
    days, wrong = list[Day](), list[Refusal]()
    for number, line in enumerate(text.strip().splitlines(), start=1):
        if not line.strip():
            continue
        found = _days(line.strip(), year)
        if found:
            days += found
        else:
            wrong.append(Refusal("CAL-03", f"第{number}行看不懂：{line.strip()[:30]}", "text"))
    if wrong:
        raise Refused(*wrong)
    return days


def _days(line: str, year: int) -> list[Day]:
    match = LINE.match(line)
    if match is None:
        return []
    try:
        first = _day(match["first"])
        last = _day(match["last"]) if match["last"] else first
    except ValueError:
        return []
    if first > last or last - first > LONGEST or year not in (first.year, last.year):
        return []
    works = match["kind"] in ("班", "上班")
    return [
        Day(first + timedelta(days=n), works, match["note"].strip()) for n in range((last - first).days + 1)
    ]


def _day(text: str) -> date:
    year, month, day = map(int, text.split("-"))
    return date(year, month, day)
