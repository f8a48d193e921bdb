"""退回 to any earlier step, and 撤回 while nobody has read what came after."""

from collections.abc import Sequence

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.flow import gates, hooks, moves, rights
from zhongshu.flow.graph import Node
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.flow.run import Run
from zhongshu.flow.undo import redrawn, undo
from zhongshu.flow.verbs import checks
from zhongshu.flow.verbs.finish import give_back_vars, take_over

Kind, State, Left = FlowTask.Kind, FlowTask.State, FlowStep.Left


@act("flow.send_back")
def send_back(
    task: FlowTask,
    to_node: str,
    reason: str,
    only: Sequence[object] = (),
    straight: bool = False,
    *,
    by: Actor,
) -> FlowTask:
    """退回 to an earlier step: through the steps again, or (`straight`) back to the sender at once.

    `only` names what is to be done again: branches of a parallel block, principals of a fan-out.
    """
    reason = checks.need_reason(reason)
    run, task = Run.taking(task, by, "send_back")
    step = run.step_of(task)
    instance, node = run.instance(task.instance_id), run.node(step)
    run.acting(task)
    checks.refuse_waiting(run, task)
    refuse_helpers(task)
    checks.refuse_unallowed(node, "send_back", "退回")
    history = run.history(instance)
    target = target_of(run, instance, node, to_node, history)
    gates.refuse_final(run, instance, target.id, history)
    only = known_only(target, only)
    if straight:
        refuse_straight(node, target)
    given = {"to": target.id, "only": list(only), "straight": straight}
    moment = run.moment(instance, node, step=step, task=task, opinion=reason, data=given)
    hooks.before(instance.definition.key, moment)
    take_over(run, task)
    run.close(task, State.SENT_BACK, outcome="sent_back", opinion=reason, acted=True)
    others = run.live(step)
    for other in others:
        moves.close_with_inner(run, other, State.DROPPED)
    moves.leave(run, step, Left.SENT_BACK)
    lost = moves.go_back(run, instance, step, target, only=only, back_to=step if straight else None)
    tell_losers(run, [*others, *lost], reason)
    run.retitle_news("flow.returned", f"退回“{target.name}”，请重新办理")
    run.finish(
        f"退回{target.name}",
        reason,
        task=task,
        moment=moment,
        data={"node": node.id, "step": step.pk, **given, "lost": [t.holder_name for t in lost]},
    )
    return task


def refuse_helpers(task: FlowTask) -> None:
    """Who was only asked along answers by 办理; the asker may send back."""
    if not task.is_counted:
        raise Refused.one("FLOW-DENIED", f"{task.get_kind_display()}件请写明意见办回，由原办理人退回")


def target_of(
    run: Run, instance: FlowInstance, node: Node, to_node: str, history: Sequence[FlowStep]
) -> Node:
    """Return the node to go back to: visited, earlier, and in no sibling branch."""
    graph = run.graph(instance)
    visited = {step.node for step in history if not step.is_open}
    if to_node in graph and to_node in visited and graph.precedes(to_node, node.id):
        return graph[to_node]
    raise Refused.one("FLOW-TARGET", f"不能退到这里：只能退到“{node.name}”之前办过的环节", "to_node")


def known_only(target: Node, only: Sequence[object]) -> list[object]:
    """Return the branches or principals to be done again, as the node knows them."""
    if target.type == "parallel":
        known = {branch["id"] for branch in target.branches}
        found: list[object] = [each for each in only if each in known]
    else:
        found = [int(str(each)) for each in only if str(each).isdigit()]
    if len(found) < len(only):
        raise Refused.one("FLOW-TARGET", f"“{target.name}”里没有所选的分支或单位", "only")
    return found


def refuse_straight(node: Node, target: Node) -> None:
    """直送 needs the sender's scope to live on; out of a branch it is dropped."""
    if target.scope[: len(node.scope)] != node.scope:
        raise Refused.one("FLOW-STRAIGHT", "退到并行分支以外的，不能直送，只能逐级重走", "straight")


def tell_losers(run: Run, lost: Sequence[FlowTask], reason: str) -> None:
    """Tell those whose work has stopped."""
    ids = [task.assignee_id for task in lost if task.assignee_id and not task.parked]
    if ids:
        run.tell_ids(ids, f"“{run.matter.title}”已退回，您手里的办理停止：{reason}", "flow.changed")


@act("flow.withdraw")
def withdraw(task: FlowTask, *, by: Actor) -> FlowTask:
    """撤回: take one's work back while what followed is unread."""
    run = Run.on(task.matter_id, by, "withdraw")
    run.refuse_paused()
    task = FlowTask.objects.get(pk=task.pk)
    if task.state != State.DONE or task.kind == Kind.CC:
        raise Refused.one("FLOW-DENIED", "只有自己刚办完的才能撤回")
    if by.person_id is None or by.person_id != task.done_by_id:
        raise Refused.one("FLOW-RIGHT", "只有办理人自己能撤回")
    instance = run.instance(task.instance_id)
    if task.step and (gone := redrawn(run, instance, task.step)):
        raise Refused.one("FLOW-MIGRATE", gone)
    node = run.graph(instance)[task.node]
    moment = run.moment(instance, node, task=task)
    hooks.before(instance.definition.key, moment)
    if task.owner_id or (task.assignee_id and task.assignee_id != by.person_id):
        run.by = rights.standing(by, task, node, instance, run.matter).actor or by
    undo(run, task)
    give_back_vars(run, run.tasks.get(task.pk, task))
    run.finish(f"撤回{node.name}", task=task, moment=moment, data={"node": node.id, "step": task.step_id})
    return task
