"""加签 before, with or after one's own; 减签; one more unit for a running fan-out, or one less."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.flow import hooks, limits, moves, rights, seating, seats, settling
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.flow.run import Run
from zhongshu.flow.seats import Seat
from zhongshu.flow.verbs import checks
from zhongshu.flow.verbs.finish import take_over
from zhongshu.flow.verbs.hand import Target
from zhongshu.matters.models import Matter

Kind, State = FlowTask.Kind, FlowTask.State
POSITIONS = {
    "before": (Kind.BEFORE, "前加签"),
    "with": (Kind.WITH, "加签"),
    "after": (Kind.AFTER, "后加签"),
}


@act("flow.add_sign")
def add_sign(
    task: FlowTask, position: str, persons: Iterable[Target], reason: str, *, by: Actor
) -> list[FlowTask]:
    """加签: before (mine waits for theirs), with (both), after (theirs waits for mine)."""
    reason = checks.need_reason(reason)
    if position not in POSITIONS:
        raise Refused.one("FLOW-DENIED", "加签只能在前、并行或在后", "position")
    kind, words = POSITIONS[position]
    run, task = Run.taking(task, by, "add_sign")
    step = run.step_of(task)
    instance, node = run.instance(task.instance_id), run.node(step)
    run.acting(task)
    checks.refuse_waiting(run, task)
    refuse_not_counted(task)
    checks.refuse_unallowed(node, "add_sign", "加签")
    moment = run.moment(instance, node, step=step, task=task, opinion=reason, data={"position": position})
    called = seats.settled(seats.of_targets(persons), moment)
    if not called:
        raise Refused.one("FLOW-PERSON", "请选择加签人", "persons")
    for seat in called:
        refuse_present(run, step, seat)
    moment.data["called"] = called
    hooks.before(instance.definition.key, moment)
    take_over(run, task, keeps=True)
    run.touch(task)
    made = put_helpers(run, step, called, kind, task)
    names = "、".join(seat.label for seat in called)
    run.finish(words, f"{names}：{reason}", task=task, moment=moment, data={"node": node.id, "to": names})
    return made


def put_helpers(
    run: Run, step: FlowStep, called: Sequence[Seat], kind: str, parent: FlowTask
) -> list[FlowTask]:
    rule: dict[str, object] = {"at": parent.due_at.isoformat()} if parent.due_at else {}
    made = [seating.new_task(run, step, seat, kind, rule, parent=parent, turn=parent.turn) for seat in called]
    seating.put(run, made, called)
    settling.park(run, step)
    return made


def refuse_not_counted(task: FlowTask) -> None:
    if not task.is_counted:
        raise Refused.one("FLOW-DENIED", f"{task.get_kind_display()}件不能再加签")


def refuse_present(run: Run, step: FlowStep, seat: Seat) -> None:
    for other in run.live(step):
        if (seat.person and other.assignee_id == seat.person.pk) or (
            not seat.person and other.pool == seat.pool
        ):
            raise Refused.one("FLOW-SAME", f"{seat.label}已在这一环节办理", "persons")


@act("flow.drop_sign")
def drop_sign(task: FlowTask, person: Target, reason: str = "", *, by: Actor) -> FlowTask:
    """减签: take somebody off again; the asker takes off whom they asked, the office also a unit."""
    run, task = Run.taking(task, by, "drop_sign")
    step = run.step_of(task)
    instance, node = run.instance(task.instance_id), run.node(step)
    moment = run.moment(instance, node, step=step, task=task, opinion=reason)
    target = _target(run, step, person)
    if target.parent_id == task.pk:
        run.acting(task)
    else:
        rights.demand_entitled(run.by, rights.ADD_UNIT, moment, "减签")
    hooks.before(instance.definition.key, moment)
    counted = [t for t in run.tasks_of(step) if t.is_counted and (t.is_open or t.state == State.DONE)]
    if target.is_counted and counted == [target]:
        raise Refused.one("FLOW-LAST", "这一环节只剩这一家（人），不能再减")
    run.see_actor()
    drop_task(run, step, target)
    run.tell_ids(
        [target.assignee_id] if target.assignee_id else [], f"不用再办：{run.matter.title}", "flow.changed"
    )
    moves.settle(run, step)
    words = f"{target.holder_name}{'：' + reason if reason else ''}"
    run.finish("减签", words, task=target, moment=moment, data={"node": node.id, "step": step.pk})
    return target


def _target(run: Run, step: FlowStep, person: Target) -> FlowTask:
    seat = seats.of_targets([person])[0]
    for other in run.live(step):
        by_name = seat.person is not None and seat.person.pk in (other.assignee_id, other.owner_id)
        by_unit = seat.person is None and seat.unit is not None and other.unit_id == seat.unit.pk
        if by_name or by_unit:
            return other
    raise Refused.one("FLOW-PERSON", f"{seat.label}在这一环节没有待办", "person")


def drop_task(run: Run, step: FlowStep, task: FlowTask) -> None:
    """Close a task and the helpers it waits for or that wait for it; who signs beside it stays."""
    moves.close_with_inner(run, task, State.DROPPED)
    for other in run.live(step):
        if other.parent_id == task.pk and other.kind in (Kind.BEFORE, Kind.DELEGATE, Kind.AFTER):
            drop_task(run, step, other)


@act("flow.add_units")
def add_units(
    matter: Matter, node_id: str, units: Iterable[Target | Mapping[str, Any]], reason: str, *, by: Actor
) -> list[FlowTask]:
    """增加承办单位: one more for a running fan-out ({"id": principal, "duty": …, "due": …} or a unit)."""
    reason = checks.need_reason(reason)
    run = Run.on(matter.pk, by, "add_units")
    run.refuse_paused()
    instance = run.root
    graph = run.graph(instance)
    steps = [step for step in run.open_steps(instance) if step.node == node_id]
    if not steps or graph[node_id].type != "each":
        raise Refused.one("FLOW-TARGET", "承办环节没有在办，不能增加单位；已经办完的请用“退回”", "node")
    step, node = steps[0], graph[node_id]
    moment = run.moment(instance, node, step=step, opinion=reason)
    rights.demand_entitled(by, rights.ADD_UNIT, moment, "增加承办单位")
    called = [_unit_seat(unit) for unit in units]
    for seat in called:
        refuse_present(run, step, seat)
    moment.data["called"] = called
    hooks.before(instance.definition.key, moment)
    run.see_actor()
    made = _put_units(run, step, called)
    names = "、".join(seat.label for seat in called)
    run.finish(
        "增加承办单位", f"{names}：{reason}", task=made[0], moment=moment, data={"node": node.id, "to": names}
    )
    return made


def _unit_seat(unit: Target | Mapping[str, Any]) -> Seat:
    if not isinstance(unit, Mapping):
        return seats.of_targets([unit])[0]
    seat = seats.of_targets([unit["id"]])[0]
    seat.duty, seat.due_at = str(unit.get("duty", "")), limits.as_moment(unit.get("due"))
    return seat


def _put_units(run: Run, step: FlowStep, called: Sequence[Seat]) -> list[FlowTask]:
    node, instance = run.node(step), run.instance(step.instance_id)
    rule = limits.rule_of(node, run.matter, run.facts(instance))
    made = [seating.new_task(run, step, seat, Kind.DO, rule) for seat in called]
    seating.put(run, made, called)
    if child := node.spec.get("child"):
        for task, seat in zip(made, called, strict=True):
            moves.start_inner(run, task, seat, str(child))
    settling.park(run, step)
    remember(run, instance, node.who.get("var"), called, str(node.who.get("as", "principal")))
    return made


def remember(run: Run, instance: FlowInstance, var: str | None, called: Sequence[Seat], kind: str) -> None:
    """Write the new units into the variable the node reads, so that doing it again finds them."""
    if var is None:
        return
    ids = [
        {
            "id": seat.unit.pk if kind == "unit" else seat.unit.principal_id,
            "duty": seat.duty,
            "due": seat.due_at.isoformat() if seat.due_at else "",
        }
        for seat in called
        if seat.unit
    ]
    instance.vars[var] = [*(instance.vars.get(var) or []), *ids]
