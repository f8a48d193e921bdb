"""Whom a node calls: its `who` as data, resolved to persons and pools, with the stand-in of who is away.

who: {"role": code[, "pick": "all"]} · {"var": name[, "as": "principal|person|unit"][, "role": code]}
     {"person_of": "initiator|first_receiver|previous|node:<id>"} · {"portfolio": "leader|deputy_director|
     ab_partner", "var": name} · {"head": true} · {"persons": [ids]} · {"units": [ids]} · {"room": resolver}
A value in a variable is a list of ids, or of {"id": …, "duty": "主办", "due": "2026-06-13"}.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.cache import cache

from zhongshu.base import clock
from zhongshu.base.refusals import Refused
from zhongshu.flow import hooks, limits
from zhongshu.flow.hooks import Moment
from zhongshu.flow.models import FlowTask
from zhongshu.matters.kinds import kind_of
from zhongshu.matters.models import Matter, SecurityLabel
from zhongshu.people import queries as people
from zhongshu.people.models import Absence, Delegation, OrgUnit, Person, Role, RoleGrant, RoleKind


@dataclass
class Seat:
    """One task to be: a person's, or one for a pool."""

    person: Person | None = None
    owner: Person | None = None
    unit: OrgUnit | None = None
    role: str = ""
    role_name: str = ""
    is_office_wide: bool = True
    duty: str = ""
    due_at: datetime | None = None
    members: list[Person] = field(default_factory=list)

    @property
    def pool(self) -> str:
        """Return the key under which the pool's members find it."""
        if self.person or not self.unit:
            return ""
        return f"{self.role}@{self.unit.pk}" if self.role else f"@{self.unit.principal_id}"

    @property
    def key(self) -> str:
        return f"p{self.person.pk}" if self.person else self.pool

    @property
    def label(self) -> str:
        """Return in whose hands it lies, in words."""
        if self.person:
            return f"{self.person.name}（代{self.owner.name}）" if self.owner else self.person.name
        return f"{self.unit.label if self.unit else ''}{self.role_name}"

    def label_for(self, matter: Matter) -> str:
        """Return the label as the matter's own office says it: 秘书科, not 县政府办秘书科."""
        own = self.unit is not None and self.unit.pk == matter.tenant_id
        return self.role_name if own and self.role_name and not self.person else self.label

    def sight(self, matter: Matter) -> list[int]:
        """Return the principals that get a part: the unit for its pool, persons where the circle is closed."""
        if self.person:
            owner = [self.owner.principal_id] if self.owner else []
            return [self.person.principal_id, *owner]
        persons = [person.principal_id for person in self.members]
        if matter.label == SecurityLabel.WORK_SECRET or not self.unit:
            return persons
        return [self.unit.principal_id] if self.is_office_wide else persons


@dataclass
class Asking:
    """What a resolver may look at."""

    moment: Moment
    facts: Mapping[str, Any]
    doers: Callable[[str], list[int]]

    @property
    def org(self) -> OrgUnit:
        return self.moment.instance.org


def seats_for(who: Mapping[str, Any], asking: Asking) -> list[Seat]:
    """Return the seats a node calls, each person once, who is away replaced."""
    for form, resolve in _FORMS.items():
        if form in who:
            return settled(resolve(who, asking), asking.moment)
    raise Refused.one("FLOW-WHO", "流程没有写明这一环节由谁办理，请联系系统管理员")


def settled(seats: Iterable[Seat], moment: Moment) -> list[Seat]:
    """Return the seats each once, who is away replaced."""
    once: dict[str, Seat] = {}
    for seat in seats:
        once.setdefault(seat.key, seat)
    stand_in([seat for seat in once.values() if seat.person], moment)
    return list({seat.key: seat for seat in once.values()}.values())


def scope_of(matter: Matter) -> str:
    """Return the module that delegations name for this matter."""
    return kind_of(matter.kind).url_name.partition(":")[0]


