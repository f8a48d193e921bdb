"""登录、第二因素、退出."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base import clock
from zhongshu.base.refusals import Refused
from zhongshu.people import policy as policies
from zhongshu.people import second_factor, showcase
from zhongshu.people.actions import sign_in as actions
from zhongshu.people.actions.accounts import confirm_second_factor
from zhongshu.people.actors import actor_for
from zhongshu.people.forms.account import CodeForm, SignInForm
from zhongshu.people.models import Person, SecondFactor
from zhongshu.people.sessions import ABOUT, device_of, sign_out_sessions
from zhongshu.people.views.form_page import posted
from zhongshu.ui.pages import go_to
from zhongshu.ui.permissions import open_to_all
from zhongshu.ui.preferences import remember
from zhongshu.ui.requests import OfficeRequest

PENDING, PENDING_FOR = "pending", timedelta(minutes=5)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: OfficeRequest) -> HttpResponse:
    """Ask for name and password."""
    if request.actor.person_id is not None:
        return redirect(_target(request))
    form = SignInForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            person = actions.check_credentials(**form.cleaned_data, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _first_step_done(request, person)
    shown = showcase.accounts()
    extra = {"accounts": shown, "one_password": showcase.one_password(shown), "next": _target(request)}
    return _page(request, "people/sign_in.html", form, extra)


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request: OfficeRequest) -> HttpResponse:
    """Ask for the code of the second factor, or set it up."""
    person = _pending(request)
    if person is None:
        return redirect("people:sign_in")
    factor = second_factor.begin(person)
    form = CodeForm(posted(request))
    if form.is_bound and form.is_valid():
        if _accepts(request, factor, form.cleaned_data["code"]):
            return _enter(request, person, request.session[PENDING]["next"])
        form.add_error("code", "动态码不正确或已用过，请用下一个")
    is_new = factor.confirmed_at is None
    extra = {"is_new": is_new, "picture": second_factor.picture(factor) if is_new else "", "factor": factor}
    return _page(request, "people/second_step.html", form, extra)


@open_to_all
@require_POST
def sign_out(request: OfficeRequest) -> HttpResponse:
    """Leave."""
    if isinstance(request.user, Person):
        actions.note_sign_out(request.user, by=request.actor)
    logout(request)
    return go_to(request, "/sign-in/")


def _first_step_done(request: OfficeRequest, person: Person) -> HttpResponse:
    if not policies.needs_second_factor(person) and not second_factor.confirmed(person):
        return _enter(request, person, _target(request))
    request.session.cycle_key()
    request.session[PENDING] = {
        "person": person.pk,
        "until": (clock.now() + PENDING_FOR).isoformat(),
        "next": _target(request),
    }
    return redirect("people:second_step")


def _pending(request: OfficeRequest) -> Person | None:
    pending = request.session.get(PENDING)
    if not pending or datetime.fromisoformat(pending["until"]) < clock.now():
        return None
    person = Person.objects.filter(pk=pending["person"]).first()
    if person is None or not person.is_active or actions.is_locked(person.username, request.actor.ip):
        return None
    return person


def _accepts(request: OfficeRequest, factor: SecondFactor, code: str) -> bool:
    by = replace(request.actor, person_id=factor.person_id, name=factor.person.name)
    if not second_factor.accepts(factor, code):
        actions.note_failed_factor(factor.person, by=by)
        return False
    if factor.confirmed_at is None:
        confirm_second_factor(factor, by=by)
    return True


def _enter(request: OfficeRequest, person: Person, target: str) -> HttpResponse:
    agent = request.headers.get("User-Agent", "")
    login(request, person, backend=BACKEND)
    request.session.pop(PENDING, None)
    about = {"device": device_of(agent), "agent": agent[:200], "ip": request.actor.ip}
    request.session[ABOUT] = about | {"at": clock.now().isoformat()}
    request.session.save()
    ended = _end_others(request, person, about["device"])
    actions.note_sign_in(person, by=actor_for(person, ip=request.actor.ip), ended=ended)
    return _with_preferences(go_to(request, target), person)


def _end_others(request: OfficeRequest, person: Person, device: str) -> int:
    if not policies.remembered(person).one_session_per_device:
        return 0
    return sign_out_sessions(person.pk, device=device, keep=request.session.session_key)


def _with_preferences(response: HttpResponse, person: Person) -> HttpResponse:
    """Let the screen look as this person likes it, on whichever computer."""
    remember(response, "size", person.text_size)
    remember(response, "density", person.density)
    remember(response, "keys", "on" if person.has_letter_keys else "off")
    return response


def _target(request: OfficeRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if is_ours else "/"


def _page(request: OfficeRequest, template: str, form: Any, extra: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "is_idle": "idle" in request.GET} | extra
    return render(request, template, context, status=422 if form.errors else 200)
