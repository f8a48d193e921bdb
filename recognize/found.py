"""One field as it was found: what, how sure, where, and by which rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from recognize.pages import Box, Line, around


@dataclass(frozen=True, slots=True)
class Place:
    """Lines first…last (counted from 0 through the file) of one page, and the box around them, if any."""

    page: int
    first: int
    last: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A field: its value (None: not on the paper, or not read), confidence 0–1, places, and the rule's name."""

    value: Any
    confidence: float = 0.0
    places: tuple[Place, ...] = ()
    rule: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return plain data; dates become ISO texts."""
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        places = [
            {
                "page": place.page,
                "lines": [place.first, place.last],
                "box": place.box.rounded() if place.box else None,
            }
            for place in self.places
        ]
        return {
            "value": value,
            "confidence": round(self.confidence, 2),
            "places": places,
            "rule": self.rule,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], *, is_date: bool = False) -> "Found":
        """Return what `as_json` wrote; dates are told from other texts by `is_date`."""
        value = data["value"]
        places = (
            Place(
                each["page"], each["lines"][0], each["lines"][1], Box(*each["box"]) if each["box"] else None
            )
            for each in data["places"]
        )
        read = date.fromisoformat(value) if is_date and value else value
        return cls(read, data["confidence"], tuple(places), data["rule"])


NOTHING = Found(None, 0.0, (), "没有读到")


def places_of(lines: Iterable[Line]) -> tuple[Place, ...]:
    """Return one place for each page that the lines stand on."""
    ordered = sorted(lines, key=lambda line: line.number)
    found = []
    for page, group in groupby(ordered, key=lambda line: line.page):
        these = list(group)
        found.append(Place(page, these[0].number, these[-1].number, around(line.box for line in these)))
    return tuple(found)
