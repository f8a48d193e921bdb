"""Deadlines: when something falls due, and the same in words that an official can check by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zhongshu.base import calendars, clock, spans
from zhongshu.base.lights import Light, light
from zhongshu.base.models import DeadlinePolicy
from zhongshu.base.models.deadlines import Unit
from zhongshu.base.policies import change_policy, declare_policy, policies, policy
from zhongshu.base.spans import day_words, moment_words

__all__ = [
    "Deadline", "DeadlinePolicy", "ExplainLine", "Light", "Pause", "Unit", "change_policy", "compute",
    "declare_policy", "light", "policies", "policy",
]  # fmt: skip

# From, until; an open end means that the pause still lasts.
Pause = tuple[datetime, datetime | None]
Stop = tuple[datetime, datetime]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ExplainLine:
    """One step of the reckoning; kind is start, add, skip, work, pause, roll, note or due."""

    kind: str
    text: str


@dataclass(frozen=True)
class Deadline:
    """When it falls due and why."""

    due_at: datetime
    steps: tuple[ExplainLine, ...]
    is_provisional: bool = False

    def explain(self) -> list[str]:
        """Return the reckoning in lines of Chinese."""
        return [step.text for step in self.steps]


@dataclass(frozen=True)
class _Count:
    """Days counted from the day after the first: where it ended, and which days were passed over."""

    first: date
    last: date
    rests: tuple[date, ...]
    held: tuple[date, ...]
    made_up: tuple[date, ...]


def compute(
    rule: DeadlinePolicy | tuple[int, str],
    start: datetime,
    pauses: Iterable[Pause] = (),
    *,
    extra: int = 0,
    end_of_day: time | None = None,
) -> Deadline:
    """Reckon the deadline of what began at `start`; `extra` is what was granted on top, in the same unit."""
    if isinstance(rule, DeadlinePolicy):
        quantity, unit, end_of_day = rule.quantity, Unit(rule.unit), end_of_day or rule.end_of_day
    else:
        quantity, unit = rule[0], Unit(rule[1])
    start = clock.local(start)
    stops = _merged(pauses, start)
    if unit == Unit.HOUR:
        return _in_hours(quantity, extra, start, stops)
    return _in_days(quantity, extra, unit, start, stops, end_of_day or calendars.end_of_office())


def _merged(pauses: Iterable[Pause], start: datetime) -> list[Stop]:
    """Return the pauses in order, without overlaps, as far as they lie after the start."""
    merged: list[Stop] = []
    for since, until in sorted((clock.local(a), clock.local(b or clock.now())) for a, b in pauses):
        since = max(since, start, merged[-1][1] if merged else start)
        if until > since:
            merged.append((since, until))
    return merged


def _in_hours(quantity: int, extra: int, start: datetime, stops: list[Stop]) -> Deadline:
    """Hours run through night and holiday; only a pause holds them."""
    due = start.replace(second=0, microsecond=0) + timedelta(hours=quantity + extra)
    words = f"起算：{moment_words(start)}，连续计算{quantity}小时，夜间和节假日照走"
    steps = [ExplainLine("start", words), *_extension(extra, Unit.HOUR)]
    for since, until in stops:
        if since >= due:
            break
        due += timedelta(minutes=(until - since) // timedelta(minutes=1))
        words = f"暂停不计：{moment_words(since)}至{moment_words(until)}"
        steps.append(ExplainLine("pause", words))
    steps.append(ExplainLine("due", f"到期：{moment_words(due)}"))
    return Deadline(due, tuple(steps))


def _in_days(
    quantity: int, extra: int, unit: Unit, start: datetime, stops: list[Stop], closing: time
) -> Deadline:
    """The first day is not counted; what ends on a day of rest ends on the next working day."""
    first = start.date()
    days = quantity + extra
    if unit == Unit.MONTH:
        days = (_same_day(first, days) - first).days
    held = {day for since, until in stops for day in spans.days_after(since.date(), until.date())}
    count = _count(first, days, held, only_workdays=unit == Unit.WORKDAY)
    last = calendars.on_or_after(count.last)
    due = datetime.combine(last, closing, clock.ZONE)
    years = [year for year in range(first.year, last.year + 1) if not calendars.is_decreed(year)]
    steps = [
        ExplainLine("start", f"起算：{day_words(first)}，当日不计入，计{quantity}{unit.label}"),
        *_extension(extra, unit),
        *_passed_over(count),
        *_rolled(count.last, last),
        *[ExplainLine("note", f"{y}年放假安排尚未公布，暂按周一至周五计算，公布后重算") for y in years],
        ExplainLine("due", f"到期：{day_words(last)} {closing:%H:%M}"),
    ]
    return Deadline(due, tuple(steps), bool(years))


def _same_day(first: date, months: int) -> date:
    """Return the matching day so many months on, else the end of that month."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    end = date(year + (month == 11), (month + 1) % 12 + 1, 1) - ONE_DAY
    return end.replace(day=min(first.day, end.day))


def _count(first: date, left: int, held: set[date], *, only_workdays: bool) -> _Count:
    """Count the days; from the day after a pause began to the day it ended, none is counted."""
    day, rests, stopped, made_up = first, [], [], []
    while left:
        day += ONE_DAY
        if day in held:
            stopped.append(day)
        elif only_workdays and not calendars.is_workday(day):
            rests.append(day)
        else:
            left -= 1
            if only_workdays and day.weekday() > 4:
                made_up.append(day)
    return _Count(first, day, tuple(rests), tuple(stopped), tuple(made_up))


def _extension(extra: int, unit: Unit) -> list[ExplainLine]:
    return [ExplainLine("add", f"另准延长{extra}{unit.label}")] if extra else []


def _passed_over(count: _Count) -> list[ExplainLine]:
    """Name the days of rest, the pause, and the weekends on which the office worked."""
    lines = [
        ExplainLine("skip", f"扣除{note} {len(days)} 天：{spans.words(days, count.first.year)}")
        for note, days in spans.by_note(count.rests).items()
    ]
    if count.held:
        days = spans.words(count.held, count.first.year)
        lines.append(ExplainLine("pause", f"暂停不计 {len(count.held)} 天：{days}"))
    lines += [
        ExplainLine("work", f"{day_words(day)}{calendars.note_of(day)}，照常计入") for day in count.made_up
    ]
    return lines


def _rolled(counted: date, last: date) -> list[ExplainLine]:
    if counted == last:
        return []
    why = calendars.note_of(counted)
    return [ExplainLine("roll", f"顺延：{day_words(counted)}为{why}，顺延至{day_words(last)}")]