def stand_in(seats: list[Seat], moment: Moment) -> None:
    """Give the work of who is away to the agent or the B post (domain 1.5)."""
    ids = [seat.person.pk for seat in seats if seat.person]
    at = clock.now()
    away = set(
        Absence.objects.filter(
            person_id__in=ids, cancelled_at__isnull=True, start__lte=at, end__gt=at
        ).values_list("person_id", flat=True)
    )
    must_sign = bool(moment.node and moment.node.spec.get("sign"))
    for seat in seats:
        if seat.person and seat.person.pk in away:
            found = agent_of(seat.person, scope_of(moment.matter), must_sign=must_sign)
            seat.person, seat.owner = found or seat.person, seat.person if found else None


def agent_of(absent: Person, scope: str, *, must_sign: bool = False) -> Person | None:
    """Return who does the work of one who is away; what must be signed only an agent with that power."""
    chain = people.chain_of_agents(absent, scope)
    if must_sign:
        given = Delegation.objects.in_force(clock.now()).filter(principal_person=absent, can_sign=True)
        able = {delegation.agent_id for delegation in given if delegation.covers(scope)}
        chain = [person for person in chain if person.pk in able]
    return next(iter(chain), None)


def _of_role(who: Mapping[str, Any], asking: Asking) -> list[Seat]:
    seat = role_pool(str(who["role"]), asking.org)
    if who.get("pick") == "all":
        return [Seat(person=person) for person in seat.members]
    return [seat] if seat.members else []


def role_pool(role: str, unit: OrgUnit) -> Seat:
    """Return the pool of a role: of a whole office, or of one of its sections."""
    within = None if unit.is_tenant else unit
    members = people.holders(role, tenant=unit.tenant_id or unit.pk, unit=within)
    name, office_wide = _roles().get(role, (role, False))
    return Seat(unit=unit, role=role, role_name=name, is_office_wide=office_wide, members=members)


def role_names() -> dict[str, str]:
    """Return the roles' names by code."""
    return {code: name for code, (name, _) in _roles().items()}


def _roles() -> dict[str, tuple[str, bool]]:
    """Return name and sight of each role; read every half minute, since every step asks."""
    found: dict[str, tuple[str, bool]] | None = cache.get("flow:roles")
    if found is None:
        rows = Role.objects.values_list("code", "name", "represents_unit")
        found = {code: (name, wide) for code, name, wide in rows}
        cache.set("flow:roles", found, 30)
    return found


def unit_pool(unit: OrgUnit, role: str = "") -> Seat:
    """Return the pool of a unit: those who receive for it, or the holders of a role in it."""
    return role_pool(role, unit) if role else Seat(unit=unit, members=people.representatives(unit))


def _of_var(who: Mapping[str, Any], asking: Asking) -> list[Seat]:
    return _of_items(asking.facts.get(who["var"]) or [], str(who.get("as", "principal")), who)


def _of_items(items: Any, kind: str, who: Mapping[str, Any]) -> list[Seat]:
    rows = [item if isinstance(item, dict) else {"id": item} for item in _listed(items)]
    found = _LOOKUPS[kind]([int(row["id"]) for row in rows])
    role = str(who.get("role", ""))
    return [_seat(found[int(row["id"])], row, role) for row in rows if int(row["id"]) in found]


def _listed(items: Any) -> list[Any]:
    return items if isinstance(items, list) else [items]


def _seat(target: Person | OrgUnit, row: Mapping[str, Any], role: str) -> Seat:
    seat = Seat(person=target) if isinstance(target, Person) else unit_pool(target, role)
    seat.duty, seat.due_at = str(row.get("duty", "")), limits.as_moment(row.get("due"))
    return seat


def _by_principal(ids: list[int]) -> dict[int, Person | OrgUnit]:
    found: dict[int, Person | OrgUnit] = {}
    found.update({person.principal_id: person for person in people.enabled().filter(principal_id__in=ids)})
    if missing := [pk for pk in ids if pk not in found]:
        found.update({unit.principal_id: unit for unit in OrgUnit.objects.filter(principal_id__in=missing)})
    return found


def _persons(ids: list[int]) -> dict[int, Person | OrgUnit]:
    return {person.pk: person for person in people.enabled().filter(pk__in=ids)}


def _units(ids: list[int]) -> dict[int, Person | OrgUnit]:
    return {unit.pk: unit for unit in OrgUnit.objects.filter(pk__in=ids)}


