"""批示件 on its way: moved by those who may, put to its unit, made known to one more, or not made a 督办."""

from collections.abc import Sequence

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.documents import instruction_rules as rules
from zhongshu.documents.actions.instructions import give_circle, move_instruction, report_result, told_of
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.states import INSTRUCTION_KIND
from zhongshu.matters import handovers, notices, spine
from zhongshu.matters.models import Handover, Matter
from zhongshu.people.models import OrgUnit, Person

PROPOSED = "supervision.propose"


def _demand(row: LeaderInstruction, to: str, by: Actor) -> None:
    if why := rules.obstacle(row, to, by=by):
        raise Refused.one("INS-11", why)


@act("step_instruction", "批示件流转")
def step(row: LeaderInstruction, to: str, *, text: str = "", by: Actor) -> LeaderInstruction:
    """Move a 批示件 on, by one who may."""
    _demand(row, to, by)
    return move_instruction(row, to, text=text, by=by)


@act("assign_instruction", "批示件交办")
def assign(
    row: LeaderInstruction,
    owner: OrgUnit | None,
    helpers: Sequence[OrgUnit] = (),
    *,
    text: str = "",
    by: Actor,
) -> LeaderInstruction:
    """交办: name the responsible unit, let its receivers know, and tell them."""
    _demand(row, "assigned", by)
    if owner is None:
        raise Refused.one("INS-04", "请办的批示须明确责任单位", "owner_unit")
    if owner in helpers:
        raise Refused.one("DOC-29", "同一单位不能既责任又配合", "co_units")
    row.owner_unit, row.co_units = owner, [unit.pk for unit in helpers]
    row.save(update_fields=["owner_unit", "co_units"])
    give_circle(row)
    names = "、".join(unit.label for unit in helpers)
    said = f"责任单位{owner.label}" + (f"，配合{names}" if names else "") + (f"；{text}" if text else "")
    move_instruction(row, "assigned", text=said, by=by)
    told = [person for unit in (owner, *helpers) for person in told_of(unit)]
    notices.tell(
        told,
        matter=row.matter,
        text=f"批示件交你单位办理：{row.matter.number}",
        event="instruction_assigned",
        by=by,
    )
    return row


@act("report_step", "批示件报结果")
def report(row: LeaderInstruction, result: str, *, by: Actor) -> LeaderInstruction:
    """报结果, by the responsible unit or by the office for it."""
    _demand(row, "reported", by)
    row.matter.refresh_from_db(fields=["phase"])
    if row.matter.phase == "registered":
        raise Refused.one("INS-05", "还没有转达，不能报结果")
    return report_result(row, result, by=by)


@act("widen_circle", "扩大知悉范围")
def widen(row: LeaderInstruction, person: Person, *, reason: str, by: Actor) -> LeaderInstruction:
    """Let one more person know, for a reason that stays in the trail (A22: nothing leaks, nothing is lost)."""
    if not rules.is_office(by):
        raise Refused.one("INS-12", "知悉范围由秘书科、督查室掌握")
    if not reason.strip():
        raise Refused.one("INS-13", "请写明为什么须让他（她）知悉", "reason")
    if row.matter.parts.filter(principal_id=person.principal_id).exists():
        raise Refused.one("INS-14", f"{person.name}已在知悉范围内", "person")
    spine.give_part(row.matter, person.principal_id, "circle")
    notices.tell(
        [person],
        matter=row.matter,
        text=f"请您知悉批示件：{row.matter.number}",
        event="instruction_known",
        by=by,
    )
    _note(row.matter, "widen_circle", "扩大知悉范围", f"{person.name}：{reason.strip()}", by)
    return row


@act("decline_supervision", "不予立项")
def decline_supervision(row: LeaderInstruction, *, reason: str, by: Actor) -> Handover:
    """不予立项: the 督查室 says that nothing is made of it, and why."""
    if not by.may("documents.accept_supervision"):
        raise Refused.one("INS-09", "提请立项由督查室认可")
    if not reason.strip():
        raise Refused.one("INS-15", "请写明不立项的理由", "reason")
    found = row.matter.handovers.filter(kind=PROPOSED, state=Handover.State.OFFERED).first()
    if found is None:
        raise Refused.one("INS-10", "没有待认可的立项提请")
    handovers.decline(found, reason.strip(), by=by)
    _note(row.matter, "decline_supervision", "不予立项", reason.strip(), by)
    return found


def proposal_of(matter: Matter) -> Handover | None:
    """Return the 提请立项 of a matter."""
    return matter.handovers.filter(kind=PROPOSED).order_by("-pk").first()


def days_open(row: LeaderInstruction) -> int:
    """Return the day of the clock: the first is the day on which it began."""
    until = row.matter.closed_at or clock.now()
    return (clock.local(until).date() - clock.local(row.starts_at).date()).days + 1


def _note(matter: Matter, verb: str, label: str, text: str, by: Actor) -> None:
    record(
        verb,
        by=by,
        object_kind=INSTRUCTION_KIND,
        object_id=matter.public_id,
        label=label,
        text=text,
        matter_id=matter.pk,
        key_act=True,
    )
