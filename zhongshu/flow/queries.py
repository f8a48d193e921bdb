"""Lists of the desk: 待办, 待阅, 催我的, 我经手, 已办, 我发起; keyset pages, three statements at most."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.lights import Light, light
from zhongshu.flow import rights
from zhongshu.flow.models import FlowInstance, FlowTask
from zhongshu.matters import access
from zhongshu.matters.kinds import kind_of
from zhongshu.matters.models import Matter
from zhongshu.people.models import Delegation

Kind = FlowTask.Kind
SIZE = 20
CAP = 999


@dataclass(frozen=True)
class Row:
    """One line of a desk list, ready to be shown."""

    task_id: int
    matter_id: int
    public_id: str
    kind: str
    kind_name: str
    title: str
    number: str
    urgency: str
    label: str
    origin: str
    node: str
    node_name: str
    from_name: str
    arrived_at: datetime
    due_at: datetime | None
    light: Light
    is_unread: bool
    is_pool: bool
    duty: str
    for_name: str
    reminders: int
    reminder_text: str
    done_at: datetime | None
    opinion: str
    phase_name: str
    is_closed: bool


@dataclass(frozen=True)
class Listing:
    """A page of rows, and where the next one starts."""

    rows: list[Row]
    next_cursor: str = ""


@dataclass(frozen=True)
class Hands:
    """In whose hands the actor looks: persons (with the name shown for 代) and pools."""

    persons: dict[int, str]
    pools: list[str]


def hands_of(actor: Actor) -> Hands:
    """Return whose tasks are the actor's to do: one's own, those of the absent one stands in for, the pools'."""
    if actor.person_id is None:
        return Hands({}, [])
    if actor.on_behalf_of_id:
        return Hands({actor.on_behalf_of_id: actor.on_behalf_of_name}, rights.pool_keys(actor))
    held = Delegation.objects.in_force(clock.now()).filter(agent_id=actor.person_id)
    agents = dict(held.values_list("principal_person_id", "principal_person__name"))
    return Hands({actor.person_id: "", **agents}, rights.pool_keys(actor))


def todo(
    actor: Actor,
    *,
    size: int = SIZE,
    after: str = "",
    kind: str = "",
    where: Q | None = None,
    hands: Hands | None = None,
) -> Listing:
    """待办: 特急 first, then by deadline. `where` filters tasks (`matter__…`)."""
    hands = hands or hands_of(actor)
    beyond = Q()
    if after:
        rank, due, pk = _decode(after)
        beyond = Q(rank__gt=rank) | Q(rank=rank, sort_due__gt=due) | Q(rank=rank, sort_due=due, pk__gt=pk)
    held, pooled = (mine.filter(beyond).values_list(*PLACE) for mine in in_hand(hands, kind, where))
    # Find the place first by narrow rows, then read the wide ones: sorting joined rows cost ten times as much.
    places = list(held.union(pooled, all=True).order_by(*PLACE)[: size + 1])
    ids = [pk for _, _, pk in places[:size]]
    found = wide(FlowTask.objects.all()).in_bulk(ids) if ids else {}
    rows = [row_of(found[pk], hands) for pk in ids if pk in found]
    return Listing(rows, _encode(*places[size - 1]) if len(places) > size else "")


PLACE = ("rank", "sort_due", "pk")


def wide(tasks: QuerySet[FlowTask]) -> QuerySet[FlowTask]:
    """Join what a row shows, and leave the JSON that it does not."""
    unread = ("data", "limit", "instance__vars", "instance__pauses")
    return tasks.select_related("matter", "instance").defer(*unread)


def in_hand(hands: Hands, kind: str = "", where: Q | None = None) -> list[QuerySet[FlowTask]]:
    """Return what can be done now: tasks with a holder, and those in pools; two plain index reads."""
    open_ = FlowTask.objects.filter(closed_at__isnull=True, parked=False).exclude(kind=Kind.CC)
    if kind:
        open_ = open_.filter(matter__kind=kind)
    if where is not None:
        open_ = open_.filter(where)
    return _split(open_, hands)


def _split(tasks: QuerySet[FlowTask], hands: Hands) -> list[QuerySet[FlowTask]]:
    """Ask for persons and for pools apart: with OR the database reads every open task of the house."""
    held = tasks.filter(assignee__isnull=False, assignee_id__in=list(hands.persons))
    return [held, tasks.filter(assignee__isnull=True, pool__in=hands.pools)]


def copies(hands: Hands) -> list[QuerySet[FlowTask]]:
    """Return what is circulated and not read: to persons, and to pools."""
    return _split(FlowTask.objects.filter(kind=Kind.CC, closed_at__isnull=True), hands)


def to_read(actor: Actor, *, size: int = SIZE, after: str = "") -> Listing:
    """待阅: what is circulated to the actor and not yet read, newest first."""
    hands = hands_of(actor)
    beyond = Q(pk__lt=_decode(after)[2]) if after else Q()
    found = [task for mine in copies(hands) for task in wide(mine).filter(beyond).order_by("-pk")[: size + 1]]
    found.sort(key=lambda task: -task.pk)
    return _newest(found, hands, size)


def reminded(actor: Actor, *, size: int = SIZE) -> Listing:
    """催我的: open tasks that somebody is waiting for, last reminded first."""
    hands = hands_of(actor)
    found = [task for mine in in_hand(hands, where=Q(reminders__gt=0)) for task in wide(mine)[:CAP]]
    found.sort(key=lambda task: task.reminded_at or task.created_at, reverse=True)
    return Listing([row_of(task, hands) for task in found[:size]])


