"""A drawing laid out for the screen: nested rows with what each block says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhongshu.base import deadlines
from zhongshu.flow import hooks
from zhongshu.flow.conditions import words
from zhongshu.flow.lint import TYPES, Finding
from zhongshu.flow.models import FlowDefinition
from zhongshu.flow.wording import limit_words, mode_words, who_words
from zhongshu.people.models import Role


@dataclass
class Lane:
    """A branch on the board: where one may insert, and its rows."""

    place: str
    name: str
    when: str
    rows: list["BoardRow"]
    branch_id: str = ""


@dataclass
class BoardRow:
    """One block on the board."""

    id: str
    kind: str
    kind_name: str
    name: str
    who: str
    phase: str
    facts: list[str]
    index: int
    faults: list[Finding]
    lanes: list[Lane] = field(default_factory=list)

    @property
    def after(self) -> int:
        """Return where a block inserted behind this one would stand."""
        return self.index + 1


class Board:
    """Lays a definition out."""

    def __init__(self, definition: FlowDefinition, findings: list[Finding]) -> None:
        room = hooks.procedure(definition.key)
        self.roles = dict(Role.objects.values_list("code", "name"))
        self.labels: Mapping[str, str] = {**room.vars, **room.labels}
        self.phases = room.phases
        self.policies = {rule.code: rule.name for rule in deadlines.policies(definition.tenant_id)}
        self.faults: dict[str, list[Finding]] = {}
        for finding in findings:
            self.faults.setdefault(finding.where, []).append(finding)
        self.lane = Lane("", definition.name, "", self.rows(definition.blocks))

    def rows(self, blocks: list[dict[str, Any]]) -> list[BoardRow]:
        return [self.row(index, block) for index, block in enumerate(blocks)]

    def row(self, index: int, block: dict[str, Any]) -> BoardRow:
        works = block["type"] in ("step", "each")
        return BoardRow(
            id=block["id"],
            kind=block["type"],
            kind_name=TYPES.get(block["type"], ""),
            name=block["name"],
            who=who_words(block.get("who"), self.roles, self.labels) if works else "",
            phase=self.phases.get(block.get("phase", ""), block.get("phase", "")),
            facts=self.facts(block) if works else [],
            index=index,
            faults=self.faults.get(block["name"], []),
            lanes=[self.branch(block, branch) for branch in block.get("branches") or ()],
        )

    def branch(self, block: dict[str, Any], branch: dict[str, Any]) -> Lane:
        is_last = branch is block["branches"][-1]
        when = words(branch.get("when"), self.labels) if block["type"] == "choice" else ""
        if when and not branch.get("when"):
            when = "" if is_last else "（还没有写条件）"
        rows = self.rows(branch["blocks"])
        return Lane(f"{block['id']}/{branch['id']}", branch.get("name", ""), when, rows, branch["id"])

    def facts(self, block: dict[str, Any]) -> list[str]:
        marks = {"final": "办完不可退回", "closes": "办完即办结", "sign": "须本人签"}
        given = [mode_words(block), limit_words(block, self.policies), str(block.get("carrier") or "")]
        given += [word for key, word in marks.items() if block.get(key)]
        if block.get("requires"):
            given.append("有关口")
        if block.get("form"):
            given.append(f"表单：{block['form']}")
        if outcomes := block.get("outcomes"):
            given.append("结果：" + "、".join(str(o.get("label")) for o in outcomes))
        return [each for each in given if each]
