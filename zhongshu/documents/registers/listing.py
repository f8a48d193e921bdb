"""Pages and counts of matters for one viewer, whatever is asked: fast where it is common, bounded where it is not.

Lists start from Part. A filter on the document's own columns is a test on each part while few parts are walked: open
matters, a viewer who sees little, a filter that an index shows to be rare. Else the office's matters are walked newest
first, window by window, and Part is the test; what lies beyond the last window is the next page's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from zhongshu.base.actors import Actor
from zhongshu.documents.registers.conditions import Span, within
from zhongshu.matters import access, cursors, search
from zhongshu.matters.access import Order, Page
from zhongshu.matters.models import Matter, Part
from zhongshu.matters.stirs import mark_of

LITTLE = 3000  # up to here a viewer's own parts are walked, or the hits of an index taken
CHUNK = 300
WINDOWS = (500, 4000, 20_000, 40_000, 80_000)  # how many matters one page looks at, at most
COUNTABLE = 60_000  # among so many matters hits are counted
MAX_ROUNDS = 5
CAP = 1000
LONG_KEPT = 60
MANY = 200  # rows that take longer to count than to look whether anything stirred
WIDE_CAP = 5000
UNMARKED = "?"
BELOW = "b"

Place = tuple[datetime, int]


@dataclass(frozen=True)
class Wanted:
    """What a list asks for: `documents` are conditions on the room's own model, `parts` on Part.

    Of the documents' conditions the `sharp` ones have an index; `state` is one that nearly all rows fulfil. `sought`
    looks at it once: a keyword with few hits becomes `among`, one with many stays a `q` that is walked newest first.
    """

    kind: str
    model: type[Model]
    closed: bool | None = None
    span: Span = (None, None)
    parts: Q = field(default_factory=Q)
    documents: Sequence[Q] = ()
    sharp: Sequence[Q] = ()
    state: Q = field(default_factory=Q)
    q: str = ""
    among: Sequence[int] | None = None
    by_parts: bool | None = None

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything besides the state was asked for."""
        return bool(self.documents or self.q or any(self.span) or self.parts)

    def rows(self) -> QuerySet[Model]:
        """Return the room's own rows that fit, whoever may see them."""
        return self.model._default_manager.filter(self.state, *self.documents)

    def where(self) -> Q:
        """Return all as a condition on Part."""
        found = self.parts & within(self.span, "sort_at")
        if self.among is not None:
            found &= Q(matter_id__in=list(self.among))
        if self.documents or self.state:
            found &= Q(Exists(self.rows().filter(pk=OuterRef("matter_id")).order_by()))
        return found


def sought(actor: Actor, wanted: Wanted) -> Wanted:
    """Look the keyword, or the rarest filter, up once for page and counts."""
    if not wanted.q:
        by_parts = _walks_parts(actor, wanted)
        return replace(wanted, by_parts=True) if by_parts else _rare(replace(wanted, by_parts=False))
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


def _rare(wanted: Wanted) -> Wanted:
    """Take the hits of an indexed filter where they are few."""
    for condition in wanted.sharp:
        rows = wanted.model._default_manager.filter(condition).order_by()
        ids = list(rows.values_list("pk", flat=True)[: LITTLE + 1])
        if len(ids) <= LITTLE:
            return replace(wanted, among=ids)
    return wanted


def _walks_parts(actor: Actor, wanted: Wanted) -> bool:
    if not wanted.documents or wanted.closed is False or wanted.among is not None:
        return True
    if wanted.by_parts is not None:
        return wanted.by_parts
    mine = Part.objects.filter(kind=wanted.kind, principal_id__in=actor.principals).order_by()
    return mine.values("pk")[: LITTLE + 1].count() <= LITTLE


def _walked(actor: Actor, wanted: Wanted, *, after: str, size: int) -> Page:
    """Walk the office's matters newest first and keep those that fit and the viewer has a part in."""
    here: Place | None = cursors.decode(after) if after else None  # type: ignore[assignment]
    found: list[Place] = []
    for width in WINDOWS:
        edge = _edge(actor, wanted, here, width)
        found += _fitting_between(actor, wanted, here, edge, size + 1 - len(found))
        if len(found) > size:
            return _cut(found, size)
        if edge is None:
            return Page([pk for _, pk in found], "")
        here = edge
    return Page([pk for _, pk in found], cursors.encode(*edge) if edge else "")


def _edge(actor: Actor, wanted: Wanted, here: Place | None, width: int) -> Place | None:
    """Return where a window of so many matters ends; None where the office has no more."""
    matters = Matter.objects.filter(
        within(wanted.span, "sort_at"), tenant_id=actor.tenant_id, kind=wanted.kind
    )
    if here:
        matters = matters.filter(_beyond(here, ""))
    ends = matters.order_by("-sort_at", "-id").values_list("sort_at", "id")[width - 1 : width]
    return next(iter(ends), None)


def _beyond(here: Place, on: str) -> Q:
    at, pk = here
    return Q(**{f"{on}sort_at__lt": at}) | Q(**{f"{on}sort_at": at, f"{on}id__lt": pk})


