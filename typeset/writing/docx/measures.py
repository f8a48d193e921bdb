"""Lengths of the page in Word's units, from those of the standard: twips (1/1440 inch), EMU (1/914400 inch)."""

import math
from dataclasses import dataclass

from typeset.profiles import Profile

TWIPS = 1440 / 25.4
EMU = 36_000
POINT = 25.4 / 72
SIZE = 16.0
# Word's own grid: 22 lines of 28.95 points; a pitch of the profile's own is taken as it is.
PITCH = 579
# A hair under the width of the characters wanted, or Word rounds their number down.
HAIR = 12
FACES = {
    "text": ("fangsong", "仿宋_GB2312"),
    "title": ("biaosong", "方正小标宋简体"),
    "heading1": ("hei", "黑体"),
    "heading2": ("kai", "楷体_GB2312"),
    "name": ("kai", "楷体_GB2312"),
    "label": ("hei", "黑体"),
    "folio": ("song", "宋体"),
}


@dataclass(frozen=True, slots=True)
class Measures:
    """What a profile decides for a DOCX: margins in millimetres, line pitch in twips, faces by role."""

    top: float
    left: float
    right: float
    bottom: float
    pitch: int
    char_space: int
    title_size: float
    title_pitch: int
    mark_size: float
    letter_mark_size: float
    mark_top: float
    letter_mark_top: float
    order_mark_top: float
    letter_rule: float
    letter_foot: float
    keep_headings: bool
    red: str
    faces: dict[str, str]

    @property
    def width(self) -> float:
        """The width of the text area in millimetres."""
        return 210.0 - self.left - self.right

    @property
    def line(self) -> float:
        """The distance of lines in millimetres."""
        return self.pitch / 20 * POINT


def measures_of(profile: Profile) -> Measures:
    """Return the measures of a profile in Word's units."""
    advance = profile.width / POINT / profile.chars
    return Measures(
        top=profile.top,
        left=profile.left,
        right=profile.page_width - profile.left - profile.width,
        bottom=profile.page_height - profile.top - profile.height,
        pitch=round(profile.pitch_pt * 20) if profile.pitch_pt else PITCH,
        char_space=math.floor((advance - SIZE) * 4096) - HAIR,
        title_size=profile.title_pt,
        title_pitch=round(profile.title_pitch_mm / POINT * 20),
        mark_size=profile.mark_pt,
        letter_mark_size=profile.letter_mark_pt,
        mark_top=profile.mark_top,
        letter_mark_top=profile.letter_mark_top,
        order_mark_top=profile.order_mark_top,
        letter_rule=profile.letter_rule,
        letter_foot=profile.letter_foot,
        keep_headings=profile.keep_headings,
        red=profile.red.removeprefix("#").upper(),
        faces={role: (profile.faces.get(key) or [usual])[0] for role, (key, usual) in FACES.items()},
    )


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS)


def emu(millimetres: float) -> int:
    return round(millimetres * EMU)


def ems(text: str) -> float:
    """Return the width of a text in characters: Latin letters and figures of these faces are half as wide."""
    return sum(0.5 if letter.isascii() else 1.0 for letter in text)
