"""Taking a finished task back: what followed must be unread; then it is removed and the step opened again."""

from collections.abc import Mapping, Sequence

from zhongshu.base.refusals import Refused
from zhongshu.flow import moves, settling
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.flow.run import Run

Kind, State, Left = FlowTask.Kind, FlowTask.State, FlowStep.Left


def undo(run: Run, task: FlowTask) -> None:
    """Undo a done task with everything that followed from it."""
    instance = run.instance(task.instance_id)
    history = run.history(instance)
    step = next(step for step in history if step.pk == task.step_id)
    if gone := redrawn(run, instance, step):
        raise Refused.one("FLOW-MIGRATE", gone)
    if run.graph(instance)[step.node].is_final:
        raise Refused.one("FLOW-FINAL", f"“{step.name}”办完即定，不能撤回")
    if step.is_open:
        _refuse_seen([t for t in run.tasks_of(step) if _follows(t, task)])
    else:
        _undo_step(run, instance, step, history)
    _reopen_task(run, task)
    settling.park(run, step)


def obstacle(run: Run, task: FlowTask) -> str:
    """Say why a done task can no longer be withdrawn; looks only, the verb decides."""
    instance = run.instance(task.instance_id)
    history = run.history(instance)
    step = next((step for step in history if step.pk == task.step_id), None)
    if step is None or task.state != State.DONE:
        return "只有自己刚办完的才能撤回"
    if gone := redrawn(run, instance, step):
        return gone
    if run.graph(instance)[step.node].is_final:
        return f"“{step.name}”办完即定，不能撤回"
    if step.is_open:
        seen = [t for t in run.tasks_of(step) if _follows(t, task) and (t.read_at or t.done_at)]
        return f"{seen[0].holder_name}已阅看，不能撤回" if seen else ""
    followers = descendants(step, history)
    return _gone(instance, step, followers, history) or _seen_after(run, instance, followers)


def redrawn(run: Run, instance: FlowInstance, step: FlowStep) -> str:
    """Say so where the paper goes by another version by now that has no such step there."""
    if run.still_drawn(instance, step):
        return ""
    return f"这件已换用另一版流程，那里没有这个位置的“{step.name}”，不能撤回"


def _seen_after(run: Run, instance: FlowInstance, followers: Sequence[FlowStep]) -> str:
    """Look for anyone who has read or done what followed, also inside the units."""
    if instance.ended_at is not None and instance.parent_task_id:
        return obstacle(run, run.any_task(instance.parent_task_id))
    after = run.tasks_behind([step.pk for step in followers])
    seen = next((task for task in after if task.read_at or task.done_at), None)
    return f"{seen.done_name or seen.holder_name}已阅看，不能撤回" if seen else ""


def _follows(other: FlowTask, task: FlowTask) -> bool:
    """Tell the tasks of the same step that could start only after this one."""
    return other.pk != task.pk and (other.turn > task.turn or other.parent_id == task.pk)


def _refuse_seen(tasks: Sequence[FlowTask]) -> None:
    for task in tasks:
        if task.read_at or task.done_at:
            raise Refused.one("FLOW-READ", f"{task.done_name or task.holder_name}已阅看，不能撤回")


def _undo_step(run: Run, instance: FlowInstance, step: FlowStep, history: Sequence[FlowStep]) -> None:
    followers = descendants(step, history)
    if gone := _gone(instance, step, followers, history):
        raise Refused.one("FLOW-DENIED", gone)
    _take_back(run, followers)
    if instance.ended_at is not None:
        _reopen_instance(run, instance)
    by_id = {each.pk: each for each in history}
    for fork_id in enclosing_all(step.path):
        _reopen_step(run, by_id[fork_id])
    left_at = step.left_at
    _reopen_step(run, step)
    run.read_tasks([step.pk])
    for other in run.tasks_of(step):
        if other.state == State.SPARED and other.closed_at == left_at:
            _reopen_task(run, other)


def _gone(
    instance: FlowInstance, step: FlowStep, followers: Sequence[FlowStep], history: Sequence[FlowStep]
) -> str:
    """Say why there is nothing to come back to: the step, its branch or its procedure was stopped."""
    by_id = {each.pk: each for each in history}
    around = [by_id[fork_id].left_as for fork_id in enclosing_all(step.path)]
    stopped = instance.status == FlowInstance.Status.STOPPED
    if stopped or step.left_as != Left.DONE or any(how not in ("", Left.DONE) for how in around):
        return "这一环节已被退回或停办，不用撤回"
    if any(each.left_as in (Left.DROPPED, Left.SENT_BACK) for each in followers):
        return "其后已经退回或跳转，不能撤回"
    return ""


