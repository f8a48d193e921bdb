"""How the token moves: enter, settle, leave, join, drop, end. Verbs call these under the matter's lock."""

from collections.abc import Mapping, Sequence

from zhongshu.base.refusals import Refused
from zhongshu.flow import definitions, gates, hooks, limits, seating, settling
from zhongshu.flow.conditions import holds
from zhongshu.flow.graph import Lane, Node
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.flow.run import Run
from zhongshu.flow.seats import Seat, seat_of

Kind, State, Left = FlowTask.Kind, FlowTask.State, FlowStep.Left
FAILED = "failed"


def arrive(run: Run, instance: FlowInstance, node_id: str | None, path: str, prev: FlowStep | None) -> None:
    """Bring the token to a node; None is the end of the branch or of the procedure."""
    graph = run.graph(instance)
    while node_id is not None:
        node = graph[node_id]
        if node.type == "choice":
            node_id = chosen(run, instance, node)
        elif node.type == "parallel":
            return fork(run, instance, node, path, prev, {b["id"]: b["first"] for b in node.branches})
        else:
            enter(run, instance, node, path, prev)
            return None
    return end_of_scope(run, instance, path, prev)


def chosen(run: Run, instance: FlowInstance, node: Node) -> str | None:
    """Return where a choice leads: the first branch whose condition holds."""
    facts = run.facts(instance)
    for branch in node.branches:
        if holds(branch.get("when"), facts):
            return branch["first"] or node.next
    return node.next


def enter(
    run: Run,
    instance: FlowInstance,
    node: Node,
    path: str,
    prev: FlowStep | None,
    *,
    seats: Sequence[Seat] | None = None,
    back_to: FlowStep | None = None,
) -> FlowStep:
    """Open a step at a node: the gates first, then who is called."""
    gates.check_gates(run, instance, node)
    called = list(seats) if seats is not None else seating.seats_of(run, instance, node)
    mode = "any" if node.mode == "one" and len(called) > 1 else node.mode
    step = new_step(run, instance, node, path, prev, mode=mode, back_to=back_to)
    tasks = seating.seat(run, step, node, called)
    if child := node.spec.get("child"):
        for task, seat in zip(tasks, called, strict=True):
            start_inner(run, task, seat, str(child))
    settling.park(run, step)
    if hook := hooks.procedure(instance.definition.key).on_enter.get(node.phase):
        hook(run.moment(instance, node, step=step))
    return step


def new_step(
    run: Run,
    instance: FlowInstance,
    node: Node,
    path: str,
    prev: FlowStep | None,
    *,
    mode: str,
    back_to: FlowStep | None = None,
) -> FlowStep:
    step = FlowStep.objects.create(
        instance=instance,
        node=node.id,
        name=node.name,
        phase=node.phase,
        path=path,
        mode=mode,
        quota=node.spec.get("quota") if mode == "quota" else None,
        prev=prev,
        back_to=back_to,
        entered_at=run.now,
    )
    run.steps[step.pk] = step
    return step


def fork(
    run: Run,
    instance: FlowInstance,
    node: Node,
    path: str,
    prev: FlowStep | None,
    starts: Mapping[str, str | None],
    *,
    back_to: FlowStep | None = None,
) -> None:
    """Open a fork and its branches, each where it starts; it joins when no branch is open any more."""
    gates.check_gates(run, instance, node)
    step = new_step(run, instance, node, path, prev, mode="fork", back_to=back_to)
    run.opening.add(step.pk)
    for branch, first in starts.items():
        arrive(run, instance, first, f"{step.inner_scope}{branch}/", step)
    run.opening.discard(step.pk)
    join(run, instance, step)


def end_of_scope(run: Run, instance: FlowInstance, path: str, prev: FlowStep | None) -> None:
    """A branch has arrived: join its fork; or the procedure is at its end."""
    if not path:
        return end(run, instance, prev)
    return join(run, instance, run.steps[enclosing(path)])


def enclosing(path: str) -> int:
    """Return the fork-step in whose branch the path lies: "3:a/12:b/" → 12."""
    return int(path.rstrip("/").rsplit("/", 1)[-1].partition(":")[0])


def join(run: Run, instance: FlowInstance, step: FlowStep) -> None:
    """Go on behind the fork when all its branches have arrived."""
    if step.pk in run.opening or run.open_steps(instance, step.inner_scope):
        return
    leave(run, step, Left.DONE)
    onward(run, instance, step)


def onward(run: Run, instance: FlowInstance, step: FlowStep) -> None:
    """Go on from a step that is done: straight back to who sent it here, or to the next node."""
    target = FlowStep.objects.get(pk=step.back_to_id) if step.back_to_id else None
    if target is not None and run.still_drawn(instance, target):
        go_straight(run, instance, step, target)
    else:
        arrive(run, instance, run.node(step).next, step.path, step)