_LOOKUPS: dict[str, Callable[[list[int]], dict[int, Person | OrgUnit]]] = {
    "principal": _by_principal,
    "person": _persons,
    "unit": _units,
}


def of_targets(targets: Iterable[Person | OrgUnit | int]) -> list[Seat]:
    """Return seats for what somebody picked: persons, units, or principals of either."""
    seats = [_given(target) for target in targets]
    _refuse_admins(seats)
    for seat in seats:
        if not seat.key or (seat.person is None and not seat.members):
            raise Refused.one("FLOW-PERSON", f"{seat.label or '所选对象'}没有人可以接，请另选", "to")
    return seats


def _refuse_admins(seats: Sequence[Seat]) -> None:
    """三员 take no part in business (ORG-02)."""
    ids = [seat.person.pk for seat in seats if seat.person]
    if not ids:
        return
    granted = RoleGrant.objects.standing().filter(person_id__in=ids, role__kind=RoleKind.ADMIN)
    if granted.exists():
        raise Refused.one("ORG-02", "管理员账号不得办理业务", "to")


def by_principals(ids: Iterable[int]) -> list[Seat]:
    """Return seats for principals: persons, and pools of units."""
    return _of_items(list(ids), "principal", {})


def _of_person(who: Mapping[str, Any], asking: Asking) -> list[Seat]:
    instance, which = asking.moment.instance, str(who["person_of"])
    ids: list[int | None]
    if which.startswith("node:"):
        ids = list(asking.doers(which.removeprefix("node:")))
    else:
        ids = [
            {
                "initiator": instance.initiator_id,
                "first_receiver": instance.first_receiver_id,
                "previous": asking.moment.by.person_id,
            }.get(which)
        ]
    return _of_items([pk for pk in ids if pk], "person", {})


def _of_portfolio(who: Mapping[str, Any], asking: Asking) -> list[Seat]:
    """Return the leaders (or their deputy directors) in whose portfolio the units of a variable lie."""
    rows = [
        item["id"] if isinstance(item, dict) else item for item in _listed(asking.facts.get(who["var"]) or [])
    ]
    units = OrgUnit.objects.filter(principal_id__in=rows)
    portfolios = [portfolio for unit in units for portfolio in people.leaders_for(unit)]
    named = [getattr(portfolio, str(who["portfolio"])) for portfolio in portfolios]
    return [Seat(person=person) for person in named if person]


def _of_head(_who: Mapping[str, Any], asking: Asking) -> list[Seat]:
    return [Seat(person=person) for person in people.heads(asking.org)]


def _of_room(who: Mapping[str, Any], asking: Asking) -> list[Seat]:
    name = str(who["room"])
    resolver = hooks.procedure(asking.moment.instance.definition.key).resolvers.get(name)
    if resolver is None:
        raise Refused.one("FLOW-WHO", f"流程要求的办理人规则“{name}”没有装上，请联系系统管理员")
    return [_given(item) for item in resolver(asking.moment) if item]


def _given(item: Any) -> Seat:
    if isinstance(item, Seat):
        return item
    if isinstance(item, Person):
        return Seat(person=item)
    if isinstance(item, OrgUnit):
        return unit_pool(item)
    found = by_principals([int(item)])
    if not found:
        raise Refused.one("FLOW-PERSON", "没有这个人或单位，或者账号已停用", "to")
    return found[0]


_FORMS: dict[str, Callable[[Mapping[str, Any], Asking], list[Seat]]] = {
    "person_of": _of_person,
    "portfolio": _of_portfolio,
    "head": _of_head,
    "room": _of_room,
    "var": _of_var,
    "role": _of_role,
    "persons": lambda who, _: _of_items(who["persons"], "person", who),
    "units": lambda who, _: _of_items(who["units"], "principal", who),
}
FORMS = tuple(_FORMS)


def seat_of(task: FlowTask) -> Seat:
    """Return the seat a task was made for, to make it again."""
    if task.assignee:
        return Seat(person=task.owner or task.assignee, unit=None, duty=task.duty)
    unit = task.unit
    seat = unit_pool(unit, task.role) if unit else Seat()
    seat.duty = task.duty
    return seat
