"""联络员与AB岗、授权代理、外出."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base import clock
from zhongshu.base.refusals import Refused
from zhongshu.people import permissions as p
from zhongshu.people import queries, registers
from zhongshu.people.actions import standins as actions
from zhongshu.people.forms.account import AbsenceOfForm
from zhongshu.people.forms.system import ABPostForm
from zhongshu.people.models import ABPost, Absence
from zhongshu.people.rules.standins import works_in_office_of
from zhongshu.people.views.form_page import FormPage, answer_form, posted
from zhongshu.people.views.registers import export, export_wanted
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest


@requires(p.SEE_AB_POSTS)
@require_GET
def ab_posts(request: OfficeRequest) -> HttpResponse:
    """联络员台账 with the AB coverage of the units that should have one."""
    rows = registers.liaison_rows(with_phones=request.actor.may(p.AB_POSTS))
    if export_wanted(request):
        return export(registers.LIAISONS, rows, by=request.actor)
    context = {
        "title": "联络员与AB岗",
        "rows": rows,
        "coverage": registers.coverage(rows),
        "others": queries.other_ab_posts(),
        "may_change": request.actor.may(p.AB_POSTS),
    }
    return render(request, "people/ab_posts.html", context)


@requires(p.AB_POSTS)
@require_http_methods(["GET", "POST"])
def ab_post_set(request: OfficeRequest) -> HttpResponse:
    """Name A and B of a post."""
    form = ABPostForm(posted(request), initial={"unit": request.GET.get("unit")})

    def carry_out(data: dict[str, Any]) -> str:
        actions.set_ab_post(**data, by=request.actor)
        return f"已设置{data['unit'].label}{data['post_name']}的AB岗"

    return answer_form(request, form, FormPage("设置AB岗", "保存", reverse("people:ab_posts")), carry_out)


@requires(p.AB_POSTS)
@require_POST
def ab_post_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """End a pair."""
    actions.end_ab_post(get_object_or_404(ABPost, pk=pk), by=request.actor)
    tell(request, "AB岗已撤销")
    return go_to(request, reverse("people:ab_posts"))


@requires(p.SEE_DELEGATIONS)
@require_GET
def delegations(request: OfficeRequest) -> HttpResponse:
    """授权代理台账."""
    rows = registers.delegation_rows(request.GET.get("state", ""), by=request.actor)
    if export_wanted(request):
        return export(registers.DELEGATIONS, rows, by=request.actor)
    context = {"title": "授权代理", "rows": rows[:200], "state": request.GET.get("state", "")}
    return render(request, "people/delegations.html", context)


@requires(p.ABSENCES)
@require_GET
def absences(request: OfficeRequest) -> HttpResponse:
    """Show who is away or will be, and who stands in."""
    rows = queries.absences_ahead(request.actor.tenant_id)
    context = {
        "title": "外出",
        "rows": [(row, queries.stand_in(row.person)) for row in rows],
        "now": clock.now(),
    }
    return render(request, "people/absences.html", context)


@requires(p.ABSENCES)
@require_http_methods(["GET", "POST"])
def absence_of(request: OfficeRequest) -> HttpResponse:
    """Note that somebody is away."""
    page = FormPage("登记外出", "登记", reverse("people:absences"))

    def carry_out(data: dict[str, Any]) -> str:
        if data["is_excepted"] and not request.actor.may(p.EXCEPT_ABSENCE):
            raise Refused.one("ORG-17", "A、B同时离岗须由主任特批", "is_excepted")
        made = actions.register_absence(**data, by=request.actor)
        return f"已登记{made.person.name}外出"

    return answer_form(request, AbsenceOfForm(posted(request)), page, carry_out)


@requires(p.ABSENCES)
@require_POST
def absence_of_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """销假 for somebody."""
    found = get_object_or_404(Absence.objects.select_related("person"), pk=pk)
    if not works_in_office_of(found.person, request.actor):
        raise Http404
    actions.end_absence(found, by=request.actor)
    tell(request, f"{found.person.name}已销假")
    return go_to(request, reverse("people:absences"))
