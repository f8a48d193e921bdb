"""Settles what a reader of letters gets wrong whatever the paper: blanks, and the width of punctuation."""

import re
from statistics import median

from recognize.ocr.spelling import Spelled

HANZI = re.compile(r"[\u3400-\u9fff〇]")
WIDE = str.maketrans({",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"})
BESIDE = r"[\u3400-\u9fff\u3000-\u303f\uff01-\uff5e〇〔〕“”]"
NARROW = re.compile(rf"(?<={BESIDE})\s?[,:;?!()]|[,:;?!()](?=\s?{BESIDE})")
# The brackets of a year in a number are narrow strokes: a bent one is often taken for a square one.
YEAR = re.compile(
    r"[\[〔【［(（〈{]\s?((?:19|20)\d\d)\s?[\]〕】］)）〉}](?=\s?第?\s?[0-9OoＯlI]{1,5}\s?[号期])"
)
ROUND = re.compile(r"[(（].*[)）]")
DASH = re.compile(r"(?<=[\u3400-\u9fff])\s?[-－–]\s?(?=[\u3400-\u9fff0-9])")
APART = 1.55
TIGHT = 1.15
ENOUGH = 3


def tidied(read: Spelled, extent: tuple[float, float]) -> str:
    """Return the letters with blanks where the paper has gaps, and Chinese punctuation beside Chinese letters."""
    text = DASH.sub("—", re.sub(r"\s+", " ", _spaced(read, extent)).strip())
    text = YEAR.sub(lambda match: match[0] if ROUND.fullmatch(match[0]) else f"〔{match[1]}〕", text)
    # Twice, for marks that stand beside each other.
    for _ in range(2):
        text = NARROW.sub(lambda match: match[0].strip().translate(WIDE), text)
    return text


def letter_size(read: Spelled, extent: tuple[float, float]) -> float:
    """Return how large the letters are: the step from one to the next, which is surer than the height of the line."""
    high = extent[1]
    steps = [step for step in _steps(read, extent[0]) if 0 < step < APART * high]
    if not steps:
        return high
    # Letters set apart are no larger for it; a short line's height says little.
    return min(sum(steps) / len(steps), TIGHT * high if len(steps) >= ENOUGH else high)


def _steps(read: Spelled, along: float) -> list[float]:
    """Return the distances between Chinese letters that follow each other, 0 beside others."""
    return [
        (read.places[at + 1] - read.places[at]) * along if HANZI.match(one) and HANZI.match(other) else 0.0
        for at, (one, other) in enumerate(zip(read.text, read.text[1:], strict=False))
    ]


def _spaced(read: Spelled, extent: tuple[float, float]) -> str:
    if not read.text:
        return ""
    along, across = extent
    steps = _steps(read, along)
    known = [step for step in steps if step]
    usual = min(median(known), across) if len(known) >= ENOUGH else across
    least = APART * usual
    return "".join(
        letter + (" " if step > least else "") for letter, step in zip(read.text, [*steps, 0.0], strict=True)
    )
