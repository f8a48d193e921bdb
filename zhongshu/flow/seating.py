"""Putting tasks at a step: for each seat one, with deadline, part, timer, notice and inner procedure."""

from collections.abc import Sequence

from zhongshu.base.refusals import Refused
from zhongshu.flow import limits, timers
from zhongshu.flow.graph import Node
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.flow.run import HANDLER, Run
from zhongshu.flow.seats import Asking, Seat, by_principals, seats_for, settled, unit_pool
from zhongshu.matters.cursors import FAR
from zhongshu.people.models import Person

Kind, State = FlowTask.Kind, FlowTask.State


def seats_of(run: Run, instance: FlowInstance, node: Node) -> list[Seat]:
    """Return whom the node calls; nobody refuses the transition."""
    moment = run.moment(instance, node)
    asking = Asking(moment, run.facts(instance), lambda name: doers(instance, name))
    seats = seats_for(node.who, asking)
    for seat in seats:
        refuse_empty(seat, node)
    if not seats:
        where = "" if instance.is_root else f"：{instance.org.label}"
        raise Refused.one(
            "FLOW-NOBODY", f"“{node.name}”环节{where}没有可以办理的人，请先确定办理人或补齐岗位"
        )
    return seats


def refuse_empty(seat: Seat, node: Node) -> None:
    """A pool without members would hold the paper for ever."""
    if seat.person is None and not seat.members:
        raise Refused.one("FLOW-NOBODY", f"“{node.name}”环节：{seat.label}没有人可以签收，请先补齐岗位")


def doers(instance: FlowInstance, node: str) -> list[int]:
    """Return who last did a node of the instance."""
    done = FlowTask.objects.filter(instance=instance, node=node, done_at__isnull=False)
    latest = done.order_by("-step_id").values_list("step_id", flat=True).first()
    return list(done.filter(step=latest).values_list("done_by_id", flat=True)) if latest else []


def seat(run: Run, step: FlowStep, node: Node, seats: Sequence[Seat]) -> list[FlowTask]:
    """Put a task at the step for each seat."""
    instance = run.instance(step.instance_id)
    rule = limits.rule_of(node, run.matter, run.facts(instance))
    tasks = [
        new_task(run, step, each, Kind.DO, rule, turn=index if step.mode == "seq" else 0)
        for index, each in enumerate(seats)
    ]
    put(run, tasks, seats)
    return tasks


def new_task(
    run: Run,
    step: FlowStep,
    seat: Seat,
    kind: str,
    rule: dict[str, object],
    *,
    parent: FlowTask | None = None,
    turn: int = 0,
) -> FlowTask:
    """Build a task for a seat, not yet saved."""
    instance = run.instance(step.instance_id)
    given = {"at": seat.due_at.isoformat()} if seat.due_at else rule
    if (until := _time_of_unit(run, instance)) is not None:
        given = {**given, "until": until}
    task = FlowTask(
        matter=run.matter,
        instance=instance,
        step=step,
        parent=parent,
        kind=kind,
        node=step.node,
        name=step.name,
        duty=seat.duty,
        assignee=seat.person,
        owner=seat.owner,
        unit=seat.unit or (None if instance.is_root else instance.org),
        role=seat.role,
        pool=seat.pool,
        holder_name=seat.label_for(run.matter),
        from_name=run.by.display,
        rank=limits.rank_of(run.matter),
        turn=turn,
        limit=dict(given),
        created_at=run.now,
    )
    root = run.instances.get(run.root_id(instance), instance)
    limits.set_due(task, limits.due_of(task.limit, run.now, run.matter, limits.pauses_of(root)))
    return task


def _time_of_unit(run: Run, instance: FlowInstance) -> str | None:
    """Return by when the unit must answer whose inner procedure this is, if it was given a time of its own."""
    outer = run.tasks.get(instance.parent_task_id or 0)
    return outer.due_at.isoformat() if outer and outer.due_at and limits.is_own(outer.limit) else None


