"""Pages and counts of matters for one viewer, whatever is asked: fast where it is common, bounded where it is not.

Lists start from Part. A filter on the document's own columns is a test on each part while few parts are walked (open
matters, or a viewer who sees little); for a viewer who sees nearly all, the documents are walked and Part is the test.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from zhongshu.base.actors import Actor
from zhongshu.documents.registers.conditions import Span, within
from zhongshu.matters import access, cursors, search
from zhongshu.matters.access import Order, Page
from zhongshu.matters.models import Matter, Part

LITTLE = 3000  # up to here a viewer's own parts are walked
CHUNK = 300
MAX_CHUNKS = 60
MAX_ROUNDS = 5
CAP = 1000
WIDE_CAP = 5000
BELOW = "b"


@dataclass(frozen=True)
class Wanted:
    """What a list asks for: `documents` are conditions on the room's own model, `parts` on Part.

    A keyword is looked up once by `sought`: few hits become `among`, many stay a `q` that is walked newest first.
    """

    kind: str
    model: type[Model]
    closed: bool | None = None
    span: Span = (None, None)
    parts: Q = field(default_factory=Q)
    documents: Sequence[Q] = ()
    q: str = ""
    among: Sequence[int] | None = None

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything besides the state was asked for."""
        return bool(self.documents or self.q or any(self.span) or self.parts)

    def rows(self) -> QuerySet[Model]:
        """Return the room's own rows that fit, whoever may see them."""
        return self.model._default_manager.filter(*self.documents)

    def where(self) -> Q:
        """Return all as a condition on Part."""
        found = self.parts & within(self.span, "sort_at")
        if self.among is not None:
            found &= Q(matter_id__in=list(self.among))
        if self.documents:
            found &= Q(Exists(self.rows().filter(pk=OuterRef("matter_id")).order_by()))
        return found


def sought(actor: Actor, wanted: Wanted) -> Wanted:
    """Look the keyword up once for page and counts."""
    if not wanted.q:
        return wanted
    hits = search.search(actor, wanted.q, kind=wanted.kind, size=search.FEW)
    if hits.total is None:
        return wanted
    return replace(wanted, among=[hit.matter.pk for hit in hits.rows])


def page(actor: Actor, wanted: Wanted, *, order: Order, after: str = "", size: int = 20) -> Page:
    """Return one page of matter ids; deadline order exists for open matters only."""
    if wanted.q and wanted.among is None:
        return _found_many(actor, wanted, after=after, size=size)
    if wanted.closed is not False:
        order = "new"
    if _walks_parts(actor, wanted):
        return access.page(
            actor,
            wanted.kind,
            closed=wanted.closed,
            order=order,
            after=after,
            size=size,
            where=wanted.where(),
        )
    return _walked(actor, wanted, after=after, size=size)


def _walks_parts(actor: Actor, wanted: Wanted) -> bool:
    if not wanted.documents or wanted.closed is False or wanted.among is not None:
        return True
    mine = Part.objects.filter(kind=wanted.kind, principal_id__in=actor.principals).order_by()
    return len(mine.values_list("pk", flat=True)[: LITTLE + 1]) <= LITTLE


def _walked(actor: Actor, wanted: Wanted, *, after: str, size: int) -> Page:
    """Walk the documents newest first and keep those the viewer has a part in."""
    at, last = cursors.decode(after) if after else (None, 0)
    rows = _of_office(actor, wanted)
    found: list[tuple[datetime, int]] = []
    for _ in range(MAX_CHUNKS):
        newest = _newest(rows, at, last)
        seen = seen_among(actor, [pk for _, pk in newest])
        found += [row for row in newest if row[1] in seen]
        if len(found) > size:
            return _cut(found, size)
        if len(newest) < CHUNK:
            return Page([pk for _, pk in found], "")
        at, last = newest[-1]
    # Nothing more within reach: the next page goes on from here.
    return Page([pk for _, pk in found], cursors.encode(at, last))