def go_straight(run: Run, instance: FlowInstance, step: FlowStep, target: FlowStep) -> None:
    """直送退回人: open again the step that sent it back, for those who had not finished there."""
    waiting = FlowTask.objects.filter(
        step=target, state__in=(State.SENT_BACK, State.DROPPED), kind__in=(Kind.DO, Kind.WITH)
    )
    seats: dict[str, Seat] = {}
    for task in waiting.select_related("assignee", "owner", "unit").order_by("turn", "id"):
        # Somebody taken off and asked again had two tasks there, and gets one.
        seats.setdefault(seat_of(task).key, seat_of(task))
    seats.pop("", None)
    node = run.graph(instance)[target.node]
    enter(run, instance, node, target.path, step, seats=list(seats.values()) or None)


def leave(run: Run, step: FlowStep, how: str, outcome: str = "") -> None:
    """Close a step."""
    step.left_at, step.left_as, step.outcome = run.now, how, outcome
    step.save(update_fields=["left_at", "left_as", "outcome"])


def settle(run: Run, step: FlowStep) -> None:
    """Look whether a step is done; if so spare who is left and go on."""
    settling.park(run, step)
    if not settling.is_done(run, step):
        return
    for task in run.live(step):
        close_with_inner(run, task, State.SPARED)
    outcome = settling.decided(run, step)
    instance, node = run.instance(step.instance_id), run.node(step)
    instance.vars["outcome"] = outcome
    if target := node.outcome(outcome).get("to"):
        gates.refuse_final(run, instance, target, run.history(instance))
        leave(run, step, Left.SENT_BACK, outcome)
        back = run.graph(instance)[target]
        tell_lost(run, go_back(run, instance, step, back), f"“{step.name}”退回“{back.name}”")
        return
    if step.mode == "quota" and outcome == FAILED and not node.outcome(FAILED):
        fail(run, instance, step)
        return
    leave(run, step, Left.DONE, outcome)
    if node.spec.get("closes"):
        run.closing = True
    onward(run, instance, step)


def fail(run: Run, instance: FlowInstance, step: FlowStep) -> None:
    """A vote that failed, with no way out drawn for it, goes back to who sent it here; else it is taken anew."""
    leave(run, step, Left.SENT_BACK, FAILED)
    target = _sender(run, instance, step)
    words = f"“{step.name}”未通过，" + (f"退回“{target.name}”" if target else "须重新征求意见")
    if target is None:
        enter_again(run, instance, run.node(step), step.path, step)
        starter = [instance.initiator_id] if instance.initiator_id else []
        run.tell_ids(starter, f"{words}：{run.matter.title}", "flow.returned")
    else:
        tell_lost(run, go_back(run, instance, step, target), words)
    run.retitle_news("flow.returned", words)
    run.remark = words


def tell_lost(run: Run, lost: Sequence[FlowTask], words: str) -> None:
    """Tell those in other branches whose work has stopped, and why."""
    ids = [task.assignee_id for task in lost if task.assignee_id and not task.parked]
    run.tell_ids(ids, f"{words}，您手里的办理停止：{run.matter.title}", "flow.changed")


def _sender(run: Run, instance: FlowInstance, step: FlowStep) -> Node | None:
    """Return the last step done before, in this branch or around it, unless a point of no return lies between."""
    graph, history, here = run.graph(instance), run.history(instance), run.node(step)
    for past in reversed(history):
        node = graph.nodes.get(past.node)
        if node is None or node.type != "step" or past.left_as != Left.DONE:
            continue
        around = node.scope == here.scope[: len(node.scope)]
        if around and graph.precedes(node.id, here.id):
            return None if gates.past_final(run, instance, node.id, history) else node
    return None


# Going back


def go_back(
    run: Run,
    instance: FlowInstance,
    step: FlowStep,
    node: Node,
    *,
    only: Sequence[object] = (),
    back_to: FlowStep | None = None,
) -> list[FlowTask]:
    """Bring the token back to a node; return the tasks whose holders lose their work.

    What is open in the scope they share is dropped. Closed forks around the node are opened again with only
    its branch; `only` names branches of a fork, or principals of a fan-out, that are to do it again.
    """
    shared, missing = shared_scope(run, step.path, node)
    lost = drop(run, instance, shared)
    run.reopen_matter()
    reopen(run, instance, node, shared, missing, step, only=only, back_to=back_to)
    return lost


def shared_scope(run: Run, path: str, node: Node) -> tuple[str, Lane]:
    """Return the open scope a path shares with a node, and the forks of the node that are missing in it."""
    shared, depth = "", 0
    for segment in path.split("/")[:-1]:
        fork_id, _, branch = segment.partition(":")
        held = run.steps.get(int(fork_id))
        if (
            depth == len(node.scope)
            or held is None
            or not held.is_open
            or (held.node, branch) != node.scope[depth]
        ):
            break
        shared, depth = f"{shared}{segment}/", depth + 1
    return shared, node.scope[depth:]