def put(run: Run, tasks: Sequence[FlowTask], seats: Sequence[Seat]) -> None:
    """Save new tasks and give their parts."""
    FlowTask.objects.bulk_create(tasks)
    for task, each in zip(tasks, seats, strict=True):
        run.tasks[task.pk] = task
        run.seats[task.pk] = each
        run.fresh.add(task.pk)
        run.see(HANDLER, each.sight(run.matter))


def arrived(run: Run, task: FlowTask) -> None:
    """Tell the holders of a task that it has come, and set its next timer."""
    run.tell(holders(run, task), f"请办理“{task.name}”：{run.matter.title}", "flow.todo")
    run.timers += timers.first(task, run.matter, run.now)


def holders(run: Run, task: FlowTask) -> list[Person]:
    """Return the persons in whose hands a task lies."""
    each = run.seats.get(task.pk)
    return each.members if each and task.assignee_id is None else holders_of(task)


def holders_of(task: FlowTask) -> list[Person]:
    """Return the persons in whose hands a task lies that is not in hand."""
    if task.assignee:
        return [task.assignee]
    return unit_pool(task.unit, task.role).members if task.unit else []


def copy_for(run: Run, instance: FlowInstance, seat: Seat, note: str) -> FlowTask:
    """Build a 传阅 task, which belongs to the matter and to no step."""
    return FlowTask(
        matter=run.matter,
        instance=instance,
        kind=Kind.CC,
        name="传阅",
        assignee=seat.person,
        unit=seat.unit,
        role=seat.role,
        pool=seat.pool,
        holder_name=seat.label,
        from_name=run.by.display,
        rank=limits.rank_of(run.matter),
        data={"note": note} if note else {},
        created_at=run.now,
        sort_due=FAR,
    )


def woken(run: Run, task: FlowTask) -> None:
    """A waiting task goes on: if it slept from its birth, it arrives only now."""
    if not task.limit.pop("asleep", False):
        run.tell(holders(run, task), f"“{task.name}”已办回，请接着办：{run.matter.title}", "flow.todo")
        return
    task.created_at, task.from_name = run.now, run.by.display
    root = run.instances.get(run.root_id(run.instance(task.instance_id)))
    pauses = limits.pauses_of(root) if root else []
    limits.set_due(task, limits.due_of(task.limit, run.now, run.matter, pauses))
    arrived(run, task)


def seats_again(
    run: Run, instance: FlowInstance, node: Node, only: Sequence[object] = ()
) -> list[Seat] | None:
    """Return the seats of the last visit: those who did it do it again; None where they are gone."""
    before = FlowTask.objects.filter(instance=instance, node=node.id, kind=Kind.DO)
    latest = before.order_by("-step_id").values_list("step_id", flat=True).first()
    tasks = before.filter(step=latest).exclude(state__in=(State.MOVED, State.DECLINED))
    if node.type == "each":
        return _units_again(run, instance, node, only)
    doers = [
        t.done_by or t.assignee for t in tasks.select_related("done_by", "assignee").order_by("turn", "id")
    ]
    found = [Seat(person=person) for person in doers if person and person.is_active]
    if only:
        found = [seat for seat in found if seat.person and seat.person.principal_id in only]
    if not found or len(found) < len(doers) or not _still_hold(run, instance, node, found):
        return None
    return settled(found, run.moment(instance, node))


def _still_hold(run: Run, instance: FlowInstance, node: Node, found: Sequence[Seat]) -> bool:
    """Who did a role's work and has left the role since does not get it again."""
    if "role" not in node.who or node.who.get("pick") == "all":
        return True
    members = {person.pk for seat in seats_of(run, instance, node) for person in seat.members}
    return all(seat.person is not None and seat.person.pk in members for seat in found)


def _units_again(run: Run, instance: FlowInstance, node: Node, only: Sequence[object]) -> list[Seat]:
    every = seats_of(run, instance, node)
    seats = [seat for seat in every if not only or principal_of(seat) in only]
    if only and len(seats) < len(set(only)):
        given = {principal_of(seat) for seat in seats}
        seats += by_principals(int(str(pk)) for pk in only if pk not in given)
    return seats


def principal_of(seat: Seat) -> int | None:
    if seat.person:
        return seat.person.principal_id
    return seat.unit.principal_id if seat.unit else None
