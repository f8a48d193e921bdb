"""How alike two letters sound and look: pinyin, and the picture of the letter in an installed font."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypinyin import Style, pinyin

SIDE = 32
NEAR_STARTS = (
    {"zh", "z", "j"},
    {"ch", "c", "q"},
    {"sh", "s", "x"},
    {"n", "l"},
    {"f", "h"},
    {"l", "r"},
    {"b", "p"},
    {"d", "t"},
    {"g", "k"},
)
STARTS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")


def sounds(letter: str) -> list[tuple[str, str, str]]:
    """Every reading: start, end, tone."""
    found = []
    for reading in pinyin(letter, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0]:
        if not reading[-1:].isdigit():
            continue
        found.append((*parted(reading[:-1]), reading[-1]))
    return found


def parted(reading: str) -> tuple[str, str]:
    """The start and the end of a reading without its tone."""
    start = next((start for start in STARTS if reading.startswith(start)), "")
    return start, reading[len(start) :]


def sound_kinds(letters: str) -> "np.ndarray":
    """shape (n, n), uint8: 4 same with tone, 3 same but for the tone, 2 nearly, 1 alike in one part, 0 not."""
    readings = [sounds(letter) for letter in letters]
    whole = _same([{"".join(r) for r in each} for each in readings])
    bare = _same([{r[0] + r[1] for r in each} for each in readings])
    near = _same([{near_start(r[0]) + near_end(r[1]) for r in each} for each in readings])
    loose = _same([{key for r in each for key in _loose(r)} for each in readings])
    return np.max([whole * 4, bare * 3, near * 2, loose], axis=0).astype(np.uint8)


def _same(keys: list[set[str]]) -> "np.ndarray":
    """shape (n, n): 1 where two share a key."""
    known = {key: place for place, key in enumerate(sorted(set().union(*keys)))}
    table = np.zeros((len(keys), len(known)), dtype=np.float32)
    for row, each in enumerate(keys):
        table[row, [known[key] for key in each]] = 1
    return (table @ table.T > 0).astype(np.uint8)


def near_start(start: str) -> str:
    return {"zh": "z", "ch": "c", "sh": "s", "l": "n"}.get(start, start)


def near_end(end: str) -> str:
    return end[:-1] if end.endswith("ng") else end


def _loose(reading: tuple[str, str, str]) -> list[str]:
    """Same end with a start near in the mouth, or same start with an end one letter off."""
    start, end, _ = reading
    keys = [f"{number}:{near_end(end)}" for number, near in enumerate(NEAR_STARTS) if start in near]
    ends = {end[:-1], end[1:], end} - {""}
    return keys + [f"{start}-{each}" for each in ends if len(each) > 1 or each == end]


def pictures(letters: str, font: Path) -> "np.ndarray":
    """shape (n, SIDE, SIDE): each letter drawn alone, a little blurred so that near strokes meet."""
    face = ImageFont.truetype(str(font), SIDE * 2)
    return np.stack([_drawn(letter, face) for letter in letters])


def _drawn(letter: str, face: ImageFont.FreeTypeFont) -> "np.ndarray":
    image = Image.new("L", (SIDE * 2, SIDE * 2), 0)
    left, top, right, bottom = face.getbbox(letter)
    place = (SIDE - (left + right) / 2, SIDE - (top + bottom) / 2)
    ImageDraw.Draw(image).text(place, letter, font=face, fill=255)
    small = image.filter(ImageFilter.GaussianBlur(2.5)).resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32) / 255


def likenesses(drawn: "np.ndarray") -> "np.ndarray":
    """shape (5, n, n): cosines of the whole and of the left, right, upper and lower part."""
    half = SIDE // 2
    parts = [drawn, drawn[:, :, :half], drawn[:, :, half:], drawn[:, :half], drawn[:, half:]]
    return np.stack([_cosines(part.reshape(len(drawn), -1)) for part in parts])


def _cosines(rows: "np.ndarray") -> "np.ndarray":
    rows = rows - rows.mean(axis=0)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6
    return (rows @ rows.T).astype(np.float16)
