"""我的账号: password, sessions, delegations, AB posts, how the screen looks."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base import clock
from zhongshu.people import policy as policies
from zhongshu.people import queries
from zhongshu.people.actions import passwords, preferences, sign_in, standins
from zhongshu.people.forms.account import AbsenceForm, DelegationForm, PasswordForm, PreferenceForm
from zhongshu.people.middleware import CHOSEN_APPOINTMENT, CHOSEN_DELEGATION
from zhongshu.people.models import Absence, Delegation, OfficeSession, Person
from zhongshu.people.sessions import sign_out_sessions
from zhongshu.people.standings import ALL, known
from zhongshu.people.views.form_page import FormPage, answer_form, posted
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import signed_in
from zhongshu.ui.preferences import remember
from zhongshu.ui.requests import OfficeRequest


def me(request: OfficeRequest) -> Person:
    return cast(Person, request.user)


@signed_in
@require_GET
def account(request: OfficeRequest) -> HttpResponse:
    """Show one's own account."""
    person = me(request)
    context: dict[str, Any] = {
        "title": "我的账号",
        "person": person,
        "appointments": queries.current_appointments(person),
        "sessions": OfficeSession.objects.filter(person=person).order_by("-last_seen_at"),
        "here": request.session.session_key,
        "given": Delegation.objects.filter(principal_person=person).select_related("agent")[:20],
        "held": queries.delegations_held(person),
        "ab_posts": queries.ab_posts_of(person),
        "absences": Absence.objects.filter(person=person, cancelled_at__isnull=True, end__gt=clock.now()),
        "preferences": PreferenceForm(initial=_preferences_of(person)),
        "is_admin": not request.actor.principals,
        "policy": policies.remembered(person),
    }
    return render(request, "people/account.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def password_change(request: OfficeRequest) -> HttpResponse:
    """Change one's own password; nothing else opens while it must be changed."""
    person = me(request)
    policy = policies.remembered(person)
    is_forced = policies.must_change_password(person, policy)
    rule = f"至少{policy.min_length}位，含大写字母、小写字母、数字、符号中的{policy.min_classes}类"
    note = f"口令须先修改才能办公。{rule}。" if is_forced else f"{rule}。"
    page = FormPage("修改口令", "修改口令", "/" if is_forced else reverse("people:account"), note)

    def carry_out(data: dict[str, Any]) -> str:
        passwords.change_password(
            person, old=data["old_password"], new=data["new_password"], by=request.actor
        )
        update_session_auth_hash(request, person)
        sign_out_sessions(person.pk, keep=request.session.session_key)
        return "口令已修改"

    return answer_form(request, PasswordForm(posted(request)), page, carry_out)


@signed_in
@require_POST
def sessions_end(request: OfficeRequest) -> HttpResponse:
    """End all one's other sessions."""
    ended = sign_out_sessions(me(request).pk, keep=request.session.session_key)
    sign_in.note_sessions_ended(me(request), ended, by=request.actor)
    tell(request, f"已退出其他{ended}个会话")
    return go_to(request, reverse("people:account"))


@signed_in
@require_POST
def standing(request: OfficeRequest) -> HttpResponse:
    """Choose the post, or the absent person, to work as."""
    kind, _, number = request.POST.get("standing", ALL).partition(":")
    person = me(request)
    posts = {pk for pk, *_ in known(person).posts}
    held = {d.pk for d in queries.delegations_held(person)}
    pk = int(number) if number.isascii() and number.isdigit() else 0
    request.session[CHOSEN_APPOINTMENT] = pk if kind == "post" and pk in posts else None
    request.session[CHOSEN_DELEGATION] = pk if kind == "for" and pk in held else None
    return go_to(request, "/")


@signed_in
@require_POST
def preference_change(request: OfficeRequest) -> HttpResponse:
    """Keep how the screen looks with the account, and in this browser."""
    form = PreferenceForm(request.POST)
    response = go_to(request, reverse("people:account"))
    if form.is_valid():
        preferences.set_preferences(me(request), **form.cleaned_data, by=request.actor)
        remember(response, "size", form.cleaned_data["text_size"])
        remember(response, "density", form.cleaned_data["density"])
        remember(response, "keys", "on" if form.cleaned_data["has_letter_keys"] else "off")
        tell(request, "显示设置已保存")
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def delegation_new(request: OfficeRequest) -> HttpResponse:
    """Let another person act for oneself."""
    note = "代理人不得再转授，不得代理审批自己提交的事项；办理痕迹显示为“乙（代甲）”。"
    page = FormPage("新建代理授权", "授权", reverse("people:account"), note)

    def carry_out(data: dict[str, Any]) -> str:
        plan = standins.DelegationPlan(**data | {"scope": tuple(data["scope"])})
        made = standins.delegate(me(request), plan, by=request.actor)
        return f"已授权{made.agent.name}代理"

    return answer_form(request, DelegationForm(posted(request)), page, carry_out)


@signed_in
@require_POST
def delegation_revoke(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take one's own delegation back."""
    delegation = get_object_or_404(Delegation, pk=pk, principal_person=me(request))
    standins.revoke_delegation(delegation, by=request.actor)
    tell(request, f"已收回{delegation.agent.name}的代理")
    return go_to(request, reverse("people:account"))


@signed_in
@require_http_methods(["GET", "POST"])
def absence_new(request: OfficeRequest) -> HttpResponse:
    """Note that one is away."""
    page = FormPage("登记外出", "登记", reverse("people:account"), "外出期间新来的件转给代理人或B岗。")

    def carry_out(data: dict[str, Any]) -> str:
        standins.register_absence(me(request), **data, by=request.actor)
        return "已登记外出"

    return answer_form(request, AbsenceForm(posted(request)), page, carry_out)


@signed_in
@require_POST
def absence_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """销假."""
    standins.end_absence(get_object_or_404(Absence, pk=pk, person=me(request)), by=request.actor)
    tell(request, "已销假")
    return go_to(request, reverse("people:account"))


def _preferences_of(person: Person) -> dict[str, Any]:
    return {
        "text_size": person.text_size,
        "density": person.density,
        "has_letter_keys": person.has_letter_keys,
    }
