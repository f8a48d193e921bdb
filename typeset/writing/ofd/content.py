"""A page as the XML of its content (GB/T 33190, 7.7 and 8–13): text with its steps, paths, pictures, clips."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from typeset.matrices import Matrix, growth, inverse, moved, point, then
from typeset.writing.ofd.drawn import (
    Clip,
    Colour,
    Glyph,
    Ink,
    Letters,
    Picture,
    Segment,
    Shape,
    Sheet,
    box_of,
)
from typeset.writing.ofd.outlines import Built

NAMESPACE = "http://www.ofdspec.org/2016"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
ASCENT, DESCENT = 1.1, 0.4
UPRIGHT = 1e-4
CAPS = ("Butt", "Round", "Square")
JOINS = ("Miter", "Round", "Bevel")
PRIVATE = 0xE000
Box = tuple[float, float, float, float]
_CONTROLS = dict.fromkeys((*range(32), 0x7F, 0xFFFE, 0xFFFF))


@dataclass(slots=True)
class Numbering:
    """Gives out the identifiers of one document; `last` is MaxUnitID."""

    last: int = 0

    def next(self) -> int:
        """Return the next identifier."""
        self.last += 1
        return self.last


@dataclass(frozen=True, slots=True)
class Shared:
    """What pages refer to: identifiers of fonts and pictures, and the fonts themselves."""

    fonts: Sequence[Built]
    font_ids: Sequence[int]
    picture_ids: Sequence[int]


def page_xml(sheet: Sheet, shared: Shared, numbering: Numbering) -> str:
    """Return the Content.xml of a page."""
    layer = numbering.next()
    begin = (
        f'{HEAD}<ofd:Page xmlns:ofd="{NAMESPACE}"><ofd:Area><ofd:PhysicalBox>0 0 {number(sheet.width)} '
        f"{number(sheet.height)}</ofd:PhysicalBox></ofd:Area><ofd:Content>"
        f'<ofd:Layer ID="{layer}" Type="Body">'
    )
    pieces = [begin]
    for item in sheet.items:
        match item:
            case Letters():
                pieces += [_text(part, shared, numbering) for part in parts_of(item)]
            case Shape():
                pieces.append(_path(item, numbering))
            case Picture():
                pieces.append(_picture(item, shared, numbering))
    return "".join((*pieces, "</ofd:Layer></ofd:Content></ofd:Page>"))


def number(value: float) -> str:
    """Return a length with a tenth of a micrometre, without idle zeros."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def parts_of(letters: Letters) -> Iterable[Letters]:
    """Yield a line in pieces: a letter beyond U+FFFF stands alone, since readers disagree on how to count it.

    Blank glyphs at either end are left out, as readers trim them.
    """
    run: list[Glyph] = []
    for glyph in letters.glyphs:
        if any(ord(letter) > 0xFFFF for letter in glyph.reads):
            yield from _trimmed(letters, run)
            yield from _trimmed(letters, [glyph])
            run = []
        else:
            run.append(glyph)
    yield from _trimmed(letters, run)


