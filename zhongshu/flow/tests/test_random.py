"""任意操作: whatever is done in whatever order, the invariants hold and nobody is stuck."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base import clock
from zhongshu.base.refusals import Refused
from zhongshu.flow import definitions, hooks, verbs
from zhongshu.flow.graph import graph_of
from zhongshu.flow.models import FlowStep, FlowTask
from zhongshu.flow.tests.conftest import step
from zhongshu.flow.tests.invariants import check
from zhongshu.matters.models import Matter
from zhongshu.people.models import Person

Kind = FlowTask.Kind


def maze(extra: bool = False) -> list[dict[str, Any]]:
    """Return nested forks, a choice, every mode, units with inner procedures, a point of no return."""
    people = {"var": "people", "as": "person"}
    inner = {
        "type": "parallel", "id": "g", "name": "内层并行", "branches": [
            {"id": "l", "name": "左", "blocks": [step("any_of", "任一", people, mode="any")]},
            {"id": "r", "name": "右", "blocks": [step("two_of", "够数", people, mode="quota", quota=2)]},
        ],
    }  # fmt: skip
    choice = {
        "type": "choice", "id": "c", "name": "金额", "branches": [
            {"id": "big", "name": "大额", "when": ["amount", ">", 5], "blocks": [inner]},
            {"id": "small", "name": "其他", "blocks": [step("in_turn", "依次", people, mode="seq")]},
        ],
    }  # fmt: skip
    fork = {
        "type": "parallel", "id": "f", "name": "并行", "branches": [
            {"id": "x", "name": "会签", "blocks": [
                step("all_of", "会签", people, mode="all"), step("sum", "小结", {"persons": [0]}),
            ]},
            {"id": "y", "name": "金额", "blocks": [choice]},
            {"id": "z", "name": "单位", "blocks": [
                {"type": "each", "id": "units", "name": "承办", "phase": "units", "who": {"var": "units"},
                 "child": "handling"},
            ]},
        ],
    }  # fmt: skip
    added = [step("legal", "法制审核", {"role": "legal_section"})] if extra else []
    redo = [{"code": "agree", "label": "同意"}, {"code": "redo", "label": "重办", "to": "a"}]
    return [
        step("a", "开头", {"role": "secretariat"}),
        fork,
        *added,
        step("s", "送签", people, mode="seq"),
        step("t", "审定", {"role": "office_director"}, outcomes=redo),
        step("u", "编号", {"role": "secretariat"}, final=True),
        step("v", "办结", {"role": "secretariat"}),
    ]


class Player:
    """Does something at random and looks whether all still holds."""

    def __init__(self, desk: Any, seed: int) -> None:
        self.desk, self.office = desk, desk.office
        self.dice = random.Random(seed)
        self.people = [self.office.drafter, self.office.legal, self.office.duty, self.office.supervisor]
        self.actors = {p.pk: self.office.actor(p) for p in self.office.people.values()}
        self.units = [g.unit.principal_id for g in self.office.depts]
        self.seen: Counter[str] = Counter()
        self.matter = self.begin()

    def begin(self) -> Any:
        return self.desk.start(
            "maze",
            people=[p.pk for p in self.dice.sample(self.people, 3)],
            units=self.dice.sample(self.units, 2),
            amount=self.dice.choice([1, 9]),
        )

    def holder(self, task: FlowTask) -> Any:
        """Return somebody who may act on the task."""
        if task.assignee_id:
            return self.actors[task.assignee_id]
        fits = [a for a in self.actors.values() if task.pool in _pools(a)]
        return self.dice.choice(fits)

    def open_tasks(self) -> list[FlowTask]:
        return list(FlowTask.objects.filter(matter=self.matter, closed_at__isnull=True).order_by("id"))

    def play(self) -> None:
        verb = self.dice.choices([name for name, _ in OPERATIONS], [weight for _, weight in OPERATIONS])[0]
        if Matter.objects.get(pk=self.matter.pk).paused_at and self.dice.random() < 0.4:
            verb = "resume"
        try:
            getattr(self, verb)()
            self.seen[verb] += 1
        except Refused as refused:
            self.seen[f"{verb} {refused.codes[0]}"] += 1
        check(self.matter)
        if not self.desk.root(self.matter).is_open and self.dice.random() < 0.6:
            self.matter = self.begin()

    def some(self, *, cc: bool = False) -> FlowTask:
        tasks = [t for t in self.open_tasks() if cc or t.kind != Kind.CC]
        if not tasks:
            raise Refused.one("NONE", "nothing open")
        free = [t for t in tasks if not t.parked]
        return self.dice.choice(free if free and self.dice.random() < 0.9 else tasks)

    def person(self) -> Person:
        return self.dice.choice(list(self.office.people.values())[:16])

    def finish(self) -> None:
        task = self.some()
        outcome = self.dice.choice(["agree", "redo"]) if task.node == "t" else ""
        data = {"vars": {"amount": self.dice.choice([1, 9])}} if self.dice.random() < 0.1 else {}
        verbs.finish(task, outcome, "意见", data, by=self.holder(task))

    def read(self) -> None:
        task = self.some(cc=True)
        verbs.read(task, by=self.holder(task))

    def claim(self) -> None:
        task = self.some()
        verbs.claim(task, by=self.holder(task))

    def release(self) -> None:
        task = self.some()
        verbs.release(task, by=self.holder(task))

    def send_back(self) -> None:
        task = self.some()
        graph = graph_of(task.instance.definition)
        been = FlowStep.objects.filter(instance=task.instance).values_list("node", flat=True)
        node = self.dice.choice(self.dice.choice([list(graph.nodes), list(been.order_by("id"))]))
        only = self.dice.choice([(), ("x",), ("x", "z"), (self.units[0],), tuple(self.units[:2])])
        verbs.send_back(task, node, "重办", only, straight=self.dice.random() < 0.4, by=self.holder(task))

    def withdraw(self) -> None:
        done = FlowTask.objects.filter(matter=self.matter, done_at__isnull=False).order_by("-done_at")[:5]
        task = self.dice.choice(list(done) or [self.some()])
        verbs.withdraw(task, by=self.actors[task.done_by_id or self.office.clerk.pk])

    def add_sign(self) -> None:
        task = self.some()
        position = self.dice.choice(["before", "with", "after"])
        verbs.add_sign(task, position, [self.person()], "请提意见", by=self.holder(task))

    def drop_sign(self) -> None:
        task, other = self.some(), self.some()
        target = other.assignee or other.unit
        verbs.drop_sign(
            task, target, by=self.dice.choice([self.holder(task), self.actors[self.office.clerk.pk]])
        )

    def transfer(self) -> None:
        task = self.some()
        target = self.dice.choice([self.person(), self.dice.choice(self.office.depts).unit])
        by = self.dice.choice([self.holder(task), self.actors[self.office.director.pk]])
        verbs.transfer(task, target, "请办", by=by)

    def delegate(self) -> None:
        task = self.some()
        verbs.delegate(task, self.person(), "请先起草", by=self.holder(task))

    def decline(self) -> None:
        task = self.some()
        verbs.decline(task, "不属我单位职责", by=self.holder(task))

    def circulate(self) -> None:
        by = self.actors[self.office.clerk.pk]
        verbs.circulate(self.matter, [self.person(), self.office.depts[0].unit], by=by)

    def add_units(self) -> None:
        unit = self.dice.choice(self.office.depts).unit
        verbs.add_units(self.matter, "units", [unit], "补一家", by=self.actors[self.office.clerk.pk])

    def jump(self) -> None:
        graph = graph_of(self.desk.root(self.matter).definition)
        node = self.dice.choice(list(graph.nodes))
        verbs.jump(self.matter, node, "情况紧急", by=self.actors[self.office.director.pk])

    def suspend(self) -> None:
        verbs.suspend(self.matter, "等上级答复", by=self.actors[self.office.clerk.pk])

    def resume(self) -> None:
        verbs.resume(self.matter, by=self.actors[self.office.clerk.pk])

    def extend(self) -> None:
        due = clock.now() + timedelta(days=self.dice.randrange(1, 30))
        verbs.extend(self.some(), due, "情况复杂", by=self.actors[self.office.deputy.pk])

    def stop(self) -> None:
        verbs.stop(self.matter, "重复", by=self.actors[self.office.clerk.pk])

    def migrate(self) -> None:
        root = self.desk.root(self.matter)
        versions = list(root.definition.tenant.procedures.filter(key="maze"))
        by = self.actors[self.office.clerk.pk]
        by = type(by)(**{**by.__dict__, "permissions": by.permissions | {"flow.migrate"}})
        verbs.migrate(root, self.dice.choice(versions), by=by)


OPERATIONS = [
    ("finish", 30), ("read", 6), ("claim", 5), ("release", 2), ("send_back", 8), ("withdraw", 8), ("add_sign", 8),
    ("drop_sign", 4), ("transfer", 6), ("delegate", 5), ("decline", 3), ("circulate", 1), ("add_units", 3), ("jump", 2),
    ("suspend", 1), ("resume", 6), ("extend", 1), ("stop", 0.5), ("migrate", 2),
]  # fmt: skip


def _pools(actor: Any) -> set[str]:
    units = {actor.unit_id, actor.tenant_id}
    return {f"{r}@{u}" for r in actor.roles for u in units} | {f"@{p}" for p in actor.principals}


@pytest.fixture
def labyrinth(desk, office):
    """Two published versions of the maze, the second with one step more."""
    blocks = maze()
    fill(blocks, office.drafter.pk)
    hooks.register("maze", name="迷宫", blocks=blocks)
    by = office.actor(office.sys_admin)
    first = definitions.draft("maze", tenant=office.tenant, by=by)
    definitions.publish(first, by=by)
    second = definitions.draft("maze", tenant=office.tenant, by=by)
    longer = maze(extra=True)
    fill(longer, office.drafter.pk)
    definitions.publish(definitions.save_draft(second, blocks=longer, by=by), by=by)
    yield desk
    hooks.forget("maze")


def fill(blocks: list[dict[str, Any]], person_id: int) -> None:
    for block in blocks:
        if block.get("who", {}).get("persons") == [0]:
            block["who"] = {"persons": [person_id]}
        for branch in block.get("branches", ()):
            fill(branch["blocks"], person_id)


@pytest.mark.parametrize("seed", range(3))
def test_a_hundred_operations(labyrinth, seed):
    player = Player(labyrinth, seed)
    for _ in range(100):
        player.play()
    assert player.seen["finish"] > 5


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 180))
def test_forty_thousand_operations(labyrinth, seed):
    player = Player(labyrinth, seed)
    for _ in range(500):
        player.play()
    assert player.seen["withdraw"] > 0
    assert player.seen["send_back"] > 0