def descendants(step: FlowStep, history: Sequence[FlowStep]) -> list[FlowStep]:
    """Return the steps that were entered because of this one, also behind the joins it completed."""
    by_id = {each.pk: each for each in history}
    found: dict[int, FlowStep] = {}
    front = [step]
    while front:
        one = front.pop()
        behind = {(fork.pk, fork.path) for fork in _joined(one, by_id)}
        for each in history:
            follows = each.prev_id == one.pk or (each.prev_id, each.path) in behind
            if follows and each.pk not in found:
                found[each.pk] = each
                front.append(each)
    return list(found.values())


def _joined(step: FlowStep, by_id: Mapping[int, FlowStep]) -> list[FlowStep]:
    """Return the forks around a step that have joined, innermost first, up to the first that has not."""
    forks = []
    for fork_id in reversed(enclosing_all(step.path)):
        if by_id[fork_id].left_as != Left.DONE:
            break
        forks.append(by_id[fork_id])
    return forks


def enclosing_all(path: str) -> list[int]:
    """Return the fork-steps around a path, outermost first."""
    return [int(segment.partition(":")[0]) for segment in path.split("/")[:-1]]


def _take_back(run: Run, followers: Sequence[FlowStep]) -> None:
    """Withdraw what followed, in one conditional update: reading takes no lock and may come in between."""
    ids = [step.pk for step in followers]
    acted = FlowTask.objects.filter(step__in=ids, done_at__isnull=False).first()
    if acted:
        raise Refused.one("FLOW-READ", f"{acted.done_name}已办理“{acted.name}”，不能撤回")
    tasks = [task for step in followers if step.is_open for task in run.live(run.steps[step.pk])]
    inner = [i for i in (run.inner_of(task) for task in tasks) if i]
    inner_steps = [step for i in inner for step in run.open_steps(i)]
    tasks += [task for step in inner_steps for task in run.live(step)]
    if FlowStep.objects.filter(instance__in=inner, left_as=Left.DONE).exists():
        raise Refused.one("FLOW-READ", "承办单位已经签收办理，不能撤回")
    unread = FlowTask.objects.filter(
        pk__in=[task.pk for task in tasks], closed_at__isnull=True, read_at__isnull=True
    )
    count = unread.update(state=State.WITHDRAWN, closed_at=run.now, parked=False, done_name=run.by.display)
    if count != len(tasks):
        _refuse_seen(list(FlowTask.objects.filter(pk__in=[task.pk for task in tasks], read_at__isnull=False)))
        raise Refused.one("FLOW-READ", "后面的人已阅看，不能撤回")
    for task in tasks:
        run.close(task, State.WITHDRAWN)
        run.changed.discard(task.pk)
    for step in [*inner_steps, *followers]:
        if step.is_open:
            moves.leave(run, step, Left.WITHDRAWN)
    for instance in inner:
        moves.stop_instance(run, instance, "被撤回")
    run.tell_ids(
        [t.assignee_id for t in tasks if t.assignee_id], f"已撤回：{run.matter.title}", "flow.returned"
    )


def _reopen_instance(run: Run, instance: FlowInstance) -> None:
    """Open an instance again; a unit's inner one takes back its answer first."""
    answered = FlowTask.objects.filter(pk=instance.parent_task_id or 0).first()
    if answered:
        undo(run, answered)
    instance.status, instance.ended_at = FlowInstance.Status.RUNNING, None
    run.save_instance(instance, "status", "ended_at")
    run.reopen_matter()
    if answered:
        settling.park(run, run.step_of(answered))


def _reopen_step(run: Run, step: FlowStep) -> None:
    if step.is_open:
        run.steps.setdefault(step.pk, step)
        return
    step.left_at, step.left_as, step.outcome = None, "", ""
    step.save(update_fields=["left_at", "left_as", "outcome"])
    run.steps[step.pk] = step


def _reopen_task(run: Run, task: FlowTask) -> None:
    """Open a task again; the opinion stays as a draft."""
    held = run.tasks.setdefault(task.pk, task)
    for other in run.tasks.values():
        same_hands = (other.assignee_id, other.pool) == (held.assignee_id, held.pool)
        if other.pk != held.pk and other.step_id == held.step_id and other.is_open and same_hands:
            raise Refused.one("FLOW-SAME", f"{held.holder_name}在这一环节另有一件在办，不能撤回")
    held.state, held.closed_at, held.done_at, held.done_by_id = State.OPEN, None, None, None
    held.outcome, held.done_name = "", ""
    run.touch(held)
