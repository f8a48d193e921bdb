"""What each filter of the 收文 registers means: one condition for lists, exports and statistics alike."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from zhongshu.base import calendars, clock
from zhongshu.documents.models import Direction, DocType, HandlingType, IncomingDocument, UnitHandling
from zhongshu.documents.states import RETURNED_TO_SENDER, VOIDED
from zhongshu.matters.models import Urgency

Span = tuple[datetime | None, datetime | None]

COUNTED = Q(registered_at__isnull=False) & ~Q(matter__outcome=VOIDED)
RETURNED = Q(matter__outcome=RETURNED_TO_SENDER)
CLOSED = Q(matter__closed_at__isnull=False) & ~Q(matter__outcome__in=[RETURNED_TO_SENDER, VOIDED])
IN_TIME = Q(matter__due_at__isnull=True) | Q(matter__closed_at__lte=F("matter__due_at"))
TOO_LATE = Q(matter__closed_at__gt=F("matter__due_at"))
NOTHING = Q(pk__in=[])
# A unit from which the paper was taken again has not handled it.
STANDING = ~Q(state=UnitHandling.State.WITHDRAWN)


def late_open() -> Q:
    """Return what is overdue and still open; a suspended paper is not late."""
    return Q(matter__closed_at__isnull=True, matter__paused_at__isnull=True, matter__due_at__lt=clock.now())


def done(word: str) -> Q:
    """Return on time, late, or all that should be closed by now."""
    return {
        "on_time": CLOSED & IN_TIME,
        "late": CLOSED & TOO_LATE,
        "due": CLOSED | late_open(),
    }.get(word, Q())


def handled_by(unit_id: int, word: str = "") -> Q:
    """Return what was put to a unit, and on wish how the unit kept its time."""
    rows = UnitHandling.objects.filter(STANDING, unit_id=unit_id)
    return Q(pk__in=(rows.filter(kept(word)) if word else rows).order_by().values("incoming_id"))


def kept(word: str) -> Q:
    """Return the rows of units that answered on time, late, or not yet though it is past."""
    answered = Q(state=UnitHandling.State.FED_BACK)
    waiting = Q(state__in=[UnitHandling.State.ASSIGNED, UnitHandling.State.SIGNED])
    overdue = waiting & Q(due_at__lt=clock.now(), incoming__matter__closed_at__isnull=True)
    in_time = Q(due_at__isnull=True) | Q(fed_back_at__lte=F("due_at"))
    return {
        "on_time": answered & in_time,
        "late": answered & Q(fed_back_at__gt=F("due_at")),
        "late_open": overdue,
        "due": answered | overdue,
    }.get(word, Q())


def issued_by(words: str) -> Q:
    """Return what came from an issuer: the one of this name, else all whose name holds the words."""
    if IncomingDocument.objects.filter(issuer_name=words).exists():
        return Q(issuer_name=words)
    names = IncomingDocument.objects.filter(issuer_name__contains=words).order_by("issuer_name")
    return Q(issuer_name__in=list(names.values_list("issuer_name", flat=True).distinct()[:100]))


def _one_of(column: str, offered: list[str]) -> Callable[[str], Q]:
    return lambda value: Q(**{column: value}) if value in offered else NOTHING


def _unit(value: str) -> Q:
    return handled_by(int(value)) if value.isascii() and value.isdigit() else NOTHING


MEANINGS: dict[str, Callable[[str], Q]] = {
    "urgency": _one_of("matter__urgency", Urgency.values),
    "doc_type": _one_of("doc_type", DocType.values),
    "direction": _one_of("direction", Direction.values),
    "handling": _one_of("handling_type", HandlingType.values),
    "unit": _unit,
    "issuer": issued_by,
    "done": done,
    "counted": lambda _: COUNTED,
}


# Filters that an index answers, so that few hits can be taken whole.
SHARP = ("issuer", "unit", "doc_type")


def sharp(chosen: Mapping[str, str]) -> list[Q]:
    """Return those of the chosen filters that an index answers."""
    return [MEANINGS[key](chosen[key]) for key in SHARP if chosen.get(key)]


def of_documents(chosen: Mapping[str, str]) -> list[Q]:
    """Return the conditions on documents that the chosen filters set, time apart."""
    found = [MEANINGS[key](value) for key, value in chosen.items() if value and key in MEANINGS]
    unit, word = chosen.get("unit", ""), chosen.get("unit_done", "")
    if word and unit.isdigit():
        found.append(handled_by(int(unit), word))
    return found


def in_year(text: str, column: str) -> Q:
    """Return the moments of a year; what is no year finds nothing."""
    if not _is_year(text):
        return NOTHING
    begin, end = clock.year_range(int(text))
    return Q(**{f"{column}__gte": begin, f"{column}__lt": end})


def in_year_of_days(text: str, column: str) -> Q:
    """Return the days of a year, for columns that hold plain dates."""
    return (
        Q(**{f"{column}__gte": date(int(text), 1, 1), f"{column}__lte": date(int(text), 12, 31)})
        if _is_year(text)
        else NOTHING
    )


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1900 < int(text) < 9000


def span_of(chosen: Mapping[str, str]) -> Span:
    """Return from when until when the papers shall have come: the year, narrowed by days."""
    since: datetime | None = None
    until: datetime | None = None
    year = chosen.get("year", "")
    if _is_year(year):
        since, until = clock.year_range(int(year))
    first, last = _day(chosen.get("received_from", "")), _day(chosen.get("received_to", ""))
    if first:
        since = max(since or clock.midnight(first), clock.midnight(first))
    if last:
        end = clock.midnight(last + timedelta(days=1))
        until = min(until or end, end)
    return since, until


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def within(span: Span, column: str) -> Q:
    """Return the half-open range as a condition on a column."""
    since, until = span
    found = Q(**{f"{column}__gte": since}) if since else Q()
    return found & Q(**{f"{column}__lt": until}) if until else found


def of_light(colour: str, near: int, *, on: str = "") -> Q:
    """Return which open parts show this light: the same borders as `base.lights.light`.

    `on` is the path to the deadline's row, "" on Part and "matter__" on a room's own rows.
    """
    if not colour:
        return Q()
    if colour == "paused":
        return Q(matter__paused_at__isnull=False)
    now = clock.now()
    edge = clock.midnight(calendars.add_workdays(clock.local(now).date(), near + 1))
    ranges = {
        "r": Q(**{f"{on}due_at__lt": now}),
        "y": Q(**{f"{on}due_at__gte": now, f"{on}due_at__lt": edge}),
        "g": Q(**{f"{on}due_at__gte": max(now, edge)}),
    }
    return ranges[colour] & Q(matter__paused_at__isnull=True)