def _trimmed(letters: Letters, run: list[Glyph]) -> Iterable[Letters]:
    while run and run[-1].reads.isspace():
        run = run[:-1]
    while run and run[0].reads.isspace():
        run = run[1:]
    if run:
        yield Letters(
            letters.face, letters.size, letters.matrix, tuple(run), letters.ink, letters.clips
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Spelled:
    """The letters of a TextCode with where each stands, and the glyphs where the font's map does not give them."""

    text: str
    places: list[float]
    glyphs: list[tuple[int, int]]


def _spelled(letters: Letters, font: Built) -> _Spelled:
    """Spell glyphs: one that reads several letters draws at the first, and blanks stand for the others."""
    text: list[str] = []
    places: list[float] = []
    given: list[tuple[int, int]] = []
    for glyph in letters.glyphs:
        place = font.places.get(glyph.number, 0)
        reads = glyph.reads.translate(_CONTROLS) or chr(PRIVATE + glyph.number % 0x1900)
        for at, letter in enumerate(reads):
            wanted = place if at == 0 else font.blank
            if font.cmap.get(ord(letter)) != wanted:
                given.append((len(text), wanted))
            text.append(letter)
            places.append(glyph.x + glyph.advance * at / len(reads))
    return _Spelled("".join(text), places, given)


def _text(letters: Letters, shared: Shared, numbering: Numbering) -> str:
    spelled = _spelled(letters, shared.fonts[letters.face])
    size = letters.size * growth(letters.matrix)
    scale = growth(letters.matrix) or 1.0
    a, b, c, d, _, _ = (part / scale for part in letters.matrix)
    linear: Matrix = (a, b, c, d, 0.0, 0.0)
    first = letters.glyphs[0].x
    x, y = point(letters.matrix, first, 0.0)
    places = [(place - first) * scale for place in spelled.places]
    end = places[-1] + letters.glyphs[-1].advance * scale
    box = _around(then(linear, moved(x, y)), -0.1 * size, -ASCENT * size, end + 0.1 * size, DESCENT * size)
    left, top = box[0], box[1]
    is_upright = max(abs(a - 1), abs(b), abs(c), abs(d - 1)) < UPRIGHT
    if is_upright:
        ctm, at = "", f'X="{number(x - left)}" Y="{number(y - top)}"'
    else:
        turn = " ".join(f"{part:.6g}" for part in (a, b, c, d))
        ctm, at = f' CTM="{turn} {number(x - left)} {number(y - top)}"', 'X="0" Y="0"'
    to_object = moved(-left, -top) if is_upright else inverse(then(linear, moved(x, y)))
    steps = deltas(places)
    return (
        f'<ofd:TextObject ID="{numbering.next()}" Boundary="{_box(box)}"{ctm} '
        f'Font="{shared.font_ids[letters.face]}" Size="{number(size)}"{_ink_of_text(letters.ink)}>'
        f"{_clips(letters.clips, box, to_object, numbering)}"
        f"{_colour('FillColor', letters.ink.fill)}{_colour('StrokeColor', letters.ink.stroke)}"
        f"{_transforms(spelled.glyphs)}"
        f"<ofd:TextCode {at}{steps}>{escape(spelled.text)}</ofd:TextCode></ofd:TextObject>"
    )


def deltas(places: Sequence[float]) -> str:
    """Return the DeltaX attribute; rounded so that errors do not add up, equal steps written once."""
    rounded = [round(place, 4) for place in places]
    steps = [number(two - one) for one, two in pairwise(rounded)]
    words: list[str] = []
    at = 0
    while at < len(steps):
        same = 1
        while at + same < len(steps) and steps[at + same] == steps[at]:
            same += 1
        words += ["g", str(same), steps[at]] if same > 2 else steps[at : at + same]
        at += same
    return f' DeltaX="{" ".join(words)}"' if words else ""


def _transforms(glyphs: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    while at < len(glyphs):
        count = 1
        while at + count < len(glyphs) and glyphs[at + count][0] == glyphs[at][0] + count:
            count += 1
        listed = " ".join(str(glyph) for _, glyph in glyphs[at : at + count])
        pieces.append(
            f'<ofd:CGTransform CodePosition="{glyphs[at][0]}" CodeCount="{count}" GlyphCount="{count}">'
            f"<ofd:Glyphs>{listed}</ofd:Glyphs></ofd:CGTransform>"
        )
        at += count
    return "".join(pieces)


def _path(shape: Shape, numbering: Numbering) -> str:
    ink = shape.ink
    left, top, right, bottom = box_of(shape.segments)
    pointed = 1 if ink.join or len(shape.segments) < 3 else min(ink.miter, 4)
    edge = ink.width * pointed / 2 + 0.01 if ink.stroke else 0.01
    box = (left - edge, top - edge, right + edge, bottom + edge)
    return (
        f'<ofd:PathObject ID="{numbering.next()}" Boundary="{_box(box)}"{_ink_of_path(ink)}>'
        f"{_clips(shape.clips, box, moved(-box[0], -box[1]), numbering)}"
        f"{_colour('StrokeColor', ink.stroke)}{_colour('FillColor', ink.fill)}"
        f"<ofd:AbbreviatedData>{_data(shape.segments, box)}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _picture(picture: Picture, shared: Shared, numbering: Numbering) -> str:
    box = _around(picture.matrix, 0.0, 0.0, 1.0, 1.0)
    ctm = then(picture.matrix, moved(-box[0], -box[1]))
    alpha = f' Alpha="{round(picture.opacity * 255)}"' if picture.opacity < 1 else ""
    return (
        f'<ofd:ImageObject ID="{numbering.next()}" Boundary="{_box(box)}" '
        f'CTM="{" ".join(map(number, ctm))}" ResourceID="{shared.picture_ids[picture.image]}"{alpha}>'
        f"{_clips(picture.clips, box, inverse(picture.matrix), numbering)}</ofd:ImageObject>"
    )


def _clips(clips: Sequence[Clip], box: Box, to_object: Matrix, numbering: Numbering) -> str:
    """Return the outlines that cut something off, in the object's own space: one around the whole object does not."""
    cutting = [clip for clip in clips if not _is_around(clip, box)]
    pieces = []
    for clip in cutting:
        segments = tuple(_carried(kind, given, to_object) for kind, given in clip.segments)
        own = box_of(segments)
        rule = ' Rule="Even-Odd"' if clip.even_odd else ""
        pieces.append(
            f'<ofd:Clip><ofd:Area><ofd:Path ID="{numbering.next()}" Boundary="{_box(own)}" Stroke="false" '
            f'Fill="true"{rule}><ofd:AbbreviatedData>{_data(segments, own)}</ofd:AbbreviatedData>'
            "</ofd:Path></ofd:Area></ofd:Clip>"
        )
    return f"<ofd:Clips>{''.join(pieces)}</ofd:Clips>" if pieces else ""


def _carried(kind: str, given: tuple[float, ...], matrix: Matrix) -> Segment:
    pairs = zip(given[::2], given[1::2], strict=True)
    return kind, tuple(value for x, y in pairs for value in point(matrix, x, y))


def _is_around(clip: Clip, box: Box) -> bool:
    if any(kind == "B" for kind, _ in clip.segments) or sum(kind == "L" for kind, _ in clip.segments) > 4:
        return False
    corners = {given for _, given in clip.segments if given}
    if len({round(x, 3) for x, _ in corners}) != 2 or len({round(y, 3) for _, y in corners}) != 2:
        return False
    left, top, right, bottom = box_of(clip.segments)
    return left <= box[0] + 0.3 and top <= box[1] + 0.3 and right >= box[2] - 0.3 and bottom >= box[3] - 0.3


def _data(segments: Sequence[Segment], box: Box) -> str:
    left, top = box[0], box[1]
    words: list[str] = []
    for kind, given in segments:
        words.append(kind)
        words += [number(value - (top if at % 2 else left)) for at, value in enumerate(given)]
    return " ".join(words)


def _around(matrix: Matrix, left: float, top: float, right: float, bottom: float) -> Box:
    corners = [point(matrix, x, y) for x in (left, right) for y in (top, bottom)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)


def _box(box: Box) -> str:
    left, top, right, bottom = box
    return " ".join(map(number, (left, top, max(right - left, 0.001), max(bottom - top, 0.001))))


def _ink_of_text(ink: Ink) -> str:
    words = _alpha(ink)
    if ink.fill is None:
        words += ' Fill="false"'
    if ink.stroke is not None:
        words += f' Stroke="true" LineWidth="{number(ink.width)}"'
    return words


def _ink_of_path(ink: Ink) -> str:
    words = _alpha(ink)
    words += ' Fill="true"' if ink.fill is not None else ""
    if ink.even_odd and ink.fill is not None:
        words += ' Rule="Even-Odd"'
    if ink.stroke is None:
        return words + ' Stroke="false"'
    words += f' LineWidth="{number(max(ink.width, 0.01))}"'
    words += f' Cap="{CAPS[ink.cap]}"' if 0 < ink.cap < len(CAPS) else ""
    words += f' Join="{JOINS[ink.join]}"' if 0 < ink.join < len(JOINS) else ""
    words += f' MiterLimit="{number(ink.miter)}"' if not ink.join else ""
    if ink.dashes and any(map(math.isfinite, ink.dashes)):
        words += f' DashPattern="{" ".join(map(number, ink.dashes))}" DashOffset="{number(ink.dash_start)}"'
    return words


def _alpha(ink: Ink) -> str:
    opacity = ink.fill_opacity if ink.fill is not None else ink.stroke_opacity
    return f' Alpha="{round(opacity * 255)}"' if opacity < 1 else ""


def _colour(name: str, colour: Colour | None) -> str:
    return "" if colour is None else f'<ofd:{name} Value="{colour[0]} {colour[1]} {colour[2]}"/>'
