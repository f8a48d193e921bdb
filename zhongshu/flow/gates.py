"""Gates: what must be so before a node may be entered, whichever way one comes."""

from collections.abc import Mapping, Sequence

from zhongshu.base.refusals import Refusal, Refused
from zhongshu.flow import hooks
from zhongshu.flow.conditions import holds
from zhongshu.flow.graph import Node
from zhongshu.flow.models import FlowInstance, FlowStep
from zhongshu.flow.run import Run


def check_gates(run: Run, instance: FlowInstance, node: Node) -> None:
    """Refuse what a node requires and has not got; jump, straight return and migration pass here too."""
    reasons = [reason for item in node.requires if (reason := gate(run, instance, node, item))]
    if reasons:
        raise Refused(*(Refusal("FLOW-GATE", reason) for reason in reasons))


def gate(run: Run, instance: FlowInstance, node: Node, item: str | Mapping[str, object]) -> str:
    """Return why a gate is closed, or nothing."""
    if isinstance(item, Mapping):
        if not holds(item.get("when"), run.facts(instance)):
            return ""
        graph, needed = run.graph(instance), str(item["done"])
        done = FlowStep.objects.filter(instance=instance, node=needed, left_as=FlowStep.Left.DONE).exists()
        name = graph[needed].name if needed in graph else needed
        return "" if done else f"未经“{name}”，不能进入“{node.name}”"
    check = hooks.procedure(instance.definition.key).gates.get(item)
    if check is None:
        return f"“{node.name}”要求的关口“{item}”没有装上，请联系系统管理员"
    return check(run.moment(instance, node))


def refuse_final(run: Run, instance: FlowInstance, target: str, history: Sequence[FlowStep]) -> None:
    """Nothing goes back past what was numbered, sealed or sent out."""
    if node := past_final(run, instance, target, history):
        raise Refused.one("FLOW-FINAL", f"“{node.name}”已经办完，不能退到它之前；确需更改的，作废后另行办理")


def past_final(run: Run, instance: FlowInstance, target: str, history: Sequence[FlowStep]) -> Node | None:
    """Return the point of no return that going back to a node would undo."""
    graph = run.graph(instance)
    for step in history:
        node = graph.nodes.get(step.node)
        if node and node.is_final and step.left_as == FlowStep.Left.DONE and graph.undoes(target, node.id):
            return node
    return None
