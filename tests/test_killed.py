"""kill -9: pages and worker are struck down while papers go their way by forms; nothing is half done or done twice."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest

from tests.posting import Hand
from tests.roads import ROADS, Step, standing
from tests.struck_house import StruckHouse
from zhongshu.base import clock
from zhongshu.base.acts import act
from zhongshu.base.models import NumberSequence, NumberUse
from zhongshu.documents.models import Opinion
from zhongshu.documents.states import KIND
from zhongshu.flow.models import FlowInstance, FlowStep
from zhongshu.flow.tests import invariants
from zhongshu.matters import outbox, settings
from zhongshu.matters.models import Matter, NoticeDelivery, OutboxItem
from zhongshu.people.models import Person

INSTRUCTIONS = "instruct_incoming"


@pytest.fixture
def house(transactional_db, office, tmp_path) -> Iterator[StruckHouse]:
    """Open the house as processes, with mail on, so that the worker has something to do."""
    Person.objects.filter(pk__in=[p.pk for p in office.people.values()]).update(
        email="nobody@cloudridge.test"
    )
    turn_mail_on(office, by=office.actor(office.sys_admin))
    opened = StruckHouse(tmp_path, seed=20260302)
    yield opened
    opened.close()


@act("change_setting")
def turn_mail_on(office, *, by):
    settings.change("notices.mail", True, tenant=office.tenant, by=by)


@dataclass
class Walk:
    """One paper on its road."""

    road: int
    steps: Iterator[Step]
    public_id: str = ""
    done: int = 0


@dataclass
class Walkers:
    """Several clients that carry papers on at once until so many forms were sent."""

    house: StruckHouse
    office: object
    roads: int
    budget: int = 0
    names: Iterator[int] = field(default_factory=lambda: count(1))
    walks: list[Walk] = field(default_factory=list)
    hands: dict[tuple[int, int], Hand] = field(default_factory=dict)
    errors: list[BaseException] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, road: int | None = None) -> Walk:
        with self.lock:
            name = next(self.names)
            road = name % self.roads if road is None else road
            walk = Walk(road, ROADS[road](self.office, str(name)))
            self.walks.append(walk)
        return walk

    def advance(self, walk: Walk) -> bool:
        """Send the paper's next form; say whether there was one."""
        step = next(walk.steps, None)
        if step is None:
            return False
        path = "/incoming/new/" if step.act == "new" else f"/incoming/{walk.public_id}/do/{step.act}/"
        place = self.hand(step.person).fill(path, **step.values)
        if step.act == "new":
            walk.public_id = place.rstrip("/").rsplit("/", 1)[-1]
        # A repeated form is led to what it made the first time, by whichever address.
        assert walk.public_id in place, place
        walk.done += 1
        return True

    def hand(self, person: Person) -> Hand:
        """Each client has a browser of its own for each person."""
        key = (threading.get_ident(), person.pk)
        if key not in self.hands:
            self.hands[key] = Hand(self.house, person)
        return self.hands[key]

    def run(self, clients: int) -> None:
        self.house.run([threading.Thread(target=self._client) for _ in range(clients)])
        if self.errors:
            raise self.errors[0]

    def _client(self) -> None:
        try:
            walk = self.begin()
            while self._may_go_on():
                if not self.advance(walk):
                    walk = self.begin()
        except BaseException as error:
            self.errors.append(error)
        finally:
            next(iter(self.hands.values())).leave()

    def _may_go_on(self) -> bool:
        with self.lock:
            return not self.errors and sum(walk.done for walk in self.walks) < self.budget

    @property
    def tally(self) -> tuple[int, int, int]:
        tallies = [hand.tally for hand in self.hands.values()]
        return (
            sum(t.sent for t in tallies),
            sum(t.lost_before for t in tallies),
            sum(t.lost_after for t in tallies),
        )


def models_of(walkers: Walkers) -> dict[int, list[dict]]:
    """Carry one paper along each road without a blow; return how it stood after every step."""
    found = {}
    for road in range(walkers.roads):
        walk = walkers.begin(road)
        found[road] = []
        while walkers.advance(walk):
            found[road].append(standing(walk.public_id))
    return found


