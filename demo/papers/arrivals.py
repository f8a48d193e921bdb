"""When papers arrive: by working days and their weight in the year, within office hours, urgent ones at any hour."""

import datetime as dt
import random
from collections.abc import Iterator

from demo.papers import phrases, seasons
from demo.papers.paper import Arrival

ZONE = dt.timezone(dt.timedelta(hours=8))
QUIETER = 0.89
_BUSY = {1: 1.1, 2: 0.8, 3: 1.2, 6: 1.1, 9: 1.1, 10: 0.85, 11: 1.15, 12: 1.3}
_HOURS = (9, 9, 9, 10, 10, 11, 8, 14, 15, 15, 16, 16, 17)


def days_of(
    rng: random.Random, now: dt.datetime, count: int, span: int, quiet_until: dt.date
) -> Iterator[dt.date]:
    """Yield the arrival days in order; more in December and March, more on Mondays, few on days off."""
    today = now.date()
    days = [today - dt.timedelta(days=back) for back in range(span, -1, -1)]
    weights = [_weight(day) * (_elapsed(now) if day == today else 1.0) for day in days]
    weights = [
        weight * (QUIETER if day < quiet_until else 1.0) for day, weight in zip(days, weights, strict=True)
    ]
    yield from sorted(rng.choices(days, weights, k=count))


def _weight(day: dt.date) -> float:
    if not seasons.is_workday(day):
        return 0.02
    return _BUSY.get(day.month, 1.0) * (1.25 if day.weekday() == 0 else 1.0)


def _elapsed(now: dt.datetime) -> float:
    """How much of today's office hours has passed."""
    return min(1.0, max(0.0, (now.hour - 8) / 9))


def moment(rng: random.Random, day: dt.date, urgency: str, now: dt.datetime) -> dt.datetime:
    hour = rng.choice(_HOURS)
    if urgency == "extra_urgent":
        hour = rng.randint(6, 21)
    at = dt.datetime.combine(day, dt.time(hour, rng.randrange(60)), ZONE)
    latest = now - dt.timedelta(minutes=rng.randint(4, 90))
    return min(at, latest)


def ways(rng: random.Random, first: dt.datetime, urgency: str, is_superior: bool) -> tuple[Arrival, ...]:
    """The ways a paper came: mostly one; some come by fax first and on paper after."""
    known = (("电子交换", 3), ("传真", 2)) if urgency == "extra_urgent" else phrases.CHANNELS
    way = Arrival(rng.choices([name for name, _ in known], [weight for _, weight in known])[0], first)
    if is_superior and way.channel in {"电子交换", "传真"} and rng.random() < 0.05:
        later = first + dt.timedelta(days=rng.randint(1, 3), minutes=rng.randint(-60, 60))
        return way, Arrival(rng.choice(("机要交换", "邮寄")), later)
    return (way,)