def done(
    actor: Actor, *, size: int = SIZE, after: str = "", kind: str = "", where: Q | None = None
) -> Listing:
    """已办: the actor's acts, newest first."""
    found = FlowTask.objects.filter(done_by_id=actor.person_id, done_at__isnull=False)
    found = found.exclude(kind=Kind.CC)
    if kind:
        found = found.filter(matter__kind=kind)
    if where is not None:
        found = found.filter(where)
    if after:
        _, at, pk = _decode(after)
        found = found.filter(Q(done_at__lt=at) | Q(done_at=at, pk__lt=pk))
    tasks = list(wide(found).order_by("-done_at", "-pk")[: size + 1])
    return _newest(tasks, Hands({}, []), size, by_done=True)


def _newest(tasks: Sequence[FlowTask], hands: Hands, size: int, *, by_done: bool = False) -> Listing:
    rows = [row_of(task, hands) for task in tasks[:size]]
    if len(tasks) <= size:
        return Listing(rows)
    last = tasks[size - 1]
    at = (last.done_at if by_done else None) or last.created_at
    return Listing(rows, _encode(0, at, last.pk))


def row_of(task: FlowTask, hands: Hands) -> Row:
    """Draw a task, read wide, as a row."""
    matter = task.matter
    paused = matter.paused_at is not None
    return Row(
        task_id=task.pk,
        matter_id=matter.pk,
        public_id=matter.public_id,
        kind=matter.kind,
        kind_name=kind_of(matter.kind).label,
        title=matter.title,
        number=matter.number,
        urgency=matter.urgency,
        label=matter.label,
        origin=task.instance.origin,
        node=task.node,
        node_name=task.name,
        from_name=task.from_name,
        arrived_at=task.created_at,
        due_at=task.due_at,
        light=light(task.due_at, task.closed_at, paused=paused),
        is_unread=task.read_at is None,
        is_pool=task.assignee_id is None,
        duty=task.duty,
        for_name=hands.persons.get(task.assignee_id or 0, ""),
        reminders=task.reminders,
        reminder_text=task.reminder_text,
        done_at=task.done_at,
        opinion=task.opinion,
        phase_name=matter.phase_name,
        is_closed=matter.closed_at is not None,
    )


def involved(
    actor: Actor, kind: str | None = None, *, closed: bool | None = None, after: str = "", size: int = SIZE
) -> tuple[list[Matter], str]:
    """我经手: the matters in which the actor personally has a part, newest first."""
    page = access.page(_person_only(actor), kind, closed=closed, order="new", after=after, size=size)
    found = Matter.objects.in_bulk(list(page.ids))
    return [found[pk] for pk in page.ids if pk in found], page.next_cursor


def _person_only(actor: Actor) -> Actor:
    return Actor(person_id=actor.person_id, name=actor.name, principals=actor.principals[:1])


def initiated(actor: Actor, *, size: int = SIZE, after: str = "") -> tuple[list[FlowInstance], str]:
    """我发起: root instances the actor started, newest first."""
    found = FlowInstance.objects.filter(initiator_id=actor.person_id, parent_task__isnull=True)
    if after:
        _, at, pk = _decode(after)
        found = found.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk))
    rows = list(found.select_related("matter").order_by("-created_at", "-pk")[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return rows[:size], _encode(0, last.created_at, last.pk) if last else ""


def my_task(actor: Actor, matter: Matter) -> FlowTask | None:
    """Return the actor's open task in a matter, if any: what the action bar works on."""
    hands = hands_of(actor)
    mine = Q(assignee_id__in=list(hands.persons)) | Q(assignee__isnull=True, pool__in=hands.pools)
    found = FlowTask.objects.filter(mine, matter=matter, closed_at__isnull=True).exclude(kind=Kind.CC)
    return found.order_by("parked", "pk").first()


def open_tasks(matter: Matter) -> list[FlowTask]:
    """Return what waits in a matter, 传阅 apart, with its holders."""
    found = FlowTask.objects.filter(matter=matter, closed_at__isnull=True).exclude(kind=Kind.CC)
    return list(found.select_related("assignee", "unit", "instance", "step").order_by("pk"))


def last_done(actor: Actor, matter: Matter) -> FlowTask | None:
    """Return the actor's last finished task in a matter: what 撤回 works on."""
    mine = FlowTask.objects.filter(matter=matter, done_by_id=actor.person_id, state=FlowTask.State.DONE)
    return mine.exclude(kind=Kind.CC).order_by("-done_at", "-pk").first()


@dataclass(frozen=True)
class Reader:
    """One name on the 传阅单."""

    name: str
    sent_by: str
    sent_at: datetime
    read_at: datetime | None
    read_by: str
    note: str


def circulation(matter: Matter) -> list[Reader]:
    """Return who was asked to read, and who has, in the order sent."""
    copies = FlowTask.objects.filter(matter=matter, kind=Kind.CC).order_by("pk")
    return [
        Reader(
            name=task.holder_name,
            sent_by=task.from_name,
            sent_at=task.created_at,
            read_at=task.read_at,
            read_by=task.done_name,
            note=str(task.data.get("note", "")),
        )
        for task in copies
    ]


def _encode(rank: int, at: datetime, pk: int) -> str:
    text = f"{rank}|{at.isoformat()}|{pk}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[int, Any, int]:
    """Read a cursor; a mangled one is an unknown page."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        rank, at, pk = text.split("|")
        return int(rank), datetime.fromisoformat(at), int(pk)
    except (ValueError, binascii.Error, UnicodeDecodeError) as error:
        raise Http404("没有这一页") from error
