"""Figures of §2.15: each knows its rows, so that a click leads from the figure down to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from zhongshu.base import calendars, clock
from zhongshu.base.actors import Actor
from zhongshu.documents.models import (
    BaselineHours,
    Direction,
    DocType,
    IncomingDocument,
    LeaderInstruction,
    ReportedFigure,
    ReturnSlip,
)
from zhongshu.documents.states import MEASURED, NAMES, RETURNED_TO_SENDER
from zhongshu.flow.models import FlowStep

DASH = "—"


@dataclass(frozen=True)
class Figure:
    """One figure: its value as shown, last year's, and the filters that list its rows."""

    key: str
    label: str
    value: str
    before: str = ""
    change: str = ""
    url_query: str = ""
    note: str = ""


def ratio(part: int, whole: int) -> str:
    """Write a percentage; without a denominator it is a dash, never 0 % or 100 %."""
    return f"{100 * part / whole:.1f}%" if whole else DASH


def growth(now: int, before: int) -> str:
    """Write how a count changed against last year."""
    return f"{100 * (now - before) / before:+.1f}%" if before else DASH


def year_to_date(year: int) -> tuple[datetime, datetime]:
    """Return the year's span, cut at the same day as today so that two years compare."""
    begin, end = clock.year_range(year)
    today = clock.local(clock.now())
    try:
        cut = today.replace(year=year)
    except ValueError:
        cut = today.replace(year=year, day=28)
    return begin, min(end, cut)


def received(actor: Actor, year: int) -> QuerySet[IncomingDocument]:
    """Return what the actor's office received in the year so far, voided ones apart."""
    begin, end = year_to_date(year)
    mine = IncomingDocument.objects.filter(matter__tenant_id=actor.tenant_id, registered_at__isnull=False)
    return mine.filter(received_at__gte=begin, received_at__lt=end).exclude(matter__outcome="voided")


def figures(actor: Actor, year: int) -> list[Figure]:
    """Return the figures of the year beside last year's."""
    now, before = _counts(received(actor, year)), _counts(received(actor, year - 1))
    slips = _return_slips(actor, year), _return_slips(actor, year - 1)
    instructions = _instructions(actor, year)
    return [
        _counted("received", "收文数", now["all"], before["all"], year),
        _counted("actions", "办件", now["actions"], before["actions"], year, handling="action"),
        _counted("requests", "请示", now["requests"], before["requests"], year, doc_type=DocType.REQUEST),
        _counted("upward", "基层来文", now["upward"], before["upward"], year, direction=Direction.UPWARD),
        Figure(
            "on_time",
            "按时办结率",
            ratio(now["on_time"], now["closed"] + now["late_open"]),
            ratio(before["on_time"], before["closed"] + before["late_open"]),
            url_query=_query(year, done="on_time"),
            note="按时办结 ÷（已办结＋逾期未办结）",
        ),
        Figure(
            "days",
            "平均办理时长",
            _mean_workdays(received(actor, year)),
            _mean_workdays(received(actor, year - 1)),
            url_query=_query(year, state="closed"),
            note="收文到办结的工作日，抽近300件",
        ),
        Figure(
            "returned",
            "退文率",
            ratio(slips[0], now["all"]),
            ratio(slips[1], before["all"]),
            url_query=_query(year, state="returned"),
            note="退文数 ÷ 来文数",
        ),
        Figure(
            "instructions",
            "批示件办结率",
            ratio(instructions[0], instructions[1]),
            note="已办结 ÷ 已登记批示件",
        ),
        Figure("late_open", "逾期未办结", str(now["late_open"]), url_query=_query(year, light="r")),
    ]


def _counted(key: str, label: str, now: int, before: int, year: int, **filters: str) -> Figure:
    return Figure(key, label, str(now), str(before), growth(now, before), _query(year, **filters))


def _query(year: int, **filters: str) -> str:
    return urlencode({"year": year, "state": "all", **filters})


def _counts(rows: QuerySet[IncomingDocument]) -> dict[str, int]:
    closed = Q(matter__closed_at__isnull=False) & ~Q(matter__outcome=RETURNED_TO_SENDER)
    in_time = Q(matter__due_at__isnull=True) | Q(matter__closed_at__lte=F("matter__due_at"))
    return rows.aggregate(
        all=Count("pk"),
        actions=Count("pk", filter=Q(handling_type="action")),
        requests=Count("pk", filter=Q(doc_type=DocType.REQUEST)),
        upward=Count("pk", filter=Q(direction=Direction.UPWARD)),
        closed=Count("pk", filter=closed),
        on_time=Count("pk", filter=closed & in_time),
        late_open=Count("pk", filter=Q(matter__closed_at__isnull=True, matter__due_at__lt=clock.now())),
    )


