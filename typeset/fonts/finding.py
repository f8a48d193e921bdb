"""Finds the fonts of each role: the user's own licensed ones first, then those of the system, then free stand-ins.

Folders are those of `TYPESET_FONTS` (parted as PATH is), else `fonts/user` and `fonts/stand-in` in `ZHONGSHU_VAR_DIR`
or in `var/` beside the library. A user's own font wins by its family, wherever it is installed.
"""

import functools
import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Literal, get_args

import typst
from fontTools.ttLib import TTFont

Role = Literal["fangsong", "biaosong", "kai", "hei", "song"]
ROLES: tuple[Role, ...] = get_args(Role)
# Characters that need no glyph: white space, and those that only say how the others join.
INVISIBLE = frozenset("\t\n\r \u00a0\u2060\u200b\u200c\u200d\u2028\ufeff") | {
    chr(point) for point in range(0xFE00, 0xFE10)
}

log = logging.getLogger("typeset.fonts")
_asking = Lock()


@dataclass(frozen=True, slots=True)
class Face:
    """One font file's face, by the family name that Typst knows it by."""

    family: str
    weight: int
    path: str
    index: int
    is_stand_in: bool

    @property
    def characters(self) -> frozenset[int]:
        """Return the code points it has a glyph for."""
        return _characters(self.path, self.index)


@functools.lru_cache(maxsize=64)
def _characters(path: str, index: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


@functools.cache
def known_faces() -> dict[str, dict[str, Any]]:
    """Return the families of each role, in the order they are preferred."""
    known: dict[str, dict[str, Any]] = json.loads(
        Path(__file__).with_name("faces.json").read_text(encoding="utf-8")
    )
    return known


def folders() -> tuple[Path, ...]:
    """Return the folders of fonts beside those of the system, the user's own first."""
    if given := os.environ.get("TYPESET_FONTS"):
        return tuple(Path(each) for each in given.split(os.pathsep) if each)
    var = os.environ.get("ZHONGSHU_VAR_DIR")
    base = Path(var) if var else Path(__file__).resolve().parents[2] / "var"
    return base / "fonts" / "user", base / "fonts" / "stand-in"


class Faces:
    """The faces of each role on this machine, best first; the last ones are the same for all."""

    def __init__(self, chains: Mapping[str, Sequence[Face]], fonts: typst.Fonts) -> None:
        self.chains = {role: tuple(chain) for role, chain in chains.items()}
        self.fonts = fonts

    @classmethod
    def find(cls, wanted: Mapping[str, Sequence[str]] | None = None) -> "Faces":
        """Look through the folders and the system; `wanted` are families a profile prefers by role. Logs what is used."""
        fonts, found = _installed(folders())
        preferred = wanted or {}
        last = _chain("last", (), found)
        chains = {role: _unique((*_chain(role, preferred.get(role, ()), found), *last)) for role in ROLES}
        faces = cls(chains, fonts)
        for line in faces.report():
            log.info("%s", line)
        return faces

    def face(self, role: str) -> Face | None:
        """Return the face that sets this role, or None where the machine has no Chinese font at all."""
        return next(iter(self.chains[role]), None)

    def families(self, role: str) -> list[str]:
        """Return the families for Typst, in the order they are tried character by character."""
        return [face.family for face in self.chains[role]]

    def report(self) -> list[str]:
        """Return a line a role: which font is used, and whether it stands in for the right one."""
        return [self._line(role) for role in ROLES]

    def _line(self, role: str) -> str:
        face, label = self.face(role), known_faces()[role]["label"]
        if face is None:
            return f"{label}：没有可用的中文字体，请安装 fonts-noto-cjk 或把字体放进 {folders()[0]}"
        return f"{label}：{face.family}（{'代用字体' if face.is_stand_in else '自有字体'}，{face.path}）"


def _chain(role: str, preferred: Sequence[str], found: Mapping[str, Sequence[typst.FontInfo]]) -> list[Face]:
    known = known_faces()[role]
    own, stand_in, weight = known["own"], known["stand_in"], known["weight"]
    return [
        _face(found[family.lower()], weight, is_stand_in=family in stand_in)
        for family in (*preferred, *own, *stand_in)
        if family.lower() in found
    ]


def _face(variants: Sequence[typst.FontInfo], weight: int, *, is_stand_in: bool) -> Face:
    """Return the variant of a family that Typst will take for this weight."""
    best = min(variants, key=lambda each: (each.style != "normal", abs(each.weight - weight)))
    return Face(best.family, best.weight, str(best.path), best.index, is_stand_in)


def _unique(chain: Sequence[Face]) -> list[Face]:
    kept: dict[str, Face] = {}
    for face in chain:
        kept.setdefault(face.family, face)
    return list(kept.values())


@functools.lru_cache(maxsize=8)
def _read(paths: tuple[str, ...]) -> tuple[typst.Fonts, dict[str, list[typst.FontInfo]]]:
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=list(paths))
    found: dict[str, list[typst.FontInfo]] = {}
    for each in fonts.fonts():
        found.setdefault(each.family.lower(), []).append(each)
    return fonts, found


def _installed(places: Sequence[Path]) -> tuple[typst.Fonts, dict[str, list[typst.FontInfo]]]:
    with _asking:
        return _read(tuple(str(each) for each in places if each.is_dir()))
