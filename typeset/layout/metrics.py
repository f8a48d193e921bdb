"""Where the ink of a character really begins and ends, from its outline: the standard speaks of edges."""

import functools

from PIL import ImageFont

from typeset.fonts import Face, Faces

USUAL = (0.84, -0.06)
EM = 1000


def ink_of(faces: Faces, role: str, text: str) -> dict[str, float]:
    """Return the highest and lowest edge of the ink of a text, in em above the base line."""
    edges = [_edges(face, each) for each in text if (face := _drawn_by(faces, role, each))] or [USUAL]
    return {"mark_top": max(edge[0] for edge in edges), "mark_bottom": min(edge[1] for edge in edges)}


def dash_top(faces: Faces) -> float:
    """Return the upper edge of 一字线 of the page number, in em above the base line."""
    face = _drawn_by(faces, "song", "—")
    return _edges(face, "—")[0] if face else 0.4


def _drawn_by(faces: Faces, role: str, character: str) -> Face | None:
    return next((face for face in faces.chains[role] if ord(character) in face.characters), None)


@functools.lru_cache(maxsize=4096)
def _edges(face: Face, character: str) -> tuple[float, float]:
    font = _drawing(face.path, face.index)
    above = font.getbbox(character, anchor="ls")[1]
    ink = font.getmask(character).getbbox()
    return (-(above + ink[1]) / EM, -(above + ink[3]) / EM) if ink else USUAL


@functools.lru_cache(maxsize=8)
def _drawing(path: str, index: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, EM, index, layout_engine=ImageFont.Layout.BASIC)
