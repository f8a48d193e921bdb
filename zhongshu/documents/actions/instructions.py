"""领导批示件: a 批示 becomes a matter of its own, with its clock and its circle; it proposes a 督办."""

from dataclasses import dataclass, field
from datetime import datetime

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused, Stale
from zhongshu.base.trail import record
from zhongshu.documents import dues, notices
from zhongshu.documents import states as s
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.models import HandlingType, IncomingDocument, LeaderInstruction, Meaning, Opinion
from zhongshu.documents.numbers import draw
from zhongshu.matters import handovers, search, spine
from zhongshu.matters.models import Matter, SecurityLabel
from zhongshu.people.models import OrgUnit, Person
from zhongshu.people.queries import heads, holders, representatives

Action, Kind, Level = LeaderInstruction.Action, LeaderInstruction.Kind, LeaderInstruction.Level
UNREAD_INK = "（手写批示，待录文）"
LEADER_ROLES = ("county_head", "exec_vice_mayor", "vice_mayor")


def become_instruction(
    incoming: IncomingDocument, opinion: Opinion, assignment: Assignment | None, *, by: Actor
) -> LeaderInstruction | None:
    """Make the 批示 a 批示件 when a county leader wrote words; a mere circle stays on the sheet."""
    if opinion.meaning != Meaning.WORDS or not _is_leader(opinion.author):
        return None
    reading = incoming.handling_type == HandlingType.READ
    return _open(
        by=by,
        source=incoming,
        opinion=opinion,
        leader=opinion.author,
        leader_name=f"{opinion.author_name} {opinion.author_post}".strip(),
        level=Level.COUNTY,
        kind=Kind.READING if reading else Kind.DOC,
        action=Action.READ if reading else Action.DO,
        content=opinion.text or UNREAD_INK,
        instructed_at=opinion.instructed_at,
        received_at=max(opinion.recorded_at, opinion.instructed_at),
        owner_unit_id=assignment.lead_unit_id if assignment else incoming.lead_unit_id,
        co_units=list(assignment.co_units) if assignment else [],
    )


def change_words(old: Opinion, new: Opinion, *, by: Actor) -> bool:
    """Let the open 批示件 a 批示 became say what the leader says now; tell whether there is one."""
    found = LeaderInstruction.objects.select_related("matter").filter(opinion=old)
    row = found.filter(matter__closed_at__isnull=True).first()
    if row is None:
        return False
    matter, before = spine.locked(row.matter_id), row.content
    row.matter, row.opinion, row.content = matter, new, new.text or UNREAD_INK
    row.instructed_at = new.instructed_at
    row.save(update_fields=["opinion", "content", "instructed_at"])
    spine.describe(matter, title=_title(row.leader_name, row.content))
    search.index(matter, row.leader_name, row.content)
    _record(row, "change_instruction", "批示有变", f"{before} → {row.content}", by)
    return True


def _title(leader_name: str, content: str) -> str:
    return f"{leader_name}批示：{content[:60]}"


def _is_leader(person: Person) -> bool:
    return person.grants.standing().filter(role__code__in=LEADER_ROLES).exists()


@dataclass(frozen=True)
class InstructionForm:
    """A 批示 of a leader outside the house (省领导, 市领导), registered by hand."""

    leader_name: str
    level: str
    content: str
    instructed_at: datetime
    received_at: datetime
    action: str = Action.DO
    owner_unit_id: int | None = None
    co_units: list[int] = field(default_factory=list)
    source_id: int | None = None


@act("register_instruction")
def register_instruction(form: InstructionForm, *, by: Actor) -> LeaderInstruction:
    """登记批示件: a 批示 of a superior leader; the provincial clock is 15 days from receipt."""
    if not form.content.strip():
        raise Refused.one("INS-01", "请填写批示内容", "content")
    if not form.leader_name.strip():
        raise Refused.one("INS-02", "请填写批示领导姓名、职务", "leader_name")
    if form.instructed_at > clock.now() or form.received_at > clock.now():
        raise Refused.one("INS-03", "批示时间、收到时间不能晚于现在", "instructed_at")
    if form.received_at < form.instructed_at:
        raise Refused.one("INS-03", "收到时间不能早于批示时间", "received_at")
    if form.action == Action.DO and not form.owner_unit_id:
        raise Refused.one("INS-04", "请办的批示须明确责任单位", "owner_unit")
    return _open(
        by=by,
        source=IncomingDocument.objects.select_related("matter").filter(pk=form.source_id).first(),
        opinion=None,
        leader=None,
        leader_name=form.leader_name.strip(),
        level=form.level,
        kind=Kind.DOC,
        action=form.action,
        content=form.content.strip(),
        instructed_at=form.instructed_at,
        owner_unit_id=form.owner_unit_id,
        co_units=form.co_units,
        received_at=form.received_at,
    )


