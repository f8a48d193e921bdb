"""办理: finish one's task; the step settles and the token goes on."""

from typing import Any

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.flow import hooks, moves
from zhongshu.flow.graph import Node
from zhongshu.flow.models import FlowInstance, FlowTask
from zhongshu.flow.run import Run
from zhongshu.flow.verbs import checks

Kind, State = FlowTask.Kind, FlowTask.State
VARS_CHANGED = "vars_changed"


@act("flow.finish")
def finish(
    task: FlowTask, outcome: str = "", opinion: str = "", data: dict[str, Any] | None = None, *, by: Actor
) -> FlowTask:
    """Finish a task; `data["vars"]` goes into the instance's variables, the rest stays with the task."""
    run, task = Run.taking(task, by, "finish")
    if task.kind == Kind.CC:
        raise Refused.one("FLOW-DENIED", "传阅件请点“已阅”")
    step = run.step_of(task)
    instance, node = run.instance(task.instance_id), run.node(step)
    run.acting(task)
    checks.refuse_waiting(run, task)
    given = dict(data or {})
    moment = run.moment(instance, node, step=step, task=task, outcome=outcome, opinion=opinion, data=given)
    hooks.before(instance.definition.key, moment)
    chosen = checks.outcome_of(node, task, moment.outcome, moment.opinion)
    moment.outcome = chosen
    take_vars(run, instance, moment.data)
    take_over(run, task)
    task.data = moment.data
    run.close(task, State.DONE, outcome=chosen, opinion=moment.opinion.strip(), acted=True)
    moves.settle(run, step)
    if changed := run.changed_vars():
        task.data = {**task.data, VARS_CHANGED: changed}
    run.finish(
        label_of(node, task, chosen),
        task.opinion,
        task=task,
        moment=moment,
        data={"node": node.id, "step": step.pk, "outcome": chosen, "kind": task.kind},
        key_act=bool(node.spec.get("key_act")),
    )
    return task


def take_vars(run: Run, instance: FlowInstance, data: dict[str, Any]) -> None:
    """Move what is meant for the procedure into its variables."""
    if given := data.pop("vars", None):
        instance.vars.update(given)


def give_back_vars(run: Run, task: FlowTask) -> None:
    """Let the variables be what they were before the task was finished; what others changed since stays."""
    for pk, key, had, before, after in task.data.get(VARS_CHANGED, ()):
        vars_ = run.instance(pk).vars
        if key in vars_ and vars_[key] == after:
            if had:
                vars_[key] = before
            else:
                del vars_[key]
    task.data = {key: value for key, value in task.data.items() if key != VARS_CHANGED}


def take_over(run: Run, task: FlowTask, *, keeps: bool = False) -> None:
    """Whoever acts on a pool's task has signed for it (签收); the first of all is 首接负责人."""
    if task.assignee_id is None and run.by.person_id:
        if keeps and run.by.person_id in {each.assignee_id for each in run.live(run.step_of(task))}:
            raise Refused.one("FLOW-SAME", "这一环节您手里已有一件，请先办完")
        task.assignee_id, task.owner_id = run.by.person_id, run.by.on_behalf_of_id
        task.claimed_at, task.holder_name = run.now, run.by.display
    run.see_actor()
    instance = run.instances.get(run.root_id(run.instance(task.instance_id)))
    if instance and instance.first_receiver_id is None and run.by.person_id:
        instance.first_receiver_id = run.by.person_id
        run.save_instance(instance, "first_receiver")


def label_of(node: Node, task: FlowTask, outcome: str) -> str:
    """Return the act in the office's words: 审核：同意."""
    if task.kind not in (Kind.DO, Kind.WITH):
        return f"{task.get_kind_display()}：{node.name}"
    label = node.outcome(outcome).get("label")
    return f"{node.name}：{label}" if label and len(node.outcomes) > 1 else node.name
