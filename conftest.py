"""The office: 云岭县's units and people, known by their part in it, for every test of the house.

云岭县人民政府    county_head, exec_vice_head, vice_head, other_vice_head
├ 政府办 (tenant) director, deputy
│ ├ 秘书科        section_chief, clerk, archivist
│ ├ 综合科        drafter
│ ├ 督查室        supervisor
│ ├ 法制科        legal
│ └ 总值班室      duty
├ depts[0..3]     head, liaison (A), b_liaison (B), member (no role)
├ townships[0..1] head, liaison
└ 县文旅局        outsider (a liaison, but of a unit that no test involves)
sys_admin, sec_admin, audit_admin: no business role, no post in front
"""

import socket
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.people import defaults
from zhongshu.people.actors import actor_for
from zhongshu.people.models import (
    ABPost,
    AccountState,
    Appointment,
    LeaderPortfolio,
    OrgUnit,
    OrgUnitName,
    Person,
    Post,
    Principal,
    PrincipalKind,
    Role,
    RoleGrant,
    UnitType,
)

pytest_plugins = ["zhongshu.base.testing"]

FOUNDED = date(2019, 3, 1)

SECTIONS = ("秘书科", "综合科", "督查室", "法制科", "总值班室")
DEPTS = ("发展和改革局", "财政局", "水利局", "住房和城乡建设局", "文化和旅游局")
TOWNSHIPS = ("青石镇", "白水乡")

# key: name, unit, post, roles
STAFF: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "county_head": ("陆承安", "县政府", "县长", ("county_head",)),
    "exec_vice_head": ("沈知衡", "县政府", "常务副县长", ("exec_vice_mayor",)),
    "vice_head": ("顾怀川", "县政府", "副县长", ("vice_mayor",)),
    "other_vice_head": ("岳清和", "县政府", "副县长", ("vice_mayor",)),
    "director": ("乔致远", "县政府办", "主任", ("office_director",)),
    "deputy": ("闻仲谦", "县政府办", "副主任", ("office_deputy",)),
    "section_chief": ("许清和", "秘书科", "科长", ("section_head", "secretariat")),
    "clerk": ("林晓禾", "秘书科", "科员", ("secretariat",)),
    "archivist": ("梁书勤", "秘书科", "科员", ("archivist",)),
    "drafter": ("白砚", "综合科", "科员", ("general_section",)),
    "supervisor": ("尹卓", "督查室", "科长", ("supervision_office",)),
    "legal": ("程以安", "法制科", "科长", ("legal_section",)),
    "duty": ("邵一鸣", "总值班室", "科员", ("duty_office",)),
    "sys_admin": ("管一", "县政府办", "工作人员", ("sys_admin",)),
    "sec_admin": ("管二", "县政府办", "工作人员", ("sec_admin",)),
    "audit_admin": ("管三", "县政府办", "工作人员", ("audit_admin",)),
}


@dataclass
class UnitPeople:
    """A department or township and its people."""

    unit: OrgUnit
    head: Person
    liaison: Person
    b_liaison: Person
    member: Person


