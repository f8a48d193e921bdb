"""In which posts, and for whom, a person could work: read once per version of the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.http import HttpRequest

from zhongshu.base import clock
from zhongshu.people.middleware import choice_of
from zhongshu.people.models import Appointment, Delegation, OrgUnit, Person
from zhongshu.ui.addresses import address
from zhongshu.ui.requests import actor_of
from zhongshu.ui.slots import AccountLink, Standing

ALL = "all"


@dataclass(frozen=True)
class Held:
    """A delegation as the switch shows it."""

    pk: int
    principal_name: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Known:
    """What the shell shows of a person."""

    posts: tuple[tuple[int, int | None, str, str], ...]
    held: tuple[Held, ...]


@lru_cache(maxsize=2000)
def _known(person_id: int, version: int, on: date) -> Known:
    current = Appointment.objects.current(on).filter(person_id=person_id).select_related("unit", "post")
    held = Delegation.objects.filter(agent_id=person_id, state__in=["draft", "active"], end__gt=clock.now())
    return Known(
        tuple((a.pk, a.unit.tenant_id, a.unit.label, a.post.name) for a in current),
        tuple(
            Held(d.pk, d.principal_person.name, d.start, d.end)
            for d in held.select_related("principal_person")
        ),
    )


@lru_cache(maxsize=200)
def _unit_name(unit_id: int, version: int) -> str:
    return OrgUnit.objects.filter(pk=unit_id).values_list("name", flat=True).first() or ""


def known(person: Person) -> Known:
    return _known(person.pk, person.access_version, clock.today())


def office_name(request: HttpRequest) -> str:
    """Return the name of the office the person works for at the moment."""
    actor = actor_of(request)
    if actor is None or actor.tenant_id is None or not isinstance(request.user, Person):
        return ""
    return _unit_name(actor.tenant_id, request.user.access_version)


def person_line(request: HttpRequest) -> str:
    """Return unit and post, or for whom the person acts."""
    actor, person = actor_of(request), request.user
    if actor is None or not isinstance(person, Person):
        return ""
    if actor.on_behalf_of_name:
        return f"代{actor.on_behalf_of_name}办公"
    return next(
        (f"{unit} {post}" for pk, _, unit, post in known(person).posts if pk == actor.appointment_id), ""
    )


def choices(request: HttpRequest) -> list[Standing]:
    """Return what the person may work as; nothing where there is no choice."""
    if actor_of(request) is None or not isinstance(request.user, Person):
        return []
    found = [*_posts(request, known(request.user)), *_held(request, known(request.user))]
    if not found:
        return []
    chosen, url = choice_of(request), address("people:standing")
    is_own = chosen.appointment_id is None and chosen.delegation_id is None
    return [Standing("本人", url, is_own, ALL), *found]


def _posts(request: HttpRequest, person: Known) -> list[Standing]:
    if len(person.posts) < 2:
        return []
    chosen, url = choice_of(request), address("people:standing")
    return [
        Standing(f"{unit} {post}", url, pk == chosen.appointment_id, f"post:{pk}")
        for pk, _, unit, post in person.posts
    ]


def _held(request: HttpRequest, person: Known) -> list[Standing]:
    now, chosen, url = clock.now(), choice_of(request).delegation_id, address("people:standing")
    return [
        Standing(f"代{d.principal_name}", url, d.pk == chosen, f"for:{d.pk}")
        for d in person.held
        if d.start <= now < d.end
    ]


def account_links(request: HttpRequest) -> list[AccountLink]:
    if actor_of(request) is None:
        return []
    return [
        AccountLink("我的账号", address("people:account"), "person-gear"),
        AccountLink("退出登录", address("people:sign_out"), "box-arrow-right", is_post=True),
    ]
