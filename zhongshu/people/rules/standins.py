"""代理与AB岗规则（ORG-04、ORG-05）, and what an agent may not do."""

from __future__ import annotations

from datetime import datetime

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refusal
from zhongshu.people.models import (
    ABPost,
    Absence,
    Appointment,
    Delegation,
    OrgUnit,
    Person,
    RoleGrant,
    UnitType,
)


def obstacles_to_delegating(
    principal: Person, agent: Person, start: datetime, end: datetime, *, by: Actor
) -> list[Refusal]:
    """List why this person cannot be made agent for that time."""
    found = []
    if principal == agent:
        found.append(Refusal("ORG-04", "代理人不能是委托人本人", "agent"))
    if end <= start:
        found.append(Refusal("ORG-04", "代理的结束时间须晚于开始时间", "end"))
    if by.on_behalf_of_id is not None:
        found.append(Refusal("ORG-04", "代理权不得转授，请由委托人本人办理"))
    if not agent.is_active:
        found.append(Refusal("ORG-04", "代理人的账号未启用", "agent"))
    if is_admin(agent) or is_admin(principal):
        found.append(Refusal("ORG-02", "管理员账号不得办理业务，也不能委托或代理", "agent"))
    if not found and _overlaps(principal, start, end):
        found.append(Refusal("ORG-04", "这段时间已有生效的代理授权，请先收回", "start"))
    return found


def obstacles_to_acting_for(
    delegation: Delegation,
    *,
    scope: str = "",
    submitter_id: int | None = None,
    is_signing: bool = False,
    is_important: bool = False,
) -> list[Refusal]:
    """List why an agent may not do this for the principal; `is_important` means important or upward papers."""
    found = []
    if not delegation.covers(scope):
        found.append(Refusal("ORG-04", "该事项不在代理授权的范围内"))
    if submitter_id is not None and submitter_id == delegation.agent_id:
        found.append(Refusal("ORG-04", "不得代理审批自己提交的事项"))
    if is_signing and not delegation.can_sign:
        found.append(Refusal("ORG-04", "该代理授权不含签发，请委托人本人签发"))
    elif is_signing and is_important and not delegation.can_sign_important:
        found.append(Refusal("ORG-04", "重要公文、上行文不在代签范围，请委托人本人签发"))
    return found


def obstacles_to_pairing(unit: OrgUnit, a_person: Person, b_person: Person, *, by: Actor) -> list[Refusal]:
    """List why two persons cannot be A and B of one post in that unit."""
    found = obstacles_to_keeping(unit, by=by)
    if a_person == b_person:
        found.append(Refusal("ORG-05", "A岗、B岗不能为同一人", "b_person"))
    if is_admin(a_person) or is_admin(b_person):
        found.append(Refusal("ORG-02", "管理员账号不得办理业务", "b_person"))
    return found


def obstacles_to_keeping(unit: OrgUnit, *, by: Actor) -> list[Refusal]:
    """List why somebody does not keep the AB posts of a unit: the government office keeps everybody's."""
    if by.tenant_id is None or by.tenant_id == unit.tenant_id or by.has("sys_admin"):
        return []
    if OrgUnit.objects.filter(pk=by.tenant_id, unit_type=UnitType.GOV_OFFICE).exists():
        return []
    return [Refusal("ORG-20", "只能维护本单位的AB岗", "unit")]


def obstacles_to_absence(
    person: Person, start: datetime, end: datetime, *, is_excepted: bool = False, by: Actor
) -> list[Refusal]:
    """List why a person cannot be away then: A and B are not away together, unless the director excepts it."""
    if not works_in_office_of(person, by):
        return [Refusal("ORG-20", "只能登记本单位人员的外出", "person")]
    if end <= start:
        return [Refusal("ORG-16", "结束时间须晚于开始时间", "end")]
    if is_excepted:
        return []
    partners = partners_of(person)
    away = Absence.objects.filter(
        person__in=partners, cancelled_at__isnull=True, start__lt=end, end__gt=start
    )
    return [
        Refusal("ORG-17", f"AB岗的{absence.person.name}同期外出，A、B不得同时离岗（主任特批的除外）", "start")
        for absence in away.select_related("person")
    ]


def partners_of(person: Person) -> set[int]:
    """Return the ids of those who are B to this A or A to this B."""
    posts = ABPost.objects.filter(ended_on__isnull=True)
    b_ids = posts.filter(a_person=person).values_list("b_person_id", flat=True)
    a_ids = posts.filter(b_person=person).values_list("a_person_id", flat=True)
    return {*b_ids, *a_ids}


def works_in_office_of(person: Person, by: Actor) -> bool:
    """Say whether a person is the actor's own or of the actor's office; the system itself asks for anybody."""
    if by.person_id == person.pk or by.tenant_id is None:
        return True
    return (
        Appointment.objects.current(clock.today()).filter(person=person, unit__tenant=by.tenant_id).exists()
    )


def is_admin(person: Person) -> bool:
    return RoleGrant.objects.standing().filter(person=person, role__kind="admin").exists()


def _overlaps(principal: Person, start: datetime, end: datetime) -> bool:
    given = Delegation.objects.filter(principal_person=principal, state__in=["draft", "active"])
    return given.filter(start__lt=end, end__gt=start).exists()
