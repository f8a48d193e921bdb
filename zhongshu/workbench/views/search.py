"""搜索: everything the person may see, results while typing."""

from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.matters import search as searching
from zhongshu.matters.kinds import all_kinds, kind_of
from zhongshu.matters.search import Hits
from zhongshu.ui.permissions import signed_in
from zhongshu.ui.requests import OfficeRequest

SUGGESTED = 8


@signed_in
def search(request: OfficeRequest) -> HttpResponse:
    """Show a page of hits, newest first unless asked by relevance."""
    query = request.GET.get("q", "").strip()[:100]
    below = request.GET.get("below", "")
    kind = request.GET.get("kind", "")
    order = "relevance" if request.GET.get("order") == "relevance" else "new"
    hits = _hits(request, query, kind, below, order)
    context = {
        "title": "搜索",
        "query": query,
        "searched": query,
        "hits": hits,
        "rows": _rows(hits),
        "kinds": all_kinds(),
        "chosen_kind": kind,
        "order": order,
    }
    return render(request, "workbench/search.html", context)


def _hits(request: OfficeRequest, query: str, kind: str, below: str, order: str) -> Hits:
    if not query:
        return Hits(total=0)
    return searching.search(
        request.actor,
        query,
        kind=kind or None,
        below=int(below) if below.isascii() and below.isdigit() else None,
        order="relevance" if order == "relevance" else "new",
    )


def _rows(hits: Hits) -> list[dict[str, object]]:
    return [
        {"matter": hit.matter, "kind": kind_of(hit.matter.kind), "snippet": hit.snippet} for hit in hits.rows
    ]


@signed_in
def suggest(request: OfficeRequest) -> HttpResponse:
    """Answer while typing: a short list for the box in the top bar."""
    query = request.GET.get("q", "").strip()[:100]
    hits = searching.search(request.actor, query, size=SUGGESTED) if query else Hits(total=0)
    return render(request, "workbench/suggest.html", {"query": query, "rows": _rows(hits)})
