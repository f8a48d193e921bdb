"""Where the ink of a character really begins and ends, from its outline: the standard speaks of edges."""

import functools

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from typeset.fonts import Face, Faces

USUAL = (0.0, 0.84, -0.06)


def ink_of(faces: Faces, role: str, text: str) -> dict[str, float]:
    """Return the highest and lowest edge of the ink of a text, in em above the base line."""
    edges = [_edges(face, each) for each in text if (face := _drawn_by(faces, role, each))] or [USUAL]
    return {"mark_top": max(edge[1] for edge in edges), "mark_bottom": min(edge[2] for edge in edges)}


def dash_top(faces: Faces) -> float:
    """Return the upper edge of 一字线 of the page number, in em above the base line."""
    face = _drawn_by(faces, "song", "—")
    return _edges(face, "—")[1] if face else 0.4


def _drawn_by(faces: Faces, role: str, character: str) -> Face | None:
    return next((face for face in faces.chains[role] if ord(character) in face.characters), None)


def _edges(face: Face, character: str) -> tuple[float, float, float]:
    return _bounds(face.path, face.index, character)


@functools.lru_cache(maxsize=4096)
def _bounds(path: str, index: int, character: str) -> tuple[float, float, float]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        glyphs = font.getGlyphSet()
        pen = BoundsPen(glyphs)
        glyphs[font.getBestCmap()[ord(character)]].draw(pen)
        em = font["head"].unitsPerEm
        return (0.0, pen.bounds[3] / em, pen.bounds[1] / em) if pen.bounds else USUAL
