"""Where a matter stands: the main way through its procedure, node by node, done, now or ahead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhongshu.base.lights import Light, light
from zhongshu.flow.conditions import holds
from zhongshu.flow.graph import Graph, Node, graph_of
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.flow.rows import Rows, rows_of
from zhongshu.flow.seats import role_names
from zhongshu.matters.models import Matter

DONE, NOW, AHEAD, SKIPPED = "done", "now", "ahead", "skipped"
State, Kind, Left = FlowTask.State, FlowTask.Kind, FlowStep.Left


@dataclass
class Part:
    """One task of a node: a person or a unit, and its light."""

    name: str
    light: Light
    is_done: bool
    duty: str = ""
    task: FlowTask | None = None
    inner: "Standing | None" = None


@dataclass
class Place:
    """One node on the way."""

    id: str
    name: str
    state: str
    who: str = ""
    at: datetime | None = None
    light: Light = field(default_factory=lambda: Light("", ""))
    parts: list[Part] = field(default_factory=list)
    branches: list[tuple[str, list["Place"]]] = field(default_factory=list)

    @property
    def done_count(self) -> int:
        return sum(part.is_done for part in self.parts)

    @property
    def is_many(self) -> bool:
        """Tell the nodes drawn with one small light for each task."""
        return len(self.parts) > 1


@dataclass
class Standing:
    """The whole way, and how the procedure ended if it has."""

    places: list[Place] = field(default_factory=list)
    is_ended: bool = False
    is_stopped: bool = False

    @property
    def now(self) -> list[Place]:
        """Return the places where somebody works now."""
        inside = [p for place in self.places for _, branch in place.branches for p in branch]
        return [place for place in [*self.places, *inside] if place.state == NOW and not place.branches]


@dataclass
class _Book:
    """All rows of a matter's procedures, sorted for looking up."""

    steps: dict[int, list[FlowStep]] = field(default_factory=dict)
    tasks: dict[int, list[FlowTask]] = field(default_factory=dict)
    inner: dict[int, FlowInstance] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    is_paused: bool = False


def standing(matter: Matter, rows: Rows | None = None) -> Standing:
    """Return where the matter's latest procedure stands, in four statements; in one where its rows are known."""
    rows = rows or rows_of(matter)
    if rows.root is None:
        return Standing()
    book = _Book(is_paused=matter.paused_at is not None, roles=role_names())
    book.inner = {row.parent_task_id: row for row in rows.instances if row.parent_task_id}
    for step in rows.steps:
        book.steps.setdefault(step.instance_id, []).append(step)
    for task in rows.tasks:
        if task.kind != Kind.CC:
            book.tasks.setdefault(task.step_id or 0, []).append(task)
    return _standing(rows.root, book, {"urgency": matter.urgency, "kind": matter.kind, "label": matter.label})


def _standing(instance: FlowInstance, book: _Book, facts: Mapping[str, Any]) -> Standing:
    graph = graph_of(instance.definition)
    latest = {step.node: step for step in book.steps.get(instance.pk, [])}
    way = _Way(instance, graph, latest, book, {**facts, **instance.vars})
    places = list(way.walk(graph.first))
    return Standing(places, not instance.is_open, instance.status == FlowInstance.Status.STOPPED)


@dataclass
class _Way:
    """The walk along one instance's graph."""

    instance: FlowInstance
    graph: Graph
    latest: Mapping[str, FlowStep]
    book: _Book
    facts: Mapping[str, Any]

    def walk(self, node_id: str | None) -> Iterator[Place]:
        while node_id is not None:
            node = self.graph[node_id]
            if node.type == "choice":
                node_id = self.branch_of(node)
                continue
            yield self.forked(node) if node.type == "parallel" else self.place(node)
            node_id = node.next

    def branch_of(self, node: Node) -> str | None:
        """Follow the branch that was taken last; ahead, the one whose condition holds now."""
        taken = [(step.pk, block) for step, block in self._visits(node)]
        if taken:
            return next(b["first"] for b in node.branches if b["id"] == max(taken)[1]) or node.next
        for branch in node.branches:
            if holds(branch.get("when"), self.facts):
                return branch["first"] or node.next
        return node.next

    def _visits(self, node: Node) -> Iterator[tuple[FlowStep, str]]:
        for step in self.latest.values():
            inside = self.graph.nodes.get(step.node)
            branch = dict(inside.lane).get(node.id) if inside else None
            if branch:
                yield step, branch

    def forked(self, node: Node) -> Place:
        branches = [(b["name"], list(self.walk(b["first"]))) for b in node.branches]
        place = Place(node.id, node.name, self.state(node), branches=branches)
        for name, places in branches:
            done = all(each.state in (DONE, SKIPPED) for each in places) and place.state != AHEAD
            now = next((each for each in places if each.state == NOW), None)
            shown = Light("done", "已办结") if done else now.light if now else Light("", "")
            place.parts.append(Part(name, shown, done))
        return place

    def place(self, node: Node) -> Place:
        state, step = self.state(node), self.latest.get(node.id)
        if state in (AHEAD, SKIPPED) or step is None:
            return Place(node.id, node.name, state, who=self.expected(node) if state == AHEAD else "")
        tasks = [t for t in self.book.tasks.get(step.pk, []) if t.is_counted and t.state in SHOWN]
        place = Place(node.id, node.name, state, parts=[self.part(task, node) for task in tasks])
        names = list(dict.fromkeys(part.name for part in place.parts))
        place.who = " ".join(names[:2]) + ("等" if len(names) > 2 else "")
        if state == DONE:
            place.at = step.left_at
            place.light = Light("done", "已办结")
        else:
            open_ = [t.due_at for t in tasks if t.is_open and t.due_at]
            place.light = light(min(open_, default=None), paused=self.book.is_paused)
        return place

    def part(self, task: FlowTask, node: Node) -> Part:
        is_done = task.state == State.DONE
        shown = light(task.due_at, task.closed_at if is_done else None, paused=self.book.is_paused)
        name = task.done_name if is_done else task.holder_name
        if task.unit and node.type == "each":
            name = task.unit.label
        inner = self.book.inner.get(task.pk)
        inside = _standing(inner, self.book, self.facts) if inner else None
        return Part(name, shown, is_done, task.duty, task, inside)

    def state(self, node: Node) -> str:
        step = self.latest.get(node.id)
        if step is not None and step.is_open:
            return NOW
        open_ = [each.node for each in self.latest.values() if each.is_open and each.node in self.graph]
        if any(self.graph.precedes(each, node.id) for each in open_ if self.graph[each].is_work):
            return AHEAD
        if step is not None and step.left_as == Left.DONE:
            return DONE
        passed = any(self.graph.precedes(node.id, each) for each in open_)
        return SKIPPED if passed or not self.instance.is_open else AHEAD

    def expected(self, node: Node) -> str:
        """Say who will do a node that lies ahead, as far as it is known."""
        who = node.who
        if role := who.get("role"):
            return self.book.roles.get(str(role), "")
        if who.get("person_of") == "first_receiver" and self.instance.first_receiver:
            return self.instance.first_receiver.name
        return ""


SHOWN = (State.OPEN, State.DONE)
