"""交办, 承办, 反馈 and 汇总."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.documents import notices, rules
from zhongshu.documents import states as s
from zhongshu.documents.actions.opinions import Words, write_opinion
from zhongshu.documents.actions.trails import note
from zhongshu.documents.models import Box, Feedback, IncomingDocument, UnitHandling
from zhongshu.documents.search import reindex
from zhongshu.documents.tasks import my_task, my_tasks, root_of
from zhongshu.flow import verbs
from zhongshu.flow.models import FlowTask
from zhongshu.matters import search
from zhongshu.people.models import OrgUnit

Role, State = UnitHandling.Role, UnitHandling.State
DUTY: dict[str, str] = {Role.LEAD: "主办", Role.CO: "协办"}
MIN_RESULT = 10


@dataclass(frozen=True)
class Assignment:
    """Who leads, who helps, by when, and what is asked."""

    lead_unit_id: int | None
    co_units: list[int] = field(default_factory=list)
    due_at: datetime | None = None
    requirement: str = ""


def units_var(assignment: Assignment) -> list[dict[str, Any]]:
    """Return the assignment as the procedure's variable."""
    due = assignment.due_at.isoformat() if assignment.due_at else ""
    rows: list[tuple[int, str]] = [(pk, Role.CO) for pk in assignment.co_units]
    if assignment.lead_unit_id:
        rows.insert(0, (assignment.lead_unit_id, Role.LEAD))
    return [{"id": pk, "unit": pk, "role": str(role), "duty": DUTY[role], "due": due} for pk, role in rows]


def write_assignment(incoming: IncomingDocument, assignment: Assignment, *, by: Actor) -> None:
    """Write one row per unit; a unit assigned again takes up its old row."""
    names = {
        unit.pk: unit.label
        for unit in OrgUnit.objects.filter(pk__in=[u["id"] for u in units_var(assignment)])
    }
    left_out = UnitHandling.objects.filter(incoming=incoming).exclude(unit__in=names)
    left_out.exclude(state=State.DECLINED).update(state=State.WITHDRAWN)
    for row in units_var(assignment):
        UnitHandling.objects.update_or_create(
            incoming=incoming,
            unit_id=row["id"],
            defaults={
                "unit_name": names[row["id"]],
                "role": row["role"],
                "state": State.ASSIGNED,
                "requirement": assignment.requirement,
                "assigned_at": clock.now(),
                "due_at": assignment.due_at or incoming.matter.due_at,
                "signed_at": None,
            },
        )
    incoming.lead_unit_id = assignment.lead_unit_id
    incoming.save(update_fields=["lead_unit"])
    helpers = "、".join(names[pk] for pk in assignment.co_units)
    text = f"主办{names[assignment.lead_unit_id or 0]}" + (f"，协办{helpers}" if helpers else "")
    due = f"；时限{clock.local(assignment.due_at):%-m月%-d日 %H:%M}" if assignment.due_at else ""
    note(incoming, "assign_incoming", "转办", text + due, by, key_act=True)


def obstacles_to_units(incoming: IncomingDocument, assignment: Assignment) -> list[Refusal]:
    """Say what an assignment lacks, or what forbids to put the paper to any unit yet."""
    found = rules.obstacles_to_assigning(incoming, units_var(assignment)) + rules.legal_obstacles(incoming)
    return found + rules.obstacles_to_due(assignment.due_at)


@act("assign_incoming", "交办")
def assign(incoming: IncomingDocument, assignment: Assignment, *, by: Actor) -> IncomingDocument:
    """交办: put the paper to the units; one of several leads, an urgent paper names its time."""
    task = my_task(incoming, s.ASSIGNING, by=by)
    if found := obstacles_to_units(incoming, assignment):
        raise Refused(*found)
    write_assignment(incoming, assignment, by=by)
    verbs.finish(task, opinion=assignment.requirement, data={"vars": {"units": units_var(assignment)}}, by=by)
    return incoming


def handling_of(incoming: IncomingDocument, task: FlowTask) -> UnitHandling:
    """Return the row of the unit whose inner procedure this task belongs to."""
    return UnitHandling.objects.select_for_update(of=("self",)).get(
        incoming=incoming, unit_id=task.instance.org_id
    )


@act("sign_for_unit", "签收")
def sign_for_unit(incoming: IncomingDocument, *, by: Actor) -> UnitHandling:
    """承办单位签收: the unit's liaison takes the document on."""
    task = my_task(incoming, s.UNIT_SIGNING, by=by)
    handling = handling_of(incoming, task)
    handling.state, handling.signed_at = State.SIGNED, clock.now()
    handling.handler_id, handling.handler_name = by.person_id, by.name
    handling.save()
    verbs.finish(task, opinion="", by=by)
    return handling


@act("report_progress", "报进展")
def report_progress(incoming: IncomingDocument, *, text: str, by: Actor) -> Feedback:
    """报进展: words on the way, the task stays open."""
    task = my_task(incoming, s.UNIT_HANDLING, by=by)
    if not text.strip():
        raise Refused.one("DOC-57", "请填写进展情况", "text")
    handling = handling_of(incoming, task)
    feedback = _write_feedback(handling, text, is_final=False, by=by)
    note(incoming, "report_progress", f"{handling.unit_name}反馈进展", text.strip(), by)
    notices.tell_progress(incoming, handling, by=by)
    return feedback


