"""The graphic objects of an OFD page (GB/T 33190, 8–13): text, paths, images, composites, drawn in their order.

Left out: clips of single objects, patterns and shadings (the first colour stands for them), sound and video.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recognize.reading.ofd import numbers_in, steps
from recognize.reading.packages import children, first, local
from typeset.matrices import SAME, Matrix, moved, six, then
from zhongshu.files.reading.canvas import Canvas, Colour, Font, Pen, Segment
from zhongshu.files.reading.ofd_resources import Resources
from zhongshu.files.reading.troubles import Trouble

BLACK: Colour = (0, 0, 0, 255)
MAX_OBJECTS = 200_000
MAX_DEPTH = 8
MAX_DASHES = 20
BOLD = 600
BOLDER = 0.03
USUAL_WIDTH = 0.353
TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


@dataclass
class Painter:
    """Draws the objects of a page onto a canvas, up to a number that no honest page reaches."""

    canvas: Canvas
    resources: Resources
    drawn: int = 0

    def draw(self, container: Any, matrix: Matrix, depth: int = 0) -> None:
        """Draw what a Content, Layer, block or appearance holds."""
        if container is None:
            return
        for each in container:
            match local(each):
                case "TextObject":
                    self._text(each, matrix)
                case "PathObject":
                    self._path(each, matrix)
                case "ImageObject":
                    self._image(each, matrix)
                case "CompositeObject" if depth < MAX_DEPTH:
                    unit = self.resources.unit(each.get("ResourceID", ""))
                    self.draw(first(unit, "Content"), then(placed(each), matrix), depth + 1)
                case "Layer" | "PageBlock" | "Content" if depth < MAX_DEPTH:
                    self.draw(each, matrix, depth + 1)

    def _text(self, each: Any, matrix: Matrix) -> None:
        if _is_hidden(each):
            return
        font, is_own = self.resources.font(each.get("Font", ""))
        size = _one(each, "Size", 0.0)
        if font is None or size <= 0:
            return
        pen = self._pen_of_text(each, size)
        whole = then(placed(each), matrix)
        shape = (_one(each, "HScale", 1.0), 0.0, 0.0, 1.0, 0.0, 0.0)
        if turn := _one(each, "CharDirection", 0.0):
            shape = then(shape, _turned(turn))
        if each.get("Italic", "").lower() == "true" and not is_own:
            shape = then((1.0, 0.0, -0.2, 1.0, 0.0, 0.0), shape)
        for letter, x, y, step in letters_of(each, size, is_own=is_own):
            self._count()
            narrow = (
                1.0 if is_own or isinstance(letter, int) else _squeeze(font, letter, size * shape[0], step)
            )
            here = then(then((narrow, 0.0, 0.0, 1.0, 0.0, 0.0), shape), moved(x, y))
            self.canvas.letter(font, letter, size, then(here, whole), pen)

    def _pen_of_text(self, each: Any, size: float) -> Pen:
        fill, stroke = self._colours(each)
        is_stroked = each.get("Stroke", "false").lower() == "true"
        ink = fill or (stroke if is_stroked else None) or BLACK
        is_bold = _one(each, "Weight", 400.0) >= BOLD
        return Pen(fill=ink, stroke=ink if is_bold else None, width=size * BOLDER)

    def _path(self, each: Any, matrix: Matrix) -> None:
        if _is_hidden(each):
            return
        data = first(each, "AbbreviatedData")
        segments = list(segments_of("".join(data.itertext()))) if data is not None else []
        if not segments:
            return
        self._count(len(segments))
        self.canvas.path(segments, then(placed(each), matrix), self._pen_of_path(each))

    def _pen_of_path(self, each: Any) -> Pen:
        param = self.resources.param(each.get("DrawParam", ""))
        usual = _one(param, "LineWidth", USUAL_WIDTH) if param is not None else USUAL_WIDTH
        fill, stroke = self._colours(each)
        ink = (0, 0, 0, round(_alpha(each)))
        return Pen(
            fill=(fill or ink) if each.get("Fill", "false").lower() == "true" else None,
            stroke=(stroke or ink) if each.get("Stroke", "true").lower() == "true" else None,
            width=_one(each, "LineWidth", usual),
            even_odd=each.get("Rule", "").lower().startswith("even"),
            dashes=_dashes(each),
        )

    def _colours(self, each: Any) -> tuple[Colour | None, Colour | None]:
        """Return what an object is filled and stroked with: its own colours, else those of its parameters."""
        alpha = _alpha(each)
        named = [at for at in (each, self.resources.param(each.get("DrawParam", ""))) if at is not None]
        fill, stroke = (
            next((found for at in named if (found := first(at, name)) is not None), None)
            for name in ("FillColor", "StrokeColor")
        )
        return self.resources.colour(fill, alpha), self.resources.colour(stroke, alpha)

    def _image(self, each: Any, matrix: Matrix) -> None:
        image = None if _is_hidden(each) else self.resources.image(each.get("ResourceID", ""))
        if image is None:
            return
        self._count()
        box = numbers_in(each.get("Boundary", ""))
        shape = SAME if each.get("CTM") or len(box) != 4 else (box[2], 0.0, 0.0, box[3], 0.0, 0.0)
        self.canvas.image(image, then(then(shape, placed(each)), matrix), round(_alpha(each)))

    def _count(self, more: int = 1) -> None:
        self.drawn += more
        if self.drawn > MAX_OBJECTS:
            raise Trouble("bomb", "objects")


def placed(each: Any) -> Matrix:
    """Return the matrix of an object: its own, then to its boundary's corner."""
    box, own = numbers_in(each.get("Boundary", "")), numbers_in(each.get("CTM", ""))
    matrix = six(own)
    return then(matrix, moved(box[0], box[1])) if len(box) == 4 else matrix


