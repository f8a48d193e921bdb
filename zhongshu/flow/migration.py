"""Whether a running instance can go on by another version of its procedure."""

from collections.abc import Iterator

from zhongshu.base.actors import SYSTEM
from zhongshu.base.refusals import Refusal
from zhongshu.flow.graph import Graph, graph_of
from zhongshu.flow.models import FlowDefinition, FlowInstance, FlowStep
from zhongshu.flow.run import Run


def obstacles(run: Run, instance: FlowInstance, definition: FlowDefinition) -> list[Refusal]:
    """Return why not: every open node must stand in the new version, inside the same branches."""
    return [Refusal("FLOW-MIGRATE", message) for message in _faults(run, instance, definition)]


def _faults(run: Run, instance: FlowInstance, definition: FlowDefinition) -> Iterator[str]:
    old = instance.definition
    if (definition.key, definition.tenant_id) != (old.key, old.tenant_id) or definition.is_draft:
        yield "只能换用同一流程已发布的版本"
        return
    if definition.pk == old.pk:
        yield "本来就是这一版"
        return
    graph = graph_of(definition)
    for step in run.open_steps(instance):
        yield from _step_faults(run, step, graph)


def _step_faults(run: Run, step: FlowStep, graph: Graph) -> Iterator[str]:
    node = graph.nodes.get(step.node)
    if node is None:
        yield f"新版里没有正在办的“{step.name}”"
        return
    if node.type != run.node(step).type:
        yield f"“{step.name}”在新版里换了种类"
    if node.scope != scope_of(run, step):
        yield f"“{step.name}”在新版里换了分支位置"


def scope_of(run: Run, step: FlowStep) -> tuple[tuple[str, str], ...]:
    """Return the forks and branches the step stands in, by their names."""
    pairs = (segment.partition(":") for segment in step.path.split("/")[:-1])
    return tuple((run.steps[int(fork_id)].node, branch) for fork_id, _, branch in pairs)


def plan(definition: FlowDefinition) -> list[tuple[FlowInstance, list[Refusal]]]:
    """Return the instances running by other versions, each with what keeps it from coming over."""
    running = FlowInstance.objects.filter(
        definition__key=definition.key, definition__tenant=definition.tenant, ended_at__isnull=True
    ).exclude(definition=definition)
    found = []
    for instance in running.select_related("matter", "definition", "org").order_by("id")[:500]:
        run = Run(instance.matter, SYSTEM, "migrate")
        run.load()
        found.append((instance, obstacles(run, run.instances[instance.pk], definition)))
    return found
