"""A year of the working calendar laid out by months and weeks, for the year view."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from zhongshu.base import calendars, clock


@dataclass(frozen=True)
class Cell:
    """One day in the year view."""

    date: date
    is_workday: bool
    is_special: bool
    note: str
    is_today: bool

    @property
    def words(self) -> str:
        return f"{self.date:%-m月%-d日} {'上班' if self.is_workday else '休息'}{' ' + self.note if self.note else ''}"


@dataclass(frozen=True)
class Month:
    """One month: weeks from Monday to Sunday, None outside the month."""

    number: int
    weeks: list[list[Cell | None]]


def months(year: int) -> list[Month]:
    """Return the twelve months."""
    return [Month(number, _weeks(year, number)) for number in range(1, 13)]


def workdays(year: int) -> int:
    """Count the working days of a year."""
    return calendars.workdays_between(date(year, 1, 1) - timedelta(days=1), date(year, 12, 31))


def _weeks(year: int, month: int) -> list[list[Cell | None]]:
    weeks = Calendar().monthdatescalendar(year, month)
    return [[_cell(day) if day.month == month else None for day in week] for week in weeks]


def _cell(day: date) -> Cell:
    works = calendars.is_workday(day)
    return Cell(day, works, works != (day.weekday() < 5), calendars.note_of(day), day == clock.today())
