"""Figures of §2.15: each knows its rows, so that a click leads from the figure down to exactly these.

Every figure counts by a condition of `registers.conditions`; the register filters by the same one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhongshu.base import calendars, clock
from zhongshu.base.actors import Actor
from zhongshu.documents.models import (
    Direction,
    DocType,
    IncomingDocument,
    LeaderInstruction,
    ReportedFigure,
    ReturnSlip,
)
from zhongshu.documents.registers import conditions
from zhongshu.documents.registers.conditions import CLOSED, COUNTED, IN_TIME, TOO_LATE, late_open
from zhongshu.documents.states import KIND
from zhongshu.matters.models import Part

DASH = "—"
BOOK, RETURNS, INSTRUCTIONS = (
    "documents:incoming_register",
    "documents:return_register",
    "documents:instruction_register",
)


@dataclass(frozen=True)
class Link:
    """The rows behind a number: in which book, by which filters, and how many they are."""

    count: int
    query: str
    book: str = BOOK
    label: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure as shown, last year's beside it, and the rows it is made of."""

    key: str
    label: str
    value: str
    before: str = ""
    change: str = ""
    links: tuple[Link, ...] = ()
    note: str = ""

    @property
    def link(self) -> Link | None:
        """Return the rows of the figure itself."""
        return self.links[0] if self.links else None


@dataclass(frozen=True)
class Span:
    """The part of a year that counts: this year up to today, and the year before up to the same day."""

    year: int
    until: date | None = None

    @classmethod
    def of(cls, year: int) -> "Span":
        """Return the whole of a past year, this year so far."""
        return cls(year, clock.today() if year == clock.today().year else None)

    @property
    def before(self) -> "Span":
        """Return the same part of the year before."""
        if self.until is None:
            return Span(self.year - 1)
        leap_day = (self.until.month, self.until.day) == (2, 29)
        return Span(
            self.year - 1, self.until.replace(year=self.year - 1, day=28 if leap_day else self.until.day)
        )

    @property
    def is_cut(self) -> bool:
        """Tell whether a part of the year is left out; nothing comes after today anyhow."""
        return self.until is not None and self.until != clock.today()

    @property
    def range(self) -> tuple[datetime, datetime]:
        """Return it half open."""
        begin, end = clock.year_range(self.year)
        return begin, clock.day_range(self.until)[1] if self.until and self.is_cut else end

    def query(self, **filters: str) -> str:
        """Write the address of its rows in the register."""
        pairs = {"view": "all", "year": str(self.year), "counted": "1", **filters}
        if self.until and self.is_cut:
            pairs["received_to"] = self.until.isoformat()
        return urlencode({key: value for key, value in pairs.items() if value})


def ratio(part: int, whole: int) -> str:
    """Write a percentage; without a denominator it is a dash, never 0 % or 100 %."""
    return f"{100 * part / whole:.1f}%" if whole else DASH


def growth(now: int, before: int) -> str:
    """Write how a count changed against last year."""
    return f"{100 * (now - before) / before:+.1f}%" if before else DASH


def received(actor: Actor, span: Span) -> QuerySet[IncomingDocument]:
    """Return what the actor's office received in the span, voided ones apart."""
    begin, end = span.range
    mine = IncomingDocument.objects.filter(COUNTED, matter__tenant_id=actor.office, matter__kind=KIND)
    return mine.filter(matter__sort_at__gte=begin, matter__sort_at__lt=end)


def unseen(actor: Actor, year: int) -> int:
    """Return how many are counted that the actor may not see (工作秘密件 without a part)."""
    part = Part.objects.filter(matter=OuterRef("pk"), principal_id__in=actor.principals)
    hidden = received(actor, Span.of(year)).filter(matter__label="work_secret")
    return hidden.filter(~Exists(part)).count()


def figures(actor: Actor, year: int) -> list[Figure]:
    """Return the figures of the year beside last year's."""
    return list(_figures(actor, Span.of(year)))


