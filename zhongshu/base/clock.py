"""The one clock: what time it is in the office, and half-open ranges of days and years."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

_fixed: ContextVar[datetime | None] = ContextVar("fixed time", default=None)


def now() -> datetime:
    """Return the office's present moment, aware."""
    return _fixed.get() or datetime.now(ZONE)


def today() -> date:
    """Return the office's present day."""
    return now().date()


def local(moment: datetime) -> datetime:
    """Return the moment on the office's wall clock."""
    return moment.astimezone(ZONE)


def midnight(day: date) -> datetime:
    """Return the moment at which the day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def day_range(day: date) -> tuple[datetime, datetime]:
    """Return the day as [from, to)."""
    return midnight(day), midnight(day + timedelta(days=1))


def year_range(year: int) -> tuple[datetime, datetime]:
    """Return the year as [from, to)."""
    return midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))


@contextmanager
def fixed(at: datetime) -> Iterator[datetime]:
    """Hold the clock at a moment, for tests and for the demonstration year."""
    if at.tzinfo is None:
        raise ValueError("the clock is set with an aware moment")
    token = _fixed.set(local(at))
    try:
        yield local(at)
    finally:
        _fixed.reset(token)
