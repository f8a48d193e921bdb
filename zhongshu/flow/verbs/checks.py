"""What is looked at before a verb; the same checks draw the buttons."""

from collections.abc import Mapping
from typing import Any

from zhongshu.base.refusals import Refused
from zhongshu.flow.graph import Node
from zhongshu.flow.models import FlowInstance, FlowTask
from zhongshu.flow.run import Run

Kind, State = FlowTask.Kind, FlowTask.State


def need_reason(reason: str, field: str = "reason") -> str:
    """退回, 转办 … without a reason are refused."""
    if not (stripped := reason.strip()):
        raise Refused.one("FLOW-REASON", "请填写理由", field)
    return stripped


def why_waiting(task: FlowTask, siblings: list[FlowTask], inner: FlowInstance | None) -> str:
    """Say what a parked task waits for."""
    live = [other for other in siblings if other.is_open and other.pk != task.pk]
    if ahead := [t for t in live if t.parent_id == task.pk and t.kind in (Kind.BEFORE, Kind.DELEGATE)]:
        kinds = "委派" if ahead[0].kind == Kind.DELEGATE else "前加签"
        return f"须等{kinds}的{'、'.join(t.holder_name for t in ahead)}办完"
    if inner:
        return "本单位内部正在办理"
    if first := [t for t in live if t.pk == task.parent_id or t.turn < task.turn]:
        return f"还没有轮到，前面是{'、'.join(t.holder_name for t in first)}"
    return "前面的还没有办完"


def refuse_waiting(run: Run, task: FlowTask) -> None:
    """A waiting task cannot be done."""
    if task.parked:
        siblings = run.tasks_of(run.step_of(task))
        raise Refused.one("FLOW-WAIT", why_waiting(task, siblings, run.inner_of(task)))


def refuse_unallowed(node: Node, verb: str, words: str) -> None:
    """The procedure may leave a verb out at a node."""
    if not node.allows(verb):
        raise Refused.one("FLOW-DENIED", f"“{node.name}”环节不允许{words}")


def outcome_of(node: Node, task: FlowTask, outcome: str, opinion: str) -> str:
    """Return the outcome as the node knows it; refuse an unknown one, or one that lacks its opinion."""
    if task.kind not in (Kind.DO, Kind.WITH) or not node.outcomes:
        _need_opinion(node.spec if task.is_counted else {}, opinion)
        return outcome or "done"
    open_ = [
        each for each in node.outcomes if node.mode != "quota" or each["code"] not in ("passed", "failed")
    ]
    if not open_:
        return outcome or "done"
    chosen = outcome or open_[0]["code"]
    found = next((each for each in open_ if each["code"] == chosen), None)
    if found is None:
        choices = "、".join(each["label"] for each in open_)
        raise Refused.one("FLOW-OUTCOME", f"“{node.name}”没有这个结果，只能选：{choices}", "outcome")
    _need_opinion({**node.spec, **found}, opinion)
    return str(chosen)


def _need_opinion(spec: Mapping[str, Any], opinion: str) -> None:
    if spec.get("opinion") == "required" and not opinion.strip():
        raise Refused.one("FLOW-OPINION", "请填写意见", "opinion")
