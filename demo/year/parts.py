"""Who plays which part in a paper's story, and the texts and moments the story is told with."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from demo import cast


@dataclass(frozen=True)
class Players:
    """The people and units of one story, by part."""

    clerk: str
    sorter: str
    director: str
    deputy: str
    legal: str
    supervisor: str
    archivist: str
    leaders: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def persons(self) -> Iterator[str]:
        """Every person by part, in a fixed order; the people of a unit are A, B and its head."""
        yield from (self.clerk, self.sorter, self.director, self.deputy, self.legal, self.supervisor)
        yield self.archivist
        yield from self.leaders
        yield from self.readers
        for code in self.units:
            yield from self.unit_people(code)

    @staticmethod
    def unit_people(code: str) -> tuple[str, str, str]:
        a, b = cast.liaisons(code)
        return a.name, b.name, cast.head(code).name


@dataclass(frozen=True)
class Shape:
    """What decides which rows a story leaves; papers of one shape are poured from one mould."""

    urgency: str
    is_request: bool
    is_reading: bool
    needs_reply: bool
    is_litigation: bool
    is_returned: bool
    leaders: int
    readers: int
    units: int
    steps: tuple[str, ...]


@dataclass
class Story:
    """One paper's story: its shape, its players, what is said at each step and when."""

    shape: Shape
    players: Players
    moments: tuple[dt.datetime, ...]
    texts: dict[str, str] = field(default_factory=dict)
    assign_due: dt.datetime | None = None

    @property
    def told(self) -> int:
        """How many steps have happened."""
        return len(self.moments)
