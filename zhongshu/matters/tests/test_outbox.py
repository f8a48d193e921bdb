"""后台任务: what a transaction promised is done after it, again if it failed, and once if it can be."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from zhongshu.base import clock
from zhongshu.base.refusals import Repeated
from zhongshu.matters import outbox
from zhongshu.matters.models import OutboxItem, Stir
from zhongshu.matters.outbox import GiveUp, drain, enqueue, handler, take
from zhongshu.people.models import Principal


@pytest.fixture(autouse=True)
def handlers(monkeypatch):
    """Each test registers its own topics."""
    monkeypatch.setattr(outbox, "_handlers", {})


@pytest.fixture
def done():
    """A topic that notes what it was given."""
    seen = []
    handler("note")(seen.append)
    return seen


def promise(key="k", topic="note", **payload):
    with transaction.atomic():
        enqueue(topic, payload, key=key)
    return OutboxItem.objects.get(key=key)


def failing(topic="fail", error=ValueError, words="标题：不可外泄", **kwargs):
    @handler(topic, **kwargs)
    def fail(payload):
        raise error(words)


@pytest.mark.django_db(transaction=True)
def test_a_promise_outside_a_transaction_is_a_mistake(done):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        enqueue("note", {}, key="k")


@pytest.mark.django_db(transaction=True)
def test_a_promise_goes_with_its_transaction(done):
    with transaction.atomic():
        enqueue("note", {}, key="k")
        transaction.set_rollback(True)
    assert drain() == 0
    assert done == []


def test_a_promise_is_kept_once(db, done):
    item = promise(n=1)
    assert drain() == 1
    assert drain() == 0
    assert done == [{"n": 1}]
    item.refresh_from_db()
    assert item.done_at is not None


def test_the_same_key_is_one_promise_even_after_it_was_kept(db, done):
    promise(n=1)
    drain()
    promise(n=2)
    drain()
    assert done == [{"n": 1}]


def test_nothing_is_done_before_its_time(db, done):
    with transaction.atomic():
        enqueue("note", {}, key="k", run_at=clock.now() + timedelta(hours=1))
    assert drain() == 0
    with clock.fixed(clock.now() + timedelta(hours=1, seconds=1)):
        assert drain() == 1


def test_a_failure_is_tried_again_after_growing_pauses_and_then_shown(db):
    failing()
    item, at, pauses = promise(topic="fail"), clock.now() + timedelta(seconds=1), []
    while item.dead_at is None:
        with clock.fixed(at):
            assert drain() == 1
            assert drain() == 0
            item.refresh_from_db()
            pauses.append((item.run_at - at).total_seconds())
            at = item.run_at
    assert pauses[:3] == [10, 30, 120]
    assert item.attempts == len(outbox.PAUSES) + 1
    assert list(outbox.dead()) == [item]


def test_the_error_names_the_place_and_never_quotes_the_paper(db):
    failing()
    item = promise(topic="fail")
    drain()
    item.refresh_from_db()
    assert item.error.startswith("ValueError test_outbox.py:")
    assert "标题" not in item.error


def test_what_cannot_succeed_is_given_up_at_once_with_its_words(db):
    failing(error=GiveUp, words="通道地址不能识别")
    item = promise(topic="fail")
    drain()
    item.refresh_from_db()
    assert (item.attempts, item.error) == (1, "通道地址不能识别")
    assert item.dead_at


def test_a_topic_nobody_knows_waits_for_the_version_that_does(db):
    item = promise(topic="unknown")
    drain()
    item.refresh_from_db()
    assert item.dead_at is None
    assert "没有登记" in item.error


def test_the_next_is_served_when_one_fails(db, done):
    failing()
    promise("a", topic="fail")
    promise("b", n=2)
    assert drain() == 2
    assert done == [{"n": 2}]


def test_what_is_held_is_left_alone_until_its_worker_is_given_up(db, done):
    promise(n=1)
    item = take("killed")
    assert take("other") is None
    with clock.fixed(item.lease_until + timedelta(seconds=1)):
        assert drain(worker="other") == 1
    assert done == [{"n": 1}]


def test_a_worker_that_comes_back_late_does_not_close_the_work_of_another(db, done):
    promise(n=1)
    late = take("slow")
    with clock.fixed(late.lease_until + timedelta(seconds=1)):
        again = take("other")
        assert outbox._tick_off(late) is False
        assert outbox._tick_off(again) is True


def test_what_kills_its_worker_each_time_is_given_up_without_another_try(db, done):
    handler("note", tries=2)(done.append)
    item = promise()
    at = clock.now()
    for _ in range(2):
        with clock.fixed(at + timedelta(seconds=1)):
            at = take("killed").lease_until
    with clock.fixed(at + timedelta(seconds=1)):
        drain()
    item.refresh_from_db()
    assert item.dead_at
    assert done == []


@pytest.mark.parametrize("breaks", [False, True])
def test_rows_of_an_atomic_topic_stand_or_fall_with_it(db, breaks):
    principal = Principal.objects.create(kind="person")

    @handler("rows", atomic=True)
    def write(payload):
        Stir.objects.create(principal=principal)
        if breaks:
            raise ValueError

    promise(topic="rows")
    drain()
    assert Stir.objects.count() == (0 if breaks else 1)
    assert OutboxItem.objects.filter(done_at__isnull=False).count() == (0 if breaks else 1)


def test_an_act_that_was_done_before_the_worker_died_counts_as_done(db):
    failing(error=Repeated, words="")
    item = promise(topic="fail")
    drain()
    item.refresh_from_db()
    assert item.done_at
    assert item.error == ""


def test_the_given_up_can_be_revived(db, done):
    item = promise(n=3)
    OutboxItem.objects.filter(pk=item.pk).update(dead_at=clock.now(), attempts=9)
    assert drain() == 0
    assert outbox.revive(OutboxItem.objects.all()) == 1
    assert drain() == 1
    assert done == [{"n": 3}]


def test_what_was_done_a_month_ago_is_forgotten(db, done):
    promise("old")
    drain()
    promise("open")
    assert outbox.sweep(clock.now() + timedelta(days=31)) == 1
    assert [item.key for item in OutboxItem.objects.all()] == ["open"]


# SQLite's workers are tried as processes on a file (test_worker_killed): one in memory has other locks.
@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SKIP LOCKED is PostgreSQL's")
@pytest.mark.django_db(transaction=True)
def test_several_workers_share_the_list_without_doing_anything_twice():
    seen, lock = [], threading.Lock()

    @handler("count")
    def count(payload):
        with lock:
            seen.append(payload["n"])

    with transaction.atomic():
        for n in range(30):
            enqueue("count", {"n": n}, key=f"count:{n}")
    _race(4)
    assert sorted(seen) == list(range(30))


def _race(workers):
    def work(name):
        try:
            while drain(5, worker=name):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[f"w{n}"]) for n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db
def test_what_takes_minutes_waits_in_a_line_of_its_own(monkeypatch):
    done = []
    monkeypatch.setattr(outbox, "_handlers", {})
    outbox.handler("slow", slow=True)(lambda payload: done.append("slow"))
    outbox.handler("quick")(lambda payload: done.append("quick"))
    with transaction.atomic():
        outbox.enqueue("slow", {}, key="slow")
        outbox.enqueue("quick", {}, key="quick")
    assert outbox.drain(slow=False) == 1
    assert done == ["quick"]
    assert outbox.drain(slow=True) == 1
    assert done == ["quick", "slow"]