@dataclass
class Office:
    """Everybody by the part they play; `office.units["秘书科"]` gives a unit."""

    units: dict[str, OrgUnit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    depts: list[UnitPeople] = field(default_factory=list)
    townships: list[UnitPeople] = field(default_factory=list)
    appointments: dict[int, Appointment] = field(default_factory=dict)

    county_head: Person = field(init=False)
    exec_vice_head: Person = field(init=False)
    vice_head: Person = field(init=False)
    other_vice_head: Person = field(init=False)
    director: Person = field(init=False)
    deputy: Person = field(init=False)
    section_chief: Person = field(init=False)
    clerk: Person = field(init=False)
    archivist: Person = field(init=False)
    drafter: Person = field(init=False)
    supervisor: Person = field(init=False)
    legal: Person = field(init=False)
    duty: Person = field(init=False)
    sys_admin: Person = field(init=False)
    sec_admin: Person = field(init=False)
    audit_admin: Person = field(init=False)
    outsider: Person = field(init=False)

    @property
    def tenant(self) -> OrgUnit:
        """The government office, whose matters these are."""
        return self.units["县政府办"]

    @property
    def government(self) -> OrgUnit:
        return self.units["县政府"]

    @property
    def vice_heads(self) -> list[Person]:
        return [self.vice_head, self.other_vice_head]

    @property
    def admins(self) -> list[Person]:
        return [self.sys_admin, self.sec_admin, self.audit_admin]

    def appointment(self, person: Person) -> Appointment:
        return self.appointments[person.pk]

    def actor(self, person: Person, **kwargs: Any) -> Actor:
        """Return the actor of a person, as the middleware would."""
        return actor_for(Person.objects.get(pk=person.pk), **kwargs)


@pytest.fixture
def office(db: None) -> Office:
    """Build the office in a dozen statements."""
    if not Role.objects.exists():
        defaults.ensure_defaults()
    office = Office()
    _found_units(office)
    _appoint(office, _staff_of(office))
    _share_out(office)
    return office


def _found_units(office: Office) -> None:
    gov = _found(office, None, [("县政府", "云岭县人民政府", UnitType.COUNTY_GOV)])
    below = [("县政府办", "云岭县人民政府办公室", UnitType.GOV_OFFICE)]
    below += [(f"县{name}", f"云岭县{name}", UnitType.DEPT) for name in DEPTS]
    below += [(name, f"云岭县{name}人民政府", UnitType.TOWNSHIP) for name in TOWNSHIPS]
    _found(office, gov[0], below)
    _found(office, office.tenant, [(name, name, UnitType.SECTION) for name in SECTIONS])
    everyone = list(office.units.values())
    for unit in everyone:
        unit.tenant = unit if unit.is_tenant else office.tenant
    OrgUnit.objects.bulk_update(everyone, ["tenant"])
    OrgUnitName.objects.bulk_create(
        OrgUnitName(unit=unit, name=unit.name, short_name=unit.short_name, valid_from=unit.valid_from)
        for unit in everyone
    )


def _found(office: Office, parent: OrgUnit | None, rows: list[tuple[str, str, str]]) -> list[OrgUnit]:
    principals = Principal.objects.bulk_create(Principal(kind=PrincipalKind.UNIT) for _ in rows)
    made = OrgUnit.objects.bulk_create(
        OrgUnit(
            principal=principal,
            short_name=short,
            name=name,
            unit_type=unit_type,
            parent=parent,
            is_tenant=unit_type in (UnitType.GOV_OFFICE, UnitType.DEPT, UnitType.TOWNSHIP),
            must_have_liaison=unit_type in (UnitType.DEPT, UnitType.TOWNSHIP),
            doc_prefix="云政办" if unit_type == UnitType.GOV_OFFICE else "",
            fonds_no="0001" if unit_type == UnitType.GOV_OFFICE else "",
            sort_order=order,
            valid_from=FOUNDED,
        )
        for order, ((short, name, unit_type), principal) in enumerate(zip(rows, principals, strict=True), 1)
    )
    office.units.update({unit.short_name: unit for unit in made})
    return made


def _staff_of(office: Office) -> dict[str, tuple[str, str, str, tuple[str, ...]]]:
    staff = dict(STAFF)
    for n, short in enumerate([f"县{name}" for name in DEPTS[:4]] + list(TOWNSHIPS)):
        head, title = (
            ("局长", "局长") if n < 4 else (("镇长", "镇长") if short.endswith("镇") else ("乡长", "乡长"))
        )
        family = "赵钱孙李周吴"[n]
        staff[f"u{n}_head"] = (f"{family}{head}", short, title, ("dept_head",))
        staff[f"u{n}_a"] = (f"{family}甲", short, "联络员", ("liaison",))
        staff[f"u{n}_b"] = (f"{family}乙", short, "联络员", ("liaison",))
        staff[f"u{n}_member"] = (f"{family}丁", short, "科员", ())
    staff["outsider"] = ("郑外人", "县文化和旅游局", "联络员", ("liaison",))
    return staff


def _appoint(office: Office, staff: dict[str, tuple[str, str, str, tuple[str, ...]]]) -> None:
    principals = Principal.objects.bulk_create(Principal(kind=PrincipalKind.PERSON) for _ in staff)
    people = Person.objects.bulk_create(
        Person(
            principal=principal,
            username=key,
            name=row[0],
            password="!",
            account_state=AccountState.ENABLED,
            must_change_password=False,
            password_changed_at=clock.now() - timedelta(days=1),
            created_at=clock.now() - timedelta(days=30),
        )
        for (key, row), principal in zip(staff.items(), principals, strict=True)
    )
    office.people = dict(zip(staff, people, strict=True))
    posts = {post.name: post for post in Post.objects.all()}
    roles = {role.code: role for role in Role.objects.all()}
    appointments = Appointment.objects.bulk_create(
        Appointment(
            person=person, unit=office.units[row[1]], post=posts[row[2]], is_primary=True, start=FOUNDED
        )
        for row, person in zip(staff.values(), people, strict=True)
    )
    office.appointments = {a.person_id: a for a in appointments}
    RoleGrant.objects.bulk_create(
        RoleGrant(person=a.person, appointment=a, role=roles[code])
        for row, a in zip(staff.values(), appointments, strict=True)
        for code in row[3]
    )


def _share_out(office: Office) -> None:
    for key in [*STAFF, "outsider"]:
        setattr(office, key, office.people[key])
    groups = [
        UnitPeople(
            office.appointment(head).unit, head, *(office.people[f"u{n}_{k}"] for k in ("a", "b", "member"))
        )
        for n in range(6)
        for head in [office.people[f"u{n}_head"]]
    ]
    office.depts, office.townships = groups[:4], groups[4:]
    ABPost.objects.bulk_create(
        ABPost(unit=g.unit, post_name="联络员", a_person=g.liaison, b_person=g.b_liaison, changed_on=FOUNDED)
        for g in groups
    )
    _share_portfolios(office)


def _share_portfolios(office: Office) -> None:
    leaders = [office.county_head, office.exec_vice_head, office.vice_head, office.other_vice_head]
    titles = ["县长", "常务副县长", "副县长", "副县长"]
    portfolios = LeaderPortfolio.objects.bulk_create(
        LeaderPortfolio(
            tenant=office.tenant,
            leader=leader,
            title=title,
            is_in_charge_of_all=leader == office.county_head,
            deputy_director=office.deputy,
            ab_partner=leaders[(n + 1) % 4] if n else office.exec_vice_head,
            sort_order=n,
            valid_from=FOUNDED,
        )
        for n, (leader, title) in enumerate(zip(leaders, titles, strict=True))
    )
    portfolios[1].units.set([office.depts[0].unit, office.depts[1].unit])
    portfolios[2].units.set([office.depts[2].unit, office.depts[3].unit, office.townships[0].unit])
    portfolios[3].units.set([office.townships[1].unit])


@pytest.fixture(autouse=True, scope="session")
def _plain_http() -> None:
    """Ask for pages without the redirect to https; that it is there is tested by itself."""
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture(autouse=True, scope="session")
def _files_as_built() -> None:
    """Name scripts and styles plainly: the test server finds them where they are built, not where they are collected."""
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Any:
    """Fail a test that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"a test may not reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
