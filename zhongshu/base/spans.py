"""Days and runs of days in words: 10月1日至8日, 2026年10月9日（周五）."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from zhongshu.base import calendars

ONE_DAY = timedelta(days=1)


def days_after(first: date, last: date) -> Iterator[date]:
    """Yield the days after `first` up to and including `last`."""
    for n in range(1, (last - first).days + 1):
        yield first + timedelta(days=n)


def day_words(day: date) -> str:
    """Return 2026年10月9日（周五）."""
    return f"{day.year}年{day.month}月{day.day}日（周{calendars.WEEKDAYS[day.weekday()]}）"


def moment_words(moment: datetime) -> str:
    """Return 2026年10月9日（周五） 17:30."""
    return f"{day_words(moment.date())} {moment:%H:%M}"


def by_note(days: Iterable[date]) -> dict[str, list[date]]:
    """Group days of rest by their reason; plain Saturdays and Sundays are one group, named last."""
    groups: dict[str, list[date]] = {}
    weekends: list[date] = []
    for day in days:
        note = calendars.note_of(day) or "放假"
        (weekends if note in ("周六", "周日") else groups.setdefault(note, [])).append(day)
    return {**groups, "周末": weekends} if weekends else groups


def words(days: Iterable[date], year: int) -> str:
    """Return days as runs; the year is said only where it is not `year`."""
    return "、".join(_run(first, last, year) for first, last in _runs(days))


def _runs(days: Iterable[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and runs[-1][1] + ONE_DAY == day:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _run(first: date, last: date, year: int) -> str:
    words = (
        f"{first.month}月{first.day}日"
        if first.year == year
        else f"{first.year}年{first.month}月{first.day}日"
    )
    if first == last:
        return words
    return f"{words}至{last.day}日" if first.month == last.month else f"{words}至{last.month}月{last.day}日"
