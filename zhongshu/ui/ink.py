"""Handwriting: the strokes a pad sends become an SVG, drawn by the server and the same for every reader."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any

MOST_BYTES = 400_000
MOST_POINTS = 20_000
THIN, THICK = 1.1, 3.4
PEN = "#16233f"
MARGIN = 6.0


class InkError(ValueError):
    """What came is not handwriting of our pad."""


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    t: float
    pressure: float


@dataclass(frozen=True)
class Ink:
    """Strokes on a paper of a width and height, in CSS pixels."""

    width: float
    height: float
    strokes: tuple[tuple[Point, ...], ...]

    @property
    def is_empty(self) -> bool:
        return not self.strokes


def read(text: str) -> Ink:
    """Read what <zs-ink-pad> has put into its field; anything else is refused."""
    if len(text) > MOST_BYTES:
        raise InkError("too large")
    try:
        data = json.loads(text)
        strokes = tuple(tuple(_point(p) for p in stroke) for stroke in data["s"] if stroke)
        ink = Ink(_number(data["w"]), _number(data["h"]), strokes)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InkError("not strokes") from error
    if sum(map(len, strokes)) > MOST_POINTS or not (0 < ink.width <= 8000 and 0 < ink.height <= 8000):
        raise InkError("out of bounds")
    return ink


def svg_of(ink: Ink) -> str:
    """Draw the ink, cut to what is written; pen colour only, no script, no outside address."""
    points = [p for stroke in ink.strokes for p in stroke]
    if not points:
        return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    left, top = min(p.x for p in points) - MARGIN, min(p.y for p in points) - MARGIN
    width = max(p.x for p in points) - left + MARGIN
    height = max(p.y for p in points) - top + MARGIN
    paths = "".join(f'<path d="{_outline(stroke, left, top)}"/>' for stroke in ink.strokes)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}"'
    return f'{head} width="{_n(width)}" height="{_n(height)}" fill="{PEN}">{paths}</svg>'


def _outline(stroke: Sequence[Point], left: float, top: float) -> str:
    """Return the outline of a stroke: thinner where the pen was fast, thicker where it pressed."""
    points = [(p.x - left, p.y - top) for p in stroke]
    widths = _widths(stroke)
    if len(points) == 1 or all(hypot(x - points[0][0], y - points[0][1]) < 0.8 for x, y in points):
        return _dot(*points[0], max(widths) * 0.7)
    sides = [_offset(points, i, widths[i] / 2) for i in range(len(points))]
    there = [side[0] for side in sides]
    back = [side[1] for side in reversed(sides)]
    return f"{_curve(there, 'M')}{_curve(back, 'L')}Z{_dot(*points[0], widths[0] / 2)}{_dot(*points[-1], widths[-1] / 2)}"


def _widths(stroke: Sequence[Point]) -> list[float]:
    widths, speed = [], 0.0
    for index, point in enumerate(stroke):
        before = stroke[max(index - 1, 0)]
        time = point.t - before.t
        now = hypot(point.x - before.x, point.y - before.y) / time if time > 0 else 0.0
        speed = now * 0.7 + speed * 0.3 if index else 0.6
        pressed = 0.7 + point.pressure * 0.6
        widths.append(max(THIN, THICK * pressed / (speed + 1)))
    return [_mean(widths[max(i - 2, 0) : i + 3]) for i in range(len(widths))]


def _offset(
    points: Sequence[tuple[float, float]], i: int, half: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    (ax, ay), (bx, by) = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
    length = hypot(bx - ax, by - ay) or 1
    dx, dy = -(by - ay) / length * half, (bx - ax) / length * half
    x, y = points[i]
    return (x + dx, y + dy), (x - dx, y - dy)


def _curve(points: Sequence[tuple[float, float]], start: str) -> str:
    """Run through the middles of neighbouring points, so that corners become curves."""
    text = [f"{start}{_n(points[0][0])} {_n(points[0][1])}"]
    for (x, y), (nx, ny) in pairwise(points[1:]):
        text.append(f"Q{_n(x)} {_n(y)} {_n((x + nx) / 2)} {_n((y + ny) / 2)}")
    text.append(f"L{_n(points[-1][0])} {_n(points[-1][1])}")
    return "".join(text)


def _dot(x: float, y: float, r: float) -> str:
    return f"M{_n(x - r)} {_n(y)}a{_n(r)} {_n(r)} 0 1 0 {_n(2 * r)} 0a{_n(r)} {_n(r)} 0 1 0 {_n(-2 * r)} 0Z"


def _point(raw: Any) -> Point:
    x, y, t, pressure = raw
    return Point(_number(x), _number(y), _number(t), min(1.0, max(0.0, _number(pressure))))


def _number(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not -1e7 < raw < 1e9:
        raise InkError("not a number")
    return float(raw)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
