"""Steering from outside: 催办, 跳转, 挂起, 恢复, 作废, 延期, 换版."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import F

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, attempt
from zhongshu.base.refusals import Refused, Stale
from zhongshu.base.trail import record
from zhongshu.flow import gates, hooks, limits, moves, rights, seating, timers
from zhongshu.flow.migration import obstacles
from zhongshu.flow.models import FlowDefinition, FlowInstance, FlowTask, FlowTimer
from zhongshu.flow.run import Run
from zhongshu.flow.verbs import checks
from zhongshu.matters import notices, spine
from zhongshu.matters.models import Matter

Kind, State = FlowTask.Kind, FlowTask.State
REMIND_PAUSE = timedelta(minutes=5)


@act("flow.remind")
def remind(
    tasks: Sequence[FlowTask], text: str = "", *, by: Actor, next_at: datetime | None = None
) -> list[FlowTask]:
    """催办: count it, tell the holders, one line of trail for a matter; a unit is reminded where its inner procedure stands."""
    for matter_id in sorted({task.matter_id for task in tasks}):
        spine.locked(matter_id)
    open_ = FlowTask.objects.filter(pk__in=[task.pk for task in tasks], closed_at__isnull=True)
    fresh = list(
        open_.select_related("matter", "instance__definition", "assignee", "unit").order_by("matter_id", "id")
    )
    if not fresh:
        raise (
            Stale.by(tasks[0].done_name or "承办人")
            if tasks
            else Refused.one("FLOW-TARGET", "请选择要催的件")
        )
    for task in fresh:
        _may_remind(by, task)
        if task.reminded_at and clock.now() - task.reminded_at < REMIND_PAUSE:
            raise Refused.one("FLOW-REMINDED", f"{task.holder_name}刚刚催过，请稍后再催")
    words = text.strip()
    for task in fresh:
        _remind_one(task, words, next_at, by)
    for _, tasks_of in groupby(fresh, key=lambda task: task.matter_id):
        _note_reminded(list(tasks_of), words, by)
    return fresh


def _may_remind(by: Actor, task: FlowTask) -> None:
    moment = hooks.Moment("remind", by, task.matter, task.instance, task=task)
    mine = FlowInstance.objects.filter(matter=task.matter_id, parent_task__isnull=True)
    own = {pk for row in mine.values_list("initiator_id", "first_receiver_id") for pk in row if pk}
    if by.person_id not in own:
        rights.demand_entitled(by, rights.REMIND, moment, "催办")


def _remind_one(task: FlowTask, text: str, next_at: datetime | None, by: Actor) -> None:
    inner = FlowTask.objects.filter(
        instance__parent_task=task, closed_at__isnull=True, parked=False, step__isnull=False
    )
    reached = [task, *inner.select_related("assignee", "unit", "matter")]
    FlowTask.objects.filter(pk__in=[each.pk for each in reached], closed_at__isnull=True).update(
        reminders=F("reminders") + 1,
        reminded_at=clock.now(),
        reminder_text=text[:200],
        remind_next_at=next_at,
    )
    if next_at:
        again = FlowTimer(task=task, kind=FlowTimer.Kind.AGAIN, due_at=next_at)
        FlowTimer.objects.bulk_create([again], ignore_conflicts=True)
    persons = [person for each in reached if not each.parked for person in seating.holders_of(each)]
    words = f"催办“{task.name}”：{task.matter.title}{'。' + text if text else ''}"
    notices.tell(persons, matter=task.matter, text=words, by=by, event="flow.remind")


def _note_reminded(tasks: list[FlowTask], text: str, by: Actor) -> None:
    """Write one line for a matter, whoever of its holders was reminded."""
    first = tasks[0]
    names = "、".join(f"{task.holder_name}（第{task.reminders + 1}次）" for task in tasks)
    record(
        "flow.remind",
        by=by,
        object_kind="flowtask",
        object_id=first.pk,
        label="催办",
        text=f"催{names}{'：' + text if text else ''}",
        matter_id=first.matter_id,
        data={
            "tasks": [
                {"task": task.pk, "node": task.node, "step": task.step_id, "times": task.reminders + 1}
                for task in tasks
            ]
        },
    )


@act("flow.jump")
def jump(matter: Matter, node_id: str, reason: str, *, returns: bool = False, by: Actor) -> FlowInstance:
    """跳转: drop what is open and enter a node anywhere; its gates and the points of no return hold.

    `returns`: when that node is done, the paper comes straight back to where it was.
    """
    reason = checks.need_reason(reason)
    run = Run.on(matter.pk, by, "jump")
    run.refuse_paused()
    instance = run.root
    graph = run.graph(instance)
    if node_id not in graph or not (graph[node_id].is_work or graph[node_id].type == "parallel"):
        raise Refused.one("FLOW-TARGET", "流程里没有这个环节", "node")
    node = graph[node_id]
    moment = run.moment(instance, node, opinion=reason)
    rights.demand_entitled(by, rights.JUMP, moment, "跳转")
    gates.refuse_final(run, instance, node_id, run.history(instance))
    hooks.before(instance.definition.key, moment)
    run.see_actor()
    here = [step for step in run.open_steps(instance) if run.node(step).is_work]
    lost = moves.drop(run, instance, "")
    left = here[0] if here else None
    moves.reopen(run, instance, node, "", node.scope, left, back_to=left if returns else None)
    ids = {task.assignee_id for task in lost if task.assignee_id}
    run.tell_ids(
        [pk for pk in ids if pk],
        f"流程已跳转到“{node.name}”，您手里的办理停止：{run.matter.title}",
        "flow.changed",
    )
    run.finish(
        f"跳转到{node.name}",
        reason,
        moment=moment,
        data={"node": node.id, "from": [step.node for step in here]},
        key_act=True,
    )
    return instance


@act("flow.suspend")
def suspend(matter: Matter, reason: str, *, by: Actor) -> Matter:
    """挂起: nothing can be done and no deadline runs until it is resumed."""
    reason = checks.need_reason(reason)
    run = Run.on(matter.pk, by, "suspend")
    instance = run.root
    moment = run.moment(instance, opinion=reason)
    rights.demand_entitled(by, rights.SUSPEND, moment, "挂起")
    if run.matter.paused_at is not None:
        raise Refused.one("FLOW-PAUSED", "这件事项已经挂起")
    hooks.before(instance.definition.key, moment)
    run.see_actor()
    spine.pause_matter(run.matter, run.now)
    instance.pauses = [*instance.pauses, [run.now.isoformat(), None]]
    run.save_instance(instance, "pauses")
    run.finish("挂起", reason, moment=moment, key_act=True)
    return run.matter


@act("flow.resume")
def resume(matter: Matter, reason: str = "", *, by: Actor) -> Matter:
    """恢复: the clock runs again, deadlines move by the time it stood still."""
    run = Run.on(matter.pk, by, "resume")
    instance = run.root
    moment = run.moment(instance, opinion=reason)
    rights.demand_entitled(by, rights.SUSPEND, moment, "恢复")
    if run.matter.paused_at is None:
        raise Refused.one("FLOW-PAUSED", "这件事项没有挂起")
    hooks.before(instance.definition.key, moment)
    run.see_actor()
    spine.pause_matter(run.matter, None)
    instance.pauses = [[since, until or run.now.isoformat()] for since, until in instance.pauses]
    run.save_instance(instance, "pauses")
    redue(run, [task for task in run.tasks.values() if task.is_open])
    run.finish("恢复", reason, moment=moment, key_act=True)
    return run.matter


def redue(run: Run, tasks: Sequence[FlowTask]) -> list[FlowTask]:
    """Compute deadlines anew; return the tasks whose deadline moved."""
    root = next((i for i in run.instances.values() if i.is_root), None)
    pauses = limits.pauses_of(root) if root else []
    moved = []
    for task in tasks:
        due_at = limits.due_of(task.limit, task.created_at, run.matter, pauses)
        if due_at != task.due_at:
            limits.set_due(task, due_at)
            run.touch(task)
            moved.append(task)
        # A bell that fell into the pause has rung for nobody; the next one is set anew.
        if not task.parked and (timer := timers.following(task, run.matter, run.now)):
            run.timers.append(timer)
    return moved


@act("flow.stop")
def stop(matter: Matter, reason: str, *, by: Actor) -> Matter:
    """作废: the procedure ends here for good; its number stays used."""
    reason = checks.need_reason(reason)
    run = Run.on(matter.pk, by, "stop")
    instance = run.root
    moment = run.moment(instance, opinion=reason)
    rights.demand_entitled(by, rights.STOP, moment, "作废")
    hooks.before(instance.definition.key, moment)
    run.see_actor()
    ids = {task.assignee_id for task in run.tasks.values() if task.is_open and task.assignee_id}
    moves.stop_instance(run, instance, reason)
    if run.matter.paused_at is not None:
        spine.pause_matter(run.matter, None)
    run.phase = ("voided", "已作废")
    if run.matter.is_open:
        spine.close_matter(run.matter, "voided")
    run.tell_ids([pk for pk in ids if pk], f"已作废：{run.matter.title}（{reason}）", "flow.changed")
    run.finish("作废", reason, moment=moment, key_act=True)
    return run.matter


@act("flow.extend")
def extend(task: FlowTask, due_at: datetime, reason: str, *, by: Actor) -> FlowTask:
    """延期: approved by whoever acts; a later deadline, no more often than the rule allows (domain 0.3)."""
    reason = checks.need_reason(reason)
    run, task = Run.taking(task, by, "extend")
    step = run.step_of(task)
    instance, node = run.instance(task.instance_id), run.node(step)
    moment = run.moment(instance, node, step=step, task=task, opinion=reason)
    rights.demand_entitled(by, rights.EXTEND, moment, "批准延期")
    if task.assignee_id is not None and task.assignee_id == by.person_id:
        raise Refused.one("FLOW-RIGHT", "延期须由他人批准")
    _refuse_due(task, due_at, run)
    hooks.before(instance.definition.key, moment)
    run.see_actor()
    before = task.due_at
    for each in _moving_along(run, task, due_at):
        limits.set_due(each, due_at)
        each.limit, each.extensions = {"at": due_at.isoformat()}, each.extensions + 1
        run.touch(each)
        run.timers += [timer] if (timer := timers.following(each, run.matter, run.now)) else []
    run.tell(
        seating.holders(run, task),
        f"已准延期到{clock.local(due_at):%-m月%-d日 %H:%M}：{run.matter.title}",
        "flow.changed",
    )
    run.finish(
        "批准延期",
        f"{task.holder_name}延到{clock.local(due_at):%Y年%-m月%-d日 %H:%M}：{reason}",
        task=task,
        moment=moment,
        data={"node": node.id, "before": before, "after": due_at},
    )
    return task


def _refuse_due(task: FlowTask, due_at: datetime, run: Run) -> None:
    most = limits.max_extensions(task, run.matter)
    if task.extensions >= most:
        raise Refused.one("FLOW-DUE", f"已经延期{task.extensions}次，按规定最多{most}次", "due_at")
    if due_at <= run.now or (task.due_at and due_at <= task.due_at):
        raise Refused.one("FLOW-DUE", "新期限应晚于现在，也晚于原期限", "due_at")


def _moving_along(run: Run, task: FlowTask, due_at: datetime) -> list[FlowTask]:
    """A unit's task and the steps inside the unit that run by the unit's time move together, whichever was named."""
    instance = run.instance(task.instance_id)
    outer = task if instance.is_root else run.tasks.get(instance.parent_task_id or 0, task)
    inner = run.inner_of(outer)
    if inner is None:
        return [task]
    if "due" in inner.vars:
        inner.vars["due"] = due_at.isoformat()
        run.save_instance(inner, "vars")
    inside = [t for t in run.tasks.values() if t.instance_id == inner.pk and t.is_open]
    for each in inside:
        if "until" in each.limit:
            each.limit = {**each.limit, "until": due_at.isoformat()}
            run.touch(each)
    moving = [outer, *(t for t in inside if t.due_at == outer.due_at)]
    return moving if task in moving else [*moving, task]


@act("flow.migrate")
def migrate(
    instance: FlowInstance, definition: FlowDefinition, *, by: Actor, reason: str = ""
) -> FlowInstance:
    """换版: let a running instance go on by another version; refused where that version lacks its open nodes."""
    run = Run.on(instance.matter_id, by, "migrate")
    held = run.instances.get(instance.pk)
    if held is None:
        raise Refused.one("FLOW-ENDED", "这件已经办结，不用换版")
    moment = run.moment(held)
    rights.demand_entitled(by, rights.MIGRATE, moment, "换用新流程")
    if found := obstacles(run, held, definition):
        raise Refused(*found)
    was = held.definition.version
    held.definition = definition
    for step in run.open_steps(held):
        gates.check_gates(run, held, run.graph(held)[step.node])
    run.save_instance(held, "definition")
    words = f"{definition.name} 第{was}版 → 第{definition.version}版"
    run.finish("换用新流程", f"{words}{'：' + reason if reason else ''}", moment=moment, key_act=True)
    return held


@act("flow.migrate_many")
def migrate_many(
    instances: Sequence[FlowInstance], definition: FlowDefinition, *, by: Actor, reason: str = ""
) -> tuple[int, list[str]]:
    """Let the chosen instances go over; one that cannot stays where it is. Return how many went, and why not."""
    gone, reasons = 0, []
    for instance in sorted(instances, key=lambda each: each.matter_id):
        with attempt() as tried:
            migrate(instance, definition, by=by, reason=reason)
        gone += not tried.refused
        reasons += [refusal.message for refusal in tried.refusals]
    record(
        "flow.migrate_many",
        by=by,
        object_kind="flowdefinition",
        object_id=definition.pk,
        label="在办件换用新流程",
        text=f"{definition}：{gone}件换用，{len(instances) - gone}件未换{'。' + reason if reason else ''}",
        key_act=True,
    )
    return gone, reasons
