"""A running hand for the demonstration: strokes as a pad would send them, written a little differently each time.

No font comes with the product. Where the machine has a Chinese font, the middle lines of its characters are traced
and then written over by hand: slanted, shaken, joined. Where it has none, a procedural scribble stands in.
"""

import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from demo import tracing
from demo.tracing import Line

EM = 40.0
PER_LINE = 17
LEADING = 55.0
MARGIN = 16.0
STEP = 0.2
LINK = 0.3  # how lightly the pen touches the paper between two strokes
SMALL = "，。、；：！？“”"
Ink = dict[str, Any]
Stroke = list[list[float]]
Point = tuple[float, float, float]


class Hand:
    """How one person writes: slant, size, haste, and how often the pen stays on the paper."""

    def __init__(self, name: str) -> None:
        rng = random.Random(f"hand-{name}")
        self.slant = rng.uniform(0.06, 0.24)
        self.rise = rng.uniform(-0.045, 0.01)
        self.size = rng.uniform(0.86, 1.02)
        self.squeeze = rng.uniform(0.84, 0.97)
        self.shake = rng.uniform(0.012, 0.026)
        self.joins = rng.uniform(0.45, 0.8)
        self.reach = 0.36
        self.haste = rng.uniform(0.8, 1.3)
        self.weight = rng.uniform(0.5, 0.72)


@cache
def hand_of(name: str) -> Hand:
    return Hand(name)


def line(text: str, hand: str, variant: int = 0) -> Ink | None:
    """Write words in somebody's hand; nothing to write is no ink."""
    words = text.strip()
    if not words:
        return None
    rng = random.Random(f"{hand}-{words}-{variant}")
    pen = _Pen(hand_of(hand), rng)
    for row, start in enumerate(range(0, len(words), PER_LINE)):
        pen.go_to(MARGIN + rng.uniform(0, 10), MARGIN + LEADING * row)
        for char in words[start : start + PER_LINE]:
            pen.write(char, EM)
    rows = (len(words) - 1) // PER_LINE + 1
    return pen.ink(MARGIN * 2 + EM * min(len(words), PER_LINE) * 1.02, MARGIN * 2 + LEADING * rows)


@cache
def signature(name: str, variant: int = 0) -> Ink:
    """Sign: larger, faster, the characters run into one another."""
    rng = random.Random(f"sign-{name}-{variant}")
    hand = Hand(name)
    hand.joins, hand.shake, hand.squeeze, hand.reach = 0.92, hand.shake * 1.4, hand.squeeze * 0.8, 0.62
    hand.rise -= 0.08
    hand.weight += 0.2
    pen = _Pen(hand, rng)
    pen.go_to(MARGIN, MARGIN + 20)
    for at, char in enumerate(name):
        pen.write(char, EM * (1.6 if at == 0 else rng.uniform(1.25, 1.5)))
    return pen.ink(MARGIN * 2 + EM * 1.45 * len(name), MARGIN * 2 + EM * 2.4)


