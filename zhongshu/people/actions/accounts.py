"""账号启用、停用、授权: by the security administrator alone, and never for oneself."""

from __future__ import annotations

from dataclasses import dataclass

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.people import versions
from zhongshu.people.actions import passwords
from zhongshu.people.actions.passwords import one_time_password
from zhongshu.people.models import (
    AccountState,
    Appointment,
    Person,
    Role,
    RoleGrant,
    SecondFactor,
    SignInGuard,
)
from zhongshu.people.rules import accounts as rules
from zhongshu.people.sessions import sign_out_sessions


@dataclass(frozen=True)
class Issued:
    """An enabled account and the password to hand over once."""

    person: Person
    password: str

    def __repr__(self) -> str:
        return f"Issued({self.person.pk})"


@act("account_enable")
def enable_account(person: Person, *, by: Actor) -> Issued:
    """Let an account sign in, with a password that must be changed at once."""
    if reasons := rules.obstacles_to_enabling(person, by=by):
        raise Refused(*reasons)
    person.account_state = AccountState.ENABLED
    person.disabled_at = None
    password = one_time_password(person)
    person.save(update_fields=[*passwords.COLUMNS, "account_state", "disabled_at"])
    versions.bump(person.pk)
    _note("account_enable", person, by, "启用账号", f"启用{person.name}的账号{person.username}")
    return Issued(person, password)


@act("account_disable")
def disable_account(person: Person, *, reason: str = "", by: Actor) -> None:
    """Stop an account that has no open work, and end its sessions."""
    if reasons := rules.obstacles_to_disabling(person, by=by):
        raise Refused(*reasons)
    person.account_state = AccountState.DISABLED
    person.disabled_at = clock.now()
    person.save(update_fields=["account_state", "disabled_at"])
    sign_out_sessions(person.pk)
    versions.bump(person.pk)
    text = f"停用{person.name}的账号{person.username}" + (f"：{reason}" if reason else "")
    _note("account_disable", person, by, "停用账号", text)


@act("password_reset")
def reset_password(person: Person, *, by: Actor) -> Issued:
    """Give out a new one-time password, unlock the account and end its sessions."""
    if by.person_id == person.pk:
        raise Refused(rules.ORG_06)
    password = one_time_password(person)
    person.save(update_fields=passwords.COLUMNS)
    sign_out_sessions(person.pk)
    SignInGuard.objects.filter(key=f"name:{person.username}").delete()
    _note("password_reset", person, by, "重置口令", f"重置{person.name}的口令，须首次登录时修改")
    return Issued(person, password)


@act("role_grant")
def grant_role(person: Person, role: Role, *, appointment: Appointment | None = None, by: Actor) -> RoleGrant:
    """Give a role, either with one appointment or with the person."""
    if reasons := rules.obstacles_to_granting(person, role, by=by):
        raise Refused(*reasons)
    if RoleGrant.objects.standing().filter(person=person, role=role, appointment=appointment).exists():
        raise Refused.one("ORG-09", f"{person.name}已有“{role.name}”", "role")
    grant = RoleGrant.objects.create(
        person=person, role=role, appointment=appointment, granted_by_id=by.person_id
    )
    versions.bump(person.pk)
    where = f"（随{appointment}）" if appointment else ""
    _note("role_grant", person, by, "授予角色", f"授予{person.name}“{role.name}”{where}")
    return grant


@act("role_revoke")
def revoke_role(grant: RoleGrant, *, by: Actor) -> None:
    """Take a role back; the grant stays in the register with the day it ended."""
    if reasons := rules.obstacles_to_revoking(grant, by=by):
        raise Refused(*reasons)
    grant.revoked_at = clock.now()
    grant.revoked_by_id = by.person_id
    grant.save(update_fields=["revoked_at", "revoked_by"])
    versions.bump(grant.person_id)
    _note("role_revoke", grant.person, by, "收回角色", f"收回{grant.person.name}的“{grant.role.name}”")


def _note(verb: str, person: Person, by: Actor, label: str, text: str) -> None:
    record(
        verb,
        by=by,
        object_kind="person",
        object_id=person.pk,
        label=label,
        text=text,
        data={"name": person.name, "state": person.account_state},
        key_act=True,
    )


@act("second_factor_confirm")
def confirm_second_factor(factor: SecondFactor, *, by: Actor) -> None:
    """Put a second factor into use once its first code was right."""
    factor.confirmed_at = clock.now()
    factor.save(update_fields=["confirmed_at"])
    _note("second_factor_confirm", factor.person, by, "启用第二因素", f"{factor.person.name}启用动态码")


@act("second_factor_drop")
def drop_second_factor(person: Person, *, by: Actor) -> None:
    """Forget a second factor (a lost telephone); where it is required a new one is set up at sign-in."""
    SecondFactor.objects.filter(person=person).delete()
    _note("second_factor_drop", person, by, "停用第二因素", f"停用{person.name}的动态码，须重新设置")
