"""机构: the tree as it is or was on a day, one unit with its history, and the acts on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhongshu.base import clock
from zhongshu.people import permissions as p
from zhongshu.people import receiving, registers, trees
from zhongshu.people.actions import units as actions
from zhongshu.people.forms.system import CloseForm, MergeForm, MoveForm, RenameForm, UnitDetailForm, UnitForm
from zhongshu.people.models import Appointment, OrgUnit
from zhongshu.people.views.form_page import FormPage, answer_form, posted
from zhongshu.people.views.registers import export, export_wanted
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest


@requires(p.UNITS, p.SEE_UNITS)
@require_GET
def units(request: OfficeRequest) -> HttpResponse:
    """Show the tree of units as it stands, or stood on a day."""
    on = day_of(request.GET.get("on", ""))
    rows = trees.tree(on)
    if export_wanted(request):
        return export(registers.UNITS, rows, by=request.actor)
    today = clock.today()
    gaps = receiving.gaps() if on == today else []
    context = {"title": "机构", "rows": rows, "on": on, "today": today, "gaps": gaps}
    return render(request, "people/units.html", context)


@requires(p.UNITS, p.SEE_UNITS)
@require_GET
def unit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one unit: its codes, its names through the years, its people."""
    found = get_object_or_404(OrgUnit.objects.select_related("parent", "tenant", "successor"), pk=pk)
    staff = Appointment.objects.current(clock.today()).filter(unit=found).select_related("person", "post")
    context = {
        "title": found.name,
        "unit": found,
        "names": found.names.order_by("-valid_from"),
        "staff": staff.order_by("sort_order", "post__sort_order", "pk"),
        "children": OrgUnit.objects.standing(clock.today()).filter(parent=found),
        "predecessors": found.predecessors.all(),
    }
    return render(request, "people/unit.html", context)


@requires(p.UNITS)
@require_http_methods(["GET", "POST"])
def unit_new(request: OfficeRequest) -> HttpResponse:
    """Set up a unit."""
    page = FormPage("设立机构", "设立", reverse("people:units"))
    form = UnitForm(posted(request), initial={"parent": request.GET.get("parent")})

    def carry_out(data: dict[str, Any]) -> str:
        return f"已设立{actions.found_unit(actions.UnitPlan(**data), by=request.actor).name}"

    return answer_form(request, form, page, carry_out)


@requires(p.UNITS)
@require_http_methods(["GET", "POST"])
def unit_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct the codes of a unit."""
    found = get_object_or_404(OrgUnit, pk=pk)
    form = UnitDetailForm(posted(request), initial={name: getattr(found, name) for name in actions.DETAILS})

    def carry_out(data: dict[str, Any]) -> str:
        actions.edit_unit(found, data, by=request.actor)
        return "机构信息已修改"

    return answer_form(request, form, _page(found, "修改机构信息", "保存"), carry_out)


@requires(p.UNITS)
@require_http_methods(["GET", "POST"])
def unit_rename(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give a unit a new name."""
    found = get_object_or_404(OrgUnit, pk=pk)

    def carry_out(data: dict[str, Any]) -> str:
        actions.rename_unit(found, **data, by=request.actor)
        return f"已更名为{found.name}"

    page = _page(found, "机构更名", "更名", "更名前的公文仍按当时名称显示。")
    return answer_form(request, RenameForm(posted(request)), page, carry_out)


@requires(p.UNITS)
@require_http_methods(["GET", "POST"])
def unit_merge(request: OfficeRequest, pk: int) -> HttpResponse:
    """Merge a unit into another."""
    found = get_object_or_404(OrgUnit, pk=pk)

    def carry_out(data: dict[str, Any]) -> str:
        actions.merge_unit(found, **data, by=request.actor)
        return f"{found.name}已并入{data['into'].name}"

    page = _page(found, "机构合并", "合并", "现有人员连同随任职的角色一并转入；历史公文不变。")
    return answer_form(request, MergeForm(posted(request)), page, carry_out)


@requires(p.UNITS)
@require_http_methods(["GET", "POST"])
def unit_close(request: OfficeRequest, pk: int) -> HttpResponse:
    """Close a unit."""
    found = get_object_or_404(OrgUnit, pk=pk)

    def carry_out(data: dict[str, Any]) -> str:
        actions.close_unit(found, **data, by=request.actor)
        return f"{found.name}已撤销"

    return answer_form(request, CloseForm(posted(request)), _page(found, "机构撤销", "撤销"), carry_out)


@requires(p.UNITS)
@require_http_methods(["GET", "POST"])
def unit_move(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put a unit under another."""
    found = get_object_or_404(OrgUnit, pk=pk)

    def carry_out(data: dict[str, Any]) -> str:
        actions.move_unit(found, data["parent"], by=request.actor)
        return "上级单位已调整"

    form = MoveForm(posted(request), initial={"parent": found.parent_id})
    return answer_form(request, form, _page(found, "调整上级单位", "保存"), carry_out)


def day_of(text: str) -> date:
    """Read a day from the address; today where there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()


def _page(found: OrgUnit, title: str, submit: str, note: str = "") -> FormPage:
    return FormPage(f"{title}：{found.name}", submit, reverse("people:unit", args=[found.pk]), note)
