"""角色与权限: the matrix as it holds, and what the security administrator changes in it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhongshu.people import grants, queries
from zhongshu.people import permissions as p
from zhongshu.people.actions import roles as actions
from zhongshu.people.forms.system import PermissionsForm, RoleForm
from zhongshu.people.models import Role
from zhongshu.people.views.form_page import FormPage, answer_form, posted
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import codes_of_role, declared, requires
from zhongshu.ui.requests import OfficeRequest


@requires(p.ROLE_EDIT, p.SEE_ACCOUNTS)
@require_GET
def roles(request: OfficeRequest) -> HttpResponse:
    """List the roles with how many hold them."""
    context = {"title": "角色与权限", "rows": queries.roles_with_holders()}
    return render(request, "people/roles.html", context)


@requires(p.ROLE_EDIT, p.SEE_ACCOUNTS)
@require_GET
def role(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show what a role may do."""
    found = get_object_or_404(Role, pk=pk)
    held = grants.permissions_of([found])
    context = {
        "title": f"角色：{found.name}",
        "role": found,
        "groups": _grouped(held, codes_of_role(found.code)),
        "may_change": request.actor.may(p.ROLE_EDIT),
        "people": queries.people_with(found),
    }
    return render(request, "people/role.html", context)


@requires(p.ROLE_EDIT)
@require_http_methods(["GET", "POST"])
def role_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Rename a role."""
    found = get_object_or_404(Role, pk=pk)
    form = RoleForm(posted(request), initial={"name": found.name, "duties": found.duties})

    def carry_out(data: dict[str, Any]) -> str:
        actions.edit_role(found, **data, by=request.actor)
        return "角色已修改"

    page = FormPage(
        f"修改角色：{found.name}", "保存", reverse("people:role", args=[pk]), f"代码 {found.code} 不变。"
    )
    return answer_form(request, form, page, carry_out)


@requires(p.ROLE_EDIT)
@require_http_methods(["GET", "POST"])
def role_permissions(request: OfficeRequest, pk: int) -> HttpResponse:
    """Tick what a role may do."""
    found = get_object_or_404(Role, pk=pk)
    form = PermissionsForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.set_permissions(found, form.cleaned_data["codes"], by=request.actor)
        tell(request, "权限已调整")
        return go_to(request, reverse("people:role", args=[pk]))
    groups = _grouped(grants.permissions_of([found]), codes_of_role(found.code))
    context = {"title": f"调整权限：{found.name}", "role": found, "groups": groups, "form": form}
    status = 422 if form.is_bound else 200
    return page_or_part(request, "people/role_permissions.html", "form", context, status=status)


def _grouped(held: frozenset[str], default: frozenset[str]) -> list[tuple[str, list[dict[str, Any]]]]:
    rows: list[dict[str, Any]] = [
        {
            "permission": each,
            "is_held": each.code in held,
            "is_changed": (each.code in held) != (each.code in default),
        }
        for each in sorted(declared(), key=lambda each: each.group)
    ]
    return [(name, list(found)) for name, found in groupby(rows, key=lambda row: row["permission"].group)]