def _mean_workdays(rows: QuerySet[IncomingDocument]) -> str:
    closed = rows.filter(matter__closed_at__isnull=False, handling_type="action").order_by(
        "-matter__closed_at"
    )
    spans = list(closed.values_list("received_at", "matter__closed_at")[:300])
    if not spans:
        return DASH
    days = [calendars.workdays_between(clock.local(a).date(), clock.local(b).date()) for a, b in spans if b]
    return f"{sum(days) / len(days):.1f}天"


def _return_slips(actor: Actor, year: int) -> int:
    begin, end = year_to_date(year)
    approved = ReturnSlip.objects.filter(
        state=ReturnSlip.State.APPROVED, incoming__matter__tenant_id=actor.tenant_id
    )
    return approved.filter(approved_at__gte=begin, approved_at__lt=end).count()


def _instructions(actor: Actor, year: int) -> tuple[int, int]:
    begin, end = year_to_date(year)
    rows = LeaderInstruction.objects.filter(
        matter__tenant_id=actor.tenant_id, instructed_at__gte=begin, instructed_at__lt=end, action="do"
    )
    return rows.filter(matter__closed_at__isnull=False).count(), rows.count()


def by_month(actor: Actor, year: int) -> list[tuple[int, int, int]]:
    """Return month, count, and last year's count."""
    return [
        (month, now, before)
        for month, (now, before) in enumerate(
            zip(_months(actor, year), _months(actor, year - 1), strict=True), 1
        )
    ]


def _months(actor: Actor, year: int) -> list[int]:
    begin, end = clock.year_range(year)
    rows = IncomingDocument.objects.filter(
        matter__tenant_id=actor.tenant_id,
        received_at__gte=begin,
        received_at__lt=end,
        registered_at__isnull=False,
    ).exclude(matter__outcome="voided")
    counts = dict.fromkeys(range(1, 13), 0)
    for at in rows.values_list("received_at", flat=True).iterator(chunk_size=5000):
        counts[clock.local(at).month] += 1
    return [counts[month] for month in range(1, 13)]


def by_type(actor: Actor, year: int) -> list[tuple[str, str, int, str]]:
    """Return 文种, count, share and the query of its rows."""
    return _shares(actor, year, "doc_type", lambda code: str(DocType(code).label), "doc_type")


def by_issuer(actor: Actor, year: int, top: int = 15) -> list[tuple[str, str, int, str]]:
    """Return the busiest issuers."""
    return _shares(actor, year, "issuer_name", str, "issuer")[:top]


def _shares(
    actor: Actor, year: int, column: str, name: Callable[[str], str], filter_name: str
) -> list[tuple[str, str, int, str]]:
    rows = received(actor, year).values_list(column).annotate(n=Count("pk")).order_by("-n", column)
    total = sum(n for _, n in rows)
    return [(name(code), ratio(n, total), n, _query(year, **{filter_name: code})) for code, n in rows]


@dataclass(frozen=True)
class StepHours:
    """How long a step takes, against the entered baseline (A21)."""

    phase: str
    name: str
    hours: float | None
    baseline: float | None
    count: int

    @property
    def saved(self) -> str:
        """Write how much faster than the baseline."""
        if not self.hours or not self.baseline:
            return DASH
        return f"{100 * (self.baseline - self.hours) / self.baseline:+.0f}%"


def step_hours(actor: Actor, year: int) -> list[StepHours]:
    """Return mean hours of each measured step in the year, beside the baseline year's."""
    begin, end = year_to_date(year)
    span = ExpressionWrapper(F("left_at") - F("entered_at"), output_field=DurationField())
    rows = FlowStep.objects.filter(
        instance__matter__tenant_id=actor.tenant_id,
        instance__matter__kind="incoming",
        instance__parent_task__isnull=True,
        phase__in=MEASURED,
        left_as="done",
        left_at__gte=begin,
        left_at__lt=end,
    )
    means = {
        phase: (mean, n) for phase, mean, n in rows.values_list("phase").annotate(m=Avg(span), n=Count("pk"))
    }
    baseline = dict(
        BaselineHours.objects.filter(tenant_id=actor.tenant_id).order_by("year").values_list("phase", "hours")
    )
    return [_step(phase, *means.get(phase, (None, 0)), baseline.get(phase)) for phase in MEASURED]


def _step(phase: str, mean: timedelta | None, count: int, baseline: object) -> StepHours:
    hours = mean.total_seconds() / 3600 if mean is not None else None
    return StepHours(
        phase, NAMES[phase], hours, float(str(baseline)) if baseline is not None else None, count
    )


def reported(actor: Actor, year: int) -> dict[str, ReportedFigure]:
    """Return the figures of a year as they were reported, with later corrections beside them."""
    rows = ReportedFigure.objects.filter(tenant_id=actor.tenant_id, year=year)
    return {row.metric: row for row in rows.select_related("frozen_by").prefetch_related("corrections")}
