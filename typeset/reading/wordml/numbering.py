"""The numbers that Word writes before paragraphs by itself: as text, and the indents they bring."""

from typing import Any, NamedTuple

from typeset.reading.wordml.package import Package, children, first, value
from typeset.reading.wordml.styles import Props, flattened

DIGITS = "〇一二三四五六七八九"
CHINESE = ("chinese", "ideograph", "taiwanese", "japanese", "korean")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Level(NamedTuple):
    """One level of a list."""

    style: str
    pattern: str
    start: int
    props: Props


class Numbering:
    """Counts a file's lists as they are walked through."""

    def __init__(self, package: Package) -> None:
        root = package.optional("word/numbering.xml")
        kinds = {value(each, "abstractNumId"): _levels(each) for each in children(root, "abstractNum")}
        self._lists: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, list[int]] = {}
        for each in children(root, "num"):
            levels = dict(kinds.get(value(first(each, "abstractNumId")), {}))
            for override in children(each, "lvlOverride"):
                _override(levels, override)
            self._lists[value(each, "numId")] = levels

    def props(self, number: str, level: str) -> Props:
        """Return the paragraph properties that a list's level brings."""
        found = self._lists.get(number, {}).get(_depth(level))
        return found.props if found else {}

    def label(self, number: str, level: str) -> str:
        """Count on, and return what Word writes before the paragraph; empty where there is no such list."""
        levels, depth = self._lists.get(number, {}), _depth(level)
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(number, [0] * 9)
        counts[depth] = counts[depth] + 1 if counts[depth] else levels[depth].start
        counts[depth + 1 :] = [0] * (8 - depth)
        if levels[depth].style in ("bullet", "none"):
            return "• " if levels[depth].style == "bullet" else ""
        pattern = levels[depth].pattern
        for other in range(depth + 1):
            style = levels.get(other, levels[depth]).style
            pattern = pattern.replace(f"%{other + 1}", written(counts[other] or 1, style))
        return pattern


def _levels(abstract: Any) -> dict[int, Level]:
    return {_depth(value(level, "ilvl")): _level(level) for level in children(abstract, "lvl")}


def _level(level: Any) -> Level:
    start = value(first(level, "start")) or "1"
    return Level(
        value(first(level, "numFmt")) or "decimal",
        value(first(level, "lvlText")),
        int(start) if start.isdecimal() and len(start) < 6 else 1,
        flattened(first(level, "pPr")),
    )


def _override(levels: dict[int, Level], override: Any) -> None:
    depth = _depth(value(override, "ilvl"))
    if (level := first(override, "lvl")) is not None:
        levels[depth] = _level(level)
    start = value(first(override, "startOverride"))
    if start.isdecimal() and len(start) < 6 and depth in levels:
        levels[depth] = levels[depth]._replace(start=int(start))


def _depth(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) == 1 and text != "9" else 0


def written(number: int, style: str) -> str:
    """Write a number in one of Word's styles; those not known in figures."""
    if style.startswith(CHINESE) and "Digital" not in style:
        return in_chinese(number)
    if style == "decimalEnclosedCircle" and number <= len(CIRCLED):
        return CIRCLED[number - 1]
    if style in ("lowerLetter", "upperLetter") and number <= 26:
        return chr(ord("a" if style == "lowerLetter" else "A") + number - 1)
    if style in ("lowerRoman", "upperRoman"):
        return _roman(number) if style == "upperRoman" else _roman(number).lower()
    return str(number)


def in_chinese(number: int) -> str:
    """Write 1–99 as 一 … 九十九; larger numbers stay in figures."""
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def _roman(number: int) -> str:
    written = ""
    for worth, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= worth and len(written) < 20:
            written += sign
            number -= worth
    return written