@act("feed_back", "反馈")
def feed_back(incoming: IncomingDocument, *, text: str, by: Actor) -> Feedback:
    """反馈: the result, up to the head of the unit."""
    task = my_task(incoming, s.UNIT_HANDLING, by=by)
    if len(text.strip()) < MIN_RESULT:
        raise Refused.one("DOC-58", f"办理结果至少写{MIN_RESULT}个字，说明做了什么、结果如何", "text")
    handling = handling_of(incoming, task)
    feedback = _write_feedback(handling, text, is_final=True, by=by)
    verbs.finish(task, opinion=text.strip(), by=by)
    return feedback


def _write_feedback(handling: UnitHandling, text: str, *, is_final: bool, by: Actor) -> Feedback:
    handling.latest, handling.fed_back_at = text.strip()[:500], clock.now()
    handling.handler_id, handling.handler_name = by.person_id, by.name
    handling.save()
    search.add_words(handling.incoming.matter, text.strip())
    return Feedback.objects.create(
        handling=handling,
        text=text.strip(),
        is_final=is_final,
        given_by_id=by.me,
        given_by_name=by.display,
        given_at=clock.now(),
    )


@act("approve_feedback", "审签")
def approve_feedback(incoming: IncomingDocument, *, opinion: str = "", by: Actor) -> UnitHandling:
    """负责人审签: the head of the unit signs; only then has the unit answered."""
    task = my_task(incoming, s.UNIT_CHECKING, by=by)
    handling = handling_of(incoming, task)
    handling.state = State.FED_BACK
    handling.save(update_fields=["state"])
    handling.feedbacks.filter(is_final=True, approved_at__isnull=True).update(
        approved_by_name=by.display, approved_at=clock.now()
    )
    verbs.finish(task, opinion=opinion or "同意", by=by)
    return handling


@act("send_feedback_back", "退回修改")
def send_feedback_back(incoming: IncomingDocument, *, reason: str, by: Actor) -> IncomingDocument:
    """负责人退回: the unit's head sends the result back to who wrote it."""
    task = my_task(incoming, s.UNIT_CHECKING, by=by)
    verbs.send_back(task, "unit_handle", reason, by=by)
    return incoming


@act("collate_incoming", "汇总")
def collate(incoming: IncomingDocument, *, text: str, by: Actor) -> IncomingDocument:
    """汇总: the office puts the units' results together."""
    task = my_task(incoming, s.COLLATING, by=by)
    if not text.strip():
        raise Refused.one("DOC-59", "请写汇总意见", "text")
    incoming.handlings.filter(state__in=[State.ASSIGNED, State.SIGNED]).update(state=State.WITHDRAWN)
    write_opinion(incoming, Box.RESULT, Words(text=text), task=task, by=by)
    verbs.finish(task, opinion=text.strip(), by=by)
    reindex(incoming)
    return incoming


@act("return_feedback", "退回重报")
def return_feedback(
    incoming: IncomingDocument,
    units: Sequence[OrgUnit],
    *,
    reason: str,
    due_at: datetime | None = None,
    by: Actor,
) -> IncomingDocument:
    """退回重报: at 汇总 the office sends one or more units' results back; the others stand."""
    task = my_task(incoming, s.COLLATING, by=by)
    if not units:
        raise Refused.one("DOC-60", "请选择要退回的单位", "units")
    if found := rules.obstacles_to_due(due_at):
        raise Refused(*found)
    rows = list(incoming.handlings.filter(unit__in=units, state=State.FED_BACK))
    if len(rows) < len(units):
        raise Refused.one("DOC-60", "只能退回已经反馈的单位，请重新选择", "units")
    for row in rows:
        row.state, row.times_sent_back = State.ASSIGNED, row.times_sent_back + 1
        row.signed_at, row.due_at = None, due_at or row.due_at
        row.save(update_fields=["state", "times_sent_back", "signed_at", "due_at"])
    _give_more_time(incoming, {unit.pk for unit in units}, due_at)
    verbs.send_back(task, "handle", reason, only=[unit.principal_id for unit in units], by=by)
    return incoming


def _give_more_time(incoming: IncomingDocument, units: set[int], due_at: datetime | None) -> None:
    """Let the units' new tasks fall due at the new time."""
    root = root_of(incoming.matter)
    if root is None or due_at is None:
        return
    rows = [
        {**row, "due": due_at.isoformat()} if row["id"] in units else row
        for row in root.vars.get("units", [])
    ]
    root.vars["units"] = rows
    root.save(update_fields=["vars"])


@act("leave_unassigned", "不另派")
def leave_unassigned(incoming: IncomingDocument, *, reason: str, by: Actor) -> IncomingDocument:
    """不另派: what a unit gave back needs no other unit; the office says why."""
    task = _given_back(incoming, by)
    if not reason.strip():
        raise Refused.one("DOC-77", "请写明为什么不另派单位", "text")
    verbs.finish(task, opinion=reason.strip(), by=by)
    return incoming


def _given_back(incoming: IncomingDocument, by: Actor) -> FlowTask:
    mine = [task for task in my_tasks(incoming.matter, by=by) if task.kind == FlowTask.Kind.REASSIGN]
    if not mine:
        raise Refused.one("DOC-78", "现在没有退办待分派的单位在您手里")
    return mine[0]
