"""Lengths of the page in Word's units, from those of the standard: twips (1/1440 inch), EMU (1/914400 inch)."""

from dataclasses import dataclass, field

TWIPS = 1440 / 25.4
EMU = 36_000
# Word lays 28 characters into 156 mm only if their pitch is a little under 156/28 mm, and 22 lines of 28.95 points.
CHAR_SPACE = -860
PITCH = 579
CHAR = 315.8


@dataclass(frozen=True, slots=True)
class Measures:
    """What a profile decides for a DOCX: margins in millimetres, line pitch in twips, faces by role."""

    top: float = 37.0
    left: float = 28.0
    right: float = 26.0
    bottom: float = 35.0
    pitch: int = PITCH
    char_space: int = CHAR_SPACE
    faces: dict[str, str] = field(
        default_factory=lambda: {
            "text": "仿宋_GB2312",
            "title": "方正小标宋简体",
            "heading1": "黑体",
            "heading2": "楷体_GB2312",
            "name": "楷体_GB2312",
            "label": "黑体",
            "folio": "宋体",
        }
    )

    @property
    def width(self) -> float:
        """The width of the text area in millimetres."""
        return 210.0 - self.left - self.right


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS)


def emu(millimetres: float) -> int:
    return round(millimetres * EMU)


def ems(text: str) -> float:
    """Return the width of a text in characters: Latin letters and figures of these faces are half as wide."""
    return sum(0.5 if letter.isascii() else 1.0 for letter in text)
