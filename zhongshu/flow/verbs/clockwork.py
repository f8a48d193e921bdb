"""What comes by the clock: reminders and escalation, the stand-in for who is away, deadlines computed anew."""

from datetime import date, datetime

from zhongshu.base import calendars, clock
from zhongshu.base.actors import SYSTEM, Actor
from zhongshu.base.acts import act, nothing_done
from zhongshu.base.trail import record
from zhongshu.flow import limits, seating, seats, timers
from zhongshu.flow.graph import graph_of
from zhongshu.flow.models import FlowInstance, FlowTask, FlowTimer
from zhongshu.flow.run import HANDLER, Run
from zhongshu.matters import notices, spine
from zhongshu.matters.models import Matter
from zhongshu.people import queries as people
from zhongshu.people.models import Absence, OrgUnit, Person

Kind = FlowTimer.Kind
BATCH = 200
WORDS: dict[str, str] = {
    Kind.UNCLAIMED: "还没有签收，请签收",
    Kind.BEFORE: "将到期",
    Kind.DUE: "已到期",
    Kind.LATE_1: "已逾期，报分管副主任",
    Kind.LATE_3: "已逾期，报主任",
    Kind.AGAIN: "请抓紧办理",
}


def tick(now: datetime | None = None) -> dict[str, int]:
    """Do what is due: ring timers, hand over from who is away. Each in an act of its own."""
    at = now or clock.now()
    return {"rung": ring_due(at), "handed": hand_over_absent(at)}


def ring_due(at: datetime) -> int:
    """Ring every timer whose moment has come, in batches until none is left."""
    rung = 0
    while True:
        due = FlowTimer.objects.filter(fired_at__isnull=True, due_at__lte=at).order_by("due_at", "id")
        batch = list(due.values_list("pk", flat=True)[:BATCH])
        for pk in batch:
            ring(pk, at, by=SYSTEM)
        rung += len(batch)
        if len(batch) < BATCH:
            return rung


@act("flow.ring")
def ring(timer_id: int, at: datetime, *, by: Actor) -> None:
    """Ring one timer, once: whoever marks it first tells; the next one is set."""
    unfired = FlowTimer.objects.filter(pk=timer_id, fired_at__isnull=True)
    if not unfired.update(fired_at=clock.now()):
        nothing_done()
        return
    timer = FlowTimer.objects.select_related("task__matter", "task__instance__org", "task__assignee").get(
        pk=timer_id
    )
    task = timer.task
    if not _is_due(timer, task):
        nothing_done()
        return
    persons = _audience(timer.kind, task)
    words = f"“{task.name}”{WORDS[timer.kind]}：{task.matter.title}"
    event = "flow.late" if timer.kind in (Kind.LATE_1, Kind.LATE_3) else "flow.due"
    notices.tell(persons, matter=task.matter, text=words, by=by, event=event, key=f"timer:{timer.pk}")
    if timer.kind not in (Kind.UNCLAIMED, Kind.AGAIN) and (
        coming := timers.following(task, task.matter, max(at, timer.due_at))
    ):
        FlowTimer.objects.bulk_create([coming], ignore_conflicts=True)
    record(
        "flow.ring",
        by=by,
        object_kind="flowtask",
        object_id=task.pk,
        label=timer.get_kind_display(),
        text=f"提醒{'、'.join(person.name for person in persons) or '（无人）'}：{task.name}",
        matter_id=task.matter_id,
        data={"kind": timer.kind, "step": task.step_id},
    )


def _is_due(timer: FlowTimer, task: FlowTask) -> bool:
    """A timer of a task that is closed, asleep or put off, or of a suspended matter, says nothing."""
    if not task.is_open or task.matter.paused_at is not None:
        return False
    if timer.kind == Kind.UNCLAIMED:
        return task.assignee_id is None and not task.parked
    if timer.kind == Kind.AGAIN:
        return True
    moments = dict(timers.schedule(task.due_at, task.matter)) if task.due_at else {}
    return moments.get(timer.kind) == timer.due_at


def _audience(kind: str, task: FlowTask) -> list[Person]:
    """到期前提醒承办人，到期加负责人，逾期1天到分管副主任，3天到主任 (domain 0.6)."""
    found = list(seating.holders_of(task))
    tenant_id = task.matter.tenant_id
    if kind in (Kind.DUE, Kind.LATE_1, Kind.LATE_3):
        found += _heads(task)
    if kind in (Kind.LATE_1, Kind.LATE_3):
        found += people.holders("office_deputy", tenant=tenant_id)
    if kind == Kind.LATE_3:
        found += people.holders("office_director", tenant=tenant_id)
    return list(dict.fromkeys(found))


