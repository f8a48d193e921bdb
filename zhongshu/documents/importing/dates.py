"""Dates as people write them into registers: 2024.3.5, 2024年3月5日 上午9时, 20240305, Excel's serial numbers."""

import re
from datetime import date, datetime, time, timedelta

from zhongshu.base import clock
from zhongshu.matters import bigrams

EARLIEST = 1949
LATEST_AHEAD = 20
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel counts plain days
SERIALS = range(18_000, 80_000)
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE = re.compile(
    r"^([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})(?:日|号)?$"
)
_DAY = re.compile(
    r"^(?:(\d{4})(?:年|[./\-—_、,\s])\s*)?(\d{1,2})\s*(?:月|[./\-—_、,\s])\s*(\d{1,2})\s*(?:日|号)?"
    r"(?:\([一二三四五六日]\)|星期[一二三四五六日]|周[一二三四五六日])?(?P<rest>.*)$"
)
_RUN = re.compile(r"^(\d{4})(\d{2})(\d{2})(?P<rest>.*)$")
_TIME = re.compile(
    r"^[t\s]*(上午|下午|晚|中午|am|pm)?\s*(\d{1,2})(?:[::时点](\d{1,2})?(?:分)?(?:[::]\d{1,2}(?:\.\d+)?)?(?:秒)?)\s*(am|pm)?$"
)
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")


class Unreadable(Exception):  # noqa: N818 - what is said of the cell
    """A cell that is no date; the words say why and how to write it."""


def read(text: str, *, year: int | None = None) -> datetime:
    """Return the moment a cell tells; midnight where it tells only the day."""
    plain = bigrams.normal(text).strip()
    if _SERIAL.match(plain) and int(float(plain)) in SERIALS:
        return _aware(EPOCH + timedelta(minutes=round(float(plain) * 1440)))
    if chinese := _CHINESE.match(plain):
        y, m, d = chinese.groups()
        return _day(int(y.translate(DIGITS)), _number(m), _number(d), "", text)
    found = _RUN.match(plain) or _DAY.match(plain)
    if not found:
        raise Unreadable(f"“{text[:20]}”不是日期，请写成 2024-03-05 这样")
    y, m, d = found.group(1), found.group(2), found.group(3)
    if y is None and year is None:
        raise Unreadable(f"“{text[:20]}”没有写年份")
    return _day(int(y or year or 0), int(m), int(d), found.group("rest"), text)


def _day(year: int, month: int, day: int, rest: str, text: str) -> datetime:
    if not 1 <= month <= 12:
        raise Unreadable(f"“{text[:20]}”里没有{month}月")
    if not EARLIEST <= year <= clock.today().year + LATEST_AHEAD:
        raise Unreadable(f"“{text[:20]}”的年份{year}不对")
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise Unreadable(f"{year}年没有{month}月{day}日这一天") from error
    return datetime.combine(found, _time(rest, text), clock.ZONE)


def _time(rest: str, text: str) -> time:
    if not rest.strip():
        return time()
    found = _TIME.match(rest.strip())
    if not found:
        raise Unreadable(f"“{text[:20]}”的时间看不懂，请写成 2024-03-05 09:30 这样")
    half, hour, minute = found.group(1) or found.group(4), int(found.group(2)), int(found.group(3) or 0)
    if half in ("下午", "晚", "pm") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise Unreadable(f"“{text[:20]}”的时间不对")
    return time(hour, minute)


def _number(words: str) -> int:
    """Read 十, 十二, 二十, 三十一."""
    if "十" not in words:
        return int(words.translate(DIGITS))
    tens, _, ones = words.partition("十")
    return int((tens or "一").translate(DIGITS)) * 10 + int((ones or "零").translate(DIGITS))


def _aware(plain: datetime) -> datetime:
    return plain.replace(tzinfo=clock.ZONE)