def reopen(
    run: Run,
    instance: FlowInstance,
    node: Node,
    path: str,
    missing: Lane,
    prev: FlowStep | None,
    *,
    only: Sequence[object] = (),
    back_to: FlowStep | None = None,
) -> None:
    """Enter a node in the scope, opening the missing forks around it with only the one branch."""
    if not missing:
        enter_again(run, instance, node, path, prev, only=only, back_to=back_to)
        return
    block, branch = missing[0]
    outer = run.graph(instance)[block]
    gates.check_gates(run, instance, outer)
    step = new_step(run, instance, outer, path, prev, mode="fork", back_to=back_to)
    reopen(run, instance, node, f"{step.inner_scope}{branch}/", missing[1:], step, only=only)


def enter_again(
    run: Run,
    instance: FlowInstance,
    node: Node,
    path: str,
    prev: FlowStep | None,
    *,
    only: Sequence[object] = (),
    back_to: FlowStep | None = None,
) -> None:
    """Enter a node anew: those who did it before do it again; of a fork or fan-out only what is named."""
    if node.type == "parallel":
        starts = {b["id"]: b["first"] for b in node.branches if not only or b["id"] in only}
        fork(run, instance, node, path, prev, starts, back_to=back_to)
    elif node.type == "choice":
        arrive(run, instance, node.id, path, prev)
    else:
        gates.check_gates(run, instance, node)
        seats = seating.seats_again(run, instance, node, only)
        enter(run, instance, node, path, prev, seats=seats, back_to=back_to)


# Dropping and ending


def drop(run: Run, instance: FlowInstance, scope: str, how: str = Left.DROPPED) -> list[FlowTask]:
    """Stop everything open in a scope; return the tasks whose holders lose their work."""
    lost = []
    for step in run.open_steps(instance, scope):
        for task in run.live(step):
            lost.append(task)
            close_with_inner(run, task, State.DROPPED)
        leave(run, step, how)
    return lost


def close_with_inner(run: Run, task: FlowTask, state: str) -> None:
    """Close a task and stop the inner procedure that was answering it."""
    inner = run.inner_of(task)
    run.close(task, state)
    if inner:
        stop_instance(run, inner)


def stop_instance(run: Run, instance: FlowInstance, reason: str = "") -> None:
    """Stop an instance with all that is open in it."""
    drop(run, instance, "")
    instance.status, instance.ended_at = FlowInstance.Status.STOPPED, run.now
    instance.end_reason = reason[:300]
    run.save_instance(instance, "status", "ended_at", "end_reason")


def end(run: Run, instance: FlowInstance, last: FlowStep | None) -> None:
    """The procedure is at its end: a unit's inner one answers its task, the matter's own closes it."""
    instance.status, instance.ended_at = FlowInstance.Status.ENDED, run.now
    run.save_instance(instance, "status", "ended_at")
    if instance.is_root:
        options = run.graph(instance).options
        run.phase = (str(options.get("end_phase", "closed")), str(options.get("end_name", "已办结")))
        run.ends.append(instance)
        return
    task = run.tasks[instance.parent_task_id or 0]
    opinion = answer_of(run, last)
    run.close(task, State.DONE, outcome=last.outcome if last else "done", opinion=opinion, acted=True)
    settle(run, run.step_of(task))


def answer_of(run: Run, last: FlowStep | None) -> str:
    """Return the unit's answer: the last opinion given inside."""
    given = [t for t in run.tasks.values() if last and t.instance_id == last.instance_id and t.opinion]
    if given:
        return max(given, key=lambda task: task.pk).opinion
    if last is None:
        return ""
    said = FlowTask.objects.filter(instance=last.instance_id, done_at__isnull=False).exclude(opinion="")
    return said.order_by("-done_at", "-id").values_list("opinion", flat=True).first() or ""


def _own_time(task: FlowTask) -> dict[str, str]:
    """Return the unit's own deadline for its inner procedure; without one it runs by the matter's."""
    return {"due": task.due_at.isoformat()} if task.due_at and limits.is_own(task.limit) else {}


def start_inner(run: Run, task: FlowTask, seat: Seat, key: str) -> None:
    """Start the inner procedure by which a unit answers its task."""
    unit = seat.unit
    if unit is None:
        raise Refused.one("FLOW-INNER", f"“{task.name}”须交给单位办理，不能直接交给个人")
    parent = run.instance(task.instance_id)
    inner = FlowInstance.objects.create(
        definition=definitions.published(key, run.matter.tenant),
        matter=run.matter,
        parent_task=task,
        org=unit,
        initiator_id=run.by.person_id,
        origin=parent.origin,
        vars={"duty": task.duty, **_own_time(task)},
        created_at=run.now,
    )
    run.add_instance(inner)
    arrive(run, inner, run.graph(inner).first, "", None)
