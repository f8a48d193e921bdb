"""What the desk gathers about the rows it shows: proposals, who has signed, what lies in one's hands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhongshu.base import calendars, clock
from zhongshu.base.actors import Actor
from zhongshu.base.lights import NEAR, light
from zhongshu.documents.models import Box, IncomingDocument, Opinion
from zhongshu.flow import queries as flow
from zhongshu.flow.overview import Overview
from zhongshu.flow.queries import Listing, Row
from zhongshu.matters.kinds import kind_of
from zhongshu.matters.models import Matter


def near_limit() -> datetime:
    """Return the end of the last day on which a light is still ◆."""
    last = calendars.add_workdays(clock.today(), NEAR)
    return clock.midnight(last) + timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """A row of a leader's desk, with the 拟办 and who has already signed."""

    row: Row
    draft: str
    signed: str
    waited: str
    source: str


def with_drafts(rows: Sequence[Row]) -> list[Waiting]:
    """Add to each row what a leader reads first: 拟办, earlier 批示, where it came from."""
    ids = [row.matter_id for row in rows]
    drafts: dict[int, str] = {}
    signed: dict[int, str] = {}
    opinions = Opinion.objects.filter(incoming_id__in=ids, box__in=[Box.PROPOSAL, Box.INSTRUCTION])
    for opinion in opinions.order_by("instructed_at", "pk"):
        if opinion.box == Box.PROPOSAL:
            drafts[opinion.incoming_id] = opinion.text
        else:
            signed[opinion.incoming_id] = f"{opinion.author_name}已批"
    numbers = dict(IncomingDocument.objects.filter(pk__in=ids).values_list("pk", "doc_number"))
    return [
        Waiting(
            row,
            drafts.get(row.matter_id, ""),
            signed.get(row.matter_id, ""),
            _waited(row.arrived_at),
            "　".join(part for part in (row.origin, numbers.get(row.matter_id, "")) if part),
        )
        for row in rows
    ]


def _waited(since: datetime) -> str:
    hours = int((clock.now() - since).total_seconds() // 3600)
    if hours < 1:
        return "刚送到"
    return f"等候{hours}小时" if hours < 24 else f"等候{hours // 24}天"


def involved(actor: Actor, *, size: int, after: str) -> Listing:
    """Return 我经手 as rows of the desk."""
    matters, cursor = flow.involved(actor, after=after, size=size)
    return Listing([_as_row(matter) for matter in matters], cursor)


def _as_row(matter: Matter) -> Row:
    return Row(
        task_id=0,
        matter_id=matter.pk,
        public_id=matter.public_id,
        kind=matter.kind,
        kind_name=kind_of(matter.kind).label,
        title=matter.title,
        number=matter.number,
        urgency=matter.urgency,
        label=matter.label,
        origin="",
        node="",
        node_name=matter.phase_name,
        from_name="",
        arrived_at=matter.sort_at,
        due_at=matter.due_at,
        light=light(matter.due_at, matter.closed_at, paused=matter.paused_at is not None),
        is_unread=False,
        is_pool=False,
        duty="",
        for_name="",
        reminders=0,
        reminder_text="",
        done_at=None,
        opinion="",
        phase_name=matter.phase_name,
        is_closed=matter.closed_at is not None,
    )


@dataclass(frozen=True)
class InMyHands:
    """「在我手中」: what waits with me, is stuck, was sent back to me (五个不让)."""

    waiting: int
    stuck: int
    sent_back: int
    oldest: str


def in_my_hands(overview: Overview) -> InMyHands:
    """Count what lies in the actor's own hands."""
    own = overview.own
    return InMyHands(
        waiting=own.waiting,
        stuck=own.overdue,
        sent_back=own.sent_back,
        oldest=_waited(own.oldest) if own.oldest else "",
    )
