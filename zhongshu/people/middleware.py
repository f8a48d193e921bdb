"""Who is at the page: the actor of each request, the idle limit, the forced change of password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.trail import log_event
from zhongshu.people import policy as policies
from zhongshu.people.actors import Choice, actor_by_choice
from zhongshu.people.addresses import ip_of
from zhongshu.people.models import Person
from zhongshu.people.sessions import SessionStore
from zhongshu.ui.addresses import address
from zhongshu.ui.forms import key_of
from zhongshu.ui.pages import go_to
from zhongshu.ui.requests import OfficeRequest
from zhongshu.ui.slots import slots

GetResponse = Callable[[HttpRequest], HttpResponse]
CHOSEN_APPOINTMENT, CHOSEN_DELEGATION = "appointment", "delegation"
# Pages that ask by themselves whether there is news are no sign that somebody sits there.
BACKGROUND_HEADER = "ZS-Background"
OPEN_DURING_CHANGE = ("people:password_change", "people:sign_out", "ui:preferences")


class ActorMiddleware:
    """Put `request.actor` on every request; needs sessions, auth and messages before it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request = cast(OfficeRequest, request)
        request.actor = Actor(person_id=None, name="", ip=ip_of(request))
        if not isinstance(request.user, Person):
            return self.get_response(request)
        person = request.user
        policy = policies.remembered(person)
        if _is_idle(request, policy.idle_minutes):
            return _sign_out_idle(request, person)
        request.actor = _actor(request, person)
        if policies.must_change_password(person, policy) and not _may_pass(request):
            return _uncached(go_to(request, reverse("people:password_change")))
        _touch(request)
        return _uncached(self.get_response(request))


def choice_of(request: HttpRequest) -> Choice:
    """Return in which post, and for whom, this session works."""
    return Choice(request.session.get(CHOSEN_APPOINTMENT), request.session.get(CHOSEN_DELEGATION))


def _actor(request: HttpRequest, person: Person) -> Actor:
    actor = actor_by_choice(person, choice_of(request))
    key = key_of(request) if request.method == "POST" else ""
    return replace(actor, ip=ip_of(request), key=key)


def _is_idle(request: HttpRequest, minutes: int) -> bool:
    row = cast(SessionStore, request.session).row
    if row is None or row.last_seen_at is None:
        return False
    return clock.now() - row.last_seen_at > timedelta(minutes=minutes)


def _sign_out_idle(request: OfficeRequest, person: Person) -> HttpResponse:
    by = _actor(request, person)
    log_event("sign_out", by=by, label="空闲退出", object_kind="person", object_id=person.pk)
    logout(request)
    return go_to(request, f"{reverse('people:sign_in')}?idle=1")


def _may_pass(request: HttpRequest) -> bool:
    return request.path in {address(name) for name in OPEN_DURING_CHANGE}


def _touch(request: HttpRequest) -> None:
    asks_for_news = request.path in {slots.poll_url(request), slots.live_url(request)}
    if BACKGROUND_HEADER not in request.headers and not asks_for_news:
        cast(SessionStore, request.session).touch()


def _uncached(response: HttpResponse) -> HttpResponse:
    """Leave nothing of a signed-in page in the browser's store."""
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "no-store"
    return response