def carry_under_blows(house, office, *, roads, steps, clients, pages_odds, worker_odds) -> Walkers:
    """Carry papers while pages and worker are struck down; every paper stands as its model stood."""
    walkers = Walkers(house, office, roads)
    models = models_of(walkers)
    walkers.budget = steps + sum(walk.done for walk in walkers.walks)
    house.pages_odds, house.worker_odds = pages_odds, worker_odds
    walkers.run(clients)
    for walk in walkers.walks:
        if walk.done:
            assert standing(walk.public_id) == models[walk.road][walk.done - 1], (walk.road, walk.done)
    return walkers


def demand_order(walkers: Walkers) -> None:
    """Nothing half done, nothing twice, in the house as a whole."""
    carried = [walk for walk in walkers.walks if walk.done]
    assert Matter.objects.filter(kind=KIND).count() == len(carried)
    for matter in Matter.objects.filter(kind=KIND):
        if matter.phase != "returned_to_sender":
            invariants.check(matter)
    roots = FlowInstance.objects.filter(parent_task__isnull=True, ended_at__isnull=True)
    for root in roots:
        assert FlowStep.objects.filter(instance=root, path="", left_at__isnull=True).count() == 1, root
    instructed = sum(_done(walkers, walk, "instruct") for walk in carried)
    assert Opinion.objects.filter(box="instruction").count() == instructed
    numbers_are_gapless(len(carried))


def _done(walkers: Walkers, walk: Walk, code: str) -> int:
    steps = list(ROADS[walk.road](walkers.office, ""))[: walk.done]
    return sum(step.act == code for step in steps)


def numbers_are_gapless(papers: int) -> None:
    assert Matter.objects.filter(kind=KIND).exclude(number="").values("number").distinct().count() == papers
    for sequence in NumberSequence.objects.all():
        used = list(NumberUse.objects.filter(sequence=sequence).order_by("no").values_list("no", flat=True))
        assert used == list(range(1, sequence.last_no + 1)), sequence.scope


def demand_promises_kept(house: StruckHouse) -> None:
    """Everything the outbox promised is done once, what dead workers held included."""
    house.worker.end()
    assert OutboxItem.objects.exists()
    noon = clock.local(clock.now()).replace(hour=12)
    for days in (1, 2):
        with clock.fixed(noon + timedelta(days=days)):
            while outbox.drain():
                pass
    assert not OutboxItem.objects.filter(dead_at__isnull=False).exists()
    assert not OutboxItem.objects.filter(done_at__isnull=True).exists()
    assert not NoticeDelivery.objects.filter(closed_at__isnull=True).exists()


def verify_trail(house: StruckHouse) -> None:
    command = [sys.executable, "-m", "zhongshu.cli", "verify-trail"]
    done = subprocess.run(command, env=house.env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_papers_go_their_way_under_blows(house, office):
    walkers = carry_under_blows(house, office, roads=1, steps=25, clients=1, pages_odds=0.2, worker_odds=0.06)
    assert house.pages.blows > 2
    demand_order(walkers)
    demand_promises_kept(house)
    verify_trail(house)


@pytest.mark.long
def test_five_hundred_steps_under_blows(house, office):
    walkers = carry_under_blows(
        house,
        office,
        roads=len(ROADS),
        steps=500,
        clients=3,
        pages_odds=0.1,
        worker_odds=0.06,
    )
    sent, lost_before, lost_after = walkers.tally
    sys.stderr.write(f"{walkers.tally=} {house.pages.blows=} {house.worker.blows=}")
    assert sent >= 500
    assert house.pages.blows > 20
    assert house.worker.blows > 10
    assert lost_before > 3, "no blow fell before a commit"
    assert lost_after > 3, "no blow fell between a commit and its answer"
    demand_order(walkers)
    demand_promises_kept(house)
    verify_trail(house)
