"""人员: the list, one person with posts, and the acts of the system administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhongshu.base import clock
from zhongshu.people import permissions as p
from zhongshu.people import receiving
from zhongshu.people.actions import persons as actions
from zhongshu.people.forms.system import AppointForm, NewAccountForm, PersonEditForm, ReleaseForm, RevealForm
from zhongshu.people.models import AccountState, Appointment, OrgUnit, Person
from zhongshu.people.views.form_page import FormPage, answer_form, posted
from zhongshu.ui.pages import page_or_part
from zhongshu.ui.permissions import requires
from zhongshu.ui.preferences import rows_per_page
from zhongshu.ui.requests import OfficeRequest


@requires(p.PERSONS)
@require_GET
def persons(request: OfficeRequest) -> HttpResponse:
    """List persons, found by name, account, unit or state."""
    size = rows_per_page(request)
    rows = list(found_persons(request)[: size + 1])
    context = {
        "title": "人员",
        "rows": rows[:size],
        "next_url": next_page(request, rows, size),
        "q": request.GET.get("q", ""),
        "state": request.GET.get("state", ""),
        "states": AccountState.choices,
        "unit": OrgUnit.objects.filter(pk=_number(request.GET.get("unit"))).first(),
    }
    return page_or_part(request, "people/persons.html", "rows", context)


def found_persons(request: OfficeRequest) -> QuerySet[Person]:
    """Return the persons a list page asks for, after the cursor."""
    current = Appointment.objects.current(clock.today()).select_related("unit", "post")
    found = Person.objects.prefetch_related(Prefetch("appointments", current, to_attr="now")).order_by("pk")
    if words := request.GET.get("q", "").strip():
        found = found.filter(
            Q(name__contains=words) | Q(username__icontains=words) | Q(initials__startswith=words.lower())
        )
    if (state := request.GET.get("state", "")) in AccountState.values:
        found = found.filter(account_state=state)
    if unit := _number(request.GET.get("unit")):
        found = found.filter(
            pk__in=Appointment.objects.current(clock.today()).filter(unit=unit).values("person")
        )
    return found.filter(pk__gt=_number(request.GET.get("after")))


def next_page(request: OfficeRequest, rows: list[Any], size: int) -> str:
    """Return the address of the page after these rows."""
    if len(rows) <= size:
        return ""
    query = request.GET.copy()
    query["after"] = str(rows[size - 1].pk)
    return f"{request.path}?{query.urlencode()}"


@requires(p.PERSONS)
@require_GET
def person(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one person: posts now and before."""
    found = get_object_or_404(Person, pk=pk)
    posts = found.appointments.select_related("unit", "post").order_by("end", "-is_primary", "-start")
    today = clock.today()
    context = {
        "title": found.name,
        "person": found,
        "current": [a for a in posts if a.end is None or a.end >= today],
        "past": [a for a in posts if a.end is not None and a.end < today],
    }
    return page_or_part(request, "people/person.html", "main", context)


@requires(p.PERSONS)
@require_http_methods(["GET", "POST"])
def person_new(request: OfficeRequest) -> HttpResponse:
    """Enter a person with an account that waits to be enabled."""
    note = "账号建好后处于待启用状态，由安全保密管理员启用并授权。"
    page = FormPage("新建人员与账号", "建立", reverse("people:persons"), note)
    form = NewAccountForm(posted(request), initial={"unit": request.GET.get("unit")})

    def carry_out(data: dict[str, Any]) -> str:
        made = actions.create_account(**data, by=request.actor)
        return f"已为{made.name}建立账号{made.username}，待启用"

    return answer_form(request, form, page, carry_out)


@requires(p.PERSONS)
@require_http_methods(["GET", "POST"])
def person_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct name, telephone and mail address."""
    found = get_object_or_404(Person, pk=pk)
    form = PersonEditForm(posted(request), initial={"name": found.name, "email": found.email})

    def carry_out(data: dict[str, Any]) -> str:
        phone = "" if data.pop("forget_phone") else data["phone"] or found.phone
        actions.edit_person(found, **data | {"phone": phone}, by=request.actor)
        return "人员信息已修改"

    return answer_form(request, form, _page(found, "修改人员信息", "保存"), carry_out)


@requires(p.PERSONS)
@require_http_methods(["GET", "POST"])
def phone_reveal(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show a telephone in full, for a reason that goes into the trail."""
    found = get_object_or_404(Person, pk=pk)

    def carry_out(data: dict[str, Any]) -> str:
        return f"{found.name}的电话：{actions.reveal_phone(found, data['reason'], by=request.actor)}"

    page = _page(found, "查看电话", "查看", "查看个人信息原文须写明事由，并记入审计日志。")
    return answer_form(request, RevealForm(posted(request)), page, carry_out)


@requires(p.PERSONS)
@require_http_methods(["GET", "POST"])
def appoint(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put a person on a post."""
    found = get_object_or_404(Person, pk=pk)

    def carry_out(data: dict[str, Any]) -> str:
        made = actions.appoint(found, **data, by=request.actor)
        return f"{found.name}已任{made}"

    return answer_form(request, AppointForm(posted(request)), _page(found, "任职", "任职"), carry_out)


@requires(p.PERSONS)
@require_http_methods(["GET", "POST"])
def release(request: OfficeRequest, pk: int) -> HttpResponse:
    """End an appointment."""
    found = get_object_or_404(Appointment.objects.select_related("person", "unit", "post"), pk=pk)

    def carry_out(data: dict[str, Any]) -> str:
        actions.end_appointment(found, end=data["end"], by=request.actor)
        said = f"{found.person.name}已离任{found}"
        return said + receiving.warning([found.unit], data["end"] + timedelta(days=1))

    page = _page(found.person, f"离任{found}", "离任", "随这项任职的角色同时终止；人员和历史记录保留。")
    return answer_form(request, ReleaseForm(posted(request)), page, carry_out)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _page(found: Person, title: str, submit: str, note: str = "") -> FormPage:
    return FormPage(f"{title}：{found.name}", submit, reverse("people:person", args=[found.pk]), note)