def _heads(task: FlowTask) -> list[Person]:
    """Return who answers for the holder: the unit's head, else the head of the holder's section."""
    unit = OrgUnit.objects.filter(pk=task.unit_id or 0).first()
    if unit is None and task.assignee:
        place = people.primary_appointment(task.assignee)
        unit = place.unit if place else None
    if unit is None:
        return []
    if unit.is_tenant:
        return people.holders("dept_head", tenant=unit)
    return people.holders("section_head", tenant=unit.tenant_id or unit.pk, unit=unit)


def hand_over_absent(at: datetime) -> int:
    """A is away: what lies in A's hands goes to the agent or the B post."""
    away = Absence.objects.filter(cancelled_at__isnull=True, start__lte=at, end__gt=at)
    held = FlowTask.objects.filter(
        closed_at__isnull=True,
        owner__isnull=True,
        assignee_id__in=away.values("person_id"),
        kind__in=("do", "with"),
    )
    tasks = held.select_related("matter", "instance__definition", "assignee").order_by("id")
    # Looked at without the lock first: taking it each minute for nothing would make open pages stale.
    return sum(hand_over(task, by=SYSTEM) for task in tasks if _replacement(task) is not None)


def _replacement(task: FlowTask) -> Person | None:
    """Return who stands in for the holder, unless that person already has a part in the step."""
    if task.assignee is None:
        return None
    node = graph_of(task.instance.definition).nodes.get(task.node)
    must_sign = bool(node and node.spec.get("sign"))
    found = seats.agent_of(task.assignee, seats.scope_of(task.matter), must_sign=must_sign)
    busy = FlowTask.objects.filter(step=task.step_id, closed_at__isnull=True, assignee=found).exclude(
        pk=task.pk
    )
    return None if found is None or busy.exists() else found


@act("flow.stand_in")
def hand_over(task: FlowTask, *, by: Actor) -> int:
    """自动转B岗: give one task of somebody who is away to who stands in."""
    run = Run.on(task.matter_id, by, "stand_in")
    held = run.tasks.get(task.pk)
    if held is None or not held.is_open or held.owner_id is not None or held.assignee is None:
        nothing_done()
        return 0
    step, absent, found = run.step_of(held), held.assignee, _replacement(held)
    if found is None:
        nothing_done()
        return 0
    held.assignee, held.owner, held.read_at = found, absent, None
    held.holder_name = f"{found.name}（代{absent.name}）"
    run.touch(held)
    run.see(HANDLER, [found.principal_id])
    run.tell([found], f"{absent.name}外出，请代办“{held.name}”：{run.matter.title}", "flow.todo")
    run.finish(
        "转B岗", f"{absent.name}外出，转{found.name}", task=held, data={"node": held.node, "step": step.pk}
    )
    return 1


@calendars.on_calendar_change
def recompute(first: date, last: date, *, by: Actor) -> int:
    """The calendar changed: open tasks counted in working days over those days get their deadline anew."""
    _ = last
    concerned = FlowTask.objects.filter(closed_at__isnull=True, due_at__gte=clock.midnight(first))
    moved = sum(
        _recompute_of(matter_id) for matter_id in sorted(set(concerned.values_list("matter_id", flat=True)))
    )
    if moved:
        record(
            "flow.recompute",
            by=by,
            object_kind="workcalendar",
            object_id=first.isoformat(),
            label="按新日历重算期限",
            text=f"{moved}件在办任务的期限有变动",
        )
    return moved


def _recompute_of(matter_id: int) -> int:
    """Compute the open deadlines of one matter under its lock."""
    matter = spine.locked(matter_id)
    root = FlowInstance.objects.filter(matter=matter, parent_task__isnull=True).latest("id")
    pauses, moved = limits.pauses_of(root), 0
    for task in FlowTask.objects.filter(matter=matter, closed_at__isnull=True).order_by("id"):
        due_at = limits.due_of(task.limit, task.created_at, matter, pauses)
        if due_at != task.due_at:
            limits.set_due(task, due_at)
            task.save(update_fields=["due_at", "sort_due"])
            if not task.parked and (coming := timers.following(task, matter, clock.now())):
                FlowTimer.objects.bulk_create([coming], ignore_conflicts=True)
            moved += 1
    return moved


@act("flow.refresh")
def refresh(matter: Matter, *, by: Actor) -> None:
    """The matter's urgency or deadline changed: its open tasks take their new place in the lists."""
    run = Run.on(matter.pk, by, "refresh")
    moved = 0
    for task in run.tasks.values():
        if not task.is_open:
            continue
        if not limits.is_own(task.limit) and task.due_at != run.matter.due_at:
            limits.set_due(task, run.matter.due_at)
            run.touch(task)
            if not task.parked and (coming := timers.following(task, run.matter, run.now)):
                run.timers.append(coming)
        if task.rank != limits.rank_of(run.matter):
            run.touch(task)
        moved += task.pk in run.changed
    if not moved:
        nothing_done()
        return
    run.finish("期限、缓急变动", f"{moved}件待办随之变动")
