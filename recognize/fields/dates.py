"""Dates of official papers: 2026年6月9日 (GB/T 9704 7.3.5.4) and 二〇二六年六月九日 (before 2012)."""

import re
from datetime import date

DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {
    "○": 0,
    "零": 0,
    "０": 0,
    "Ｏ": 0,
    "O": 0,
    "◯": 0,
}
_CN = "一二三四五六七八九十"
_ZERO = "〇○零ＯO◯0"
DATE = re.compile(
    rf"(?P<y>(?:19|20)\d{{2}}|[一二][{_ZERO}一二三四五六七八九]{{3}})\s?年\s?"
    rf"(?P<m>\d{{1,2}}|[{_CN}]{{1,2}})\s?月\s?(?P<d>\d{{1,2}}|[{_CN}]{{1,3}})\s?日"
)


def date_in(text: str) -> date | None:
    """Return the first full date in a text; None where there is none or the calendar does not know it."""
    match = DATE.search(text)
    return as_date(match) if match else None


def as_date(match: "re.Match[str]") -> date | None:
    """Return the date of a match of DATE."""
    try:
        return date(year_of(match["y"]), number_of(match["m"]), number_of(match["d"]))
    except ValueError:
        return None


def year_of(text: str) -> int:
    """Read a year of four figures, Arabic or Chinese."""
    return (
        int(text) if text.isascii() and text.isdigit() else int("".join(str(_digit(each)) for each in text))
    )


def number_of(text: str) -> int:
    """Read 1–99 in Arabic figures or as 一 … 九十九."""
    if text.isascii() and text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_digit(each)) for each in text))
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)


def _digit(letter: str) -> int:
    return int(letter) if letter.isascii() and letter.isdigit() else DIGITS[letter]
