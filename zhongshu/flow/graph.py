"""The graph a procedure compiles to, as the engine reads it; and the compiler from nested blocks.

Blocks (a list; each has an `id` and a `name`):
  step      who mode quota days|hours|policy|due_var by_urgency requires final actions carrier outcomes …
  each      a step with one task for each unit in `who`; `child` names the inner procedure of a unit
  parallel  branches [{id, name, blocks}]; all run, all must arrive
  choice    branches [{id, name, when, blocks}]; the first whose condition holds, the last one without
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zhongshu.flow.models import FlowDefinition

Lane = tuple[tuple[str, str], ...]
LIMIT_KEYS = ("days", "hours", "policy", "due_var", "calendar_days")
WORKING = ("step", "each")


@dataclass(frozen=True)
class Node:
    """One node: what a step of it needs to know."""

    id: str
    type: str
    name: str
    phase: str
    next: str | None
    order: int
    scope: Lane
    lane: Lane
    spec: Mapping[str, Any]

    @property
    def is_work(self) -> bool:
        """Tell the nodes where somebody works from forks and choices."""
        return self.type in WORKING

    @property
    def who(self) -> Mapping[str, Any]:
        return self.spec.get("who") or {}

    @property
    def mode(self) -> str:
        return str(self.spec.get("mode") or ("all" if self.type == "each" else "one"))

    @property
    def branches(self) -> list[dict[str, Any]]:
        return list(self.spec.get("branches") or ())

    @property
    def outcomes(self) -> list[dict[str, Any]]:
        return list(self.spec.get("outcomes") or ())

    @property
    def is_final(self) -> bool:
        """Tell the point of no return: once done, nothing goes back past it."""
        return bool(self.spec.get("final"))

    @property
    def requires(self) -> list[str | dict[str, Any]]:
        """Return what must be so before it is entered: gates, and nodes that must have been done."""
        given = self.spec.get("requires") or []
        return given if isinstance(given, list) else [given]

    def outcome(self, code: str) -> dict[str, Any]:
        """Return an outcome as drawn; an unknown one is plain."""
        return next((o for o in self.outcomes if o["code"] == code), {})

    def allows(self, verb: str) -> bool:
        """Tell whether the administrator left this verb to the node (none named: all)."""
        actions = self.spec.get("actions")
        return not actions or verb in actions

    def limit(self, urgency: str) -> dict[str, Any]:
        """Return the time allowed for a matter of this urgency."""
        by_urgency = self.spec.get("by_urgency") or {}
        source = by_urgency.get(urgency) or self.spec
        return {key: source[key] for key in LIMIT_KEYS if source.get(key)}


class Graph:
    """All nodes of one version."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.first: str | None = data.get("first")
        self.options: Mapping[str, Any] = data.get("options") or {}
        self.nodes = {key: _node(key, raw) for key, raw in data.get("nodes", {}).items()}

    def __getitem__(self, node_id: str) -> Node:
        return self.nodes[node_id]

    def __contains__(self, node_id: object) -> bool:
        return node_id in self.nodes

    def __iter__(self) -> Iterator[Node]:
        return iter(sorted(self.nodes.values(), key=lambda node: node.order))

    def precedes(self, one: str, other: str) -> bool:
        """Tell whether the way from `one` leads to `other`: earlier, and in no sibling branch."""
        a, b = self.nodes[one], self.nodes[other]
        return a.order < b.order and not diverge(a.lane, b.lane)

    def undoes(self, target: str, done: str) -> bool:
        """Tell whether going back to `target` undoes what was done at `done`."""
        return target == done or self.precedes(target, done)


def diverge(one: Lane, other: Lane) -> bool:
    """Tell whether two lanes part at a fork or a choice they share."""
    shared = dict(one)
    return any(shared.get(block, branch) != branch for block, branch in other)


def _node(key: str, raw: Mapping[str, Any]) -> Node:
    return Node(
        id=key,
        type=raw["type"],
        name=raw["name"],
        phase=raw.get("phase", ""),
        next=raw.get("next"),
        order=raw["order"],
        scope=tuple((block, branch) for block, branch in raw["scope"]),
        lane=tuple((block, branch) for block, branch in raw["lane"]),
        spec=raw["spec"],
    )


@lru_cache(maxsize=256)
def _graph(definition_id: int, digest: str) -> Graph:
    return Graph(FlowDefinition.objects.values_list("graph", flat=True).get(pk=definition_id))


def graph_of(definition: FlowDefinition) -> Graph:
    """Return the graph of a definition; a published one is parsed once in a process."""
    if definition.is_draft or not definition.digest:
        return Graph(definition.graph)
    return _graph(definition.pk, definition.digest)


# The compiler


def compile_blocks(blocks: list[dict[str, Any]], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the graph of sound blocks; `lint` says beforehand whether they are."""
    nodes: dict[str, dict[str, Any]] = {}
    _sequence(blocks, None, (), (), nodes)
    return {"first": blocks[0]["id"] if blocks else None, "nodes": nodes, "options": dict(options)}


def _sequence(
    blocks: list[dict[str, Any]],
    after: str | None,
    scope: Lane,
    lane: Lane,
    nodes: dict[str, dict[str, Any]],
) -> None:
    for index, block in enumerate(blocks):
        following = blocks[index + 1]["id"] if index + 1 < len(blocks) else after
        nodes[block["id"]] = _compiled(block, following, len(nodes), scope, lane)
        _branches(block, following, scope, lane, nodes)


def _compiled(
    block: dict[str, Any], following: str | None, order: int, scope: Lane, lane: Lane
) -> dict[str, Any]:
    outer = ("id", "type", "name", "phase", "branches")
    spec = {key: value for key, value in block.items() if key not in outer}
    return {
        "type": block["type"],
        "name": block.get("name", ""),
        "phase": block.get("phase", ""),
        "next": following,
        "order": order,
        "scope": [list(pair) for pair in scope],
        "lane": [list(pair) for pair in lane],
        "spec": spec,
    }


def _branches(
    block: dict[str, Any], following: str | None, scope: Lane, lane: Lane, nodes: dict[str, dict[str, Any]]
) -> None:
    """Compile the branches; those of a choice flow into what follows, those of a fork into its join."""
    found = []
    for branch in block.get("branches") or ():
        inside = (block["id"], branch["id"])
        forks = block["type"] == "parallel"
        after = None if forks else following
        _sequence(branch["blocks"], after, (*scope, inside) if forks else scope, (*lane, inside), nodes)
        found.append(
            {
                "id": branch["id"],
                "name": branch.get("name", ""),
                "when": branch.get("when"),
                "first": branch["blocks"][0]["id"] if branch["blocks"] else after,
            }
        )
    if found:
        nodes[block["id"]]["spec"]["branches"] = found
