"""代理授权、AB岗、外出: given, ended and revoked by those concerned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.people import versions
from zhongshu.people.models import ABPost, Absence, Delegation, DelegationState, OrgUnit, Person
from zhongshu.people.rules import standins as rules


@dataclass(frozen=True)
class DelegationPlan:
    """What is to be delegated, to whom, for how long."""

    agent: Person
    start: datetime
    end: datetime
    reason: str
    scope: tuple[str, ...] = ()
    can_sign: bool = False
    can_sign_important: bool = False


@act("delegate")
def delegate(principal: Person, plan: DelegationPlan, *, by: Actor) -> Delegation:
    """Let another person work as 乙（代甲） for a time."""
    if reasons := rules.obstacles_to_delegating(principal, plan.agent, plan.start, plan.end, by=by):
        raise Refused(*reasons)
    delegation = Delegation.objects.create(
        principal_person=principal,
        agent=plan.agent,
        scope=list(plan.scope),
        can_sign=plan.can_sign,
        can_sign_important=plan.can_sign and plan.can_sign_important,
        start=plan.start,
        end=plan.end,
        reason=plan.reason,
        state=DelegationState.ACTIVE if plan.start <= clock.now() else DelegationState.DRAFT,
        created_by_id=by.person_id,
    )
    versions.bump(plan.agent.pk, principal.pk)
    _note("delegate", delegation, by, "代理授权", _told(delegation), key_act=True)
    return delegation


@act("delegation_revoke")
def revoke_delegation(delegation: Delegation, *, by: Actor) -> None:
    """Take a delegation back at once."""
    if by.on_behalf_of_id is not None:
        raise Refused.one("ORG-04", "代理权不得由代理人收回，请由委托人本人办理")
    moved = Delegation.objects.filter(
        pk=delegation.pk, state__in=[DelegationState.DRAFT, DelegationState.ACTIVE]
    ).update(state=DelegationState.REVOKED, revoked_at=clock.now())
    if not moved:
        raise Refused.one("ORG-04", "该授权已到期或已收回")
    delegation.refresh_from_db()
    versions.bump(delegation.agent_id, delegation.principal_person_id)
    _note("delegation_revoke", delegation, by, "收回代理", f"收回{delegation}的授权", key_act=True)


@act("delegations_turn")
def turn_delegations(*, by: Actor) -> int:
    """Let the states follow the clock: draft to active, active to expired; return how many turned."""
    now = clock.now()
    due = Delegation.objects.select_related("agent", "principal_person")
    starting = list(due.filter(state=DelegationState.DRAFT, start__lte=now, end__gt=now))
    ending = list(due.filter(state__in=[DelegationState.DRAFT, DelegationState.ACTIVE], end__lte=now))
    _turn(starting, DelegationState.ACTIVE, "代理生效", by)
    _turn(ending, DelegationState.EXPIRED, "代理到期", by)
    record(
        "delegations_turn", by=by, object_kind="delegation", object_id="", label="代理授权到期检查",
        text=f"生效{len(starting)}项，到期{len(ending)}项",
    )  # fmt: skip
    return len(starting) + len(ending)


@act("ab_post_set")
def set_ab_post(unit: OrgUnit, post_name: str, a_person: Person, b_person: Person, *, by: Actor) -> ABPost:
    """Name A and B of a post; an earlier pair stays in the register with the day it ended."""
    if reasons := rules.obstacles_to_pairing(unit, a_person, b_person, by=by):
        raise Refused(*reasons)
    ABPost.objects.filter(unit=unit, post_name=post_name, ended_on__isnull=True).update(
        ended_on=clock.today()
    )
    post = ABPost.objects.create(unit=unit, post_name=post_name, a_person=a_person, b_person=b_person)
    text = f"{unit.name}{post_name}：A岗{a_person.name}，B岗{b_person.name}"
    _note("ab_post_set", post, by, "设置AB岗", text)
    return post


@act("ab_post_end")
def end_ab_post(post: ABPost, *, by: Actor) -> None:
    """End a pair without a new one."""
    if reasons := rules.obstacles_to_keeping(post.unit, by=by):
        raise Refused(*reasons)
    if post.ended_on is not None:
        raise Refused.one("ORG-09", "该AB岗已撤销")
    post.ended_on = clock.today()
    post.save(update_fields=["ended_on"])
    _note("ab_post_end", post, by, "撤销AB岗", str(post))


@act("absence_register")
def register_absence(
    person: Person, start: datetime, end: datetime, reason: str, *, is_excepted: bool = False, by: Actor
) -> Absence:
    """Note that a person is away; what comes meanwhile goes to who stands in."""
    if reasons := rules.obstacles_to_absence(person, start, end, is_excepted=is_excepted, by=by):
        raise Refused(*reasons)
    absence = Absence.objects.create(person=person, start=start, end=end, reason=reason)
    text = f"{person.name}自{_moment(start)}至{_moment(end)}外出：{reason}"
    _note("absence_register", absence, by, "登记外出", text + ("（主任特批）" if is_excepted else ""))
    return absence


@act("absence_end")
def end_absence(absence: Absence, *, by: Actor) -> None:
    """销假: from now on new work comes to the person again."""
    now = clock.now()
    if absence.cancelled_at is not None or absence.end <= now:
        raise Refused.one("ORG-16", "这次外出已经结束")
    if absence.start > now:
        absence.cancelled_at = now
    else:
        absence.end = now
    absence.save(update_fields=["end", "cancelled_at"])
    _note("absence_end", absence, by, "销假", f"{absence.person.name}已返岗")


def _turn(delegations: Iterable[Delegation], state: str, label: str, by: Actor) -> None:
    for delegation in delegations:
        delegation.state = state
        delegation.save(update_fields=["state"])
        versions.bump(delegation.agent_id, delegation.principal_person_id)
        _note("delegation_turn", delegation, by, label, str(delegation))


def _told(delegation: Delegation) -> str:
    span = f"{_moment(delegation.start)}至{_moment(delegation.end)}"
    words = (str(delegation), span, f"范围：{delegation.scope_words}", delegation.sign_words)
    return "，".join((*words, f"事由：{delegation.reason}"))


def _moment(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


def _note(
    verb: str,
    thing: Delegation | ABPost | Absence,
    by: Actor,
    label: str,
    text: str,
    *,
    key_act: bool = False,
) -> None:
    kind = thing._meta.model_name or ""
    record(
        verb,
        by=by,
        object_kind=kind,
        object_id=thing.pk,
        label=label,
        text=text,
        after=thing,
        key_act=key_act,
    )