def _cut(found: list[tuple[datetime, int]], size: int) -> Page:
    return Page([pk for _, pk in found[:size]], cursors.encode(*found[size - 1]))


def _of_office(actor: Actor, wanted: Wanted) -> QuerySet[Model]:
    """Return the rows of the viewer's own office, newest first by the index of its matters."""
    rows = wanted.rows().filter(
        within(wanted.span, "matter__sort_at"), matter__tenant_id=actor.tenant_id, matter__kind=wanted.kind
    )
    if wanted.closed is not None:
        rows = rows.filter(matter__closed_at__isnull=not wanted.closed)
    return rows


def _newest(rows: QuerySet[Model], at: datetime | None, last: int) -> list[tuple[datetime, int]]:
    if at:
        rows = rows.filter(Q(matter__sort_at__lt=at) | Q(matter__sort_at=at, matter_id__lt=last))
    found = rows.order_by("-matter__sort_at", "-matter_id")
    return list(found.values_list("matter__sort_at", "matter_id")[:CHUNK])


def seen_among(actor: Actor, ids: Sequence[int]) -> set[int]:
    parts = Part.objects.filter(matter_id__in=ids, principal_id__in=actor.principals).order_by()
    return set(parts.values_list("matter_id", flat=True))


def _found_many(actor: Actor, wanted: Wanted, *, after: str, size: int) -> Page:
    """Walk what the search finds newest first, and keep what fits the other filters."""
    below = int(after[1:]) if after.startswith(BELOW) and after[1:].isdigit() else None
    ids: list[int] = []
    for _ in range(MAX_ROUNDS):
        hits = search.search(actor, wanted.q, kind=wanted.kind, size=CHUNK, below=below)
        ids += _fitting(actor, wanted, [hit.matter for hit in hits.rows])
        below = hits.next_below
        if len(ids) > size or below is None:
            break
    if len(ids) > size:
        return Page(ids[:size], f"{BELOW}{ids[size - 1]}")
    return Page(ids, f"{BELOW}{below}" if below else "")


def _fitting(actor: Actor, wanted: Wanted, matters: Sequence[Matter]) -> list[int]:
    parts = Part.objects.filter(matter__in=matters, principal_id__in=actor.principals)
    if wanted.closed is not None:
        parts = parts.filter(closed=wanted.closed)
    found = set(parts.filter(wanted.where()).order_by().values_list("matter_id", flat=True))
    return sorted(found, reverse=True)


def count(actor: Actor, wanted: Wanted, *, cap: int = CAP) -> int | None:
    """Count what the list holds, at most to the cap; None where the search finds too much to count."""
    if wanted.q and wanted.among is None:
        return None
    if _walks_parts(actor, wanted):
        return _count_parts(actor, wanted, cap)
    ids = list(_of_office(actor, wanted).order_by().values_list("pk", flat=True)[:cap])
    return sum(len(seen_among(actor, ids[start : start + 900])) for start in range(0, len(ids), 900))


def _count_parts(actor: Actor, wanted: Wanted, cap: int) -> int:
    """A matter is there once for each principal, so `cap` times the principals hold at least `cap` matters."""
    parts = Part.objects.filter(
        wanted.where(), kind=wanted.kind, principal_id__in=actor.principals
    ).order_by()
    if wanted.closed is not None:
        parts = parts.filter(closed=wanted.closed)
    ids = list(parts.values_list("matter_id", flat=True)[: cap * max(1, len(actor.principals))])
    return min(cap, len(set(ids)))


def every(actor: Actor, wanted: Wanted, *, order: Order, limit: int, size: int = 500) -> Iterator[list[int]]:
    """Return all ids in pages, at most `limit`, for an export."""
    after, left = "", limit
    while left > 0:
        found = page(actor, wanted, order=order, after=after, size=min(size, left))
        if found.ids:
            yield list(found.ids)
        left -= len(found.ids)
        after = found.next_cursor
        if not after:
            return
