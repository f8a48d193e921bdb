"""What must hold of every matter after every verb, whatever was done to it."""

from typing import Any

from zhongshu.flow.graph import graph_of
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.matters.models import Matter, Part

Kind, State, Left = FlowTask.Kind, FlowTask.State, FlowStep.Left


class Picture:
    """All rows of one matter's procedures."""

    def __init__(self, matter: Matter) -> None:
        self.matter = Matter.objects.get(pk=matter.pk)
        rows = FlowInstance.objects.filter(matter=matter).select_related("definition")
        self.instances = {row.pk: row for row in rows}
        self.steps = {row.pk: row for row in FlowStep.objects.filter(instance__matter=matter)}
        every = FlowTask.objects.filter(matter=matter).exclude(kind=Kind.CC).select_related("assignee")
        self.tasks = list(every)
        self.open_steps = [step for step in self.steps.values() if step.is_open]
        self.open_tasks = [task for task in self.tasks if task.is_open]

    def graph(self, step: FlowStep) -> Any:
        return graph_of(self.instances[step.instance_id].definition)

    def inner(self, task: FlowTask) -> FlowInstance | None:
        return next((i for i in self.instances.values() if i.parent_task_id == task.pk and i.is_open), None)


def check(matter: Matter) -> None:
    """Fail with the name of the invariant that is broken."""
    picture = Picture(matter)
    for rule in RULES:
        rule(picture)


def no_open_task_under_a_closed_step(p: Picture) -> None:
    assert not [t for t in p.open_tasks if not p.steps[t.step_id].is_open]


def one_open_step_per_node_and_path(p: Picture) -> None:
    keys = [(s.instance_id, s.node, s.path) for s in p.open_steps]
    assert len(keys) == len(set(keys))


def a_closed_instance_holds_nothing_open(p: Picture) -> None:
    closed = {pk for pk, i in p.instances.items() if not i.is_open}
    assert not [s for s in p.open_steps if s.instance_id in closed]
    assert not [t for t in p.open_tasks if t.instance_id in closed]


def an_open_instance_goes_on(p: Picture) -> None:
    """It has an open step; it hangs on an open task if it is an inner one."""
    open_tasks = {t.pk for t in p.open_tasks}
    for instance in p.instances.values():
        if instance.is_open:
            assert [s for s in p.open_steps if s.instance_id == instance.pk], f"{instance} is stuck"
            assert instance.is_root or instance.parent_task_id in open_tasks


def joins_are_exact(p: Picture) -> None:
    """An open fork has an open branch; whatever is open inside a fork has the fork open."""
    for step in p.open_steps:
        if step.mode == "fork":
            inside = [s for s in p.open_steps if s.path.startswith(step.inner_scope)]
            assert inside, f"fork {step} waits for nobody"
        for segment in step.path.split("/")[:-1]:
            fork = p.steps[int(segment.partition(":")[0])]
            assert fork.is_open
            assert fork.mode == "fork"


def one_token_per_branch(p: Picture) -> None:
    """In one scope only one step is open at a time."""
    scopes = [(s.instance_id, s.path) for s in p.open_steps]
    assert len(scopes) == len(set(scopes))


def somebody_can_go_on(p: Picture) -> None:
    """Every open step has a task that waits for nobody, or whose unit works inside."""
    for step in p.open_steps:
        if step.mode != "fork":
            mine = [t for t in p.open_tasks if t.step_id == step.pk]
            assert [t for t in mine if not t.parked or p.inner(t)], f"{step} is stuck"


def waiting_is_derived(p: Picture) -> None:
    for task in p.open_tasks:
        live = [t for t in p.open_tasks if t.step_id == task.step_id and t.pk != task.pk]
        ahead = any(t.parent_id == task.pk and t.kind in (Kind.BEFORE, Kind.DELEGATE) for t in live)
        behind = task.kind == Kind.AFTER and any(t.pk == task.parent_id for t in live)
        turn = p.steps[task.step_id].mode == "seq" and any(t.turn < task.turn for t in live)
        assert task.parked == (ahead or behind or turn or p.inner(task) is not None)


def phase_equals_standing(p: Picture) -> None:
    roots = [i for i in p.instances.values() if i.is_root]
    root = max(roots, key=lambda i: i.pk)
    if not root.is_open:
        assert p.matter.phase == ("voided" if root.status == "stopped" else "closed")
        assert p.matter.closed_at is not None
        return
    graph = graph_of(root.definition)
    nodes = [graph[s.node] for s in p.open_steps if s.instance_id == root.pk and graph[s.node].is_work]
    assert p.matter.phase == min(nodes, key=lambda n: n.order).phase
    assert p.matter.closed_at is None


def parts_are_kept(p: Picture) -> None:
    """Whoever has an open task sees the matter; the closed flag is the matter's."""
    parts = Part.objects.filter(matter=p.matter)
    assert set(parts.values_list("closed", flat=True)) <= {p.matter.closed_at is not None}
    seen = set(parts.values_list("principal_id", flat=True))
    assert {t.assignee.principal_id for t in p.open_tasks if t.assignee} <= seen


def nothing_went_past_a_final_step(p: Picture) -> None:
    """What is open now comes after every final step that was done."""
    for step in p.steps.values():
        graph = p.graph(step)
        if step.left_as == Left.DONE and step.node in graph and graph[step.node].is_final:
            same = [s for s in p.open_steps if s.instance_id == step.instance_id and s.node in graph]
            assert not [s for s in same if graph.undoes(s.node, step.node)]


RULES = [
    no_open_task_under_a_closed_step,
    one_open_step_per_node_and_path,
    a_closed_instance_holds_nothing_open,
    an_open_instance_goes_on,
    joins_are_exact,
    one_token_per_branch,
    somebody_can_go_on,
    waiting_is_derived,
    phase_equals_standing,
    parts_are_kept,
    nothing_went_past_a_final_step,
]
