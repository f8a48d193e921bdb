"""Settling the county: units, people, posts, roles, portfolios, liaisons and calendar, written in bulk."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction

from demo import cast
from demo.registry import County, county
from zhongshu.archive.defaults import ensure_scopes
from zhongshu.base import clock, trail
from zhongshu.base.actors import SYSTEM, Actor
from zhongshu.base.calendars import seed_calendar
from zhongshu.base.trail import Entry
from zhongshu.flow import definitions
from zhongshu.people import defaults
from zhongshu.people.initials import initials_of
from zhongshu.people.models import (
    ABPost,
    AccountState,
    Appointment,
    Delegation,
    DelegationState,
    LeaderPortfolio,
    OrgUnit,
    OrgUnitName,
    Person,
    Post,
    Principal,
    PrincipalKind,
    Role,
    RoleGrant,
)

YEARS_BEFORE = 6
TENANTS = {"gov_office", "dept", "township", "vertical"}
PROCEDURES = ("incoming", "incoming_unit")
PROVINCE_CODE = "990127"


def settle() -> County:
    """Found the county in an empty database; its people can sign in afterwards."""
    this_year = clock.today().year
    with transaction.atomic():
        defaults.ensure_defaults()
        _found_units()
        _make_people()
        _appoint()
        _share_out()
        found = county()
        _stand_in(found)
        ensure_scopes(found.office)
    with clock.fixed(clock.midnight(founded()) + dt.timedelta(hours=8)):
        seed_calendar(range(this_year - 1, this_year + 2))
        for key in PROCEDURES:
            definitions.published(key, found.office)
    trail.write_bulk(_founding(found))
    return found


def founded() -> dt.date:
    """The day the county's books begin."""
    return dt.date(clock.today().year - YEARS_BEFORE, 3, 1)


def _found_units() -> None:
    plans = cast.units()
    principals = Principal.objects.bulk_create(Principal(kind=PrincipalKind.UNIT) for _ in plans)
    made = OrgUnit.objects.bulk_create(
        _unit(plan, principal) for plan, principal in zip(plans, principals, strict=True)
    )
    by_code = {plan.code: unit for plan, unit in zip(plans, made, strict=True)}
    for plan, unit in zip(plans, made, strict=True):
        unit.parent = _parent(plan, by_code)
        unit.tenant = unit if unit.is_tenant else by_code["office"]
    OrgUnit.objects.bulk_update(made, ["parent", "tenant"])
    OrgUnitName.objects.bulk_create(
        OrgUnitName(unit=unit, name=unit.name, short_name=unit.short_name, valid_from=unit.valid_from)
        for unit in made
    )


def _unit(plan: cast.Unit, principal: Principal) -> OrgUnit:
    is_tenant = plan.kind in TENANTS or plan.code == "guozi"
    short = plan.formal if plan.is_outside else plan.short
    return OrgUnit(
        principal=principal,
        name=plan.name,
        short_name=short,
        initials=initials_of(short),
        unit_type=plan.kind,
        is_tenant=is_tenant,
        must_have_liaison=plan.is_outside,
        doc_prefix=plan.prefix,
        division_code=PROVINCE_CODE,
        fonds_no=f"{plan.order:04d}" if is_tenant else "",
        sort_order=plan.order,
        valid_from=founded(),
    )


def _parent(plan: cast.Unit, by_code: dict[str, OrgUnit]) -> OrgUnit | None:
    if plan.code == "county":
        return None
    return by_code["office"] if plan.kind == "section" or plan.code == "center" else by_code["county"]


def _make_people() -> None:
    members = [member for member in cast.members() if member.is_primary]
    principals = Principal.objects.bulk_create(Principal(kind=PrincipalKind.PERSON) for _ in members)
    password = make_password(cast.PASSWORD)
    changed = clock.now() - dt.timedelta(days=12)
    Person.objects.bulk_create(
        Person(
            principal=principal,
            username=member.login,
            name=member.name,
            initials=initials_of(member.name),
            phone=member.extension,
            password=password,
            account_state=AccountState.ENABLED,
            must_change_password=False,
            password_changed_at=changed,
            created_at=clock.midnight(founded()),
        )
        for member, principal in zip(members, principals, strict=True)
    )


def _appoint() -> None:
    units = {unit.name: unit for unit in OrgUnit.objects.all()}
    people = {person.username: person for person in Person.objects.all()}
    posts, roles = _posts(), {role.code: role for role in Role.objects.all()}
    security = people[cast.holders("sec_admin")[0].login]
    appointments = Appointment.objects.bulk_create(
        Appointment(
            person=people[member.login],
            unit=units[cast.unit(member.unit).name],
            post=posts[member.post],
            is_primary=member.is_primary,
            sort_order=member.order,
            start=founded(),
        )
        for member in cast.members()
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(
            person=appointment.person,
            appointment=appointment,
            role=roles[code],
            granted_by=security,
            granted_at=clock.midnight(founded()),
        )
        for member, appointment in zip(cast.members(), appointments, strict=True)
        for code in member.roles
    )