def _fitting_between(
    actor: Actor, wanted: Wanted, here: Place | None, edge: Place | None, need: int
) -> list[Place]:
    rows = _of_office(actor, wanted)
    if here:
        rows = rows.filter(_beyond(here, "matter__"), matter__sort_at__lte=here[0])
    if edge:
        # The edge itself belongs to the window: everything that is not beyond it.
        rows = rows.filter(~_beyond(edge, "matter__"), matter__sort_at__gte=edge[0])
    hits = list(rows.order_by("-matter__sort_at", "-matter_id").values_list("matter__sort_at", "matter_id"))
    found: list[Place] = []
    for start in range(0, len(hits), CHUNK):
        chunk = hits[start : start + CHUNK]
        seen = seen_among(actor, [pk for _, pk in chunk])
        found += [place for place in chunk if place[1] in seen]
        if len(found) >= need:
            break
    return found


def _cut(found: list[Place], size: int) -> Page:
    return Page([pk for _, pk in found[:size]], cursors.encode(*found[size - 1]))


def _of_office(actor: Actor, wanted: Wanted) -> QuerySet[Model]:
    """Return the rows of the viewer's own office, newest first by the index of its matters."""
    rows = wanted.rows().filter(
        within(wanted.span, "matter__sort_at"), matter__tenant_id=actor.tenant_id, matter__kind=wanted.kind
    )
    if wanted.closed is not None:
        rows = rows.filter(matter__closed_at__isnull=not wanted.closed)
    return rows


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
    """Count what the list holds, at most to the cap; None where counting would walk too far."""
    if wanted.q and wanted.among is None:
        return None
    if _walks_parts(actor, wanted):
        return _count_parts(actor, wanted, cap)
    if _edge(actor, wanted, None, COUNTABLE) is not None:
        return None
    ids = list(_of_office(actor, wanted).order_by().values_list("pk", flat=True)[:cap])
    return sum(len(seen_among(actor, ids[start : start + 900])) for start in range(0, len(ids), 900))


def count_shares(
    actor: Actor, wanted: Wanted, shares: Mapping[str, Q], *, cap: int = CAP
) -> dict[str, int | None]:
    """Count the parts of a list that conditions cut out of it: in one statement while the list is short.

    The figures of a list that takes time to count are kept for a minute. One whose rows were counted is counted anew
    as soon as anything stirs for the viewer, so that the light of what was just done goes out; a list longer than the
    cap has to be counted share by share, and nobody works through it from one minute to the next.
    """
    seen_as = "-".join(map(str, actor.principals))
    key = f"shares:{wanted.kind}:{seen_as}:{'-'.join(sorted(shares))}"
    may_keep = not wanted.is_narrow and not wanted.state
    kept_at, kept = (cache.get(key) if may_keep else None) or (UNMARKED, {})
    # Only a list once found long is worth the statement that looks whether anything stirred.
    mark = mark_of(actor.principals) if kept and kept_at else UNMARKED
    if kept and kept_at in ("", mark):
        return dict(kept)
    if (not wanted.q or wanted.among is not None) and wanted.closed is False:
        found, held = _shares_of_few(actor, wanted, shares, cap)
        if found is not None:
            if may_keep and held >= MANY:
                cache.set(key, (mark, found), LONG_KEPT)
            return found
    counts = {
        name: count(actor, replace(wanted, parts=wanted.parts & share), cap=cap)
        for name, share in shares.items()
    }
    if may_keep:
        cache.set(key, ("", counts), LONG_KEPT)
    return counts


def _shares_of_few(
    actor: Actor, wanted: Wanted, shares: Mapping[str, Q], cap: int
) -> tuple[dict[str, int | None] | None, int]:
    """Return the shares and the rows read; None where the list is longer than the cap: then each has its own first rows."""
    most = cap * max(1, len(actor.principals))
    parts = _parts_of(actor, wanted)[:most]
    distinct = {
        f"n{n}": Count("matter_id", distinct=True, filter=share) for n, share in enumerate(shares.values())
    }
    found = parts.aggregate(held=Count("pk"), **distinct)
    if found["held"] >= most:
        return None, most
    return {name: min(cap, found[f"n{n}"]) for n, name in enumerate(shares)}, found["held"]


def _count_parts(actor: Actor, wanted: Wanted, cap: int) -> int:
    """A matter is there once for each principal, so `cap` times the principals hold at least `cap` matters."""
    some = _parts_of(actor, wanted).values("matter_id")[: cap * max(1, len(actor.principals))]
    found: int = some.aggregate(n=Count("matter_id", distinct=True))["n"]
    return min(cap, found)


def _parts_of(actor: Actor, wanted: Wanted) -> QuerySet[Part]:
    state = Q() if wanted.closed is None else Q(closed=wanted.closed)
    return Part.objects.filter(
        wanted.where(), state, kind=wanted.kind, principal_id__in=actor.principals
    ).order_by()


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
