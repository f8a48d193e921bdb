"""Runs the operators of PDF pages (ISO 32000-1, annex A) and gives what they draw.

Gradients and patterns become one colour, and a line of the log says so; blend modes are painted as usual ink.
"""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from typeset.matrices import Matrix, growth, moved, point, six, then
from typeset.writing.ofd.drawn import Clip, Glyph, Letters, Picture, Segment, Shape, Sheet, box_of
from typeset.writing.ofd.embedded import Face, face_of
from typeset.writing.ofd.objects import Ref, Stream, numbers, operations
from typeset.writing.ofd.papers import Paper
from typeset.writing.ofd.pictures import PictureFile, picture_of
from typeset.writing.ofd.state import State, TextPlace, rgb, shading_colour
from typeset.writing.ofd.troubles import NotConverted

MM = 25.4 / 72
MAX_FORMS = 12
MAX_OPERATIONS = 20_000_000
INVISIBLE = 3
LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Store:
    """Fonts and pictures that the pages share, in the order in which they first appear."""

    paper: Paper
    faces: list[Face] = field(default_factory=list)
    pictures: list[PictureFile] = field(default_factory=list)
    _known: dict[Any, int] = field(default_factory=dict)
    operations: int = 0

    def face(self, reference: Any) -> int:
        """Return the number of a font."""
        return self._number(reference, self.faces, lambda: face_of(self.paper, reference))

    def picture(self, reference: Any, stream: Stream) -> int:
        """Return the number of a picture."""
        return self._number(reference, self.pictures, lambda: picture_of(self.paper, stream))

    def _number(self, reference: Any, kept: list[Any], make: Callable[[], Any]) -> int:
        key = (id(kept), reference.number) if isinstance(reference, Ref) else (id(kept), id(reference))
        if key not in self._known:
            kept.append(make())
            self._known[key] = len(kept) - 1
        return self._known[key]


def sheet_of(store: Store, page: dict[str, Any]) -> Sheet:
    """Return one page with what stands on it."""
    box = numbers(store.paper.array(page.get("MediaBox"))) or [0.0, 0.0, 595.2756, 841.8898]
    if len(box) != 4 or not all(map(math.isfinite, box)):
        raise NotConverted("broken", "MediaBox")
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    wide, high = (right - left) * MM, (top - bottom) * MM
    matrix: Matrix = (MM, 0.0, 0.0, -MM, -left * MM, top * MM)
    turned = int(page.get("Rotate", 0) or 0) % 360
    matrix = then(matrix, _TURNS[turned](wide, high)) if turned in _TURNS else matrix
    sheet = Sheet(*((high, wide) if turned in (90, 270) else (wide, high)))
    contents = store.paper.get(page.get("Contents"))
    streams = store.paper.array(contents) if isinstance(contents, list) else [contents]
    data = b"\n".join(store.paper.unpacked(each) for each in streams if isinstance(each, Stream))
    _Painter(store, sheet, State(matrix), store.paper.dictionary(page.get("Resources"))).run(data)
    return sheet


_TURNS: dict[int, Callable[[float, float], Matrix]] = {
    90: lambda _, high: (0.0, 1.0, -1.0, 0.0, high, 0.0),
    180: lambda wide, high: (-1.0, 0.0, 0.0, -1.0, wide, high),
    270: lambda wide, _: (0.0, -1.0, 1.0, 0.0, 0.0, wide),
}


