"""kill -9: the worker is struck down while it imports a register; every row becomes one paper, none becomes two."""

import subprocess
import sys
import time
from datetime import timedelta

import pytest

from tests.struck_house import Struck, environment
from zhongshu import serving
from zhongshu.base import clock
from zhongshu.base.models import TrailEntry
from zhongshu.documents.models import RegisterImport
from zhongshu.documents.tests import old_books as books
from zhongshu.matters import outbox
from zhongshu.matters.models import Matter, OutboxItem

ROWS = 3_000
PATIENCE = 120.0
State = RegisterImport.State


@pytest.fixture
def run(transactional_db, client, office):
    client.force_login(office.clerk)
    books.send(client, books.workbook([books.line(n) for n in range(1, ROWS + 1)]))
    return books.newest()


@pytest.fixture
def worker(run, tmp_path):
    started = Struck(serving.worker(), environment(), tmp_path / "worker.log")
    yield started
    started.end()
    started.process.wait()


def wait_for(run, question):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        run.refresh_from_db()
        if question(run):
            return
        time.sleep(0.02)
    raise AssertionError(f"{run.state} {run.progress} {run.problem}")


def take_up_again():
    """What a dead worker held is free once its lease is over."""
    OutboxItem.objects.filter(done_at__isnull=True).update(lease_until=clock.now() - timedelta(seconds=1))


def test_struck_down_while_reading_and_while_writing(client, run, worker):
    wait_for(run, lambda now: now.state == State.READING and now.progress > 0)
    worker.strike()
    worker.process.wait()
    take_up_again()
    worker.look()
    wait_for(run, lambda now: now.state == State.CHECKED)
    assert (run.total, run.faulty, run.rows.count()) == (ROWS, 0, ROWS)

    assert books.begin(client, run).status_code == 302
    for share in (0.2, 0.6):
        wait_for(run, lambda now, share=share: now.state == State.DONE or now.created > ROWS * share)
        worker.strike()
        worker.process.wait()
        take_up_again()
        worker.look()
    wait_for(run, lambda now: now.state == State.DONE)

    assert worker.blows == 3
    assert (run.created, run.merged, run.skipped) == (ROWS, 0, 0)
    numbers = list(Matter.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == ROWS
    assert TrailEntry.objects.filter(verb="import_incoming").count() == ROWS
    worker.end()
    while outbox.drain():
        pass
    assert not OutboxItem.objects.filter(dead_at__isnull=False).exists()
    verify_trail()


def verify_trail():
    command = [sys.executable, "-m", "zhongshu.cli", "verify-trail"]
    done = subprocess.run(
        command, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
