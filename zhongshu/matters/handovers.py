"""What one room hands to another, in the same transaction; rooms register what they take."""

from collections.abc import Callable
from typing import Any

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.matters.models import Handover, Matter

Taker = Callable[[Handover, Actor], Matter | None]
Hearer = Callable[[Handover, Actor], None]

_takers: dict[str, Taker] = {}
_hearers: dict[str, Hearer] = {}


def register_taker(kind: str, taker: Taker, hearer: Hearer | None = None) -> None:
    """Name the function that takes this kind, and the one that hears the outcome."""
    _takers[kind] = taker
    if hearer:
        _hearers[kind] = hearer


def handover(kind: str, matter: Matter, data: dict[str, Any], *, by: Actor) -> Handover:
    """Hand something over; where no room takes it yet it stays offered and visible."""
    row = Handover.objects.create(kind=kind, matter=matter, data=data, created_at=clock.now())
    taker = _takers.get(kind)
    if taker is None:
        return row
    row.taken_as = taker(row, by)
    row.state = Handover.State.TAKEN if row.taken_as else Handover.State.OFFERED
    row.save(update_fields=["taken_as", "state"])
    return row


def decline(row: Handover, reason: str, *, by: Actor) -> None:
    """Say that nothing is made of it."""
    row.state, row.result, row.answered_at = Handover.State.DECLINED, {"reason": reason}, clock.now()
    row.save(update_fields=["state", "result", "answered_at"])


def outcome(row: Handover, result: dict[str, Any], *, by: Actor) -> None:
    """Bring the result back to the room that handed it over."""
    row.state, row.result, row.answered_at = Handover.State.DONE, result, clock.now()
    row.save(update_fields=["state", "result", "answered_at"])
    if hearer := _hearers.get(row.kind):
        hearer(row, by)
