"""Handing work on: 签收, 已阅, 转办, 委派, 退办, 传阅."""

from collections.abc import Iterable
from datetime import datetime

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, nothing_done
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.flow import hooks, moves, rights, seating, seats, settling
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.flow.run import Run
from zhongshu.flow.seats import Seat
from zhongshu.flow.verbs import checks
from zhongshu.flow.verbs.finish import take_over
from zhongshu.matters import access
from zhongshu.matters.models import Matter
from zhongshu.people.models import OrgUnit, Person

Kind, State = FlowTask.Kind, FlowTask.State
Target = Person | OrgUnit | int


@act("flow.claim")
def claim(task: FlowTask, *, by: Actor) -> FlowTask:
    """签收: take a pool's task into one's own hands."""
    run, task = Run.taking(task, by, "claim")
    if task.assignee_id is not None:
        raise Refused.one("FLOW-SAME", f"已由{task.holder_name}签收")
    step = run.step_of(task)
    instance, node = run.instance(task.instance_id), run.node(step)
    run.acting(task)
    checks.refuse_waiting(run, task)
    moment = run.moment(instance, node, step=step, task=task)
    hooks.before(instance.definition.key, moment)
    take_over(run, task, keeps=True)
    task.read_at = task.read_at or run.now
    run.touch(task)
    run.finish(f"签收{node.name}", task=task, moment=moment, data={"node": node.id, "step": step.pk})
    return task


@act("flow.release")
def release(task: FlowTask, *, by: Actor) -> FlowTask:
    """放回: put a claimed task back into its pool."""
    run, task = Run.taking(task, by, "release")
    run.acting(task)
    if not task.pool or task.claimed_at is None:
        raise Refused.one("FLOW-DENIED", "这一件不是签收来的，不能放回")
    pool = seats.unit_pool(task.unit, task.role) if task.unit else Seat()
    task.assignee = task.owner = task.claimed_at = task.read_at = None
    task.holder_name = pool.label_for(run.matter)
    run.touch(task)
    run.tell(pool.members, f"请签收“{task.name}”：{run.matter.title}", "flow.todo")
    run.finish(f"放回{task.name}", task=task, data={"node": task.node, "step": task.step_id})
    return task


@act("flow.read")
def read(task: FlowTask, *, by: Actor) -> FlowTask:
    """已阅: note that it was read; takes no lock, so a withdrawal may have been faster."""
    fresh = FlowTask.objects.select_related("matter", "instance__definition").get(pk=task.pk)
    standing = rights.standing(by, fresh, None, fresh.instance, fresh.matter)
    if standing.actor is None:
        return _read_by_other(fresh, standing.reason)
    done = {"state": State.DONE, "done_at": clock.now(), "done_by_id": by.person_id, "closed_at": clock.now()}
    name = {"done_name": standing.actor.display, "assignee_id": fresh.assignee_id or by.person_id}
    unread = FlowTask.objects.filter(pk=fresh.pk, closed_at__isnull=True, read_at__isnull=True)
    is_cc = fresh.kind == Kind.CC
    if not unread.update(read_at=clock.now(), **({**done, **name} if is_cc else {})):
        return _read_too_late(fresh)
    record(
        "flow.read",
        by=standing.actor,
        object_kind="flowtask",
        object_id=fresh.pk,
        label="已阅" if is_cc else "阅看",
        text=fresh.name,
        matter_id=fresh.matter_id,
        data={"node": fresh.node, "step": fresh.step_id},
    )
    fresh.refresh_from_db()
    return fresh


def _read_by_other(task: FlowTask, reason: str) -> FlowTask:
    if task.kind == Kind.CC:
        raise Refused.one("FLOW-RIGHT", reason)
    nothing_done()
    return task


def _read_too_late(task: FlowTask) -> FlowTask:
    task.refresh_from_db()
    if task.state == State.WITHDRAWN:
        raise Refused.one("FLOW-READ", f"这一件已被{task.done_name}撤回")
    nothing_done()
    return task


