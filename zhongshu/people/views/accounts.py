"""账号与授权: what the security administrator enables, grants and takes back; the other two read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base import clock
from zhongshu.people import permissions as p
from zhongshu.people import policy as policies
from zhongshu.people import queries, receiving, registers
from zhongshu.people.actions import accounts as actions
from zhongshu.people.actions import policy as policy_actions
from zhongshu.people.forms.system import DisableForm, GrantForm, PolicyForm
from zhongshu.people.models import AccountState, Person, RoleGrant
from zhongshu.people.views.form_page import FormPage, answer_form, posted
from zhongshu.people.views.persons import found_persons, next_page
from zhongshu.people.views.registers import export, export_wanted
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.preferences import rows_per_page
from zhongshu.ui.requests import OfficeRequest


@requires(p.SEE_ACCOUNTS)
@require_GET
def accounts(request: OfficeRequest) -> HttpResponse:
    """账号授权台账: who has which roles, by whom and since when."""
    if export_wanted(request):
        return export(registers.ACCOUNTS, registers.account_rows(), by=request.actor)
    size = rows_per_page(request)
    people = list(found_persons(request).prefetch_related(registers.STANDING_GRANTS)[: size + 1])
    context = {
        "title": "账号与授权",
        "rows": people[:size],
        "next_url": next_page(request, people, size),
        "q": request.GET.get("q", ""),
        "state": request.GET.get("state", ""),
        "states": AccountState.choices,
        "waiting": Person.objects.filter(account_state=AccountState.DRAFT).count(),
        "dormant": queries.dormant(policies.current().dormant_days).count(),
    }
    return page_or_part(request, "people/accounts.html", "rows", context)


@requires(p.SEE_ACCOUNTS)
@require_GET
def account_of(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one account with its grants, standing and past."""
    found = get_object_or_404(Person, pk=pk)
    grants = RoleGrant.objects.filter(person=found).select_related(
        "role", "granted_by", "revoked_by", "appointment__unit", "appointment__post"
    )
    context = {
        "title": f"账号：{found.name}",
        "person": found,
        "appointments": queries.current_appointments(found),
        "standing": [g for g in grants if g.revoked_at is None],
        "past": [g for g in grants if g.revoked_at is not None],
        "may_change": request.actor.may(p.ACCOUNTS) and found.pk != request.actor.person_id,
    }
    return render(request, "people/account_of.html", context)


@requires(p.SEE_ACCOUNTS)
@require_GET
def dormant(request: OfficeRequest) -> HttpResponse:
    """清理清单: accounts not used for long, for tidying up only, never a ranking."""
    days = policies.current().dormant_days
    rows = queries.dormant(days)
    context = {"title": "长期未登录账号", "rows": rows, "days": days, "now": clock.now()}
    return render(request, "people/dormant.html", context)


@requires(p.ACCOUNTS)
@require_POST
def account_enable(request: OfficeRequest, pk: int) -> HttpResponse:
    """Enable an account and show its first password once."""
    issued = actions.enable_account(get_object_or_404(Person, pk=pk), by=request.actor)
    return _show_once(request, issued, "账号已启用")


@requires(p.ACCOUNTS)
@require_POST
def password_reset(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give out a new password and show it once."""
    issued = actions.reset_password(get_object_or_404(Person, pk=pk), by=request.actor)
    return _show_once(request, issued, "口令已重置")


@requires(p.ACCOUNTS)
@require_POST
def second_factor_drop(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let a person set up the second factor anew (a lost telephone)."""
    found = get_object_or_404(Person, pk=pk)
    actions.drop_second_factor(found, by=request.actor)
    tell(request, f"已停用{found.name}的动态码，下次登录时重新设置")
    return go_to(request, reverse("people:account_of", args=[pk]))


@requires(p.ACCOUNTS)
@require_http_methods(["GET", "POST"])
def account_disable(request: OfficeRequest, pk: int) -> HttpResponse:
    """Disable an account."""
    found = get_object_or_404(Person, pk=pk)

    def carry_out(data: dict[str, Any]) -> str:
        actions.disable_account(found, reason=data["reason"], by=request.actor)
        return f"{found.name}的账号已停用{_left_behind(found)}"

    page = _page(found, "停用账号", "停用", "停用后立即退出全部会话；历史记录保留。")
    return answer_form(request, DisableForm(posted(request)), page, carry_out)


@requires(p.ACCOUNTS)
@require_http_methods(["GET", "POST"])
def role_grant(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give a role."""
    found = get_object_or_404(Person, pk=pk)

    def carry_out(data: dict[str, Any]) -> str:
        actions.grant_role(found, data["role"], appointment=data["appointment"], by=request.actor)
        return f"已授予{found.name}“{data['role'].name}”"

    return answer_form(
        request, GrantForm(posted(request), person=found), _page(found, "授予角色", "授予"), carry_out
    )


@requires(p.ACCOUNTS)
@require_POST
def role_revoke(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    grant = get_object_or_404(RoleGrant.objects.select_related("person", "role"), pk=pk)
    actions.revoke_role(grant, by=request.actor)
    tell(request, f"已收回{grant.person.name}的“{grant.role.name}”{_left_behind(grant.person)}")
    return go_to(request, reverse("people:account_of", args=[grant.person_id]))


def _left_behind(person: Person) -> str:
    """Say which of the person's units now lacks who signs or approves."""
    return receiving.warning([post.unit for post in queries.current_appointments(person)])


@requires(p.POLICY)
@require_http_methods(["GET", "POST"])
def policy(request: OfficeRequest) -> HttpResponse:
    """账号策略."""
    form = PolicyForm(posted(request), instance=policies.current())
    page = FormPage(
        "账号策略", "保存", reverse("people:policy"), "修改自各人下一次打开页面起生效，并记入审计日志。"
    )

    def carry_out(data: dict[str, Any]) -> str:
        policy_actions.change_policy(data, by=request.actor)
        return "账号策略已修改"

    return answer_form(request, form, page, carry_out)


def _show_once(request: OfficeRequest, issued: actions.Issued, title: str) -> HttpResponse:
    context = {"title": title, "person": issued.person, "password": issued.password}
    response = render(request, "people/issued.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _page(found: Person, title: str, submit: str, note: str = "") -> FormPage:
    return FormPage(f"{title}：{found.name}", submit, reverse("people:account_of", args=[found.pk]), note)
