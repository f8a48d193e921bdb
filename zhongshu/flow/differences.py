"""What differs between two drawings of a procedure, block by block, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zhongshu.flow import conditions

NAMES = {
    "name": "名称", "phase": "阶段", "who": "办理人", "mode": "方式", "quota": "人数", "days": "工作日", "hours": "小时",
    "calendar_days": "日历日", "policy": "期限规则", "due_var": "期限取自", "by_urgency": "按缓急的时限",
    "requires": "关口", "final": "不可退回", "actions": "允许的操作", "carrier": "承担者", "outcomes": "结果",
    "child": "部门内部流程", "closes": "办结", "sign": "须本人签", "key_act": "关键动作", "note": "说明",
    "opinion": "意见", "type": "种类", "place": "位置", "branches": "分支", "form": "表单",
}  # fmt: skip
KINDS = {"added": "新增", "removed": "删去", "changed": "改动"}


@dataclass(frozen=True)
class Difference:
    """One block that is new, gone or changed."""

    kind: str
    id: str
    name: str
    details: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]


def differences(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[Difference]:
    """Return what changed, in the order of the new drawing, then what is gone."""
    before, after = dict(_flat(old)), dict(_flat(new))
    found = []
    for id_, block in after.items():
        if id_ not in before:
            found.append(Difference("added", id_, block["name"]))
        elif details := _details(before[id_], block):
            found.append(Difference("changed", id_, block["name"], details))
    gone = [Difference("removed", id_, block["name"]) for id_, block in before.items() if id_ not in after]
    return found + gone


def _flat(blocks: list[dict[str, Any]], place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for block in blocks:
        own = {key: value for key, value in block.items() if key not in ("id", "branches")}
        branches = [
            (b["id"], b.get("name", ""), conditions.words(b.get("when"))) for b in block.get("branches", ())
        ]
        yield block["id"], {**own, "place": place, **({"branches": branches} if branches else {})}
        for branch in block.get("branches", ()):
            yield from _flat(branch["blocks"], f"{block['name']}／{branch.get('name', branch['id'])}")


def _details(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str]]:
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return [(NAMES.get(key, key), _shown(old.get(key)), _shown(new.get(key))) for key in keys]


def _shown(value: Any) -> str:
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, dict):
        return "，".join(f"{key}：{_shown(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return "、".join(_shown(each) for each in value)
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)
