"""Which buttons to draw: what an actor may do with a task or a matter, or why not yet."""

from collections.abc import Callable

from zhongshu.base.actors import Actor
from zhongshu.flow import rights
from zhongshu.flow.graph import Graph
from zhongshu.flow.hooks import Moment
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.flow.rows import Rows
from zhongshu.flow.run import Run
from zhongshu.flow.undo import obstacle
from zhongshu.flow.verbs import checks
from zhongshu.matters import access
from zhongshu.matters.models import Matter

Kind, State = FlowTask.Kind, FlowTask.State
PAUSED = "已挂起，请先恢复"


def may(actor: Actor, task: FlowTask, rows: Rows | None = None) -> dict[str, str]:
    """Return the verbs for a task: "" where it may be done now, the reason where not yet, absent where never."""
    run = _looking(actor, task.matter, rows)
    fresh = run.tasks.get(task.pk) or task
    if not fresh.is_open:
        return _after(run, fresh)
    if fresh.kind == Kind.CC:
        return _reading(run, fresh)
    return {**_on_task(run, fresh), **_from_outside(run, fresh)}


def _looking(actor: Actor, matter: Matter, rows: Rows | None) -> Run:
    if rows is not None:
        return rows.run(actor)
    run = Run(matter, actor, "may")
    run.load()
    return run


def _after(run: Run, task: FlowTask) -> dict[str, str]:
    if task.state != State.DONE or task.kind == Kind.CC or task.done_by_id != run.by.person_id:
        return {}
    return {"withdraw": PAUSED if run.matter.paused_at else obstacle(run, task)}


def _reading(run: Run, task: FlowTask) -> dict[str, str]:
    instance = run.instance(task.instance_id)
    standing = rights.standing(run.by, task, None, instance, run.matter)
    return {"read": ""} if standing.actor else {}


def _on_task(run: Run, task: FlowTask) -> dict[str, str]:
    """What the holder may do."""
    step = run.step_of(task)
    instance, node = run.instance(task.instance_id), run.node(step)
    if rights.standing(run.by, task, node, instance, run.matter).actor is None:
        return {}
    found = {verb: _reason(run, task) for verb in _verbs(run, task, instance, step) if node.allows(verb)}
    if "send_back" in found and not found["send_back"] and not targets(run, task):
        found["send_back"] = "前面没有可以退回的环节"
    return found


def _verbs(run: Run, task: FlowTask, instance: FlowInstance, step: FlowStep) -> list[str]:
    verbs = ["finish", "transfer", "delegate"]
    if task.is_counted:
        verbs += ["send_back", "add_sign"]
    if task.assignee_id is None:
        verbs.append("claim")
    elif task.pool and task.claimed_at:
        verbs.append("release")
    if not instance.is_root or (run.node(step).type == "each" and task.kind == Kind.DO):
        verbs.append("decline")
    return verbs


def _reason(run: Run, task: FlowTask) -> str:
    if run.matter.paused_at is not None:
        return PAUSED
    if not task.parked:
        return ""
    return checks.why_waiting(task, run.tasks_of(run.step_of(task)), run.inner_of(task))


def targets(run: Run, task: FlowTask) -> list[FlowStep]:
    """Return the steps a task may be sent back to, nearest first, each node once."""
    step = run.step_of(task)
    instance = run.instance(task.instance_id)
    graph, node = run.graph(instance), run.node(step)
    found: dict[str, FlowStep] = {}
    history = run.history(instance)
    fixed = [each.node for each in history if each.left_as == FlowStep.Left.DONE and _is_final(graph, each)]
    for each in reversed(history):
        inside = each.node in graph and graph[each.node].is_work
        undoes = inside and any(graph.undoes(each.node, final) for final in fixed)
        if inside and not undoes and not each.is_open and graph.precedes(each.node, node.id):
            found.setdefault(each.node, each)
    return sorted(found.values(), key=lambda each: -graph[each.node].order)


