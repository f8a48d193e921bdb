"""Word's automatic numbers (一、（一）1. …), which stand in no run and must be counted."""

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

DIGITS = "〇一二三四五六七八九"
BULLET = "•"


class Numbering:
    """Counts the numbered paragraphs of one document in reading order."""

    def __init__(self, document: Document) -> None:
        self._levels = _levels_of(document)
        self._counters: dict[str, list[int]] = {}

    def label_of(self, paragraph: Paragraph) -> str:
        """Return the number that Word would print before this paragraph, or ""."""
        number, level = _place_of(paragraph)
        levels = self._levels.get(number, {})
        if level not in levels:
            return ""
        style, pattern, _ = levels[level]
        if style == "bullet":
            return BULLET + " "
        counters = self._counters.setdefault(number, [0] * 9)
        counters[level] = counters[level] + 1 if counters[level] else levels[level][2]
        counters[level + 1 :] = [0] * (8 - level)
        for other in range(level + 1):
            shown = _written(counters[other] or 1, levels.get(other, levels[level])[0])
            pattern = pattern.replace(f"%{other + 1}", shown)
        return pattern


def _place_of(paragraph: Paragraph) -> tuple[str, int]:
    style = paragraph.style.element.pPr if paragraph.style is not None else None
    for owner in (paragraph._p.pPr, style):
        found = owner.find(qn("w:numPr")) if owner is not None else None
        if found is not None:
            number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
            depth = level.get(qn("w:val")) if level is not None else "0"
            depth = int(depth) if depth.isdigit() else 0
            return (number.get(qn("w:val")) if number is not None else ""), min(8, depth)
    return "", 0


def _levels_of(document: Document) -> dict[str, dict[int, tuple[str, str, int]]]:
    """Return for each number id its levels: style, pattern, start."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds = {a.get(qn("w:abstractNumId")): _kinds_of(a) for a in root.iterchildren(qn("w:abstractNum"))}
    found = {}
    for number in root.iterchildren(qn("w:num")):
        target = number.find(qn("w:abstractNumId"))
        if target is not None:
            found[number.get(qn("w:numId"))] = kinds.get(target.get(qn("w:val")), {})
    return found


def _kinds_of(abstract: Any) -> dict[int, tuple[str, str, int]]:
    kinds = {}
    for level in abstract.iterchildren(qn("w:lvl")):
        style, pattern = _value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText")
        start, depth = _value(level, "w:start") or "1", level.get(qn("w:ilvl")) or "0"
        if start.isdigit() and depth.isdigit() and int(depth) < 9:
            kinds[int(depth)] = (style, pattern, int(start))
    return kinds


def _value(level: Any, tag: str) -> str:
    found = level.find(qn(tag))
    return (found.get(qn("w:val")) or "") if found is not None else ""


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