@act("flow.transfer")
def transfer(
    task: FlowTask, to: Target, reason: str, *, due_at: datetime | None = None, by: Actor
) -> FlowTask:
    """转办: the task goes to somebody else, with all that hangs on it; `due_at` gives it another deadline."""
    reason = checks.need_reason(reason)
    run, task = Run.taking(task, by, "transfer")
    step = run.step_of(task)
    instance, node = run.instance(task.instance_id), run.node(step)
    moment = run.moment(instance, node, step=step, task=task, opinion=reason)
    _may_transfer(run, task, moment)
    checks.refuse_unallowed(node, "transfer", "转办")
    seat = seats.settled(seats.of_targets([to]), moment)[0]
    _refuse_same(run, step, seat, task)
    seat.due_at = due_at
    moment.data |= {"to": seat.label, "called": [seat]}
    hooks.before(instance.definition.key, moment)
    run.see_actor()
    fresh = hand_to(run, task, step, seat)
    moves.settle(run, step)
    run.finish(
        "转办",
        f"转{seat.label}：{reason}",
        task=task,
        moment=moment,
        data={"node": node.id, "step": step.pk, "to": seat.label, "task": fresh.pk},
    )
    return fresh


def _may_transfer(run: Run, task: FlowTask, moment: hooks.Moment) -> None:
    """The holder transfers; a unit's task to another unit only who assigns; a manager anybody's."""
    node = moment.node
    if node and node.type == "each" and task.kind == Kind.DO:
        if not rights.entitled(run.by, rights.ADD_UNIT, moment):
            raise Refused.one("FLOW-DENIED", "转给其他单位须经交办单位，请用“退办”")
        return
    standing = rights.standing(run.by, task, node, moment.instance, run.matter)
    if standing.actor is None and rights.entitled(run.by, rights.REASSIGN, moment):
        return
    run.by = rights.demand(standing)
    checks.refuse_waiting(run, task)


def _refuse_same(run: Run, step: FlowStep, seat: Seat, task: FlowTask) -> None:
    for other in run.live(step):
        same_person = seat.person is not None and other.assignee_id == seat.person.pk
        if same_person or (seat.person is None and other.pool == seat.pool and other.assignee_id is None):
            raise Refused.one("FLOW-SAME", f"{seat.label}手里已有这一件，不用再转", "to")


def hand_to(run: Run, task: FlowTask, step: FlowStep, seat: Seat) -> FlowTask:
    """Close a task as moved and put its successor in its place; helpers follow it."""
    kind = Kind.DO if task.kind == Kind.REASSIGN else task.kind
    seat.duty = seat.duty or task.duty
    fresh = seating.new_task(run, step, seat, kind, dict(task.limit), parent=task.parent, turn=task.turn)
    if seat.due_at is None:
        fresh.due_at, fresh.sort_due = task.due_at, task.sort_due
    inner = run.inner_of(task)
    run.close(task, State.MOVED, acted=True)
    if inner:
        moves.stop_instance(run, inner, "转办")
    # The old task must be closed in the database before the new one may have the same holder.
    run.save_tasks()
    seating.put(run, [fresh], [seat])
    for other in run.live(step):
        if other.parent_id == task.pk:
            other.parent = fresh
            run.touch(other)
    if child := run.node(step).spec.get("child"):
        moves.start_inner(run, fresh, seat, str(child))
    settling.park(run, step)
    return fresh


@act("flow.delegate")
def delegate(task: FlowTask, to: Target, reason: str, *, by: Actor) -> FlowTask:
    """委派: somebody else prepares it; it comes back to the holder, who stays responsible."""
    reason = checks.need_reason(reason)
    run, task = Run.taking(task, by, "delegate")
    step = run.step_of(task)
    instance, node = run.instance(task.instance_id), run.node(step)
    run.acting(task)
    checks.refuse_waiting(run, task)
    checks.refuse_unallowed(node, "delegate", "委派")
    moment = run.moment(instance, node, step=step, task=task, opinion=reason)
    seat = seats.settled(seats.of_targets([to]), moment)[0]
    _refuse_same(run, step, seat, task)
    moment.data["called"] = [seat]
    hooks.before(instance.definition.key, moment)
    take_over(run, task, keeps=True)
    run.touch(task)
    rule: dict[str, object] = {"at": task.due_at.isoformat()} if task.due_at else {}
    child = seating.new_task(run, step, seat, Kind.DELEGATE, rule, parent=task, turn=task.turn)
    seating.put(run, [child], [seat])
    settling.park(run, step)
    run.finish(
        "委派",
        f"委派{seat.label}：{reason}",
        task=task,
        moment=moment,
        data={"node": node.id, "step": step.pk, "to": seat.label, "task": child.pk},
    )
    return child


