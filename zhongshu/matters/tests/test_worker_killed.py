"""kill -9: a worker struck down in the middle of its work loses nothing and does nothing twice."""

import os
import random
import sqlite3
import subprocess
import sys
import time

import pytest
from django.db import connection, transaction

from zhongshu.matters.models import OutboxItem
from zhongshu.matters.outbox import enqueue
from zhongshu.people.models import Principal


class Site:
    """The test's database as processes of their own see it: PostgreSQL itself, or a file copy of SQLite's."""

    def __init__(self, folder):
        self.file = folder / "site.sqlite3"
        self.env = os.environ | {"ZHONGSHU_VAR_DIR": str(folder), "DATABASE_URL": self._url()}

    def _url(self):
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.file}"
        at = connection.settings_dict
        return f"postgresql://{at['USER']}:{at['PASSWORD']}@/{at['NAME']}?host={at['HOST']}&port={at['PORT']}"

    def open(self):
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with sqlite3.connect(self.file) as copy:
                connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=WAL")
            copy.close()

    def worker(self, *argv):
        argv = [sys.executable, "-m", "zhongshu.matters.tests.killable", *argv]
        return subprocess.Popen(argv, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, sql):
        if connection.vendor == "sqlite":
            file = sqlite3.connect(self.file, timeout=20)
            try:
                return file.execute(sql).fetchone()[0]
            finally:
                file.close()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]


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


def end(worker):
    worker.kill()
    worker.wait()
    worker.stdin.close()
    worker.stdout.close()


def finish(worker):
    worker.communicate("", timeout=60)
    assert worker.returncode == 0


DONE = "SELECT count(*) FROM matters_outboxitem WHERE done_at IS NOT NULL"


def test_killed_before_the_commit_nothing_is_written_and_another_does_it_once(site, principal):
    promise("kill.rows", 1, principal)
    site.open()
    strike(site.worker("hang"))
    assert site.ask("SELECT count(*) FROM matters_stir") == 0
    finish(site.worker("work"))
    assert site.ask(DONE) == 0, "the lease of the dead is respected until it runs out"
    finish(site.worker("work", "1"))
    assert (site.ask(DONE), site.ask("SELECT count(*) FROM matters_stir")) == (1, 1)
    assert site.ask("SELECT attempts FROM matters_outboxitem") == 2


def test_killed_between_the_act_and_the_tick_the_act_is_not_done_again(site, principal):
    promise("kill.act", 1, principal)
    site.open()
    strike(site.worker("hang"))
    finish(site.worker("work", "1"))
    assert site.ask(DONE) == 1
    assert site.ask("SELECT count(*) FROM base_trailentry WHERE verb='kill_test'") == 1


@pytest.mark.long
def test_workers_killed_again_and_again_do_everything_once(site, principal):
    """Three workers on one database, one of them killed every 0.7 s, then left in peace."""
    for n in range(3000):
        promise("kill.rows" if n % 2 else "kill.act", n, principal)
    site.open()
    workers = [site.worker("endless") for _ in range(3)]
    dice, kills, until = random.Random(7), 0, time.monotonic() + 30
    while time.monotonic() < until and site.ask(DONE) < 2900:
        time.sleep(0.7)
        victim = dice.randrange(3)
        end(workers[victim])
        workers[victim] = site.worker("endless")
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
