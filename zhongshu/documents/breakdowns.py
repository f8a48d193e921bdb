"""The tables under the figures: by 文种, by issuer, by unit, and the hours of each step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F

from zhongshu.base.actors import Actor
from zhongshu.documents.models import BaselineHours, DocType, UnitHandling
from zhongshu.documents.registers.conditions import STANDING, kept
from zhongshu.documents.states import KIND, MEASURED, NAMES
from zhongshu.documents.statistics import DASH, Link, Span, ratio, received
from zhongshu.flow.models import FlowStep
from zhongshu.people.models import OrgUnit

TOP = 15


@dataclass(frozen=True)
class Share:
    """A part of the whole."""

    name: str
    link: Link
    share: str
    percent: int


def by_type(actor: Actor, year: int) -> list[Share]:
    """Return how many of each 文种."""
    return _shares(actor, year, "doc_type", "doc_type", {code: str(label) for code, label in DocType.choices})


def by_issuer(actor: Actor, year: int) -> tuple[list[Share], int]:
    """Return the busiest issuers, and how many came from all others."""
    found = _shares(actor, year, "issuer_name", "issuer", {})
    return found[:TOP], sum(row.link.count for row in found[TOP:])


def _shares(actor: Actor, year: int, column: str, key: str, names: dict[str, str]) -> list[Share]:
    span = Span.of(year)
    rows = list(received(actor, span).values_list(column).annotate(n=Count("pk")).order_by("-n", column))
    total = sum(n for _, n in rows)
    return [
        Share(
            names.get(code, code),
            Link(n, span.query(**{key: code})),
            ratio(n, total),
            round(100 * n / total) if total else 0,
        )
        for code, n in rows
    ]


@dataclass(frozen=True)
class UnitRow:
    """How one unit kept its times."""

    name: str
    all: Link
    on_time: Link
    late: Link
    late_open: Link
    rate: str
    percent: int


def by_unit(actor: Actor, year: int) -> list[UnitRow]:
    """Return the units that were put to work, the ones with most overdue first."""
    span = Span.of(year)
    rows = UnitHandling.objects.filter(STANDING, incoming__in=received(actor, span)).values("unit_id")
    counted = rows.annotate(
        all=Count("pk"),
        on_time=Count("pk", filter=kept("on_time")),
        late=Count("pk", filter=kept("late")),
        late_open=Count("pk", filter=kept("late_open")),
    ).order_by("-late_open", "-all", "unit_id")
    found = list(counted)
    units = OrgUnit.objects.in_bulk([row["unit_id"] for row in found])
    return [_unit_row(units[row["unit_id"]], row, span) for row in found]


def _unit_row(unit: OrgUnit, counts: Mapping[str, Any], span: Span) -> UnitRow:
    def link(word: str) -> Link:
        done = {} if word == "all" else {"unit_done": word}
        return Link(counts[word], span.query(unit=str(unit.pk), **done))

    whole = counts["on_time"] + counts["late"] + counts["late_open"]
    return UnitRow(
        unit.label,
        link("all"),
        link("on_time"),
        link("late"),
        link("late_open"),
        ratio(counts["on_time"], whole),
        round(100 * counts["on_time"] / whole) if whole else 0,
    )


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
        if self.hours is None or not self.baseline:
            return DASH
        return f"{100 * (self.baseline - self.hours) / self.baseline:+.0f}%"


def step_hours(actor: Actor, year: int) -> list[StepHours]:
    """Return mean hours of each measured step in the year, beside the baseline year's."""
    begin, end = Span.of(year).range
    span = ExpressionWrapper(F("left_at") - F("entered_at"), output_field=DurationField())
    rows = FlowStep.objects.filter(
        instance__matter__tenant_id=actor.office,
        instance__matter__kind=KIND,
        instance__parent_task__isnull=True,
        phase__in=MEASURED,
        left_as="done",
        left_at__gte=begin,
        left_at__lt=end,
    )
    means = {
        phase: (mean, n) for phase, mean, n in rows.values_list("phase").annotate(m=Avg(span), n=Count("pk"))
    }
    entered = baseline(actor)[1]
    return [_step(phase, *means.get(phase, (None, 0)), entered.get(phase)) for phase in MEASURED]


def _step(phase: str, mean: timedelta | None, count: int, entered: float | None) -> StepHours:
    hours = mean.total_seconds() / 3600 if mean is not None else None
    return StepHours(phase, NAMES[phase], hours, entered, count)


def baseline(actor: Actor) -> tuple[int | None, dict[str, float]]:
    """Return the latest baseline year that was entered, and its hours."""
    rows = BaselineHours.objects.filter(tenant_id=actor.office)
    year = rows.order_by("-year").values_list("year", flat=True).first()
    hours = rows.filter(year=year or 0).values_list("phase", "hours")
    return year, {phase: float(value) for phase, value in hours}


def overall(steps: list[StepHours]) -> StepHours | None:
    """Put the steps together that can be compared: those measured now and entered then."""
    both = [step for step in steps if step.hours is not None and step.baseline is not None]
    if not both:
        return None
    now = sum(step.hours or 0 for step in both)
    then = sum(step.baseline or 0 for step in both)
    return StepHours("all", "合计", now, then, sum(step.count for step in both))
