"""Search over everything the actor may see: words, fragments, and 文号 in any spelling."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.db import transaction
from django.db.models import Q

from zhongshu.base.actors import Actor
from zhongshu.matters import bigrams, search_index
from zhongshu.matters.models import Matter, Part, SearchEntry

FEW = 400  # up to here all hits are taken and then filtered by Part
OWN_FEW = 3000  # up to here the viewer's own matters are read instead of the hits
FIRST_CHUNK = 40
CHUNK = 400
MAX_CHUNKS = 25

SearchOrder = Literal["new", "relevance"]


@dataclass(frozen=True)
class Hit:
    """A matter found, with the words around the place."""

    matter: Matter
    snippet: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Hits:
    """A page of hits; `more` tells that there are others, `total` is exact only below the cap."""

    rows: list[Hit] = field(default_factory=list)
    next_below: int | None = None
    total: int | None = None


def index(matter: Matter, *parts: str) -> None:
    """Write (again) what can be found of the matter: title, number, 文号, body, opinions."""
    index_many([(matter, "\n".join(part for part in (matter.title, matter.number, *parts) if part))])


@transaction.atomic
def index_many(rows: Iterable[tuple[Matter, str]]) -> None:
    """Write many matters' texts at once."""
    entries = [
        SearchEntry(matter_id=matter.pk, kind=matter.kind, text=bigrams.normal(text)) for matter, text in rows
    ]
    hold([entry.matter_id for entry in entries])
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["matter_id"],
        update_fields=["kind", "text"],
        batch_size=500,
    )
    search_index.write((entry.matter_id, entry.text) for entry in entries)


def hold(ids: list[int]) -> None:
    """Take the matters' rows first, as every act does: else an act and the worker wait for each other for ever."""
    list(Matter.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))


@transaction.atomic
def add_words(matter: Matter, words: str) -> None:
    """Add words to what can be found of the matter (a 批示, a feedback)."""
    hold([matter.pk])
    old = SearchEntry.objects.filter(pk=matter.pk).values_list("text", flat=True).first() or matter.title
    index_many([(matter, f"{old}\n{words}")])


def search(
    actor: Actor,
    query: str,
    *,
    kind: str | None = None,
    below: int | None = None,
    size: int = 20,
    order: SearchOrder = "new",
) -> Hits:
    """Find matters the actor sees that hold every word of the query; newest first unless asked."""
    terms = bigrams.telling(bigrams.query_terms(query))
    if not terms or not actor.principals:
        return Hits(total=0)
    few = search_index.at_most(terms, FEW)
    if few is not None:
        return _from_few(actor, query, few, kind=kind, below=below, size=size, order=order)
    ids = _from_many(actor, query, terms, kind=kind, below=below, size=size)
    return Hits(_rows(ids[:size], query), ids[size - 1] if len(ids) > size else None, None)


def _from_few(
    actor: Actor,
    query: str,
    ids: list[int],
    *,
    kind: str | None,
    below: int | None,
    size: int,
    order: SearchOrder,
) -> Hits:
    conditions = Q(kind=kind) if kind else Q()
    seen = Part.objects.filter(conditions, principal_id__in=actor.principals, matter_id__in=ids)
    visible = sorted(_exact(set(seen.order_by().values_list("matter_id", flat=True)), query), reverse=True)
    total = len(visible)
    if order == "relevance":
        visible = _by_relevance(visible, query)
        return Hits(_rows(visible[:size], query), None, total)
    if below is not None:
        visible = [matter_id for matter_id in visible if matter_id < below]
    return Hits(_rows(visible[:size], query), visible[size - 1] if len(visible) > size else None, total)


def _from_many(
    actor: Actor, query: str, terms: list[str], *, kind: str | None, below: int | None, size: int
) -> list[int]:
    own = _own_ids(actor, kind)
    if own is not None:
        below_own = [i for i in own if below is None or i < below]
        return sorted(_exact(set(below_own), query), reverse=True)[: size + 1]
    found: list[int] = []
    limit = max(FIRST_CHUNK, 2 * size)  # who sees much finds a page among the newest
    for _ in range(MAX_CHUNKS):
        chunk = search_index.matching(terms, below=below, kind=kind, limit=limit)
        if not chunk:
            break
        seen = Part.objects.filter(principal_id__in=actor.principals, matter_id__in=chunk).order_by()
        found += sorted(_exact(set(seen.values_list("matter_id", flat=True)), query), reverse=True)
        below = chunk[-1]
        if len(found) > size or len(chunk) < limit:
            break
        limit = CHUNK
    return found[: size + 1]


def _own_ids(actor: Actor, kind: str | None) -> list[int] | None:
    """Return all matter ids of a viewer who sees little; None for one who sees much."""
    conditions = Q(kind=kind) if kind else Q()
    parts = Part.objects.filter(conditions, principal_id__in=actor.principals).order_by()
    if parts[OWN_FEW : OWN_FEW + 1].exists():
        return None
    return list(set(parts.values_list("matter_id", flat=True)))


def _exact(ids: set[int], query: str) -> set[int]:
    """Keep those whose text really holds each run of the query (bigrams alone may be scattered)."""
    if not ids:
        return ids
    condition = Q(pk__in=ids)
    for run in bigrams.runs(query):
        condition &= Q(text__contains=run)
    return set(SearchEntry.objects.filter(condition).values_list("pk", flat=True))


def _by_relevance(ids: list[int], query: str) -> list[int]:
    """Sort: number, then title, then anywhere; ties newest first."""
    wanted = bigrams.runs(query)
    rows = Matter.objects.filter(pk__in=ids).values_list("pk", "number", "title")
    weight = {
        pk: 2 * all(run in bigrams.normal(number) for run in wanted)
        + all(run in bigrams.normal(title) for run in wanted)
        for pk, number, title in rows
    }
    return sorted(ids, key=lambda pk: (-weight.get(pk, 0), -pk))


def _rows(ids: list[int], query: str) -> list[Hit]:
    matters = Matter.objects.in_bulk(ids)
    texts = dict(SearchEntry.objects.filter(pk__in=ids).values_list("pk", "text"))
    return [Hit(matters[i], snippet(texts.get(i, ""), query)) for i in ids if i in matters]


def snippet(text: str, query: str, width: int = 60) -> list[tuple[str, bool]]:
    """Return the words around the first place, as pieces marked when they were asked for."""
    wanted = sorted(bigrams.runs(query), key=len, reverse=True)
    places = [place for run in wanted if (place := text.find(run)) >= 0]
    if not places:
        return [(text[:width], False)]
    start = max(0, min(places) - width // 3)
    return _marked(text[start : start + width].replace("\n", " "), wanted)


def _marked(piece: str, wanted: list[str]) -> list[tuple[str, bool]]:
    result: list[tuple[str, bool]] = []
    position = plain = 0
    while position < len(piece):
        run = next((run for run in wanted if piece.startswith(run, position)), None)
        if run is None:
            position += 1
            continue
        if plain < position:
            result.append((piece[plain:position], False))
        result.append((run, True))
        position += len(run)
        plain = position
    if plain < len(piece):
        result.append((piece[plain:], False))
    return result