@act("flow.decline")
def decline(task: FlowTask, reason: str, *, by: Actor) -> FlowTask:
    """退办: a unit gives its task back to who assigned it; the other units go on."""
    reason = checks.need_reason(reason)
    run, task = Run.taking(task, by, "decline")
    held = task
    run.acting(held)
    unit_task = _unit_task(run, held)
    step = run.step_of(unit_task)
    instance, node = run.instance(unit_task.instance_id), run.node(step)
    checks.refuse_unallowed(node, "decline", "退办")
    moment = run.moment(instance, node, step=step, task=unit_task, opinion=reason)
    hooks.before(instance.definition.key, moment)
    run.see_actor()
    inner = run.inner_of(unit_task)
    for each in {held.pk: held, unit_task.pk: unit_task}.values():
        run.close(each, State.DECLINED, outcome="declined", opinion=reason, acted=True)
    if inner:
        moves.stop_instance(run, inner, reason)
    assigner = _assigner(run, instance, step)
    seat = Seat(person=assigner, duty=unit_task.duty, due_at=unit_task.due_at)
    back = seating.new_task(run, step, seat, Kind.REASSIGN, {}, turn=unit_task.turn)
    back.unit = unit_task.unit
    seating.put(run, [back], [seat])
    settling.park(run, step)
    run.finish(
        "退办", reason, task=unit_task, moment=moment, data={"node": node.id, "unit": unit_task.holder_name}
    )
    return back


def _unit_task(run: Run, task: FlowTask) -> FlowTask:
    instance = run.instance(task.instance_id)
    found = task if instance.is_root else run.tasks[instance.parent_task_id or 0]
    if run.node(run.step_of(found)).type != "each" or found.kind != Kind.DO:
        raise Refused.one("FLOW-DENIED", "只有交给单位承办的件可以退办，其他的请用“退回”")
    return found


def _assigner(run: Run, instance: FlowInstance, step: FlowStep) -> Person:
    """Return who gets back what a unit declines: 首接负责人 where the room says so, else who assigned it."""
    before = FlowTask.objects.filter(step=step.prev_id, done_at__isnull=False, kind=Kind.DO)
    ids = [before.order_by("-done_at").values_list("done_by_id", flat=True).first()]
    ids += [instance.first_receiver_id, instance.initiator_id]
    if hooks.procedure(instance.definition.key).returns_to_first_receiver:
        ids.insert(0, instance.first_receiver_id)
    busy = {task.assignee_id for task in run.live(step) if task.kind == Kind.REASSIGN}
    for pk in ids:
        person = Person.objects.filter(pk=pk or 0).first()
        if person and person.is_active and person.pk not in busy:
            return person
    raise Refused.one("FLOW-NOBODY", "交办人手里还有退办件没有分派，请先联系交办单位")


@act("flow.circulate")
def circulate(matter: Matter, principals: Iterable[Target], note: str = "", *, by: Actor) -> list[FlowTask]:
    """传阅: let others read; it never holds the procedure up, and goes on when the matter is closed."""
    run = Run.on(matter.pk, by, "circulate")
    root = FlowInstance.objects.at_hand().filter(matter=matter, parent_task__isnull=True)
    instance = root.order_by("-id").first()
    if instance is None:
        raise Refused.one("FLOW-NONE", "这件事项还没有开始办理，不能传阅")
    run.add_instance(instance)
    if by.person_id and not access.sees(by, matter):
        raise Refused.one("FLOW-RIGHT", "您不在这件事项的知悉范围内")
    moment = run.moment(instance, opinion=note)
    called = seats.of_targets(principals)
    moment.data |= {"to": [seat.label for seat in called], "called": called}
    hooks.before(instance.definition.key, moment)
    known = FlowTask.objects.filter(matter=matter, kind=Kind.CC, closed_at__isnull=True)
    waiting = {f"p{task.assignee_id}" if task.assignee_id else task.pool for task in known}
    fresh = [seat for seat in {seat.key: seat for seat in called}.values() if seat.key not in waiting]
    if not fresh:
        raise Refused.one("FLOW-SAME", "所选的人都已在传阅中", "to")
    made = [seating.copy_for(run, instance, seat, note) for seat in fresh]
    FlowTask.objects.bulk_create(made)
    for seat in fresh:
        run.see("传阅", seat.sight(run.matter))
        run.tell([seat.person] if seat.person else seat.members, f"请阅：{matter.title}", "flow.cc")
    names = "、".join(seat.label for seat in fresh)
    run.finish("传阅", f"{names}{'：' + note if note else ''}", moment=moment, data={"to": names})
    return made
