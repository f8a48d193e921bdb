"""Reads of units, persons and stand-ins shared by the rooms; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet

from zhongshu.base import clock
from zhongshu.people.models import (
    ABPost,
    Absence,
    AccountState,
    Appointment,
    Delegation,
    LeaderPortfolio,
    OrgUnit,
    OrgUnitName,
    Person,
    Principal,
    PrincipalKind,
    Role,
    RoleGrant,
    UnitType,
)

UNREAD = {"password", "phone", "email", "last_login", "created_by"}
HELD = ["person_id", *(f"person__{f.name}" for f in Person._meta.concrete_fields if f.name not in UNREAD)]


def name_on(unit: OrgUnit, on: date) -> str:
    """Return the name the unit bore on that day."""
    return unit.name_on(on)


def names_on(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """Return the names of many units on one day, in two queries."""
    units = OrgUnit.objects.filter(pk__in=set(unit_ids))
    return {u.pk: u.name_on(on) for u in units.prefetch_related(Prefetch("names", OrgUnitName.objects.all()))}


def holders(role: str, *, tenant: OrgUnit | int, unit: OrgUnit | None = None) -> list[Person]:
    """Return the enabled persons who hold a role now in a tenant, or only in one of its units."""
    # One statement of plain joins: written with subqueries it took twice as long to put together.
    posts = Appointment.objects.current(clock.today()).filter(
        Q(person__grants__appointment__isnull=True) | Q(person__grants__appointment=F("pk")),
        unit__tenant=tenant,
        person__account_state=AccountState.ENABLED,
        person__grants__role__code=role,
        person__grants__revoked_at__isnull=True,
    )
    if unit is not None:
        posts = posts.filter(unit=unit)
    held = posts.select_related("person").only(*HELD).order_by("person_id")
    return list(dict.fromkeys(post.person for post in held))


def enabled() -> QuerySet[Person]:
    return Person.objects.filter(account_state=AccountState.ENABLED)


def members(unit: OrgUnit, *, with_sections: bool = False) -> list[Person]:
    """Return the enabled persons appointed in a unit now, in order of rank; on wish, in its sections too."""
    units = Q(unit=unit) | Q(unit__parent=unit, unit__unit_type="section") if with_sections else Q(unit=unit)
    appointments = (
        Appointment.objects.current(clock.today())
        .filter(units, person__account_state=AccountState.ENABLED)
        .select_related("person")
        .order_by("sort_order", "post__sort_order", "pk")
    )
    return list(dict.fromkeys(a.person for a in appointments))


def heads(unit: OrgUnit) -> list[Person]:
    """Return who leads a unit: holders of a leading post."""
    found = Appointment.objects.current(clock.today()).filter(
        unit=unit, post__is_head=True, person__account_state=AccountState.ENABLED
    )
    return [a.person for a in found.select_related("person").order_by("sort_order", "pk")]


def liaisons(unit: OrgUnit) -> list[Person]:
    """Return the liaisons of a unit."""
    return holders("liaison", tenant=unit.tenant_id or unit.pk, unit=unit)


def leaders_for(unit: OrgUnit) -> list[LeaderPortfolio]:
    """Return the portfolios a unit falls under today; a section falls under those of its office."""
    current = LeaderPortfolio.objects.current(clock.today()).select_related(
        "leader", "deputy_director", "ab_partner"
    )
    own = list(current.filter(units=unit))
    if not own and unit.parent_id and unit.unit_type == "section":
        return list(current.filter(units=unit.parent_id))
    return own


def portfolio_of(leader: Person) -> LeaderPortfolio | None:
    current = LeaderPortfolio.objects.current(clock.today()).filter(leader=leader)
    return current.select_related("leader", "deputy_director", "ab_partner").first()


def is_absent(person: Person, at: datetime | None = None) -> bool:
    at = at or clock.now()
    return Absence.objects.filter(
        person=person, cancelled_at__isnull=True, start__lte=at, end__gt=at
    ).exists()


def delegations_held(agent: Person, at: datetime | None = None) -> list[Delegation]:
    """Return the delegations under which a person may act for another at that moment."""
    found = Delegation.objects.in_force(at or clock.now()).filter(
        agent=agent, principal_person__account_state=AccountState.ENABLED
    )
    return list(found.select_related("principal_person", "agent"))


def delegation_between(agent_id: int, principal_id: int, at: datetime | None = None) -> Delegation | None:
    found = Delegation.objects.in_force(at or clock.now())
    return found.filter(agent_id=agent_id, principal_person_id=principal_id).first()


def chain_of_agents(person: Person, scope: str = "", at: datetime | None = None) -> list[Person]:
    """Return who could stand in, the first choice first: agent, B person, partner; never an agent's agent."""
    at = at or clock.now()
    agents = [d.agent for d in _given(person, at) if d.covers(scope)]
    candidates = [*agents, *_b_persons(person), *_partners(person)]
    return [p for p in dict.fromkeys(candidates) if p != person and p.is_active and not is_absent(p, at)]