class _Painter:
    """Runs one content stream; forms within it get painters of their own."""

    def __init__(
        self, store: Store, sheet: Sheet, state: State, resources: dict[str, Any], depth: int = 0
    ) -> None:
        self._store, self._sheet, self._resources, self._depth = store, sheet, resources, depth
        self.state = state
        self._stack: list[State] = []
        self._text = TextPlace()
        self._path: list[Segment] = []
        self._at = (0.0, 0.0)
        self._clip: str = ""

    def run(self, data: bytes) -> None:
        """Run the operators; unknown ones do nothing, as ISO 32000 wants between BX and EX."""
        for name, given in operations(data):
            self._store.operations += 1
            if self._store.operations > MAX_OPERATIONS:
                raise NotConverted("too_large", "operations")
            if action := _ACTIONS.get(name):
                try:
                    action(self, given)
                except (IndexError, TypeError, ValueError) as error:
                    raise NotConverted("broken", f"{name}: {error}") from error

    # state

    def save(self, _: list[Any]) -> None:
        self._stack.append(self.state.saved())

    def restore(self, _: list[Any]) -> None:
        if self._stack:
            self.state = self._stack.pop()

    def transform(self, given: list[Any]) -> None:
        self.state.matrix = then(six(numbers(given)), self.state.matrix)

    def dash(self, given: list[Any]) -> None:
        self.state.dashes, self.state.dash_start = tuple(numbers(given[0])), float(given[1])

    def more_state(self, given: list[Any]) -> None:
        found = self._named("ExtGState", given[0])
        for key, name in (("ca", "fill_opacity"), ("CA", "stroke_opacity"), ("LW", "width")):
            if isinstance(value := self._store.paper.get(found.get(key)), (int, float)):
                setattr(self.state, name, float(value))

    def colour(self, name: str, given: list[Any]) -> None:
        parts = numbers(given)
        if not parts and given:
            parts = self._of_pattern(str(given[-1]))
        setattr(self.state, name, rgb(parts) if parts else None)

    def _of_pattern(self, name: str) -> list[float]:
        LOG.warning("OFD 中渐变或图案填充以单色代替")
        paper = self._store.paper
        shading = paper.dictionary(self._named("Pattern", name).get("Shading"))
        function = paper.dictionary(shading.get("Function"))
        parts = paper.array(function.get("Functions"))
        middle = paper.dictionary(parts[len(parts) // 2]) if parts else function
        return shading_colour({key: paper.get(value) for key, value in middle.items()})

    def _named(self, kind: str, name: Any) -> dict[str, Any]:
        paper = self._store.paper
        return paper.dictionary(paper.dictionary(self._resources.get(kind)).get(str(name)))

    # paths

    def segment(self, kind: str, given: list[Any]) -> None:
        values = numbers(given)
        self._at = (values[-2], values[-1])
        self._add(kind, values)

    def curve(self, given: list[Any], *, first: bool) -> None:
        values = numbers(given)
        values = [*self._at, *values] if first else [*values, *values[-2:]]
        self.segment("B", values)

    def rectangle(self, given: list[Any]) -> None:
        x, y, wide, high = numbers(given)
        self.segment("M", [x, y])
        for corner in ((x + wide, y), (x + wide, y + high), (x, y + high)):
            self.segment("L", list(corner))
        self._add("C", [])

    def _add(self, kind: str, values: list[float]) -> None:
        pairs = zip(values[::2], values[1::2], strict=True)
        self._path.append((kind, tuple(v for x, y in pairs for v in point(self.state.matrix, x, y))))

    def paint(
        self, *, fill: bool = False, stroke: bool = False, even_odd: bool = False, close: bool = False
    ) -> None:
        if close and self._path:
            self._add("C", [])
        path = tuple(self._path)
        self._path = []
        if path and (fill or stroke):
            ink = self.state.ink(fill=fill, stroke=stroke, even_odd=even_odd)
            if (ink.fill or ink.stroke) and self._shows(box_of(path), ink.width):
                self._sheet.items.append(Shape(path, ink, self.state.clips))
        if self._clip and path:
            self.state.clips = (*self.state.clips, Clip(path, self._clip == "W*"))
        self._clip = ""

    def _shows(self, box: tuple[float, float, float, float], edge: float) -> bool:
        """Say whether anything of a box, and an edge around it, is left by the clips."""
        boxes = [box_of(clip.segments) for clip in self.state.clips]
        return all(
            left - edge <= box[2]
            and right + edge >= box[0]
            and top - edge <= box[3]
            and bottom + edge >= box[1]
            for left, top, right, bottom in boxes
        )

    def clip(self, kind: str) -> None:
        self._clip = kind

    # text

    def begin_text(self, _: list[Any]) -> None:
        self._text = TextPlace()

    def font(self, given: list[Any]) -> None:
        fonts = self._store.paper.dictionary(self._resources.get("Font"))
        reference = fonts.get(str(given[0]))
        if reference is None:
            raise NotConverted("font", str(given[0]))
        self.state.face = self._store.face(reference)
        self.state.font = self._store.faces[self.state.face]
        self.state.size = float(given[1])

    def text_matrix(self, given: list[Any]) -> None:
        self._text.matrix = self._text.line = six(numbers(given))

    def next_line(self, x: float, y: float) -> None:
        self._text.line = then(moved(x, y), self._text.line)
        self._text.matrix = self._text.line

    def show(self, pieces: list[Any]) -> None:
        """Show codes; numbers between them move by thousandths of the size."""
        state, face = self.state, self.state.font
        if face is None or not state.size:
            return
        glyphs: list[Glyph] = []
        x = 0.0
        for piece in pieces:
            if isinstance(piece, (int, float)):
                x -= piece / 1000 * state.size * state.wide
            elif isinstance(piece, bytes):
                for at in range(0, len(piece) - 1, 2):
                    code = int.from_bytes(piece[at : at + 2])
                    advance = face.advance(code) * state.size
                    glyphs.append(Glyph(face.glyph(code), face.reads.get(code, ""), x, advance * state.wide))
                    x += (advance + state.between) * state.wide
        self._letters(glyphs)
        self._text.matrix = then(moved(x, 0.0), self._text.matrix)

    def _letters(self, glyphs: list[Glyph]) -> None:
        state = self.state
        if not glyphs or state.mode >= INVISIBLE:
            return
        line = then(moved(0.0, state.rise), self._text.matrix)
        matrix = then((1.0, 0.0, 0.0, -1.0, 0.0, 0.0), then(line, state.matrix))
        ink = state.ink(fill=state.mode in (0, 2), stroke=state.mode in (1, 2))
        first, last = point(matrix, glyphs[0].x, 0.0), point(matrix, glyphs[-1].x + glyphs[-1].advance, 0.0)
        if not self._shows(box_of((("M", first), ("L", last))), growth(matrix) * state.size):
            return
        self._sheet.items.append(Letters(state.face, state.size, matrix, tuple(glyphs), ink, state.clips))

    # pictures and forms

    def object(self, given: list[Any]) -> None:
        objects = self._store.paper.dictionary(self._resources.get("XObject"))
        reference = objects.get(str(given[0]))
        found = self._store.paper.get(reference)
        if not isinstance(found, Stream):
            return
        if found.info.get("Subtype") == "Image":
            matrix = then((1.0, 0.0, 0.0, -1.0, 0.0, 1.0), self.state.matrix)
            number = self._store.picture(reference, found)
            self._sheet.items.append(Picture(number, matrix, self.state.fill_opacity, self.state.clips))
        elif self._depth < MAX_FORMS:
            self._form(found)

    def _form(self, form: Stream) -> None:
        paper = self._store.paper
        state = self.state.saved()
        state.matrix = then(six(numbers(paper.array(form.info.get("Matrix")))), state.matrix)
        resources = paper.dictionary(form.info.get("Resources")) or self._resources
        painter = _Painter(self._store, self._sheet, state, resources, self._depth + 1)
        box = numbers(paper.array(form.info.get("BBox")))
        if len(box) == 4:
            painter.rectangle([box[0], box[1], box[2] - box[0], box[3] - box[1]])
            painter.clip("W")
            painter.paint()
        painter.run(paper.unpacked(form))


_Action = Callable[[_Painter, list[Any]], Any]


def _sets(name: str, scale: float = 1.0) -> _Action:
    return lambda painter, given: setattr(painter.state, name, given[0] * scale)


_ACTIONS: dict[str, _Action] = {
    "q": _Painter.save, "Q": _Painter.restore, "cm": _Painter.transform, "gs": _Painter.more_state,
    "w": _sets("width"), "J": _sets("cap"), "j": _sets("join"), "M": _sets("miter"), "d": _Painter.dash,
    "m": lambda painter, given: painter.segment("M", given),
    "l": lambda painter, given: painter.segment("L", given),
    "c": lambda painter, given: painter.segment("B", given),
    "v": lambda painter, given: painter.curve(given, first=True),
    "y": lambda painter, given: painter.curve(given, first=False),
    "h": lambda painter, _: painter._add("C", []), "re": _Painter.rectangle,
    "S": lambda painter, _: painter.paint(stroke=True),
    "s": lambda painter, _: painter.paint(stroke=True, close=True),
    "f": lambda painter, _: painter.paint(fill=True),
    "F": lambda painter, _: painter.paint(fill=True),
    "f*": lambda painter, _: painter.paint(fill=True, even_odd=True),
    "B": lambda painter, _: painter.paint(fill=True, stroke=True),
    "B*": lambda painter, _: painter.paint(fill=True, stroke=True, even_odd=True),
    "b": lambda painter, _: painter.paint(fill=True, stroke=True, close=True),
    "b*": lambda painter, _: painter.paint(fill=True, stroke=True, even_odd=True, close=True),
    "n": lambda painter, _: painter.paint(),
    "W": lambda painter, _: painter.clip("W"), "W*": lambda painter, _: painter.clip("W*"),
    **{name: (lambda painter, given: painter.colour("fill", given)) for name in ("g", "rg", "k", "sc", "scn")},
    **{name: (lambda painter, given: painter.colour("stroke", given)) for name in ("G", "RG", "K", "SC", "SCN")},
    "cs": lambda painter, _: painter.colour("fill", [0]), "CS": lambda painter, _: painter.colour("stroke", [0]),
    "BT": _Painter.begin_text, "Tf": _Painter.font, "Tm": _Painter.text_matrix,
    "Tc": _sets("between"), "Tw": _sets("words"), "Tz": _sets("wide", 0.01), "TL": _sets("leading"),
    "Ts": _sets("rise"), "Tr": _sets("mode"),
    "Td": lambda painter, given: painter.next_line(given[0], given[1]),
    "T*": lambda painter, _: painter.next_line(0.0, -painter.state.leading),
    "Tj": lambda painter, given: painter.show(given),
    "TJ": lambda painter, given: painter.show(given[0]),
    "Do": _Painter.object,
}  # fmt: skip
