"""Who acts: the Actor of a person, in one appointment or all, for oneself or as 乙（代甲）."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.people import grants
from zhongshu.people.models import Appointment, Delegation, Person, Role, RoleGrant, RoleKind

CACHE_SIZE = 2000


@dataclass(frozen=True)
class Choice:
    """In which appointment, and in whose place, a person chose to work."""

    appointment_id: int | None = None
    delegation_id: int | None = None


@dataclass(frozen=True)
class Remembered:
    """An actor, and the moment at which the delegation it rests on ends."""

    actor: Actor
    until: datetime | None = None


_cache: OrderedDict[tuple[object, ...], Remembered] = OrderedDict()
_cache_lock = threading.Lock()


@dataclass(frozen=True)
class Standing:
    """The appointments that count at the moment, the one in front first, and the roles held by them."""

    appointments: tuple[Appointment, ...]
    roles: tuple[Role, ...]

    @property
    def front(self) -> Appointment | None:
        return self.appointments[0] if self.appointments else None

    @property
    def tenant_id(self) -> int | None:
        return self.front.unit.tenant_id if self.front else None


def actor_for(
    person: Person,
    *,
    appointment: Appointment | None = None,
    delegation: Delegation | None = None,
    ip: str = "",
    channel: str = "web",
    key: str = "",
) -> Actor:
    """Return the actor of a person; with `delegation`, the agent working in the principal's place."""
    choice = Choice(appointment.pk if appointment else None, delegation.pk if delegation else None)
    actor = actor_by_choice(person, choice)
    return replace(actor, ip=ip, channel=channel, key=key)


def actor_by_choice(person: Person, choice: Choice) -> Actor:
    """Return the actor as remembered; a delegation that is over or revoked falls back to the person alone."""
    today = clock.today()
    key = (person.pk, person.access_version, choice, today)
    with _cache_lock:
        found = _cache.get(key)
        if found is not None:
            _cache.move_to_end(key)
    if found is None:
        found = _remember(key, _made(person, choice, today))
    if found.until is not None and clock.now() >= found.until:
        return actor_by_choice(person, replace(choice, delegation_id=None))
    return found.actor


def _remember(key: tuple[object, ...], made: Remembered) -> Remembered:
    with _cache_lock:
        _cache[key] = made
        while len(_cache) > CACHE_SIZE:
            _cache.popitem(last=False)
    return made


def _made(person: Person, choice: Choice, on: date) -> Remembered:
    actor = _own(person, choice.appointment_id, on)
    if choice.delegation_id is None:
        return Remembered(actor)
    in_force = Delegation.objects.in_force(clock.now()).select_related("principal_person")
    delegation = in_force.filter(pk=choice.delegation_id, agent=person).first()
    if delegation is None or not delegation.principal_person.is_active:
        return Remembered(actor)
    return Remembered(_in_place_of(actor, delegation, on), until=delegation.end)


def _own(person: Person, appointment_id: int | None, on: date) -> Actor:
    appointments = list(person.appointments.current(on).select_related("unit__tenant__principal"))
    if appointment_id not in {a.pk for a in appointments}:
        appointment_id = None
    standing = _standing(person, appointments, appointment_id)
    front = standing.front
    return Actor(
        person_id=person.pk,
        name=person.name,
        unit_id=front.unit_id if front else None,
        unit_name=front.unit.label if front else "",
        appointment_id=front.pk if front else None,
        tenant_id=standing.tenant_id,
        roles=frozenset(role.code for role in standing.roles),
        permissions=grants.permissions_of(standing.roles),
        principals=_principals(person, standing, appointments if appointment_id is None else ()),
    )


def _standing(person: Person, appointments: list[Appointment], chosen_id: int | None) -> Standing:
    """Count the chosen appointment only, else all of the same tenant as the primary one."""
    chosen = [a for a in appointments if a.pk == chosen_id] or appointments[:1]
    if chosen and chosen_id is None:
        chosen = [a for a in appointments if a.unit.tenant_id == chosen[0].unit.tenant_id]
    ids = {a.pk for a in chosen}
    held = RoleGrant.objects.standing().filter(person=person).select_related("role")
    roles = {g.role for g in held if g.appointment_id is None or g.appointment_id in ids}
    return Standing(tuple(chosen), tuple(sorted(roles, key=lambda r: (r.sort_order, r.pk))))


def _principals(person: Person, standing: Standing, others: Iterable[Appointment]) -> tuple[int, ...]:
    """Own, one's sections, and the tenant's unit for those who represent it."""
    if any(role.is_admin for role in standing.roles):
        return ()
    units = [a.unit for a in (*standing.appointments, *others)]
    found = [person.principal_id, *(unit.principal_id for unit in units if not unit.is_tenant)]
    if standing.front and standing.front.unit.tenant and any(r.represents_unit for r in standing.roles):
        found.append(standing.front.unit.tenant.principal_id)
    return tuple(dict.fromkeys(found))


def _in_place_of(agent: Actor, delegation: Delegation, on: date) -> Actor:
    """Put the principal's business roles and sight, cut to the delegation's scope, on the agent."""
    absent = _own(delegation.principal_person, None, on)
    roles = Role.objects.filter(code__in=absent.roles, kind=RoleKind.BUSINESS)
    return replace(
        agent.for_(delegation.principal_person_id, absent.name),
        tenant_id=absent.tenant_id,
        roles=frozenset(role.code for role in roles),
        permissions=grants.within_scope(absent.permissions, delegation.scope),
        principals=absent.principals,
    )
