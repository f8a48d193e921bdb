"""What is wrong with a drawing, in words an administrator understands; errors keep it from being published."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhongshu.flow import conditions, shapes
from zhongshu.flow.seats import FORMS

ID = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
TYPES = {"step": "步骤", "each": "分送各单位", "parallel": "并行", "choice": "分支"}
MODES = {"one": "一人办", "all": "都要办", "any": "任一人办", "quota": "够数即可", "seq": "依次办"}
VERBS = {
    "finish": "办理",
    "send_back": "退回",
    "withdraw": "撤回",
    "add_sign": "加签",
    "transfer": "转办",
    "delegate": "委派",
    "circulate": "传阅",
    "decline": "退办",
}
KEYS = {
    "id", "type", "name", "phase", "who", "mode", "quota", "days", "hours", "calendar_days", "policy", "due_var",
    "by_urgency", "requires", "final", "actions", "carrier", "outcomes", "child", "closes", "sign", "key_act",
    "branches", "note", "opinion", "form",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing found; `is_error` keeps the procedure from being published."""

    where: str
    message: str
    is_error: bool = True


@dataclass
class Known:
    """What exists outside the drawing, so that names can be looked up; None means: not looked up."""

    roles: frozenset[str] | None = None
    gates: frozenset[str] = frozenset()
    resolvers: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    procedures: frozenset[str] | None = None
    policies: frozenset[str] | None = None


@dataclass
class Drawing:
    """The blocks laid out in order, as the checks need them."""

    known: Known
    ids: list[str] = field(default_factory=list)
    scopes: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def lint(blocks: Any, known: Known | None = None) -> list[Finding]:
    """Return everything found, in the order of the drawing."""
    if not isinstance(blocks, list) or not blocks:
        return [Finding("", "流程还没有步骤")]
    if crooked := list(shapes.faults(blocks)):
        return [Finding(where, message) for where, message in crooked]
    drawing = Drawing(known or Known())
    return list(_sequence(blocks, (), drawing))


def _sequence(
    blocks: list[dict[str, Any]], scope: tuple[tuple[str, str], ...], drawing: Drawing
) -> Iterator[Finding]:
    for block in blocks:
        yield from _block(block, scope, drawing)


def _block(block: dict[str, Any], scope: tuple[tuple[str, str], ...], drawing: Drawing) -> Iterator[Finding]:
    where = str(block.get("name") or block.get("id") or "？")
    kind = block.get("type")
    for message in _identity(block, drawing):
        yield Finding(where, message)
    drawing.ids.append(str(block.get("id")))
    drawing.scopes[str(block.get("id"))] = scope
    if kind not in TYPES:
        yield Finding(where, f"不认识的步骤种类“{kind}”")
        return
    for check in _CHECKS[kind]:
        for message in check(block, drawing):
            yield Finding(where, message)
    for branch in block.get("branches") or () if kind in ("parallel", "choice") else ():
        inner = (*scope, (str(block.get("id")), str(branch.get("id")))) if kind == "parallel" else scope
        yield from _sequence(branch.get("blocks", []), inner, drawing)
    yield from _warnings(block, scope, where)


def _warnings(block: dict[str, Any], scope: tuple[tuple[str, str], ...], where: str) -> Iterator[Finding]:
    if block.get("final") and scope:
        yield Finding(where, "“不可退回”的环节放在并行分支里，只管住本分支", is_error=False)
    codes = [outcome.get("code") for outcome in block.get("outcomes") or ()]
    if block.get("mode") == "quota" and "failed" not in codes:
        yield Finding(
            where,
            "没有画“未通过”的去向：不够数时退回上一环节；要走别处的，加一个代码为 failed 的结果",
            is_error=False,
        )
    if block.get("type") in ("step", "each") and not block.get("phase"):
        yield Finding(where, "没有写阶段，台账里看不出办到哪一步", is_error=False)
    for branch in block.get("branches") or ():
        if block.get("type") == "parallel" and not branch.get("blocks"):
            yield Finding(where, f"分支“{branch.get('name', '')}”里没有步骤", is_error=False)


def _identity(block: dict[str, Any], drawing: Drawing) -> Iterator[str]:
    given = block.get("id")
    if not isinstance(given, str) or not ID.match(given):
        yield "代码应以小写字母开头，只用小写字母、数字、下划线"
    elif given in drawing.ids:
        yield f"代码“{given}”用了两次"
    if not isinstance(block.get("name"), str) or not block["name"].strip():
        yield "没有名称"
    elif len(block["name"]) > 60:
        yield "名称太长，最多60字"
    if unknown := sorted(set(block) - KEYS):
        yield f"不认识的属性：{'、'.join(unknown)}"


