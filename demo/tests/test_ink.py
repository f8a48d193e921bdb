"""笔迹: the pad's own reader takes it, it is the same each time, and no two people write alike."""

import json

import pytest

from demo import ink, tracing
from zhongshu.ui import ink as pad

WORDS = "请怀川同志牵头，逐点排查、逐点销号，汛前务必到位。"


@pytest.mark.parametrize("with_font", [True, False])
def test_the_pad_reads_what_is_written(monkeypatch, with_font):
    if not with_font:
        monkeypatch.setattr(ink.tracing, "lines_of", lambda char: ())
    for written in (ink.line(WORDS, "陆承安"), ink.signature.__wrapped__("顾怀川")):
        read = pad.read(json.dumps(written))
        assert not read.is_empty
        assert pad.svg_of(read).startswith("<svg")
        assert all(0 <= p.x <= read.width and 0 <= p.y <= read.height for s in read.strokes for p in s)


def test_time_runs_forward_and_the_pen_presses():
    points = [point for stroke in ink.line(WORDS, "陆承安")["s"] for point in stroke]
    times = [t for _, _, t, _ in points]
    assert times == sorted(times)
    assert all(0 < pressure <= 1 for *_, pressure in points)


def test_a_hand_is_the_same_each_time_and_unlike_another():
    assert ink.line(WORDS, "陆承安") == ink.line(WORDS, "陆承安")
    assert ink.line(WORDS, "陆承安") != ink.line(WORDS, "顾怀川")


def test_nothing_to_say_is_no_ink():
    assert ink.line("  ", "陆承安") is None


@pytest.mark.skipif(tracing.font() is None, reason="no Chinese font on this machine")
def test_a_character_is_traced_as_a_hand_would_write_it():
    (one,) = tracing.lines_of("一")
    assert one[0][0] < one[-1][0]
    first, second, third = tracing.lines_of("三")
    assert first[0][1] < second[0][1] < third[0][1]
    cross = tracing.lines_of("十")
    assert len(cross) == 2
