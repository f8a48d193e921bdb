"""收文统计: figures that lead down to their rows, months, shares, units and steps; 定稿, 更正 and 基准."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base import clock
from zhongshu.base.refusals import Refused
from zhongshu.documents import actions, breakdowns, statistics
from zhongshu.documents.models import ReportedFigure
from zhongshu.documents.states import MEASURED, NAMES
from zhongshu.documents.statistics import Figure
from zhongshu.matters import settings
from zhongshu.ui.forms import OfficeForm
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest
from zhongshu.ui.slots import slots

FIRST_YEAR = 2000


def year_of(request: OfficeRequest) -> int:
    """Read the year; this one where none is asked for."""
    asked, this = request.GET.get("year", ""), clock.today().year
    is_year = asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked) <= this
    return int(asked) if is_year else this


def here(year: int) -> str:
    """Return the address of a year's page."""
    return f"{reverse('documents:statistics')}?year={year}"


@requires("documents.statistics")
@require_GET
def incoming_statistics(request: OfficeRequest) -> HttpResponse:
    """The whole page of one year."""
    actor, year = request.actor, year_of(request)
    months = statistics.by_month(actor, year)
    issuers, others = breakdowns.by_issuer(actor, year)
    steps = breakdowns.step_hours(actor, year)
    lights = statistics.in_hand(actor, settings.get("documents.yellow_days", actor.tenant_id))
    context = {
        "title": "收文统计",
        "office": slots.office_name(request),
        "year": year,
        "years": range(clock.today().year, clock.today().year - 10, -1),
        "until": statistics.Span.of(year).until,
        "rows": _rows(request, year),
        "unseen": statistics.unseen(actor, year),
        "months": months,
        "chart": [(f"{row.month}月", row.before.count or None, row.now.count or None) for row in months],
        "types": breakdowns.by_type(actor, year),
        "issuers": issuers,
        "others": others,
        "units": breakdowns.by_unit(actor, year),
        "steps": steps,
        "overall": breakdowns.overall(steps),
        "baseline_year": breakdowns.baseline(actor)[0],
        "lights": lights,
        "may_fix": actor.may("documents.figures"),
    }
    return render(request, "documents/statistics.html", context)


def _rows(request: OfficeRequest, year: int) -> list[tuple[Figure, ReportedFigure | None]]:
    """Put what was reported beside each figure; what was reported stays, corrections stand beside it."""
    frozen = statistics.reported(request.actor, year)
    return [(figure, frozen.get(figure.key)) for figure in statistics.figures(request.actor, year)]


@requires("documents.figures")
@require_POST
def figures_freeze(request: OfficeRequest) -> HttpResponse:
    """年报定稿 of a year."""
    year = _posted_year(request)
    rows = actions.freeze_figures(year, by=request.actor)
    tell(request, f"{year}年年报数字已定稿，共{len(rows)}项")
    return go_to(request, here(year))


def _posted_year(request: OfficeRequest) -> int:
    asked = request.POST.get("year", "")
    if not (asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked) <= clock.today().year):
        raise Refused.one("STA-05", "请选择年度", "year")
    return int(asked)


class CorrectionForm(OfficeForm):
    """更正 of a reported figure."""

    value = forms.CharField(label="更正为", max_length=40)
    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


@requires("documents.figures")
@require_http_methods(["GET", "POST"])
def figure_correct(request: OfficeRequest, pk: int) -> HttpResponse:
    """更正: the reported number stays."""
    rows = ReportedFigure.objects.filter(tenant_id=request.actor.office)
    figure = get_object_or_404(rows, pk=pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.correct_figure(figure, value=data["value"], reason=data["reason"], by=request.actor)
        tell(request, "更正已记在定稿数字旁边")
        return go_to(request, here(figure.year))
    labels = {f.key: f.label for f in statistics.figures(request.actor, figure.year)}
    context: dict[str, Any] = {
        "title": "更正年报数字",
        "figure": figure,
        "label": labels.get(figure.metric, figure.metric),
        "form": form,
        "back_url": here(figure.year),
    }
    status = 422 if form.errors else 200
    return page_or_part(request, "documents/figure_correct.html", "form", context, status=status)


@requires("documents.figures")
@require_http_methods(["GET", "POST"])
def baseline_set(request: OfficeRequest) -> HttpResponse:
    """录入效率基准: the mean hours of each step in the year that is compared against."""
    if request.method == "POST":
        year = _posted_year(request)
        actions.set_baseline(year, _posted_hours(request), by=request.actor)
        tell(request, f"{year}年效率基准已录入")
        return go_to(request, reverse("documents:statistics"))
    entered_year, hours = breakdowns.baseline(request.actor)
    context = {
        "title": "录入效率基准",
        "year": entered_year or clock.today().year - 1,
        "steps": [(phase, NAMES[phase], hours.get(phase)) for phase in MEASURED],
    }
    return render(request, "documents/baseline.html", context)


def _posted_hours(request: OfficeRequest) -> dict[str, Decimal]:
    found = {}
    for phase in MEASURED:
        text = request.POST.get(phase, "").strip()
        if not text:
            continue
        try:
            found[phase] = Decimal(text)
        except InvalidOperation as error:
            raise Refused.one("STA-06", f"“{NAMES[phase]}”请填小时数", phase) from error
    return found
