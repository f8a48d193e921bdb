"""All that waits with one person, read once: the tabs, the lights and the first page of the desk come from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from zhongshu.base import calendars, clock
from zhongshu.base.actors import Actor
from zhongshu.base.lights import NEAR
from zhongshu.flow import queries
from zhongshu.flow.models import FlowStep, FlowTask
from zhongshu.flow.queries import CAP, PLACE, Hands, Listing

COLUMNS = (
    *PLACE,
    "matter__kind",
    "due_at",
    "created_at",
    "reminders",
    "assignee_id",
    "matter__paused_at",
    "step__prev__left_as",
)


@dataclass(frozen=True)
class Held:
    """One task that waits, as narrow as the figures of the desk need it."""

    rank: int
    sort_due: datetime
    pk: int
    kind: str
    due_at: datetime | None
    created_at: datetime
    reminders: int
    assignee_id: int | None
    paused_at: datetime | None
    came_by: str | None

    @property
    def was_sent_back(self) -> bool:
        return self.came_by == FlowStep.Left.SENT_BACK


@dataclass(frozen=True)
class Counters:
    """What the tabs of the desk show."""

    todo: int
    to_read: int
    reminded: int
    overdue: int


class Overview:
    """What an actor can do and read now, each up to the cap."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.hands: Hands = queries.hands_of(actor)
        self.now = clock.now()

    @cached_property
    def held(self) -> list[Held]:
        """Return the tasks that wait, in the order of the desk."""
        one, other = (tasks.values_list(*COLUMNS) for tasks in queries.in_hand(self.hands))
        rows = one.union(other, all=True).order_by(*PLACE)[: CAP + 1]
        return [Held(*row) for row in rows]

    @cached_property
    def copies(self) -> list[int]:
        """Return the keys of what is to be read, newest first."""
        one, other = (tasks.values_list("pk") for tasks in queries.copies(self.hands))
        return [pk for (pk,) in one.union(other, all=True).order_by("-pk")[: CAP + 1]]

    @property
    def own(self) -> list[Held]:
        """Return what lies with the person alone, not with a pool or somebody absent."""
        return [task for task in self.held if task.assignee_id == self.actor.person_id]

    def counters(self) -> Counters:
        """Count for the tabs."""
        return Counters(
            todo=len(self.held),
            to_read=len(self.copies),
            reminded=sum(1 for task in self.held if task.reminders),
            overdue=sum(1 for task in self.held if task.due_at and task.due_at < self.now),
        )

    def lights(self, *, kind: str = "") -> dict[str, int]:
        """Count by light: r, y, g, paused, and without deadline ("")."""
        counts: dict[str, int] = {}
        # What falls due up to this day is ◆: asking the calendar for each row cost more than reading them all.
        near = calendars.add_workdays(clock.local(self.now).date(), NEAR)
        for task in self.held:
            if kind in ("", task.kind):
                colour = queries.colour_of(task.due_at, task.paused_at, self.now, near)
                counts[colour] = counts.get(colour, 0) + 1
        return counts

    def todo(self, size: int) -> Listing:
        """Return the first page of 待办."""
        return queries.page_of([(task.rank, task.sort_due, task.pk) for task in self.held], self.hands, size)

    def to_read(self, size: int) -> list[queries.Row]:
        """Return the first of 待阅."""
        return _rows(self.copies[:size], self.hands)


def _rows(ids: Sequence[int], hands: Hands) -> list[queries.Row]:
    found = queries.wide(FlowTask.objects.all()).in_bulk(list(ids)) if ids else {}
    return [queries.row_of(found[pk], hands) for pk in ids if pk in found]
