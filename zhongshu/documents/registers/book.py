"""A book (台账) of the room: its register, its tabs, and how it is read by one person, page by page or whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from zhongshu.base.actors import Actor
from zhongshu.documents.registers import listing
from zhongshu.documents.registers.conditions import of_light
from zhongshu.documents.registers.listing import Wanted
from zhongshu.matters import settings
from zhongshu.matters.access import Order
from zhongshu.matters.models import Matter
from zhongshu.ui.tables import Column, DateRange, Register, Select, State, View

CAPPED = "999+"


def plain(key: str, label: str, value: Callable[[Any], Any], width: str = "", **more: Any) -> Column:
    """Declare a column that shows on the page what it gives to Excel."""
    return Column(key, label, value, value, width, **more)


@dataclass(frozen=True)
class BookRegister(Register):
    """A register with more: filters folded away under 更多, typed ones, columns hidden at first.

    `folded` are columns whose content the screen shows inside the title; an export has them by themselves.
    """

    quiet: Sequence[Select] = ()
    days: Sequence[DateRange] = ()
    typed: Sequence[Select] = ()
    hidden: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()

    def filter_keys(self) -> list[str]:
        """Return every key of the address that filters."""
        days = [f"{r.key}_{end}" for r in self.days for end in ("from", "to")]
        return [*super().filter_keys(), *(s.key for s in (*self.quiet, *self.typed)), *days]


@dataclass(frozen=True)
class Reading:
    """A page of a book as read: things in order, where the next page starts, and what is counted."""

    things: Sequence[Any]
    next_cursor: str = ""
    total: int | None = None
    cap: int = listing.CAP
    lights: Mapping[str, int | str] = field(default_factory=dict)
    open_count: int | None = None

    def said(self, unit: str) -> str:
        """Say how much is there."""
        if self.total is None or (self.total == 0 and self.things):
            return f"本页{len(self.things)}{unit}"
        if self.total >= self.cap:
            return f"共{self.cap - 1}{unit}以上，本页{len(self.things)}{unit}"
        return f"共{self.total}{unit}，本页{len(self.things)}{unit}"


class Book:
    """What every book can do."""

    register: ClassVar[BookRegister]
    tabs: ClassVar[tuple[View, ...]] = ()
    url_name: ClassVar[str] = ""
    unit: ClassVar[str] = "件"
    export_permission: ClassVar[str] = "documents.export"
    empty_fact: ClassVar[str] = ""
    empty_hint: ClassVar[str] = ""

    def register_for(self, actor: Actor, tab: str) -> BookRegister:
        """Return the register as it suits the person and the tab."""
        return self.register

    def default_order(self, tab: str) -> str:
        """Return the order of a tab that nobody asked to be otherwise."""
        return "new"

    def tab_of(self, asked: str) -> str:
        """Return the tab of this key; an unknown one is the first."""
        return asked if asked in {tab.key for tab in self.tabs} else ""

    def read(self, actor: Actor, state: State, columns: Sequence[Column]) -> Reading:
        """Read one page."""
        raise NotImplementedError

    def every(self, actor: Actor, state: State, columns: Sequence[Column], limit: int) -> Iterator[Any]:
        """Read all that is asked for, at most `limit`."""
        raise NotImplementedError

    def picked(self, actor: Actor, public_ids: Sequence[str], columns: Sequence[Column]) -> list[Any]:
        """Read the ticked ones, as far as the person may see them."""
        raise NotImplementedError


class MatterBook(Book):
    """A book whose lines are matters of one kind: lists start from Part."""

    def wanted(self, actor: Actor, state: State) -> Wanted:
        """Return what the state asks for, its light apart."""
        raise NotImplementedError

    def lines(self, actor: Actor, ids: Sequence[int], columns: Sequence[Column]) -> list[Any]:
        """Return the lines of these matters, in order."""
        raise NotImplementedError

    def near(self, actor: Actor) -> int:
        """Return how many working days before its end a matter turns yellow."""
        days: int = settings.get("documents.yellow_days", actor.tenant_id)
        return days

    def read(self, actor: Actor, state: State, columns: Sequence[Column]) -> Reading:
        base = listing.sought(actor, self.wanted(actor, state))
        lit = self._lit(actor, base, state.light)
        found = listing.page(actor, lit, order=_order(state), after=state.after, size=state.size)
        counts = self._counts(actor, base, state)
        total, cap = self._total(actor, lit, state, counts)
        return Reading(
            things=self.lines(actor, found.ids, columns),
            next_cursor=found.next_cursor,
            total=total,
            cap=cap,
            lights={colour: capped(number) for colour, number in counts.items() if colour},
            open_count=self._open_count(actor, base, counts),
        )

    def every(self, actor: Actor, state: State, columns: Sequence[Column], limit: int) -> Iterator[Any]:
        wanted = self._lit(actor, listing.sought(actor, self.wanted(actor, state)), state.light)
        for ids in listing.every(actor, wanted, order=_order(state), limit=limit):
            yield from self.lines(actor, ids, columns)

    def picked(self, actor: Actor, public_ids: Sequence[str], columns: Sequence[Column]) -> list[Any]:
        wanted = self.wanted(actor, State())
        asked = list(public_ids)[:200]
        matters = dict(
            Matter.objects.filter(public_id__in=asked, kind=wanted.kind).values_list("public_id", "pk")
        )
        seen = listing.seen_among(actor, list(matters.values()))
        return self.lines(
            actor, [matters[pid] for pid in asked if pid in matters and matters[pid] in seen], columns
        )

    def _lit(self, actor: Actor, wanted: Wanted, colour: str) -> Wanted:
        if not colour:
            return wanted
        return replace(wanted, closed=False, parts=wanted.parts & of_light(colour, self.near(actor)))

    def _counts(self, actor: Actor, wanted: Wanted, state: State) -> dict[str, int]:
        """Count the open ones by light, and all of them under ""; nothing where that would walk too far."""
        if wanted.closed is True:
            return {}
        near = self.near(actor)
        shares = {
            colour: of_light(colour, near) for colour in ("", *self.register_for(actor, state.view).lights)
        }
        counts = listing.count_shares(actor, replace(wanted, closed=False), shares)
        return {colour: number for colour, number in counts.items() if number is not None}

    def _total(
        self, actor: Actor, wanted: Wanted, state: State, counts: Mapping[str, int]
    ) -> tuple[int | None, int]:
        if wanted.closed is False and not state.get("year"):
            return counts.get(state.light), listing.CAP
        if not wanted.is_narrow:
            return None, listing.CAP
        return listing.count(actor, wanted, cap=listing.WIDE_CAP), listing.WIDE_CAP

    def _open_count(self, actor: Actor, wanted: Wanted, counts: Mapping[str, int]) -> int | None:
        """Return the figure of the first tab; what was counted already is not counted again."""
        if counts and not wanted.is_narrow:
            return counts.get("")
        return listing.count(actor, self.wanted(actor, State()))


def _order(state: State) -> Order:
    return "due" if state.order == "due" else "new"


def capped(number: int) -> int | str:
    """Write a count that was cut at the cap."""
    return CAPPED if number >= listing.CAP else number
