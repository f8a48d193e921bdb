"""账号与授权规则（ORG-01…03）: the three administrators apart, nobody grants to oneself, no work left behind."""

from __future__ import annotations

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refusal
from zhongshu.people import checks
from zhongshu.people.models import AccountState, Person, Role, RoleGrant

ORG_01 = Refusal("ORG-01", "系统管理员、安全保密管理员、安全审计员须由不同人员担任", "role")
ORG_02 = Refusal("ORG-02", "管理员账号不得办理业务", "role")
ORG_06 = Refusal("ORG-06", "不能给自己授权、启用或停用，请由另一位安全保密管理员办理")


def obstacles_to_granting(person: Person, role: Role, *, by: Actor) -> list[Refusal]:
    """List why a role cannot be given to a person."""
    held = [g.role for g in RoleGrant.objects.standing().filter(person=person).select_related("role")]
    found = [ORG_06] if by.person_id == person.pk else []
    if role.is_admin and any(r.is_admin and r != role for r in held):
        found.append(ORG_01)
    if any(r.is_admin != role.is_admin for r in held):
        found.append(ORG_02)
    return found


def obstacles_to_revoking(grant: RoleGrant, *, by: Actor) -> list[Refusal]:
    """List why a role cannot be taken away."""
    found = [ORG_06] if by.person_id == grant.person_id else []
    if grant.revoked_at is not None:
        found.append(Refusal("ORG-09", "这项授权已经收回"))
    if grant.role.is_admin and is_last_of(grant.role, grant.person):
        found.append(_last(grant.role))
    return found


def obstacles_to_enabling(person: Person, *, by: Actor) -> list[Refusal]:
    """List why an account cannot be enabled: a new one needs a role first."""
    found = [ORG_06] if by.person_id == person.pk else []
    if person.account_state == AccountState.ENABLED:
        found.append(Refusal("ORG-09", "该账号已经启用"))
    return found


def obstacles_to_disabling(person: Person, *, by: Actor) -> list[Refusal]:
    """List why an account cannot be disabled."""
    found = [ORG_06] if by.person_id == person.pk else []
    if person.account_state == AccountState.DISABLED:
        found.append(Refusal("ORG-09", "该账号已经停用"))
    if left := checks.open_work(person):
        found.append(Refusal("ORG-03", f"该账号尚有{left}件待办，请先移交"))
    standing = RoleGrant.objects.standing().filter(person=person, role__kind="admin").select_related("role")
    found += [_last(grant.role) for grant in standing if is_last_of(grant.role, person)]
    return found


def is_last_of(role: Role, person: Person) -> bool:
    """Say whether nobody else who can sign in holds the role."""
    others = RoleGrant.objects.standing().filter(role=role, person__account_state=AccountState.ENABLED)
    return not others.exclude(person=person).exists()


def _last(role: Role) -> Refusal:
    return Refusal("ORG-07", f"{role.name}只此一人，请先授权给接替的人")
