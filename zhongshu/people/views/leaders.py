"""领导分工."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhongshu.base import clock
from zhongshu.people import permissions as p
from zhongshu.people import queries
from zhongshu.people.actions import leaders as actions
from zhongshu.people.forms.system import CloseForm, PortfolioForm
from zhongshu.people.models import LeaderPortfolio, OrgUnit
from zhongshu.people.views.form_page import FormPage, answer_form, posted
from zhongshu.people.views.units import day_of
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest


@requires(p.SEE_PORTFOLIOS)
@require_GET
def portfolios(request: OfficeRequest) -> HttpResponse:
    """Show the division of work as it is, or was on a day."""
    on = day_of(request.GET.get("on", ""))
    context = {
        "title": "领导分工",
        "rows": queries.portfolios_on(on, request.actor.tenant_id),
        "on": on,
        "today": clock.today(),
        "may_change": request.actor.may(p.PORTFOLIOS),
    }
    return render(request, "people/portfolios.html", context)


@requires(p.PORTFOLIOS)
@require_http_methods(["GET", "POST"])
def portfolio_set(request: OfficeRequest, pk: int = 0) -> HttpResponse:
    """Divide the work anew for one leader."""
    tenant = OrgUnit.objects.filter(pk=request.actor.tenant_id or 0).first()
    if tenant is None:
        raise Http404
    present = get_object_or_404(LeaderPortfolio, pk=pk, tenant=tenant) if pk else None
    form = PortfolioForm(posted(request), initial=_initial(present))

    def carry_out(data: dict[str, Any]) -> str:
        plan = actions.PortfolioPlan(tenant=tenant, **data | {"units": list(data["units"])})
        return f"已调整{actions.set_portfolio(plan, by=request.actor).leader.name}的分工"

    page = FormPage("调整领导分工", "保存", reverse("people:portfolios"), "原分工保留，按日期可查。")
    return answer_form(request, form, page, carry_out)


@requires(p.PORTFOLIOS)
@require_http_methods(["GET", "POST"])
def portfolio_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """End a leader's portfolio."""
    found = get_object_or_404(LeaderPortfolio, pk=pk, tenant=request.actor.tenant_id)

    def carry_out(data: dict[str, Any]) -> str:
        actions.end_portfolio(found, on=data["on"], by=request.actor)
        return f"{found}的分工已结束"

    page = FormPage(f"结束分工：{found}", "结束", reverse("people:portfolios"))
    return answer_form(request, CloseForm(posted(request)), page, carry_out)


def _initial(present: LeaderPortfolio | None) -> dict[str, Any]:
    if present is None:
        return {}
    kept = ("leader", "title", "topics", "is_in_charge_of_all", "deputy_director", "ab_partner", "sort_order")
    return {name: getattr(present, name) for name in kept} | {"units": list(present.units.all())}