class _Pen:
    """Where the pen is and what it has written."""

    def __init__(self, hand: Hand, rng: random.Random) -> None:
        self.hand = hand
        self.rng = rng
        self.x = self.y = self.begin = 0.0
        self.time = 0.0
        self.strokes: list[Stroke] = []

    def go_to(self, x: float, y: float) -> None:
        self.x = self.begin = x
        self.y = y
        self.time += 500

    def write(self, char: str, em: float) -> None:
        """Write one character and move on."""
        if char.isspace():
            self.x += em * 0.4
            return
        lines = tracing.lines_of(char) or _scribble(char)
        scale = em * self.hand.size * self.rng.uniform(0.93, 1.05)
        low = self.rng.uniform(-0.04, 0.04) * em + self.hand.rise * (self.x - self.begin)
        placed = [self._place(one, scale, low) for one in lines]
        for stroke in self._joined(placed, scale):
            self._put(stroke, scale)
        self.x += em * self.hand.squeeze * (0.5 if char in SMALL else 0.62 if char.isascii() else 1.0)
        self.time += 120 / self.hand.haste

    def _place(self, one: Line, scale: float, low: float) -> Line:
        """Set a line on the paper: slanted, the whole of it a little off, straight lines slightly bowed."""
        shake, rng = self.hand.shake * scale, self.rng
        dx, dy, tilt = rng.gauss(0, shake), rng.gauss(0, shake), rng.gauss(0, self.hand.shake * 2)
        middle = sum(x for x, _ in one) / len(one)
        return [
            (
                self.x + dx + (x + self.hand.slant * (0.55 - y)) * scale * self.hand.squeeze,
                self.y + dy + low + (y + (x - middle) * (tilt + self.hand.rise)) * scale,
            )
            for x, y in _bowed(one, rng.gauss(0, 0.035))
        ]

    def _joined(self, lines: list[Line], scale: float) -> Iterator[list[Point]]:
        """Leave the pen on the paper where the next line begins near the end of the last."""
        current: list[Point] = []
        for one in lines:
            points = [(x, y, 1.0) for x, y in one]
            gap = _distance(current[-1], points[0]) if current else 0.0
            if current and gap < scale * self.hand.reach and self.rng.random() < self.hand.joins:
                current += [*_link(current[-1], points[0]), *points]
            else:
                if current:
                    yield current
                current = points
        if current:
            yield current

    def _put(self, points: list[Point], scale: float) -> None:
        stroke: Stroke = []
        last = points[0]
        walked = _walked(points, scale * STEP)
        for at, point in enumerate(walked):
            self.time += 4 + _distance(last, point) * 1.7 / self.hand.haste
            pressure = self._pressure(at, len(walked)) * point[2]
            stroke.append([round(point[0]), round(point[1]), round(self.time), round(pressure, 2)])
            last = point
        self.time += 55 / self.hand.haste
        self.strokes.append(stroke)

    def _pressure(self, at: int, count: int) -> float:
        """Press at the beginning, lift at the end."""
        share = at / max(count - 1, 1)
        press = self.hand.weight * (1.2 - 0.8 * share**2) + self.rng.uniform(-0.05, 0.05)
        return min(1.0, max(0.08, press))

    def ink(self, width: float, height: float) -> Ink:
        """Hand over what was written, on a paper that holds it."""
        xs = [point[0] for stroke in self.strokes for point in stroke]
        ys = [point[1] for stroke in self.strokes for point in stroke]
        return {
            "w": round(max([width, *xs]) + MARGIN),
            "h": round(max([height, *ys]) + MARGIN),
            "s": self.strokes,
        }


def _distance(a: Sequence[float], b: Sequence[float]) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)


def _bowed(one: Line, bow: float) -> Line:
    """No hand draws a ruler's line."""
    if len(one) != 2:
        return one
    (ax, ay), (bx, by) = one
    return [one[0], ((ax + bx) / 2 - (by - ay) * bow, (ay + by) / 2 + (bx - ax) * bow), one[1]]


def _link(a: Point, b: Point) -> list[Point]:
    """The faint line between two strokes of a running hand, sagging a little."""
    return [((a[0] + b[0]) / 2 + 1, (a[1] + b[1]) / 2 + 1, LINK)]


def _walked(points: list[Point], step: float) -> list[Point]:
    """Walk along the points at an even pace, keeping the corners."""
    walked = [points[0]]
    for a, b in pairwise(points):
        parts = max(1, round(_distance(a, b) / step))
        for part in range(1, parts + 1):
            share = part / parts
            walked.append(tuple(p + (q - p) * share for p, q in zip(a, b, strict=True)))  # type: ignore[arg-type]
    return walked


def _scribble(char: str) -> Sequence[Line]:
    """What stands in for a character where there is no font: a few strokes that are always the same for it."""
    rng = random.Random(f"scribble-{char}")
    if char in SMALL:
        return [[(0.2, 0.82), (0.28, 0.9), (0.2, 1.0)]]
    lines: list[Line] = []
    for _ in range(rng.randint(2, 4)):
        x, y = rng.uniform(0.08, 0.5), rng.uniform(0.08, 0.6)
        points = [(x, y)]
        for _ in range(rng.randint(2, 5)):
            x = min(0.95, max(0.05, x + rng.choice((0.35, 0.22, -0.28, 0.04))))
            y = min(0.95, max(0.05, y + rng.choice((0.03, 0.22, 0.3, -0.08))))
            points.append((x, y))
        lines.append(points)
    return sorted(lines, key=lambda one: one[0][1] + one[0][0] * 0.5)