def _open(
    *,
    by: Actor,
    source: IncomingDocument | None,
    leader: Person | None,
    owner_unit_id: int | None,
    co_units: list[int],
    **columns: object,
) -> LeaderInstruction:
    tenant = OrgUnit.objects.get(pk=by.office)
    title = _title(str(columns["leader_name"]), str(columns["content"]))
    matter = spine.open_matter(
        s.INSTRUCTION_KIND,
        tenant=tenant,
        title=title,
        urgency=source.matter.urgency if source else "normal",
        label=source.matter.label if source else SecurityLabel.INTERNAL,
        by=by,
        phase="registered",
        phase_name=s.INSTRUCTION_STATES["registered"],
        number=draw("instruction", by=by),
    )
    row = LeaderInstruction.objects.create(
        matter=matter, source=source, leader=leader, owner_unit_id=owner_unit_id, co_units=co_units, **columns
    )
    _start_clock(row)
    give_circle(row)
    if source:
        spine.link(source.matter, matter, "instruction")
    if row.action == Action.DO:
        handovers.handover("supervision.propose", matter, {"title": title, "content": row.content}, by=by)
    search.index(matter, row.leader_name, row.content)
    _record(row, "register_instruction", "登记批示件", row.content, by)
    return row


def _start_clock(row: LeaderInstruction) -> None:
    if row.action == Action.DO:
        spine.set_due(row.matter, dues.reckoned(row).due_at)


def give_circle(row: LeaderInstruction) -> None:
    """Let know only who must: the leader, who keeps the book, of the owners who receives and who heads (persons)."""
    tenant = row.matter.tenant
    circle: list[Person] = [row.leader] if row.leader else []
    for role in ("office_director", "secretariat", "supervision_office"):
        circle += holders(role, tenant=tenant)
    for unit in OrgUnit.objects.filter(pk__in=[row.owner_unit_id or 0, *row.co_units]):
        circle += told_of(unit)
    spine.give_part(row.matter, [person.principal_id for person in circle], "circle")


def told_of(unit: OrgUnit) -> list[Person]:
    """Return whom a 批示 reaches in a unit: its liaisons and its head (domain 0.10, 批示下达)."""
    return list(dict.fromkeys([*representatives(unit), *heads(unit)]))


@act("move_instruction")
def move_instruction(row: LeaderInstruction, to: str, *, text: str = "", by: Actor) -> LeaderInstruction:
    """Move a 批示件 on (转达, 交办, 办理, 阅知, 办结) by compare-and-set."""
    matter = spine.locked(row.matter_id)
    if (matter.phase, to) not in s.INSTRUCTION_MOVES:
        raise Stale.one(
            "INS-05",
            f"现在是“{s.INSTRUCTION_STATES.get(matter.phase, matter.phase)}”，不能直接到“{s.INSTRUCTION_STATES[to]}”",
        )
    if to == "closed" and row.action == Action.DO and not row.read_at:
        raise Refused.one("INS-06", "请办的批示件须批示人阅知后才能办结")
    spine.set_phase(matter, to, s.INSTRUCTION_STATES[to])
    if to == "leader_read":
        row.read_at = clock.now()
        row.save(update_fields=["read_at"])
    if to == "closed":
        spine.close_matter(matter)
    _record(row, "move_instruction", s.INSTRUCTION_STATES[to], text, by)
    return row


@act("report_instruction")
def report_result(row: LeaderInstruction, result: str, *, by: Actor) -> LeaderInstruction:
    """报结果: the result goes back to the leader who gave the 批示."""
    if not result.strip():
        raise Refused.one("INS-07", "请写明办理结果", "result")
    row.result, row.reported_at = result.strip(), clock.now()
    row.save(update_fields=["result", "reported_at"])
    matter = spine.locked(row.matter_id)
    if matter.closed_at:
        raise Stale.one("INS-08", "这件批示件已经办结")
    spine.set_phase(matter, "reported", s.INSTRUCTION_STATES["reported"])
    search.add_words(matter, row.result)
    if row.leader:
        notices.tell_result(row, by=by)
    _record(row, "report_instruction", "报告办理结果", row.result, by)
    return row


def report_from(incoming: IncomingDocument, result: str, *, by: Actor) -> None:
    """Bring a closed document's result back to its 批示件."""
    for row in incoming.instructions.filter(
        matter__closed_at__isnull=True, reported_at__isnull=True, action=Action.DO
    ):
        report_result(
            LeaderInstruction.objects.select_related("matter", "leader").get(pk=row.pk), result, by=by
        )


@act("accept_supervision")
def accept_supervision(matters: list[Matter], *, by: Actor) -> int:
    """认可提请立项 (in bulk): what is proposed becomes a 督办 only by the 督查室's hand."""
    if not by.may("documents.accept_supervision"):
        raise Refused.one("INS-09", "提请立项由督查室认可")
    count = 0
    for matter in matters:
        for row in matter.handovers.filter(kind="supervision.propose", state="offered"):
            row.state, row.answered_at = "taken", clock.now()
            row.save(update_fields=["state", "answered_at"])
            record(
                "accept_supervision",
                by=by,
                object_kind=s.INSTRUCTION_KIND,
                object_id=matter.public_id,
                label="认可立项",
                matter_id=matter.pk,
                key_act=True,
            )
            count += 1
    if not count:
        raise Refused.one("INS-10", "所选批示件没有待认可的立项提请")
    return count


def _record(row: LeaderInstruction, verb: str, label: str, text: str, by: Actor) -> None:
    record(
        verb,
        by=by,
        object_kind=s.INSTRUCTION_KIND,
        object_id=row.matter.public_id,
        label=label,
        text=text,
        matter_id=row.matter_id,
    )
