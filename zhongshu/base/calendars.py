"""The working calendar: is this day a working day, and which is the n-th after it."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from datetime import time as clock_time

from django.conf import settings
from django.db.models import F

from zhongshu.base import acts
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.models import CalendarVersion, CalendarYear, WorkCalendar
from zhongshu.base.models.calendars import YearState
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record

VERSION_ID = 1
# Another process's change is seen after at most so many seconds; asking each time would cost a query a row.
CHECK_EVERY = 2.0
WEEKDAYS = "一二三四五六日"
ONE_DAY = timedelta(days=1)


@dataclass
class Book:
    """A copy of the calendar at one version; its years are read when first asked for."""

    version: int
    checked_at: float = 0.0
    years: dict[int, dict[date, tuple[bool, str]]] = field(default_factory=dict)

    def day(self, day: date) -> tuple[bool, str] | None:
        """Return (is it a working day, note) where it is decreed."""
        if day.year not in self.years:
            self.years[day.year] = _read_year(day.year)
        return self.years[day.year].get(day)


_shared: Book | None = None


def _read_year(year: int) -> dict[date, tuple[bool, str]]:
    rows = WorkCalendar.objects.filter(year=year).values_list("date", "is_workday", "note")
    return {day: (works, note) for day, works, note in rows}


def _version() -> int:
    return CalendarVersion.objects.filter(pk=VERSION_ID).values_list("version", flat=True).first() or 0


def book() -> Book:
    """Return the calendar as it is known now; an act that changes it reads its own copy."""
    global _shared  # noqa: PLW0603 - the one copy of this process
    if (now := acts.current()) and isinstance(own := now.notes.get("calendar"), Book):
        return own
    found, moment = _shared, time.monotonic()
    if found and moment - found.checked_at < CHECK_EVERY:
        return found
    version = _version()
    if found is None or found.version != version:
        found = Book(version)
    found.checked_at = moment
    _shared = found
    return found


def forget() -> None:
    """Drop this process's copy."""
    global _shared  # noqa: PLW0603
    _shared = None


def is_workday(day: date) -> bool:
    """Say whether the office works that day; Monday to Friday where nothing is decreed."""
    known = book().day(day)
    return known[0] if known else day.weekday() < 5


def note_of(day: date) -> str:
    """Return why the day is as it is: 国庆节, 周六, 春节调休上班."""
    known = book().day(day)
    if known and known[1]:
        return known[1]
    return f"周{WEEKDAYS[day.weekday()]}" if day.weekday() > 4 else ""


def next_workday(day: date) -> date:
    """Return the first working day after the day."""
    return add_workdays(day, 1)


def on_or_after(day: date) -> date:
    """Return the day itself if the office works, else the first working day after it."""
    return day if is_workday(day) else next_workday(day)


def add_workdays(day: date, count: int) -> date:
    """Return the count-th working day after the day (before it, if count is negative)."""
    step = ONE_DAY if count >= 0 else -ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_workday(day)
    return day


def workdays_between(first: date, last: date) -> int:
    """Count the working days after `first` up to and including `last`; negative if last comes before."""
    if last < first:
        return -workdays_between(last, first)
    return sum(is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def is_decreed(year: int) -> bool:
    """Say whether the holidays of the year are known."""
    return CalendarYear.objects.filter(year=year, state=YearState.DECREED).exists()
