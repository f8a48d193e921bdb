"""kill -9: a worker struck down in the middle of its work loses nothing and does nothing twice."""

import random
import time

import pytest
from django.db import transaction

from zhongshu.matters.models import OutboxItem
from zhongshu.matters.outbox import enqueue
from zhongshu.matters.tests.sites import Site, end
from zhongshu.people.models import Principal


@pytest.fixture
def site(transactional_db, tmp_path):
    return Site(tmp_path)


@pytest.fixture
def principal(site):
    return Principal.objects.create(kind="person").pk


def promise(topic, n, principal):
    with transaction.atomic():
        enqueue(topic, {"n": n, "principal": principal}, key=f"{topic}:{n}")


def strike(worker):
    assert worker.stdout.readline() == "in hand\n"
    end(worker)


def finish(worker):
    worker.communicate("", timeout=60)
    assert worker.returncode == 0


WORKER = "zhongshu.matters.tests.killable"
DONE = "SELECT count(*) FROM matters_outboxitem WHERE done_at IS NOT NULL"


def test_killed_before_the_commit_nothing_is_written_and_another_does_it_once(site, principal):
    promise("kill.rows", 1, principal)
    site.open()
    strike(site.start(WORKER, "hang"))
    assert site.ask("SELECT count(*) FROM matters_stir") == 0
    finish(site.start(WORKER, "work"))
    assert site.ask(DONE) == 0, "the lease of the dead is respected until it runs out"
    finish(site.start(WORKER, "work", "1"))
    assert (site.ask(DONE), site.ask("SELECT count(*) FROM matters_stir")) == (1, 1)
    assert site.ask("SELECT attempts FROM matters_outboxitem") == 2


def test_killed_between_the_act_and_the_tick_the_act_is_not_done_again(site, principal):
    promise("kill.act", 1, principal)
    site.open()
    strike(site.start(WORKER, "hang"))
    finish(site.start(WORKER, "work", "1"))
    assert site.ask(DONE) == 1
    assert site.ask("SELECT count(*) FROM base_trailentry WHERE verb='kill_test'") == 1


@pytest.mark.long
def test_workers_killed_again_and_again_do_everything_once(site, principal):
    """Three workers on one database, one of them killed every 0.7 s, then left in peace."""
    for n in range(3000):
        promise("kill.rows" if n % 2 else "kill.act", n, principal)
    site.open()
    workers = [site.start(WORKER, "endless") for _ in range(3)]
    dice, kills, until = random.Random(7), 0, time.monotonic() + 30
    while time.monotonic() < until and site.ask(DONE) < 2900:
        time.sleep(0.7)
        victim = dice.randrange(3)
        end(workers[victim])
        workers[victim] = site.start(WORKER, "endless")
        kills += 1
    deadline = time.monotonic() + 240
    while site.ask(DONE) < 3000 and time.monotonic() < deadline:
        time.sleep(0.2)
    for worker in workers:
        end(worker)
    assert kills > 3
    assert site.ask("SELECT count(*) FROM matters_outboxitem WHERE attempts > 1") > 0, "no blow hit any work"
    assert site.ask(DONE) == 3000
    assert site.ask("SELECT count(*) FROM matters_stir") == 1500
    acted = "FROM base_trailentry WHERE verb='kill_test'"
    assert site.ask(f"SELECT count(DISTINCT object_id) {acted}") == 1500
    assert site.ask(f"SELECT count(*) {acted}") == 1500
    assert OutboxItem.objects.filter(dead_at__isnull=False).count() == 0
