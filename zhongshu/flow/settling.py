"""Settling a step: who waits, whose turn has come, is it done, and with what outcome."""

from collections.abc import Sequence

from zhongshu.flow import seating
from zhongshu.flow.models import FlowStep, FlowTask
from zhongshu.flow.run import Run

Kind, State = FlowTask.Kind, FlowTask.State


def waits(run: Run, task: FlowTask, siblings: Sequence[FlowTask]) -> bool:
    """A task waits while what it waits for lives; nothing else decides it."""
    live = [other for other in siblings if other.is_open and other.pk != task.pk]
    if any(other.parent_id == task.pk and other.kind in (Kind.BEFORE, Kind.DELEGATE) for other in live):
        return True
    if task.kind == Kind.AFTER and any(other.pk == task.parent_id for other in live):
        return True
    if run.steps[task.step_id or 0].mode == "seq" and any(other.turn < task.turn for other in live):
        return True
    return run.inner_of(task) is not None


def park(run: Run, step: FlowStep) -> None:
    """Derive anew which tasks of a step wait, and tell those whose turn has come."""
    siblings = run.tasks_of(step)
    for task in siblings:
        if task.is_open:
            _park(run, task, waits(run, task, siblings))


def _park(run: Run, task: FlowTask, waiting: bool) -> None:
    if task.pk in run.fresh:
        run.fresh.discard(task.pk)
        if not waiting:
            seating.arrived(run, task)
            return
        task.limit = {**task.limit, "asleep": True}
    if waiting != task.parked:
        task.parked = waiting
        run.touch(task)
        if not waiting:
            seating.woken(run, task)


def is_done(run: Run, step: FlowStep) -> bool:
    """Apply the step's mode to its counted tasks; one with a living 后加签 is not yet done."""
    tasks = run.tasks_of(step)
    live = [task for task in tasks if task.is_open]
    if not live:
        return True
    held = {task.parent_id for task in live if task.kind == Kind.AFTER}
    done = [t for t in tasks if t.is_counted and t.state == State.DONE and t.pk not in held]
    if step.mode == "any":
        return bool(done)
    if step.mode == "quota":
        return len([task for task in done if is_positive(run, task)]) >= (step.quota or 1)
    return False


def is_positive(run: Run, task: FlowTask) -> bool:
    """Tell consent from an outcome the procedure marks as negative."""
    step = run.steps[task.step_id or 0]
    return not run.node(step).outcome(task.outcome).get("negative")


def decided(run: Run, step: FlowStep) -> str:
    """Return the outcome of a step: the quota's verdict, else a negative vote, else the last one."""
    done = [t for t in run.tasks_of(step) if t.is_counted and t.state == State.DONE]
    against = [task for task in done if not is_positive(run, task)]
    if step.mode == "quota":
        return "passed" if len(done) - len(against) >= (step.quota or 1) else "failed"
    last = max(against or done, key=lambda task: (task.done_at, task.pk), default=None)
    return last.outcome if last else ""
