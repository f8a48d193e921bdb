"""Filling the blanks of a sentence: {年} {村} {日+3} {12-40} {甲=12-40} {一|二|三}, alike within one paper."""

import datetime as dt
import random
import re
from functools import cache

from demo import cast
from demo.papers import seasons
from demo.papers.issuers import Issuer
from demo.papers.topics import Topic
from demo.texts import COUNTY, sections

_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"^(?:(\D+)=)?(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$")
_DAY = re.compile(r"^日([+-]\d+)?$")
_COUNTERS = {
    "市常务会": (92, dt.date(2026, 6, 8), 9),
    "市全会": (8, dt.date(2026, 6, 1), 92),
    "县人大会": (36, dt.date(2026, 5, 28), 61),
}


@cache
def villages() -> dict[str, tuple[str, ...]]:
    return {town: tuple(line.split()) for town, line in sections(COUNTY / "places.txt")}


class Blanks:
    """The answers of one paper; the same blank gets the same answer in title, body, opinion and feedback."""

    def __init__(self, rng: random.Random, topic: Topic, sender: Issuer, day: dt.date, due: dt.date) -> None:
        self.rng = rng
        self.topic = topic
        self.sender = sender
        self.day = day
        self.due = due
        self.known: dict[str, str] = {}
        self._share = 0.5

    def fill(self, text: str) -> str:
        """Fill one sentence; ranges in it grow together, so that what was mended never exceeds what was found."""
        self._share = self.rng.random()
        return _SLOT.sub(lambda match: self._answer(match.group(1)), text)

    def _answer(self, blank: str) -> str:
        if blank not in self.known:
            name, value = self._reckon(blank)
            self.known[blank] = value
            self.known[name] = value
        return self.known[blank]

    def _reckon(self, blank: str) -> tuple[str, str]:
        if span := _RANGE.match(blank):
            name, low, high = span.groups()
            return name or blank, self._number(low, high)
        if shift := _DAY.match(blank):
            return blank, seasons.spoken(self.day + dt.timedelta(days=int(shift.group(1) or 0)))
        if "|" in blank:
            return blank, self.rng.choice(blank.split("|"))
        if blank in self.topic.words:
            return blank, self.fill(self.rng.choice(self.topic.words[blank]))
        if blank in _COUNTERS:
            return blank, self._count(blank)
        return blank, self._known_word(blank)

    def _number(self, low: str, high: str) -> str:
        places = len(low.partition(".")[2])
        value = float(low) + self._share * (float(high) - float(low))
        return f"{value:.{places}f}"

    def _count(self, name: str) -> str:
        """The running number of a meeting follows from the date."""
        first, since, every = _COUNTERS[name]
        return str(max(1, first + (self.day - since).days // every))

    def _known_word(self, word: str) -> str:
        if word.isdigit():
            return word
        if word in {"乡镇", "乡镇2", "村"}:
            return self._place(word)
        return self._word_of_the_day(word) or self._word_of_the_sender(word)

    def _word_of_the_day(self, word: str) -> str:
        day, meeting = self.day, seasons.meeting_day(self.day)
        words = {
            "年": str(day.year),
            "上年": str(day.year - 1),
            "下年": str(day.year + 1),
            "月": str(day.month),
            "上月": f"{(day.month - 2) % 12 + 1}月",
            "时段": seasons.period(day),
            "节": f"{day.year + (day.month == 12)}年{seasons.festival(day)}",
            "限": seasons.spoken(self.due),
            "会日": seasons.spoken(meeting),
            "周": seasons.WEEKDAYS[meeting.weekday()],
        }
        return words.get(word, "")

    def _word_of_the_sender(self, word: str) -> str:
        words = {"辖": self.sender.realm, "境": self.sender.land, "收": self.sender.short}
        return words[word]

    def _place(self, word: str) -> str:
        town = self.sender.short if self.sender.level == "乡镇" else ""
        if word == "村":
            return self.rng.choice(villages()[self._answer("乡镇")])
        if word == "乡镇" and town:
            return town
        taken = self.known.get("乡镇", town)
        return self.rng.choice([one.short for one in cast.townships() if one.short != taken])
