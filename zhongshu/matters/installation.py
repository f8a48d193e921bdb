"""A real installation: the office and its three administrators, and what each room needs to begin; no default account."""

from collections.abc import Callable
from dataclasses import dataclass

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import record
from zhongshu.people.actions.accounts import Issued, enable_account, grant_role
from zhongshu.people.actions.persons import create_account
from zhongshu.people.actions.units import UnitPlan, found_unit
from zhongshu.people.defaults import AUDIT_ADMIN, SEC_ADMIN, SYS_ADMIN
from zhongshu.people.models import OrgUnit, Person, Post, Role, UnitType

ADMINS = (SYS_ADMIN, SEC_ADMIN, AUDIT_ADMIN)
POST = "工作人员"
Step = Callable[[OrgUnit, Actor], None]
_steps: list[Step] = []


def at_installation(step: Step) -> Step:
    """Register what a room needs in a new office (default procedures, series of numbers)."""
    _steps.append(step)
    return step


@dataclass(frozen=True)
class Admin:
    """One administrator to be."""

    username: str
    name: str


@dataclass(frozen=True)
class Plan:
    """What the installer answered."""

    government: str
    office: str
    admins: dict[str, Admin]
    government_short: str = "县政府"
    office_short: str = "县政府办"
    doc_prefix: str = ""
    fonds_no: str = ""


def obstacles(plan: Plan) -> list[Refusal]:
    """List what is wrong with the answers."""
    found = []
    if Person.objects.exists() or OrgUnit.objects.exists():
        found.append(Refusal("INIT-01", "这个数据库里已经有机构或人员，不能再次初始化"))
    if not plan.government.strip() or not plan.office.strip():
        found.append(Refusal("INIT-02", "请填写政府和办公室的全称"))
    if set(plan.admins) != set(ADMINS) or not all(a.username and a.name for a in plan.admins.values()):
        found.append(Refusal("INIT-03", "系统管理员、安全保密管理员、安全审计员三人都要有账号和姓名"))
    for what, given in (
        ("账号", [a.username.lower() for a in plan.admins.values()]),
        ("姓名", [a.name for a in plan.admins.values()]),
    ):
        if len(set(given)) != len(given):
            found.append(Refusal("INIT-04", f"三个管理员须由三人分任，{what}不能相同"))
    return found


@act("install")
def install(plan: Plan, *, by: Actor) -> dict[str, Issued]:
    """Found the office and issue the three administrators' first passwords, which must be changed at once."""
    if reasons := obstacles(plan):
        raise Refused(*reasons)
    today = clock.today()
    government = found_unit(
        UnitPlan(plan.government, UnitType.COUNTY_GOV, today, short_name=plan.government_short), by=by
    )
    office = found_unit(
        UnitPlan(
            plan.office,
            UnitType.GOV_OFFICE,
            today,
            parent=government,
            short_name=plan.office_short,
            is_tenant=True,
            doc_prefix=plan.doc_prefix,
            fonds_no=plan.fonds_no,
        ),
        by=by,
    )
    OrgUnit.objects.filter(pk=government.pk, tenant=None).update(tenant=office)
    issued = {code: _appoint(code, plan.admins[code], office, by) for code in ADMINS}
    for step in _steps:
        step(office, by)
    record(
        "install",
        by=by,
        object_kind="orgunit",
        object_id=office.pk,
        label="系统初始化",
        text=plan.office,
        key_act=True,
    )
    return issued


def _appoint(code: str, admin: Admin, office: OrgUnit, by: Actor) -> Issued:
    person = create_account(
        username=admin.username, name=admin.name, unit=office, post=Post.objects.get(name=POST), by=by
    )
    appointment = person.appointments.get()
    grant_role(person, Role.objects.get(code=code), appointment=appointment, by=by)
    return enable_account(person, by=by)