def _posts() -> dict[str, Post]:
    """Add the county's posts to the default ones, in the order of rank in which they first appear."""
    known = set(Post.objects.values_list("name", flat=True))
    heading = {"section_head", "dept_head", "county_head", "office_director"}
    wanted = {member.post: member for member in reversed(cast.members())}
    Post.objects.bulk_create(
        Post(
            name=name,
            is_head=bool(heading & set(member.roles)),
            is_deputy="副" in name,
            sort_order=member.order,
        )
        for name, member in wanted.items()
        if name not in known
    )
    return {post.name: post for post in Post.objects.all()}


def _share_out() -> None:
    found = county()
    ABPost.objects.bulk_create(_ab_posts(found))
    portfolios = LeaderPortfolio.objects.bulk_create(
        LeaderPortfolio(
            tenant=found.office,
            leader=found.person(one.leader),
            title=cast.member(one.leader).post,
            topics="\n".join(one.topics),
            is_in_charge_of_all=one.leader == cast.county_head().name,
            deputy_director=found.person(one.deputy),
            ab_partner=found.person(one.partner),
            sort_order=order,
            valid_from=founded(),
        )
        for order, one in enumerate(cast.portfolios(), start=1)
    )
    for one, row in zip(cast.portfolios(), portfolios, strict=True):
        row.units.set([found.unit(code) for code in one.units + one.townships])


def _ab_posts(found: County) -> Iterable[ABPost]:
    for unit in cast.units():
        if unit.is_outside:
            a, b = cast.liaisons(unit.code)
            yield ABPost(
                unit=found.unit(unit.code),
                post_name="联络员",
                a_person=found.person(a.name),
                b_person=found.person(b.name),
                changed_on=founded(),
            )
        elif unit.kind == "section":
            head, second = cast.staff(unit.code)[:2]
            yield ABPost(
                unit=found.unit(unit.code),
                post_name=head.post,
                a_person=found.person(head.name),
                b_person=found.person(second.name),
                changed_on=founded(),
            )


def _stand_in(found: County) -> None:
    """One delegation in force (a leader at a course) and one that is over."""
    now = clock.now()
    away, partner = found.person("简亦舟"), found.person("沈知衡")
    Delegation.objects.bulk_create(
        Delegation(
            principal_person=away,
            agent=partner,
            scope=["documents"],
            start=now + dt.timedelta(days=start),
            end=now + dt.timedelta(days=end),
            reason=reason,
            state=state,
            created_at=now + dt.timedelta(days=start),
            created_by=away,
        )
        for start, end, reason, state in (
            (-1, 4, "赴省委党校参加专题研讨班", DelegationState.ACTIVE),
            (-96, -90, "赴沿海地区招商", DelegationState.EXPIRED),
        )
    )


def _founding(found: County) -> Iterable[Entry]:
    """How the county's accounts came to be, as the trail of a real installation would say."""
    system = found.actor(cast.holders("sys_admin")[0].name)
    security = found.actor(cast.holders("sec_admin")[0].name)
    began = clock.midnight(founded()) + dt.timedelta(hours=9)
    yield Entry(
        "install",
        SYSTEM,
        "系统初始化",
        "orgunit",
        found.office.pk,
        found.office.name,
        key_act=True,
        at=began,
    )
    for minute, member in enumerate(cast.members(), start=1):
        yield from _account(found, member, system, security, began + dt.timedelta(minutes=minute))


def _account(
    found: County, member: cast.Member, system: Actor, security: Actor, at: dt.datetime
) -> Iterable[Entry]:
    person, unit = found.person(member.name), found.unit(member.unit)
    data = {"name": person.name, "state": person.account_state}
    if member.is_primary:
        text = f"建立{person.name}的账号{person.username}（{unit.name}）"
        yield Entry("account_create", system, "建账号", "person", person.pk, text, data=data, at=at)
        text = f"启用{person.name}的账号{person.username}"
        yield Entry(
            "account_enable", security, "启用账号", "person", person.pk, text, data=data, key_act=True, at=at
        )
    names = "、".join(Role.objects.filter(code__in=member.roles).values_list("name", flat=True))
    text = f"授予{person.name}“{names}”"
    yield Entry("role_grant", security, "授予角色", "person", person.pk, text, data=data, key_act=True, at=at)
