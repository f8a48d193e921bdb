"""定时任务: each job comes when it is due, on one worker only, and a failure stops no other."""

from datetime import datetime, timedelta

import pytest

from zhongshu.base import clock
from zhongshu.matters import ticker
from zhongshu.matters.models import TickerJob
from zhongshu.matters.ticker import every, plan, run_due

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def jobs(monkeypatch, db):
    """Each test registers its own jobs."""
    monkeypatch.setattr(ticker, "_jobs", {})


def tick(at, worker="w"):
    with clock.fixed(at):
        plan(at)
        return run_due(worker)


def test_a_job_comes_every_so_many_seconds():
    seen = []
    every("pulse", seconds=60)(seen.append)
    assert tick(MONDAY) == ["pulse"]
    assert tick(MONDAY + timedelta(seconds=59)) == []
    assert tick(MONDAY + timedelta(seconds=60)) == ["pulse"]
    assert seen == [MONDAY, MONDAY + timedelta(seconds=60)]


def test_a_daily_job_waits_for_its_time_of_day_and_comes_once():
    every("head", at="03:10")(lambda now: None)
    assert tick(MONDAY) == []
    assert tick(MONDAY.replace(day=3, hour=3, minute=9)) == []
    assert tick(MONDAY.replace(day=3, hour=3, minute=10)) == ["head"]
    assert tick(MONDAY.replace(day=3, hour=3, minute=11)) == []
    assert tick(MONDAY.replace(day=4, hour=3, minute=10)) == ["head"]


def test_a_daily_job_missed_while_the_machine_was_off_is_made_up_once():
    every("head", at="03:10")(lambda now: None)
    tick(MONDAY)
    assert tick(MONDAY.replace(day=6)) == ["head"]
    assert tick(MONDAY.replace(day=6, hour=10)) == []


def test_a_weekly_job_comes_on_its_weekday():
    every("press", at="09:00", weekday=0)(lambda now: None)
    tick(MONDAY)
    assert TickerJob.objects.get().next_at == MONDAY + timedelta(days=7)


def test_a_job_held_by_another_worker_is_left_to_it_until_it_is_given_up():
    every("slow", seconds=60, lease=300)(lambda now: None)
    with clock.fixed(MONDAY):
        plan(MONDAY)
        row = TickerJob.objects.get()
        assert ticker._lease(ticker.jobs()["slow"], row, "killed", MONDAY)
    assert tick(MONDAY + timedelta(seconds=299), "other") == []
    assert tick(MONDAY + timedelta(seconds=300), "other") == ["slow"]


def test_two_workers_that_read_the_same_row_run_it_once():
    every("once", seconds=60)(lambda now: None)
    plan(MONDAY)
    row, same = TickerJob.objects.get(), TickerJob.objects.get()
    job = ticker.jobs()["once"]
    assert ticker._lease(job, row, "a", MONDAY) is True
    assert ticker._lease(job, same, "b", MONDAY) is False


def test_a_failing_job_stops_no_other_and_is_noted(caplog):
    every("bad", seconds=60)(lambda now: 1 / 0)
    every("good", seconds=60)(lambda now: None)
    assert tick(MONDAY) == ["bad", "good"]
    assert TickerJob.objects.get(name="bad").error.startswith("ZeroDivisionError test_ticker.py:")
    assert TickerJob.objects.get(name="good").error == ""


def test_a_failed_daily_job_is_tried_again_soon(caplog):
    every("head", at="03:10")(lambda now: 1 / 0)
    tick(MONDAY)
    at = MONDAY.replace(day=3, hour=3, minute=10)
    tick(at)
    assert TickerJob.objects.get().next_at - at < timedelta(minutes=11)


@pytest.mark.parametrize("kwargs", [{}, {"seconds": 5, "at": "03:10"}])
def test_a_schedule_is_either_a_pause_or_a_time_of_day(kwargs):
    with pytest.raises(ValueError, match="not both"):
        every("x", **kwargs)


@pytest.mark.parametrize(
    ("kwargs", "words"),
    [({"seconds": 90}, "每90秒"), ({"seconds": 600}, "每10分钟"), ({"at": "03:10"}, "每天 03:10"),
     ({"at": "09:00", "weekday": 0}, "每周一 09:00")],
)  # fmt: skip
def test_the_schedule_is_said_in_words(kwargs, words):
    every("x", **kwargs)(lambda now: None)
    assert ticker.jobs()["x"].spec == words
