"""期限灯: shape, colour and words, always all three."""

from datetime import datetime

import pytest

from zhongshu.base import clock
from zhongshu.base.deadlines import light

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("decreed")]


def at(words: str) -> datetime:
    return datetime.fromisoformat(f"2026-{words}").replace(tzinfo=clock.ZONE)


DUE = "10-09 17:30"


@pytest.mark.parametrize(
    ("now", "due", "colour", "shape", "words"),
    [
        ("09-28 09:00", DUE, "g", "●", "余4天"),
        ("09-29 09:00", DUE, "g", "●", "余3天"),
        ("09-30 09:00", DUE, "y", "◆", "余2天"),
        ("10-08 23:00", DUE, "y", "◆", "余1天"),
        ("10-09 00:00", DUE, "y", "◆", "今日 17:30"),
        ("10-09 17:30", DUE, "y", "◆", "今日 17:30"),
        ("10-09 17:30:30", DUE, "r", "■", "超期1分钟"),
        ("10-09 18:20", DUE, "r", "■", "超期50分钟"),
        ("10-09 20:40", DUE, "r", "■", "超期3小时"),
        ("10-10 09:00", DUE, "r", "■", "超期15小时"),
        ("10-12 09:00", DUE, "r", "■", "超期2天"),
        ("10-03 09:00", "09-30 17:30", "r", "■", "超期1天"),
        ("10-02 09:00", "10-03 11:00", "y", "◆", "余26小时"),
    ],
)
def test_an_open_matter(now, due, colour, shape, words):
    shown = light(at(due), None, at(now))
    assert (shown.colour, shown.shape, shown.words) == (colour, shape, words)


@pytest.mark.parametrize(("near", "colour"), [(0, "g"), (3, "g"), (4, "y")])
def test_the_threshold_is_counted_in_working_days(near, colour):
    assert light(at(DUE), None, at("09-28 09:00"), near=near).colour == colour


def test_what_is_closed_or_paused_does_not_press():
    now = at("10-20 09:00")
    closed, paused = light(at(DUE), at("10-08 09:00"), now), light(at(DUE), None, now, paused=True)
    assert (closed.shape, closed.words, closed.name) == ("✓", "已办结", "已办结")
    assert (paused.shape, paused.words, paused.name) == ("○", "暂停", "暂停")
    assert light(at(DUE), at("10-08 09:00"), now, paused=True).colour == "done"


def test_without_a_deadline_there_is_no_light():
    assert (light(None).colour, light(None).words) == ("", "")


def test_without_a_moment_it_is_now():
    with clock.fixed(at("10-09 09:00")):
        assert light(at(DUE)).words == "今日 17:30"