def stand_in(person: Person, scope: str = "", at: datetime | None = None) -> Person | None:
    """Return who gets the work of a person who is away; None while the person is here."""
    at = at or clock.now()
    if not is_absent(person, at):
        return None
    return next(iter(chain_of_agents(person, scope, at)), None)


def _given(person: Person, at: datetime) -> QuerySet[Delegation]:
    given = Delegation.objects.in_force(at).filter(principal_person=person)
    return given.select_related("agent").order_by("start", "pk")


def _b_persons(person: Person) -> list[Person]:
    posts = ABPost.objects.filter(a_person=person, ended_on__isnull=True).select_related("b_person")
    return [post.b_person for post in posts.order_by("pk")]


def _partners(person: Person) -> list[Person]:
    portfolio = portfolio_of(person)
    return [portfolio.ab_partner] if portfolio and portfolio.ab_partner else []


def persons_of(principal_ids: Iterable[int]) -> list[Person]:
    """Return the enabled persons behind principals: themselves, or those who represent the unit."""
    principals = Principal.objects.filter(pk__in=set(principal_ids)).select_related("person", "unit")
    found: list[Person] = []
    for principal in principals:
        if principal.kind == PrincipalKind.PERSON:
            found += [principal.person] if principal.person.is_active else []
        else:
            found += representatives(principal.unit)
    return list(dict.fromkeys(found))


def representatives(unit: OrgUnit) -> list[Person]:
    """Return who receives for a unit: liaisons of a tenant, all members of a section."""
    if not unit.is_tenant:
        return members(unit)
    return liaisons(unit) or holders("secretariat", tenant=unit) or heads(unit)


def current_appointments(person: Person) -> QuerySet[Appointment]:
    """Return what a person is appointed to now, the primary one first."""
    return person.appointments.current(clock.today()).select_related("unit", "post")


def primary_appointment(person: Person) -> Appointment | None:
    return current_appointments(person).first()


def ab_posts_of(person: Person) -> QuerySet[ABPost]:
    """Return the AB posts a person is A or B of."""
    found = ABPost.objects.filter(Q(a_person=person) | Q(b_person=person), ended_on__isnull=True)
    return found.select_related("unit", "a_person", "b_person")


def dormant(days: int) -> QuerySet[Person]:
    """Return the accounts in use that nobody has signed in with for so many days."""
    since = clock.now() - timedelta(days=days)
    unused = Q(last_login__lt=since) | Q(last_login__isnull=True, created_at__lt=since)
    return enabled().filter(unused).order_by("last_login", "pk")


def roles_with_holders() -> QuerySet[Role]:
    """Return the roles, each with the number of those who hold it now."""
    standing = Q(grants__revoked_at__isnull=True, grants__person__account_state=AccountState.ENABLED)
    return Role.objects.annotate(holders=Count("grants__person", filter=standing, distinct=True))


def people_with(role: Role) -> QuerySet[Person]:
    """Return those who hold a role now, in any office."""
    return enabled().filter(grants__role=role, grants__revoked_at__isnull=True).distinct().order_by("pk")


def portfolios_on(on: date, tenant_id: int | None) -> QuerySet[LeaderPortfolio]:
    """Return the division of work among the county's leaders, and those of one's own office, on a day."""
    of_government = Q(tenant__unit_type=UnitType.GOV_OFFICE)
    found = LeaderPortfolio.objects.current(on).filter(Q(tenant=tenant_id) | of_government)
    return found.select_related("leader", "deputy_director", "ab_partner").prefetch_related("units")


def other_ab_posts() -> QuerySet[ABPost]:
    """Return the AB posts that are not liaisons'."""
    found = ABPost.objects.filter(ended_on__isnull=True).exclude(post_name="联络员")
    return found.select_related("unit", "a_person", "b_person")


def absences_ahead(tenant_id: int | None) -> list[Absence]:
    """Return the absences in an office that have not ended."""
    staff = Appointment.objects.current(clock.today()).filter(unit__tenant=tenant_id)
    found = Absence.objects.filter(
        cancelled_at__isnull=True, end__gt=clock.now(), person__in=staff.values("person")
    )
    return list(found.select_related("person").order_by("start", "pk"))


def without_post(on: date) -> list[Person]:
    """Return the persons in use whose last appointment has ended; administrators need none."""
    current = Appointment.objects.current(on).values("person")
    ahead = Appointment.objects.filter(start__gt=on).values("person")
    left = enabled().filter(appointments__isnull=False).exclude(pk__in=current).exclude(pk__in=ahead)
    admins = RoleGrant.objects.standing().filter(role__kind="admin").values("person")
    return list(left.exclude(pk__in=admins).distinct().order_by("pk"))
