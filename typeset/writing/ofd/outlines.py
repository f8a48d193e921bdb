"""Embedded subset fonts become TrueType files of their own: quadratic outlines, a Unicode map, no date."""

import hashlib
import io
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError

from typeset.writing.ofd.embedded import Face
from typeset.writing.ofd.troubles import NotConverted

ERROR = 0.0005
"""How far a quadratic outline may stray from the cubic one, in squares of the font's size."""
MAX_KEPT_GLYPHS = 30_000
MAX_KEPT_FONTS = 64
BLANK = "blank"

_building = Lock()
_glyphs: OrderedDict[Any, Any] = OrderedDict()
_fonts: OrderedDict[str, "Built"] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Built:
    """A TrueType file; `places` says where each glyph of the PDF's font stands in it, `blank` which draws nothing."""

    data: bytes
    places: dict[int, int]
    blank: int
    cmap: dict[int, int]


def built(face: Face, used: dict[int, str]) -> Built:
    """Return a font with the used glyphs (number → what it reads), kept for the next document that uses the same."""
    key = _key(face, used)
    with _building:
        if key not in _fonts:
            _fonts[key] = _build(face, used)
        _fonts.move_to_end(key)
        while len(_fonts) > MAX_KEPT_FONTS:
            _fonts.popitem(last=False)
        return _fonts[key]


def _key(face: Face, used: dict[int, str]) -> str:
    work = hashlib.sha256(face.data)
    work.update(repr((face.name, sorted(used.items()))).encode())
    return work.hexdigest()


def _build(face: Face, used: dict[int, str]) -> Built:
    try:
        draw = _Outlines(face)
        numbers = sorted(used)
        names = [".notdef", *(f"g{number}" for number in numbers if number), BLANK]
        glyphs = {f"g{number}": draw.glyph(number) for number in numbers if number}
        glyphs |= {".notdef": draw.glyph(0), BLANK: TTGlyphPen(None).glyph()}
        advances = {f"g{number}": draw.advance(number) for number in numbers} | {".notdef": draw.advance(0)}
        return _saved(face, draw.squares, names, glyphs, advances, used)
    except (TTLibError, KeyError, IndexError, ValueError, AssertionError, AttributeError, TypeError) as error:
        raise NotConverted("font", f"{face.name}: {error}") from error


def _saved(
    face: Face, squares: int, names: list[str], glyphs: dict[str, Any], advances: dict[str, int], used: dict[int, str]
) -> Built:  # fmt: skip
    cmap: dict[int, str] = {}
    for number in sorted(used):
        if number and len(used[number]) == 1:
            cmap.setdefault(ord(used[number]), f"g{number}")
    font = FontBuilder(squares, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(cmap, allowFallback=True)
    font.setupGlyf(glyphs)
    edges = font.font["glyf"]
    widths = {name: (advances.get(name, 0), getattr(edges[name], "xMin", 0)) for name in names}
    font.setupHorizontalMetrics(widths)
    ascent, descent = round(squares * 0.88), -round(squares * 0.12)
    font.setupHorizontalHeader(ascent=ascent, descent=descent)
    family, _, style = face.name.partition("-")
    font.setupNameTable(
        {"familyName": family, "styleName": style or "Regular", "psName": face.name}, mac=False
    )
    font.setupOS2(
        sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent, fsType=4
    )
    font.setupPost(keepGlyphNames=False)
    font.updateHead(created=0, modified=0)
    font.font.recalcTimestamp = False
    out = io.BytesIO()
    font.save(out)
    order = {name: place for place, name in enumerate(names)}
    return Built(
        out.getvalue(),
        {number: order.get(f"g{number}", 0) for number in used},
        order[BLANK],
        {code: order[name] for code, name in cmap.items()},
    )


class _Outlines:
    """Draws the glyphs of an embedded font, whichever of its kinds it is."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._names: dict[int, str] = {}
        self._stands_alone = False
        if face.is_cff:
            self._open_cff(face.data)
            return
        font = TTFont(io.BytesIO(face.data), lazy=True)
        self.squares = int(font["head"].unitsPerEm)
        self._glyphs: Any = font.getGlyphSet()
        self._names = dict(enumerate(font.getGlyphOrder()))
        self.cubic = "CFF " in font

    def _open_cff(self, data: bytes) -> None:
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(data), None)
        top = fonts[fonts.fontNames[0]]
        self._glyphs = top.CharStrings
        is_numbered = hasattr(top, "ROS")
        for place, name in enumerate(top.charset):
            self._names[int(name[3:]) if is_numbered and name.startswith("cid") else place] = name
        scale = top.FontMatrix[0] or top.FDArray[0].FontMatrix[0] if is_numbered else top.FontMatrix[0]
        self.squares = round(1 / scale)
        self.cubic = True
        parts = top.FDArray if is_numbered else [top]
        self._stands_alone = not len(top.GlobalSubrs) and not any(
            getattr(p.Private, "Subrs", None) for p in parts
        )

    def advance(self, number: int) -> int:
        """Return the width of a glyph as the PDF gives it."""
        return (
            max(0, round(self._face.advance(number) * self.squares))
            if not self._face.numbers
            else self._own(number)
        )

    def _own(self, number: int) -> int:
        return round(getattr(self._glyphs[self._names[number]], "width", 0) or 0)

    def glyph(self, number: int) -> Any:
        """Return a glyph with quadratic outlines."""
        name = self._names.get(number)
        if name is None:
            return TTGlyphPen(None).glyph()
        key = self._source(name)
        if key is None or key not in _glyphs:
            pen = TTGlyphPen(None)
            record = DecomposingRecordingPen(self._glyphs)
            self._glyphs[name].draw(record)
            record.replay(Cu2QuPen(pen, ERROR * self.squares, reverse_direction=True) if self.cubic else pen)
            if key is None:
                return pen.glyph()
            _glyphs[key] = pen.glyph()
        _glyphs.move_to_end(key)
        while len(_glyphs) > MAX_KEPT_GLYPHS:
            _glyphs.popitem(last=False)
        return _glyphs[key]

    def _source(self, name: str) -> tuple[int, bytes] | None:
        """Return what an outline depends on: its own code, where the font shares no pieces between outlines."""
        if not self._stands_alone:
            return None
        code = self._glyphs[name].bytecode
        return None if code is None else (self.squares, bytes(code))
