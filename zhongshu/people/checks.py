"""Questions that rooms above answer: how much open work a person or a unit still has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from zhongshu.people.models import OrgUnit, Person

T = TypeVar("T")


class OpenWork(Generic[T]):
    """A sum over what the rooms have registered; nothing registered counts as none."""

    def __init__(self) -> None:
        self._counters: list[Callable[[T], int]] = []

    def register(self, counter: Callable[[T], int]) -> Callable[[T], int]:
        """Add a counter; entering the same one again changes nothing."""
        if counter not in self._counters:
            self._counters.append(counter)
        return counter

    def forget(self, counter: Callable[[T], int]) -> None:
        self._counters.remove(counter)

    def __call__(self, owner: T) -> int:
        return sum(counter(owner) for counter in self._counters)


open_work: OpenWork[Person] = OpenWork()
open_work_of_unit: OpenWork[OrgUnit] = OpenWork()
