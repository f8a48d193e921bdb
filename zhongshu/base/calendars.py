"""The working calendar: is this day a working day, and which is the n-th after it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from time import monotonic

import chinese_calendar
from django.conf import settings
from django.db.models import F

from zhongshu.base import acts, clock
from zhongshu.base.actors import SYSTEM, Actor
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
FEASTS = {"Tomb-sweeping Day": "清明节", "Dragon Boat Festival": "端午节", "Mid-autumn Festival": "中秋节"}


@dataclass
class Book:
    """A copy of the calendar at one version; its years are read when first asked for."""

    version: int
    checked_at: float = 0.0
    years: dict[int, dict[date, tuple[bool, str]]] = field(default_factory=dict)
    decreed: frozenset[int] | None = None

    def knows(self, year: int) -> bool:
        """Say whether the holidays of the year are decreed."""
        if self.decreed is None:
            self.decreed = frozenset(
                CalendarYear.objects.filter(state=YearState.DECREED).values_list("year", flat=True)
            )
        return year in self.decreed

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
    found, moment = _shared, monotonic()
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
    return book().knows(year)


def office_hours() -> list[tuple[time, time]]:
    """Return the hours of the office, morning first (ZHONGSHU_OFFICE_HOURS)."""
    spans = [span.split("-") for span in settings.ZHONGSHU_OFFICE_HOURS.split(",")]
    return [(time.fromisoformat(start.strip()), time.fromisoformat(end.strip())) for start, end in spans]


def end_of_office() -> time:
    """Return when the office closes: the moment at which a day's deadline runs out."""
    return office_hours()[-1][1]


def is_office_time(moment: datetime) -> bool:
    """Say whether the office is open at the moment."""
    here = clock.local(moment)
    open_now = any(start <= here.time() < end for start, end in office_hours())
    return open_now and is_workday(here.date())


# Called inside the act that changed the calendar, with the first and last day concerned.
ChangeHook = Callable[..., object]
_hooks: list[ChangeHook] = []


def on_calendar_change(hook: ChangeHook) -> ChangeHook:
    """Register `hook(first, last, *, by)`, which computes open deadlines anew when days change."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


@dataclass(frozen=True)
class Day:
    """What is to be known of one day."""

    date: date
    is_workday: bool
    note: str = ""


@act("set_calendar_day")
def set_day(date: date, is_workday: bool, note: str, *, by: Actor) -> None:
    """Say of one day whether the office works."""
    _write([Day(date, is_workday, note)])
    words = f"{date:%Y年%-m月%-d日}{'上班' if is_workday else '休息'}：{note}"
    record(
        "set_calendar_day",
        by=by,
        object_kind="workcalendar",
        object_id=date.isoformat(),
        label="改工作日历",
        text=words,
    )
    _changed(date, date, by)


@act("import_calendar")
def import_days(days: Iterable[Day], *, by: Actor, decreed: Iterable[int] = ()) -> int:
    """Take in the days of a decree; the `decreed` years are no longer provisional. Return how many days."""
    fresh, years = sorted(set(days), key=lambda day: day.date), sorted(set(decreed))
    if not fresh and not years:
        raise Refused.one("CAL-01", "没有可以导入的日子", "file")
    if twice := [left.date for left, right in pairwise(fresh) if left.date == right.date]:
        raise Refused.one("CAL-02", f"{twice[0]:%Y年%-m月%-d日}出现了两次，且说法不一", "file")
    _write(fresh)
    _decree(years)
    words = f"{len(fresh)}天" + (f"，{'、'.join(map(str, years))}年已公布" if years else "")
    record(
        "import_calendar", by=by, object_kind="workcalendar", object_id="", label="导入工作日历", text=words
    )
    dates = [day.date for day in fresh]
    dates += [edge for year in years for edge in (date(year, 1, 1), date(year, 12, 31))]
    _changed(min(dates), max(dates), by)
    return len(fresh)


def seed_calendar(years: Iterable[int], *, by: Actor = SYSTEM) -> dict[int, str]:
    """Take the years from `chinesecalendar`, each as far as it is known; years already decreed stay as they are."""
    wanted = [year for year in years if not is_decreed(year)]
    known = {year: days for year in wanted if (days := _days_of(year)) is not None}
    if known:
        import_days([day for days in known.values() for day in days], by=by, decreed=known)
    return {year: YearState.DECREED if year in known else YearState.PROVISIONAL for year in wanted}


@cache
def _days_of(year: int) -> list[Day] | None:
    """Return the special days of a year, or None while its decree has not come."""
    first = date(year, 1, 1)
    try:
        chinese_calendar.is_workday(first)
    except NotImplementedError:
        return None
    every = (first + timedelta(days=n) for n in range(366))
    return [day for each in every if each.year == year and (day := _special(each))]


def _special(day: date) -> Day | None:
    rests, name = chinese_calendar.get_holiday_detail(day)
    if name is None:
        return None
    words = FEASTS.get(name) or chinese_calendar.Holiday(name).chinese
    return Day(day, not rests, words if rests else f"{words}调休上班")


def _write(days: list[Day]) -> None:
    WorkCalendar.objects.bulk_create(
        [WorkCalendar(date=d.date, year=d.date.year, is_workday=d.is_workday, note=d.note) for d in days],
        update_conflicts=True,
        unique_fields=["date"],
        update_fields=["is_workday", "note"],
    )


def _decree(years: list[int]) -> None:
    CalendarYear.objects.bulk_create(
        [CalendarYear(year=year, state=YearState.DECREED) for year in years],
        update_conflicts=True,
        unique_fields=["year"],
        update_fields=["state"],
    )


def _changed(first: date, last: date, by: Actor) -> None:
    """Let this act read its own copy, let the others know, and have open deadlines computed anew."""
    CalendarVersion.objects.bulk_create([CalendarVersion(pk=VERSION_ID)], ignore_conflicts=True)
    CalendarVersion.objects.filter(pk=VERSION_ID).update(version=F("version") + 1)
    acts.running().notes["calendar"] = Book(version=-1)
    acts.after_commit(forget)
    for hook in _hooks:
        hook(first, last, by=by)
