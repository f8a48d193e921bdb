"""Moving through office hours: what is begun at four and takes three hours ends the next morning."""

import datetime as dt
from functools import cache

from zhongshu.base import calendars, clock

_SPANS = ((dt.time(8, 30), dt.time(12, 0)), (dt.time(14, 30), dt.time(17, 30)))


@cache
def is_workday(day: dt.date) -> bool:
    return calendars.is_workday(day)


def working(at: dt.datetime, hours: float) -> dt.datetime:
    """Return the moment so many office hours later."""
    left = dt.timedelta(hours=hours)
    at = opening(at)
    while True:
        end = _end_of_span(at)
        if at + left <= end:
            return at + left
        left -= end - at
        at = opening(end)


def opening(at: dt.datetime) -> dt.datetime:
    """Return the moment itself if the office is open, else when it next opens."""
    day = at.date()
    while True:
        for start, end in spans(day):
            if at < end:
                return max(at, start)
        day += dt.timedelta(days=1)


@cache
def spans(day: dt.date) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    """Return when the office is open on a day."""
    if not is_workday(day):
        return ()
    return tuple(
        (dt.datetime.combine(day, start, clock.ZONE), dt.datetime.combine(day, end, clock.ZONE))
        for start, end in _SPANS
    )


def _end_of_span(at: dt.datetime) -> dt.datetime:
    return next(end for _, end in spans(at.date()) if at < end)