def letters_of(each: Any, size: float, *, is_own: bool) -> Iterator[tuple[str | int, float, float, float]]:
    """Yield each letter (or its glyph's number in a font of the file's own), its foot, and the way to the next."""
    glyphs = _glyphs_of(each) if is_own else {}
    wide = size * _one(each, "HScale", 1.0)
    x = y = 0.0
    place = 0
    for code in children(each, "TextCode"):
        x, y = _one(code, "X", x), _one(code, "Y", y)
        letters = (code.text or "").strip("\r\n\t")
        over, down = steps(code.get("DeltaX", ""), wide), steps(code.get("DeltaY", ""), 0.0)
        for letter in letters:
            glyph, step = glyphs.get(place), next(over)
            if glyph is not None or not letter.isspace():
                yield (letter if glyph is None else glyph), x, y, step
            x, y, place = x + step, y + next(down), place + 1


def _squeeze(font: Font, letter: str, size: float, step: float) -> float:
    """Return how much narrower a letter of a stand-in font must be, not to run into the next one."""
    wide = font.advance(letter) * size
    return max(0.4, step / wide) if 0 < step < wide else 1.0


def _glyphs_of(each: Any) -> dict[int, int]:
    """Return glyph numbers by the place of their letter, where one letter is one glyph."""
    found: dict[int, int] = {}
    for transform in children(each, "CGTransform"):
        start, count = int(_one(transform, "CodePosition", 0.0)), int(_one(transform, "CodeCount", 1.0))
        glyphs = numbers_in(
            "".join(first(transform, "Glyphs").itertext()) if first(transform, "Glyphs") is not None else ""
        )
        if count == len(glyphs):
            found |= {start + at: int(glyph) for at, glyph in enumerate(glyphs) if glyph >= 0}
    return found


def segments_of(written: str) -> Iterator[Segment]:
    """Yield the segments of AbbreviatedData (GB/T 33190, 9.3); quadratic curves and arcs become cubic ones."""
    words = written.replace(",", " ").split()
    at, x, y = 0, 0.0, 0.0
    while at < len(words):
        kind = words[at].upper()
        if kind not in TAKES:
            at += 1
            continue
        given = numbers_in(" ".join(words[at + 1 : at + 1 + TAKES[kind]]))
        at += 1 + TAKES[kind]
        if len(given) < TAKES[kind]:
            return
        yield from _segment(kind, given, x, y)
        x, y = (given[-2], given[-1]) if given else (x, y)


