"""Who sees which matter: the only door to matters for views, lists and search."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q, QuerySet
from django.http import Http404

from zhongshu.base.actors import Actor
from zhongshu.matters import cursors
from zhongshu.matters.models import Matter, Part
from zhongshu.people import joined

Order = Literal["due", "new"]
COUNT_CAP = 1000


Sight = Callable[[Actor, Matter], bool]
_sights: list[Sight] = []


def register_sight(sight: Sight) -> Sight:
    """Let another storey say who sees a matter for a while without a part of their own (an agent)."""
    _sights.append(sight)
    return sight


def sees(actor: Actor, matter: Matter) -> bool:
    """Tell whether the actor has a part in the matter, in person or by section or unit, or stands in for one."""
    parts = Part.objects.filter(matter=matter, principal_id__in=actor.principals)
    return parts.exists() or any(sight(actor, matter) for sight in _sights)


def access_matter(actor: Actor, public_id: str, kind: str | None = None) -> Matter:
    """Return the matter, or 404: who may not see it cannot tell that it exists."""
    found = Matter.objects.select_related("tenant").defer(*joined.unit("tenant"))
    matter = found.filter(public_id=public_id).first()
    if matter is None or (kind and matter.kind != kind) or not sees(actor, matter):
        raise Http404("没有这件事项，或者您无权查看")
    return matter


def matters_visible_to(actor: Actor) -> QuerySet[Matter]:
    """Return all matters the actor may see, for small sets only; lists use `page`."""
    return Matter.objects.filter(
        pk__in=Part.objects.filter(principal_id__in=actor.principals).values("matter_id")
    )


@dataclass(frozen=True)
class Page:
    """A page of matter ids in order, and where the next one starts."""

    ids: Sequence[int]
    next_cursor: str


def parts_of(actor: Actor, kind: str | None, *, closed: bool | None = None) -> list[QuerySet[Part]]:
    """Return one query of parts for each of the actor's principals."""
    conditions = Q(kind=kind) if kind else Q()
    if closed is not None:
        conditions &= Q(closed=closed)
    return [Part.objects.filter(conditions, principal_id=pid) for pid in actor.principals]


def page(
    actor: Actor,
    kind: str | None = None,
    *,
    closed: bool | None = None,
    order: Order = "new",
    after: str = "",
    size: int = 20,
    where: Q | None = None,
) -> Page:
    """Merge the parts of each principal into one page (keyset); `where` is on the matter (`matter__…`)."""
    rows: dict[int, tuple[datetime | None, int]] = {}
    for parts in parts_of(actor, kind, closed=closed):
        found = parts.filter(where) if where is not None else parts
        for at, matter_id in _slice(found, order, after, size):
            rows[matter_id] = (at, matter_id)
    merged = sorted(rows.values(), key=lambda row: cursors.sort_key(order, *row))[: size + 1]
    ids = [matter_id for _, matter_id in merged[:size]]
    return Page(ids, cursors.encode(*merged[size - 1]) if len(merged) > size else "")


def _slice(parts: QuerySet[Part], order: Order, after: str, size: int) -> list[tuple[datetime | None, int]]:
    field = "due_at" if order == "due" else "sort_at"
    ordered = cursors.ordered(parts, order)
    if after:
        ordered = ordered.filter(cursors.beyond(order, *cursors.decode(after)))
    return list(ordered.values_list(field, "matter_id")[: size + 1])


def capped_count(
    actor: Actor,
    kind: str | None = None,
    *,
    closed: bool | None = None,
    where: Q | None = None,
    cap: int = COUNT_CAP,
) -> int:
    """Count what the actor may see, but never beyond the cap (a million rows cost half a second)."""
    ids: set[int] = set()
    for parts in parts_of(actor, kind, closed=closed):
        found = parts.filter(where) if where is not None else parts
        ids.update(found.order_by().values_list("matter_id", flat=True)[:cap])
        if len(ids) >= cap:
            return cap
    return len(ids)