def _who(block: dict[str, Any], drawing: Drawing) -> Iterator[str]:
    who, known = block.get("who"), drawing.known
    if not isinstance(who, Mapping) or not any(form in who for form in FORMS):
        yield "没有写明由谁办理"
        return
    if "role" in who and known.roles is not None and who["role"] not in known.roles:
        yield f"没有“{who['role']}”这个角色"
    if "room" in who and who["room"] not in known.resolvers:
        yield f"没有“{who['room']}”这条办理人规则"
    if str(who.get("person_of", "")).startswith("node:") and who["person_of"][5:] not in drawing.ids:
        yield "办理人指向的环节不在前面"
    if who.get("portfolio") not in (None, "leader", "deputy_director", "ab_partner"):
        yield "按分工找人，只能是分管领导、协助的副主任或补位领导"
    if "portfolio" in who and not who.get("var"):
        yield "按分工找人，要写明看哪些单位"


def _mode(block: dict[str, Any], _drawing: Drawing) -> Iterator[str]:
    mode, quota = block.get("mode", "one"), block.get("quota")
    if mode not in MODES:
        yield f"不认识的办理方式“{mode}”"
    if mode == "quota" and not (isinstance(quota, int) and quota > 0):
        yield "“够数即可”要写明几人"


def _limits(block: dict[str, Any], drawing: Drawing) -> Iterator[str]:
    for rule in [block, *(block.get("by_urgency") or {}).values()]:
        for key, name in (("days", "工作日"), ("hours", "小时"), ("calendar_days", "日历日")):
            value = rule.get(key)
            if value is not None and not (isinstance(value, int) and 0 < value <= 3650):
                yield f"时限的{name}数应是正整数"
        code = rule.get("policy")
        if code and drawing.known.policies is not None and code not in drawing.known.policies:
            yield f"没有“{code}”这条期限规则"


def _requires(block: dict[str, Any], drawing: Drawing) -> Iterator[str]:
    given = block.get("requires") or []
    for item in given if isinstance(given, list) else [given]:
        if isinstance(item, Mapping):
            if item.get("done") not in drawing.ids[:-1]:
                yield "要求先办的环节不在前面"
            yield from conditions.faults(item.get("when"))
        elif item not in drawing.known.gates:
            yield f"没有“{item}”这道关口"


def _actions(block: dict[str, Any], _drawing: Drawing) -> Iterator[str]:
    if unknown := [verb for verb in block.get("actions") or () if verb not in VERBS]:
        yield f"不认识的操作：{'、'.join(map(str, unknown))}"


def _outcomes(block: dict[str, Any], drawing: Drawing) -> Iterator[str]:
    codes = [outcome.get("code") for outcome in block.get("outcomes") or ()]
    if len(codes) != len(set(codes)) or not all(isinstance(c, str) and ID.match(c) for c in codes):
        yield "结果的代码要各不相同，只用小写字母、数字、下划线"
    here = drawing.scopes.get(str(block.get("id")), ())
    for outcome in block.get("outcomes") or ():
        if not outcome.get("label"):
            yield "结果没有名称"
        if (target := outcome.get("to")) and not _is_above(target, here, drawing):
            yield f"结果“{outcome.get('label')}”要退到的环节不在前面"


def _is_above(target: str, here: tuple[tuple[str, str], ...], drawing: Drawing) -> bool:
    scope = drawing.scopes.get(target)
    return scope is not None and target in drawing.ids[:-1] and here[: len(scope)] == scope


def _child(block: dict[str, Any], drawing: Drawing) -> Iterator[str]:
    child, known = block.get("child"), drawing.known.procedures
    if child and known is not None and child not in known:
        yield f"没有“{child}”这个部门内部流程，或还没有发布"


def _branches(block: dict[str, Any], _drawing: Drawing) -> Iterator[str]:
    branches = block.get("branches")
    if not isinstance(branches, list) or len(branches) < 2:
        yield "至少要有两个分支"
        return
    ids = [branch.get("id") for branch in branches]
    if len(ids) != len(set(ids)) or not all(isinstance(b, str) and ID.match(b) for b in ids):
        yield "分支的代码要各不相同，只用小写字母、数字、下划线"


def _choices(block: dict[str, Any], _drawing: Drawing) -> Iterator[str]:
    branches = block.get("branches") or []
    for branch in branches:
        yield from conditions.faults(branch.get("when"))
    if branches and branches[-1].get("when"):
        yield "最后一个分支应是“其他情况”，不写条件，免得无路可走"
    if any(not branch.get("when") for branch in branches[:-1]):
        yield "除最后一个外，每个分支都要写条件"


Check = Callable[[dict[str, Any], Drawing], Iterator[str]]
_WORK: list[Check] = [_who, _mode, _limits, _requires, _actions, _outcomes]
_CHECKS: dict[str, list[Check]] = {
    "step": _WORK,
    "each": [*_WORK, _child],
    "parallel": [_branches, _requires],
    "choice": [_branches, _choices],
}
