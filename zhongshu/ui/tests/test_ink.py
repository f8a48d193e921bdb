"""手写: strokes become one picture, and only strokes get in."""

import json
from random import Random

import pytest
from lxml import etree

from zhongshu.ui.ink import MOST_POINTS, InkError, read, svg_of

STROKE = [[10, 10, 0, 0.5], [20, 12, 16, 0.6], [40, 30, 40, 0.4]]


def field(strokes, **extra):
    return json.dumps({"v": 1, "w": 600, "h": 208, "s": strokes, **extra})


def test_each_stroke_is_one_outline_cut_to_what_is_written():
    picture = etree.fromstring(svg_of(read(field([STROKE, [[100, 50, 90, 0.5]]]))))
    assert len(picture) == 2
    width, height = map(float, picture.get("viewBox").split()[2:])
    assert (width, height) == (102, 52)


def test_an_empty_paper_is_known():
    assert read(field([])).is_empty
    assert not read(field([STROKE])).is_empty
    assert svg_of(read(field([]))).startswith("<svg")


def test_a_slow_pen_is_thicker_than_a_fast_one():
    slow = svg_of(read(field([[[0, 0, 0, 0.5], [10, 0, 400, 0.5], [20, 0, 800, 0.5]]])))
    fast = svg_of(read(field([[[0, 0, 0, 0.5], [10, 0, 2, 0.5], [20, 0, 4, 0.5]]])))
    assert slow != fast


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<svg onload=alert(1)>",
        "[]",
        "null",
        json.dumps({"s": [STROKE]}),
        field([STROKE], w=0),
        field([[["1", 2, 3, 4]]]),
        field([[[1, 2, 3]]]),
        field([[[True, 2, 3, 0.5]]]),
        field([[[1e300, 2, 3, 0.5]]]),
        '{"w": 1, "h": 1, "s": [[[NaN, 0, 0, 0]]]}',
        field([[[1, 1, 1, 0.5]] * (MOST_POINTS + 1)]),
        "x" * 500_000,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(InkError):
        read(text)


@pytest.mark.parametrize("seed", range(40))
def test_every_handwriting_can_be_drawn(seed):
    dice = Random(seed)
    strokes = [
        [
            [dice.uniform(-500, 5000), dice.uniform(-500, 5000), dice.randrange(60_000), dice.uniform(-1, 2)]
            for _ in range(dice.randrange(1, 12))
        ]
        for _ in range(dice.randrange(5))
    ]
    picture = svg_of(read(field(strokes)))
    assert "nan" not in picture
    etree.fromstring(picture)
