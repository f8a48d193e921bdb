"""All that waits with one person, read together: the tabs, the lights and the first page of the desk come from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Min, Q

from zhongshu.base import calendars, clock
from zhongshu.base.actors import Actor
from zhongshu.base.lights import NEAR
from zhongshu.flow import queries
from zhongshu.flow.models import FlowStep, FlowTask
from zhongshu.flow.queries import CAP, Hands, Listing


@dataclass(frozen=True)
class Counters:
    """What the tabs of the desk show."""

    todo: int
    to_read: int
    reminded: int
    overdue: int


@dataclass(frozen=True)
class Own:
    """What lies with the person alone, not with a pool or somebody absent."""

    waiting: int
    overdue: int
    sent_back: int
    oldest: datetime | None


class Overview:
    """What an actor can do and read now; the database counts, so that a full desk costs no more than an empty one."""

    def __init__(self, actor: Actor, *, kind: str = "") -> None:
        self.actor, self.kind = actor, kind
        self.hands: Hands = queries.hands_of(actor)
        self.now = clock.now()

    @cached_property
    def _figures(self) -> list[dict[str, Any]]:
        """Count what has a holder and what lies in pools: two plain index reads."""
        # What falls due before this moment is ◆: asking the calendar for each row cost more than reading them all.
        near = calendars.add_workdays(clock.local(self.now).date(), NEAR)
        edge = max(self.now, clock.midnight(near) + timedelta(days=1))
        late = Q(due_at__lt=self.now)
        lit = Q(matter__paused_at__isnull=True) & (Q(matter__kind=self.kind) if self.kind else Q())
        counts = {
            "todo": Count("pk"),
            "reminded": Count("pk", filter=Q(reminders__gt=0)),
            "overdue": Count("pk", filter=late),
            "r": Count("pk", filter=lit & late),
            "y": Count("pk", filter=lit & Q(due_at__gte=self.now, due_at__lt=edge)),
            "g": Count("pk", filter=lit & Q(due_at__gte=edge)),
            "none": Count("pk", filter=lit & Q(due_at__isnull=True)),
        }
        mine = Q(assignee_id=self.actor.person_id)
        own = {
            "own_waiting": Count("pk", filter=mine),
            "own_overdue": Count("pk", filter=mine & late),
            "own_sent_back": Count("pk", filter=mine & Q(step__prev__left_as=FlowStep.Left.SENT_BACK)),
            "own_oldest": Min("created_at", filter=mine),
        }
        held, pooled = queries.in_hand(self.hands)
        return [held.aggregate(**counts, **own), pooled.aggregate(**counts)]

    def _sum(self, name: str) -> int:
        return sum(int(figures[name]) for figures in self._figures)

    @property
    def own(self) -> Own:
        """Return what lies with the person alone."""
        held = self._figures[0]
        return Own(held["own_waiting"], held["own_overdue"], held["own_sent_back"], held["own_oldest"])

    @cached_property
    def copies(self) -> list[int]:
        """Return the keys of what is to be read, newest first, up to the cap."""
        one, other = (tasks.values_list("pk") for tasks in queries.copies(self.hands))
        return [pk for (pk,) in one.union(other, all=True).order_by("-pk")[: CAP + 1]]

    def counters(self) -> Counters:
        """Count for the tabs."""
        return Counters(
            todo=self._sum("todo"),
            to_read=len(self.copies),
            reminded=self._sum("reminded"),
            overdue=self._sum("overdue"),
        )

    def lights(self) -> dict[str, int]:
        """Count by light: r, y, g, and without deadline ("none"); what is paused shows none."""
        return {colour: self._sum(colour) for colour in ("r", "y", "g", "none")}

    def todo(self, size: int) -> Listing:
        """Return the first page of 待办."""
        return queries.todo(self.actor, size=size, hands=self.hands)

    def to_read(self, size: int) -> list[queries.Row]:
        """Return the first of 待阅."""
        return _rows(self.copies[:size], self.hands)


def _rows(ids: Sequence[int], hands: Hands) -> list[queries.Row]:
    found = queries.wide(FlowTask.objects.all()).in_bulk(list(ids)) if ids else {}
    return [queries.row_of(found[pk], hands) for pk in ids if pk in found]