def _figures(actor: Actor, span: Span) -> Iterator[Figure]:
    now, before = _counts(received(actor, span)), _counts(received(actor, span.before))
    yield _counted("received", "收文数", now["all"], before["all"], span)
    yield _counted("actions", "办件", now["actions"], before["actions"], span, handling="action")
    yield _counted("requests", "请示", now["requests"], before["requests"], span, doc_type=DocType.REQUEST)
    yield _counted("upward", "基层来文", now["upward"], before["upward"], span, direction=Direction.UPWARD)
    yield _on_time(now, before, span)
    yield _late_open(now, span)
    yield _mean_days(actor, span, now["closed"])
    yield _returned(actor, span, now["all"], before["all"])
    yield _instructions(actor, span)


def _counted(key: str, label: str, now: int, before: int, span: Span, **filters: str) -> Figure:
    links = (Link(now, span.query(**filters)), Link(before, span.before.query(**filters)))
    return Figure(key, label, str(now), str(before), growth(now, before), links)


def _counts(rows: QuerySet[IncomingDocument]) -> dict[str, int]:
    return rows.aggregate(
        all=Count("pk"),
        actions=Count("pk", filter=Q(handling_type="action")),
        requests=Count("pk", filter=Q(doc_type=DocType.REQUEST)),
        upward=Count("pk", filter=Q(direction=Direction.UPWARD)),
        closed=Count("pk", filter=CLOSED),
        on_time=Count("pk", filter=CLOSED & IN_TIME),
        late=Count("pk", filter=CLOSED & TOO_LATE),
        late_open=Count("pk", filter=late_open()),
    )


def _on_time(now: dict[str, int], before: dict[str, int], span: Span) -> Figure:
    return Figure(
        "on_time",
        "按时办结率",
        ratio(now["on_time"], now["closed"] + now["late_open"]),
        ratio(before["on_time"], before["closed"] + before["late_open"]),
        links=(
            Link(now["on_time"], span.query(done="on_time"), label="按时办结"),
            Link(now["late"], span.query(done="late"), label="逾期办结"),
            Link(now["closed"] + now["late_open"], span.query(done="due"), label="应办结"),
        ),
        note="按时办结 ÷（已办结＋逾期未办结）",
    )


def _late_open(now: dict[str, int], span: Span) -> Figure:
    link = Link(now["late_open"], span.query(light="r"))
    return Figure("late_open", "逾期未办结", str(now["late_open"]), links=(link,), note="暂停的不计")


def _mean_days(actor: Actor, span: Span, closed: int) -> Figure:
    return Figure(
        "days",
        "平均办理时长",
        _mean_workdays(received(actor, span)),
        _mean_workdays(received(actor, span.before)),
        links=(Link(closed, span.query(view="closed"), label="已办结"),),
        note="收文到办结的工作日",
    )


def _mean_workdays(rows: QuerySet[IncomingDocument]) -> str:
    spans = rows.filter(CLOSED).values_list("matter__sort_at", "matter__closed_at")
    known: dict[tuple[date, date], int] = {}
    total = count = 0
    for arrived, closed in spans.iterator(chunk_size=5000):
        if closed is not None:
            days = clock.local(arrived).date(), clock.local(closed).date()
            if days not in known:
                known[days] = calendars.workdays_between(*days)
            total, count = total + known[days], count + 1
    return f"{total / count:.1f}天" if count else DASH


def returned(actor: Actor, year: int) -> Figure:
    """Return the 退文率 of a year by itself, for the book of 退文."""
    span = Span.of(year)
    all_now = received(actor, span).count()
    figure = _returned(actor, span, all_now, received(actor, span.before).count())
    return replace(figure, note=f"{figure.links[0].count} ÷ {all_now}")


