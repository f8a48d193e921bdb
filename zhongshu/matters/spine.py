"""Writes to the spine; all of them run inside somebody's act."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Stale
from zhongshu.matters import stirs
from zhongshu.matters.models import Follow, Matter, MatterLink, Part, SecurityLabel, Urgency
from zhongshu.people import joined
from zhongshu.people.models import OrgUnit


def open_matter(
    kind: str,
    *,
    tenant: OrgUnit,
    title: str,
    by: Actor,
    number: str = "",
    urgency: str = Urgency.NORMAL,
    label: str = SecurityLabel.INTERNAL,
    due_at: datetime | None = None,
    phase: str = "draft",
    phase_name: str = "",
    sort_at: datetime | None = None,
) -> Matter:
    """Open a matter of the tenant's office."""
    now = clock.now()
    return Matter.objects.create(
        kind=kind,
        tenant=tenant,
        title=title,
        number=number,
        urgency=urgency,
        label=label,
        due_at=due_at,
        phase=phase,
        phase_name=phase_name,
        sort_at=sort_at or now,
        created_at=now,
    )


def locked(matter_id: int, *, seen: int | None = None) -> Matter:
    """Take the matter for writing and count its version; a stale page is told so."""
    rows = Matter.objects.select_for_update(of=("self",)).select_related("tenant")
    matter = rows.defer(*joined.unit("tenant")).get(pk=matter_id)
    if seen is not None and seen != matter.version:
        raise Stale.one("MATTER-STALE", "这件事项刚刚有人改过，请看最新内容后再办。您填写的内容还在。")
    matter.version += 1
    Matter.objects.filter(pk=matter.pk).update(version=F("version") + 1)
    stirs.stir(Part.objects.filter(matter=matter).values_list("principal_id", flat=True))
    return matter


def set_phase(matter: Matter, phase: str, name: str) -> None:
    """Write the projection of where the procedure stands; only the flow's verbs call it."""
    if (matter.phase, matter.phase_name) == (phase, name):
        return
    matter.phase, matter.phase_name = phase, name
    Matter.objects.filter(pk=matter.pk).update(phase=phase, phase_name=name)


def set_due(matter: Matter, due_at: datetime | None) -> None:
    """Write the matter's deadline, also into the parts that lists are sorted by."""
    matter.due_at = due_at
    Matter.objects.filter(pk=matter.pk).update(due_at=due_at)
    Part.objects.filter(matter=matter).update(due_at=due_at)


def describe(matter: Matter, **fields: object) -> None:
    """Write title, number, urgency or label."""
    for name, value in fields.items():
        setattr(matter, name, value)
    Matter.objects.filter(pk=matter.pk).update(**fields)


def pause_matter(matter: Matter, at: datetime | None) -> None:
    """Stop the clock of the matter, or let it run again (None)."""
    matter.paused_at = at
    Matter.objects.filter(pk=matter.pk).update(paused_at=at)


def close_matter(matter: Matter, outcome: str = "closed") -> None:
    """End the matter; its parts leave the open lists."""
    matter.closed_at, matter.outcome = clock.now(), outcome
    Matter.objects.filter(pk=matter.pk).update(closed_at=matter.closed_at, outcome=outcome)
    Part.objects.filter(matter=matter).update(closed=True)


def reopen_matter(matter: Matter) -> None:
    """Take the matter back among the open ones."""
    matter.closed_at, matter.outcome = None, ""
    Matter.objects.filter(pk=matter.pk).update(closed_at=None, outcome="")
    Part.objects.filter(matter=matter).update(closed=False)


def give_part(matter: Matter, principal_ids: int | Iterable[int], role: str = "") -> None:
    """Let principals see the matter and find it in their lists; given twice it stays once."""
    ids = [principal_ids] if isinstance(principal_ids, int) else list(dict.fromkeys(principal_ids))
    Part.objects.bulk_create(
        [
            Part(
                principal_id=pid,
                matter=matter,
                kind=matter.kind,
                role=role,
                sort_at=matter.sort_at,
                due_at=matter.due_at,
                closed=matter.closed_at is not None,
            )
            for pid in ids
        ],
        ignore_conflicts=True,
    )
    stirs.stir(ids)


def drop_part(matter: Matter, principal_id: int) -> None:
    """Take a principal's sight of the matter away."""
    Part.objects.filter(matter=matter, principal_id=principal_id).delete()
    stirs.stir([principal_id])


def link(source: Matter, target: Matter, kind: str) -> None:
    """Point from one matter to another."""
    MatterLink.objects.get_or_create(
        source=source, target=target, kind=kind, defaults={"created_at": clock.now()}
    )


def follow(matter: Matter, person_id: int, *, on: bool) -> None:
    """Keep an eye on a matter, or stop doing so."""
    if on:
        Follow.objects.get_or_create(matter=matter, person_id=person_id)
    else:
        Follow.objects.filter(matter=matter, person_id=person_id).delete()