def _is_final(graph: Graph, step: FlowStep) -> bool:
    """Tell a point of no return: nothing goes back past it, so nothing before it is offered."""
    return step.node in graph and graph[step.node].is_final


def back_targets(task: FlowTask, actor: Actor) -> list[tuple[str, str, str]]:
    """Return (node, name, who did it) of the steps a task may be sent back to."""
    run = Run(task.matter, actor, "may")
    run.load()
    steps = targets(run, run.tasks.get(task.pk, task))
    names: dict[int, list[str]] = {}
    acted = FlowTask.objects.filter(step__in=steps, done_at__isnull=False)
    for step_id, name in acted.values_list("step_id", "done_name"):
        names.setdefault(step_id or 0, []).append(name)
    return [(step.node, step.name, "、".join(dict.fromkeys(names.get(step.pk, [])))) for step in steps]


def losers(task: FlowTask, to_node: str, actor: Actor) -> list[str]:
    """Return who loses work if the task is sent back there: to be named before it is done."""
    run = Run(task.matter, actor, "may")
    run.load()
    held = run.tasks.get(task.pk, task)
    step = run.step_of(held)
    instance = run.instance(held.instance_id)
    scope = run.graph(instance)[to_node].scope
    depth = len(scope)
    shared = "".join(f"{segment}/" for segment in step.path.split("/")[:-1][:depth])
    lost = [t for each in run.open_steps(instance, shared) for t in run.live(each) if t.pk != held.pk]
    return [t.holder_name for t in lost]


def _from_outside(run: Run, task: FlowTask) -> dict[str, str]:
    """What may be done to the task by who steers."""
    instance = run.instance(task.instance_id)
    paused = PAUSED if run.matter.paused_at else ""
    found: dict[str, str] = {}
    for verb, permission in (("remind", rights.REMIND), ("extend", rights.EXTEND)):
        if rights.entitled(run.by, permission, Moment(verb, run.by, run.matter, instance, task=task)):
            found[verb] = paused
    if run.by.person_id in (instance.first_receiver_id, instance.initiator_id):
        found["remind"] = paused
    if task.assignee_id == run.by.person_id:
        found.pop("remind", None)
        found.pop("extend", None)
    return found


_STEERING: list[tuple[str, str, Callable[[Matter], str]]] = [
    ("jump", rights.JUMP, lambda matter: PAUSED if matter.paused_at else ""),
    ("suspend", rights.SUSPEND, lambda matter: "已经挂起" if matter.paused_at else ""),
    ("resume", rights.SUSPEND, lambda matter: "" if matter.paused_at else "没有挂起"),
    ("stop", rights.STOP, lambda _matter: ""),
    ("add_units", rights.ADD_UNIT, lambda matter: PAUSED if matter.paused_at else ""),
    ("remind", rights.REMIND, lambda matter: PAUSED if matter.paused_at else ""),
    ("extend", rights.EXTEND, lambda matter: PAUSED if matter.paused_at else ""),
]


def may_steer(actor: Actor, matter: Matter, rows: Rows | None = None) -> dict[str, str]:
    """Return what the actor may do to the matter as a whole; who has its rows for a page sees it."""
    instance = rows.root if rows else _latest_root(matter)
    if instance is None:
        return {}
    found = {"circulate": ""} if rows or access.sees(actor, matter) else {}
    if not instance.is_open:
        return found
    for verb, permission, reason in _STEERING:
        if rights.entitled(actor, permission, Moment(verb, actor, matter, instance)):
            found[verb] = reason(matter)
    if actor.person_id in (instance.first_receiver_id, instance.initiator_id):
        found["remind"] = PAUSED if matter.paused_at else ""
    if rows and all(task.assignee_id == actor.person_id for task in rows.waiting):
        found.pop("remind", None)  # nobody else has it
    return found


def _latest_root(matter: Matter) -> FlowInstance | None:
    root = FlowInstance.objects.filter(matter=matter, parent_task__isnull=True).select_related("definition")
    return root.order_by("-id").first()
