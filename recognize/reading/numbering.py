"""Word's automatic numbers (一、（一）1. …), which stand in no run and must be counted."""

from typing import Any

from recognize.reading.packages import children, first

DIGITS = "〇一二三四五六七八九"
Level = tuple[str, str, int]


class Numbering:
    """Counts the numbered paragraphs of one document in reading order."""

    def __init__(self, root: Any) -> None:
        self._levels = _levels_of(root) if root is not None else {}
        self._counters: dict[str, list[int]] = {}

    def label_of(self, properties: Any, of_style: Any) -> str:
        """Return the number that Word prints before a paragraph of these properties, or ""."""
        own = first(properties, "numPr") if properties is not None else None
        place = own if own is not None else of_style
        if place is None:
            return ""
        number, depth = _value(first(place, "numId")), _value(first(place, "ilvl")) or "0"
        levels = self._levels.get(number, {})
        level = int(depth) if depth.isdigit() else 0
        if level not in levels:
            return ""
        if levels[level][0] == "bullet":
            return "• "
        return self._counted(number, level, levels)

    def _counted(self, number: str, level: int, levels: dict[int, Level]) -> str:
        counters = self._counters.setdefault(number, [0] * 9)
        counters[level] = counters[level] + 1 if counters[level] else levels[level][2]
        counters[level + 1 :] = [0] * (8 - level)
        pattern = levels[level][1]
        for other in range(level + 1):
            style = levels.get(other, levels[level])[0]
            pattern = pattern.replace(f"%{other + 1}", _written(counters[other] or 1, style))
        return pattern


def _levels_of(root: Any) -> dict[str, dict[int, Level]]:
    kinds = {_attribute(each, "abstractNumId"): _kinds_of(each) for each in children(root, "abstractNum")}
    return {
        _attribute(number, "numId"): kinds.get(_value(first(number, "abstractNumId")), {})
        for number in children(root, "num")
    }


def _kinds_of(abstract: Any) -> dict[int, Level]:
    kinds: dict[int, Level] = {}
    for level in children(abstract, "lvl"):
        style, pattern = _value(first(level, "numFmt")) or "decimal", _value(first(level, "lvlText"))
        start, depth = _value(first(level, "start")) or "1", _attribute(level, "ilvl") or "0"
        if start.isdigit() and depth.isdigit() and int(depth) < 9:
            kinds[int(depth)] = (style, pattern, int(start))
    return kinds


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _value(element: Any) -> str:
    return _attribute(element, "val") if element is not None else ""


def _written(number: int, style: str) -> str:
    if style.startswith(("chinese", "ideograph", "taiwanese", "japanese")):
        return in_chinese(number)
    if style in ("lowerLetter", "upperLetter") and number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if style == "upperLetter" else letter
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
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value and len(written) < 20:
            written += sign
            number -= value
    return written