def _returned(actor: Actor, span: Span, now: int, before: int) -> Figure:
    sent_back = _slips(actor, span)
    return Figure(
        "returned",
        "退文率",
        ratio(sent_back, now),
        ratio(_slips(actor, span.before), before),
        links=(Link(sent_back, urlencode({"view": "approved", "year": span.year}), RETURNS, "退文"),),
        note="退文数 ÷ 来文数",
    )


def _slips(actor: Actor, span: Span) -> int:
    begin, end = span.range
    approved = ReturnSlip.objects.filter(
        state=ReturnSlip.State.APPROVED, incoming__matter__tenant_id=actor.office
    )
    return approved.filter(approved_at__gte=begin, approved_at__lt=end).count()


def _instructions(actor: Actor, span: Span) -> Figure:
    closed, total = _instruction_counts(actor, span)
    closed_before, total_before = _instruction_counts(actor, span.before)
    pairs = {"year": span.year, "action": "do"}
    return Figure(
        "instructions",
        "批示件办结率",
        ratio(closed, total),
        ratio(closed_before, total_before),
        links=(
            Link(closed, urlencode({"view": "closed", **pairs}), INSTRUCTIONS, "已办结"),
            Link(total, urlencode({"view": "all", **pairs}), INSTRUCTIONS, "已登记"),
        ),
        note="已办结 ÷ 已登记的请办件；点开只列您知悉范围内的",
    )


def _instruction_counts(actor: Actor, span: Span) -> tuple[int, int]:
    begin, end = span.range
    rows = LeaderInstruction.objects.filter(
        matter__tenant_id=actor.office, instructed_at__gte=begin, instructed_at__lt=end, action="do"
    )
    counts = rows.aggregate(all=Count("pk"), closed=Count("pk", filter=Q(matter__closed_at__isnull=False)))
    return counts["closed"], counts["all"]


def in_hand(actor: Actor, near: int) -> dict[str, int]:
    """Return the lights of everything the office has in hand now."""
    rows = IncomingDocument.objects.filter(
        matter__tenant_id=actor.office, matter__kind=KIND, matter__closed_at__isnull=True
    )
    lights = {
        colour: Count("pk", filter=conditions.of_light(colour, near, on="matter__"))
        for colour in ("r", "y", "g", "paused")
    }
    return rows.aggregate(**lights)


@dataclass(frozen=True)
class MonthRow:
    """A month beside the same month of last year."""

    month: int
    now: Link
    before: Link

    @property
    def change(self) -> str:
        """Write how it changed."""
        return growth(self.now.count, self.before.count) if self.now.count else DASH


def by_month(actor: Actor, year: int) -> list[MonthRow]:
    """Return the months of the year beside last year's, whole months both."""
    now, before = _months(actor, year), _months(actor, year - 1)
    return [MonthRow(m, _month(year, m, now), _month(year - 1, m, before)) for m in range(1, 13)]


def _bounds(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, date(year + (month == 12), month % 12 + 1, 1) - timedelta(days=1)


def _months(actor: Actor, year: int) -> dict[str, int]:
    ranges = {}
    for month in range(1, 13):
        first, last = _bounds(year, month)
        begin, end = clock.midnight(first), clock.day_range(last)[1]
        ranges[f"m{month}"] = Count("pk", filter=Q(matter__sort_at__gte=begin, matter__sort_at__lt=end))
    return received(actor, Span(year)).aggregate(**ranges)


def _month(year: int, month: int, counts: dict[str, int]) -> Link:
    first, last = _bounds(year, month)
    pairs = {"view": "all", "year": year, "counted": 1, "received_from": first, "received_to": last}
    return Link(counts[f"m{month}"], urlencode(pairs))


def reported(actor: Actor, year: int) -> dict[str, ReportedFigure]:
    """Return the figures of a year as they were reported, with later corrections beside them."""
    rows = ReportedFigure.objects.filter(tenant_id=actor.office, year=year)
    return {row.metric: row for row in rows.select_related("frozen_by").prefetch_related("corrections")}