def _segment(kind: str, given: list[float], x: float, y: float) -> Iterator[Segment]:
    if kind == "Q":
        a, b, u, v = given
        thirds = [x + (a - x) * 2 / 3, y + (b - y) * 2 / 3, u + (a - u) * 2 / 3, v + (b - v) * 2 / 3, u, v]
        yield "B", thirds
    elif kind == "A":
        yield from _arc(x, y, *given)
    else:
        yield ("M" if kind == "S" else kind), given


def _arc(
    x: float, y: float, rx: float, ry: float, angle: float, large: float, sweep: float, u: float, v: float
) -> Iterator[Segment]:
    """Yield an elliptical arc as cubic curves of at most a quarter turn (the way of SVG 1.1, F.6)."""
    rx, ry, turn = abs(rx), abs(ry), math.radians(angle)
    if not rx or not ry or (x, y) == (u, v):
        yield "L", [u, v]
        return
    cos, sin = math.cos(turn), math.sin(turn)
    half_x, half_y = cos * (x - u) / 2 + sin * (y - v) / 2, -sin * (x - u) / 2 + cos * (y - v) / 2
    grow = max(1.0, math.sqrt((half_x / rx) ** 2 + (half_y / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    below = (rx * half_y) ** 2 + (ry * half_x) ** 2
    far = math.sqrt(max(0.0, ((rx * ry) ** 2 - below) / below)) * (1 if bool(large) != bool(sweep) else -1)
    mid_x, mid_y = far * rx * half_y / ry, -far * ry * half_x / rx
    centre = (cos * mid_x - sin * mid_y + (x + u) / 2, sin * mid_x + cos * mid_y + (y + v) / 2)
    begin = math.atan2((half_y - mid_y) / ry, (half_x - mid_x) / rx)
    spread = math.atan2((-half_y - mid_y) / ry, (-half_x - mid_x) / rx) - begin
    spread += 2 * math.pi * ((spread < 0) - 0) if sweep else -2 * math.pi * (spread > 0)
    pieces = max(1, math.ceil(abs(spread) / (math.pi / 2) - 1e-9))
    whole = then((rx * cos, rx * sin, -ry * sin, ry * cos, 0.0, 0.0), moved(*centre))
    for number in range(pieces):
        yield "B", _quarter(begin + spread * number / pieces, spread / pieces, whole)


def _quarter(begin: float, spread: float, whole: Matrix) -> list[float]:
    reach = 4 / 3 * math.tan(spread / 4)
    end = begin + spread
    points = (
        (math.cos(begin) - reach * math.sin(begin), math.sin(begin) + reach * math.cos(begin)),
        (math.cos(end) + reach * math.sin(end), math.sin(end) - reach * math.cos(end)),
        (math.cos(end), math.sin(end)),
    )
    a, b, c, d, e, f = whole
    return [each for px, py in points for each in (a * px + c * py + e, b * px + d * py + f)]


def _turned(degrees: float) -> Matrix:
    turn = math.radians(degrees)
    return (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0.0, 0.0)


def _is_hidden(each: Any) -> bool:
    return each.get("Visible", "true").lower() == "false"


def _dashes(each: Any) -> tuple[float, ...]:
    """Return the lengths of a dashed line; one that is wholly gaps or has no end of pieces is drawn through."""
    lengths = tuple(numbers_in(each.get("DashPattern", "")))
    return (
        lengths
        if 0 < len(lengths) <= MAX_DASHES and all(each >= 0 for each in lengths) and sum(lengths) > 0.05
        else ()
    )


def _alpha(each: Any) -> float:
    return min(255.0, max(0.0, _one(each, "Alpha", 255.0)))


def _one(each: Any, name: str, rest: float) -> float:
    return (numbers_in(each.get(name, "")) or [rest])[0]
