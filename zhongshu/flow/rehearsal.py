"""试运行: walk a drawing with given facts, without a matter: which way it takes, and who would be called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.flow import hooks
from zhongshu.flow.conditions import holds, words
from zhongshu.flow.graph import Graph, Node, compile_blocks
from zhongshu.flow.models import FlowDefinition
from zhongshu.flow.standing import AHEAD, Part, Place, Standing
from zhongshu.flow.wording import limit_words, mode_words, who_words
from zhongshu.people import queries as people
from zhongshu.people.models import OrgUnit, Role


@dataclass(frozen=True)
class Stop:
    """One node on the rehearsed way."""

    depth: int
    name: str
    kind: str
    who: str
    detail: str
    warning: str = ""


def rehearse(definition: FlowDefinition, facts: Mapping[str, Any]) -> list[Stop]:
    """Return the way a matter with these facts would take."""
    graph = Graph(compile_blocks(definition.blocks, definition.options))
    rehearsal = _Rehearsal(graph, facts, definition.tenant, definition.key)
    return list(rehearsal.walk(graph.first, 0))


class _Rehearsal:
    def __init__(self, graph: Graph, facts: Mapping[str, Any], tenant: OrgUnit, key: str) -> None:
        self.graph, self.facts, self.tenant = graph, facts, tenant
        self.roles = dict(Role.objects.values_list("code", "name"))
        self.labels = {**hooks.procedure(key).vars, **hooks.procedure(key).labels}

    def walk(self, node_id: str | None, depth: int) -> Iterator[Stop]:
        while node_id is not None:
            node = self.graph[node_id]
            if node.type == "choice":
                branch = next(
                    (b for b in node.branches if holds(b.get("when"), self.facts)), node.branches[-1]
                )
                yield Stop(
                    depth,
                    node.name,
                    "分支",
                    "",
                    f"走“{branch['name']}”：{words(branch.get('when'), self.labels)}",
                )
                node_id = branch["first"] or node.next
                continue
            if node.type == "parallel":
                yield Stop(depth, node.name, "并行", "", f"{len(node.branches)}个分支同时办")
                for branch in node.branches:
                    yield Stop(depth + 1, branch["name"], "分支", "", "")
                    yield from self.walk(branch["first"], depth + 2)
            else:
                yield self.stop(node, depth)
            node_id = node.next

    def stop(self, node: Node, depth: int) -> Stop:
        details = [mode_words({**node.spec, "type": node.type}), limit_words(node.spec)]
        if node.is_final:
            details.append("办完不可退回")
        if node.requires:
            details.append("有关口")
        kind = "分送各单位" if node.type == "each" else "步骤"
        who = who_words(node.who, self.roles, self.labels)
        names, warning = self.called(node)
        return Stop(
            depth,
            node.name,
            kind,
            f"{who}：{names}" if names else who,
            "，".join(filter(None, details)),
            warning,
        )

    def called(self, node: Node) -> tuple[str, str]:
        """Name who holds the role today; say so if nobody does."""
        role = node.who.get("role")
        if not role or "var" in node.who:
            var = node.who.get("var")
            missing = var and not self.facts.get(var) and node.type in ("step", "each")
            return "", f"办理时须先选定“{self.labels.get(str(var), var)}”" if missing else ""
        holders = people.holders(str(role), tenant=self.tenant)
        return "、".join(
            person.name for person in holders[:6]
        ), "" if holders else "现在没有人担任，办到这里会停住"


def sketch(definition: FlowDefinition) -> Standing:
    """Return a drawing as places, nothing done yet: for the preview."""
    graph = Graph(compile_blocks(definition.blocks, definition.options))
    names = {(node.id, branch["id"]): branch["name"] for node in graph for branch in node.branches}
    return Standing([_place(node, names) for node in graph if not node.scope and node.type != "choice"])


def _place(node: Node, names: dict[tuple[str, str], str]) -> Place:
    place = Place(node.id, node.name, AHEAD)
    if node.type == "parallel":
        place.parts = [
            Part(branch["name"], Place("", "", AHEAD).light, is_done=False) for branch in node.branches
        ]
        place.who = f"{len(place.parts)}个分支并行"
    elif node.lane:
        place.who = names[node.lane[-1]]
    return place
