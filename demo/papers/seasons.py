"""What the day of the year says: working days, the festival ahead, the period a report speaks of."""

import datetime as dt
from functools import cache

import chinese_calendar

WEEKDAYS = "一二三四五六日"
_FESTIVALS = (
    ((1, 1), (1, 1), "元旦"),
    ((1, 2), (2, 20), "春节"),
    ((3, 10), (4, 5), "清明节"),
    ((4, 6), (5, 4), "“五一”"),
    ((5, 20), (6, 22), "端午节"),
    ((9, 1), (10, 7), "中秋国庆"),
    ((12, 1), (12, 31), "元旦"),
)
_QUARTERS = {4: "第一季度", 7: "上半年", 10: "前三季度"}


@cache
def is_workday(day: dt.date) -> bool:
    """Ask the decreed calendar; a year not yet decreed is Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def workday_on_or_after(day: dt.date) -> dt.date:
    while not is_workday(day):
        day += dt.timedelta(days=1)
    return day


def add_workdays(day: dt.date, count: int) -> dt.date:
    for _ in range(count):
        day = workday_on_or_after(day + dt.timedelta(days=1))
    return day


def workday_before(day: dt.date) -> dt.date:
    day -= dt.timedelta(days=1)
    while not is_workday(day):
        day -= dt.timedelta(days=1)
    return day


def meeting_day(day: dt.date) -> dt.date:
    """When a meeting announced on that day is held."""
    return workday_on_or_after(day + dt.timedelta(days=4))


def festival(day: dt.date) -> str:
    """The festival offices prepare for on that day, or nothing."""
    at = (day.month, day.day)
    return next((name for first, last, name in _FESTIVALS if first <= at <= last), "")


def period(day: dt.date) -> str:
    """The span a report of that day covers: 2026年1—5月, 2026年上半年, 2025年."""
    if day.month == 1:
        return f"{day.year - 1}年"
    if day.month == 2:
        return f"{day.year}年1月"
    if day.month in _QUARTERS and day.day > 8:
        return f"{day.year}年{_QUARTERS[day.month]}"
    return f"{day.year}年1—{day.month - 1}月"


def spoken(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"


def full(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
