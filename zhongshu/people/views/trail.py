"""审计日志: found by who, what, when and whence; verified at a button."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from zhongshu.base.trail import Outcome, log_event
from zhongshu.base.verification import verify
from zhongshu.people import auditing
from zhongshu.people import permissions as p
from zhongshu.people.registers import AUDIT
from zhongshu.people.views.registers import export, export_wanted
from zhongshu.ui.pages import page_or_part
from zhongshu.ui.permissions import requires
from zhongshu.ui.preferences import rows_per_page
from zhongshu.ui.requests import OfficeRequest

MOST_EXPORTED = 20000


@requires(p.TRAIL)
@require_GET
def trail(request: OfficeRequest) -> HttpResponse:
    """Show the trail, newest first."""
    filters = {name: request.GET.get(name, "").strip() for name in auditing.FILTERS}
    if export_wanted(request):
        lines = [auditing.line(entry) for entry in auditing.find(filters)[:MOST_EXPORTED]]
        return export(AUDIT, lines, by=request.actor)
    size = rows_per_page(request, 30)
    found = list(auditing.find(filters, before=_cursor(request))[: size + 1])
    context = {
        "title": "审计日志",
        "rows": [auditing.line(entry) for entry in found[:size]],
        "filters": filters,
        "is_filtered": any(filters.values()),
        "next_url": _next(request, found[size - 1].seq) if len(found) > size else "",
        "verbs": auditing.verbs(),
        "outcomes": Outcome.choices,
        "kinds": auditing.KIND_WORDS.items(),
        "export_url": f"?{urlencode({**filters, 'export': 'xlsx'})}",
    }
    return page_or_part(request, "people/trail.html", "rows", context)


@requires(p.TRAIL)
@require_POST
def trail_verify(request: OfficeRequest) -> HttpResponse:
    """Walk the whole chain and say whether every link holds; the walk itself is noted."""
    report = verify()
    text = f"核对{report.checked}条，{'完好' if report.is_whole else '有断链'}"
    log_event("verify_trail", by=request.actor, label="核对审计链", object_kind="trail", text=text)
    return render(request, "people/trail_verified.html", {"title": "核对审计链", "report": report})


def _cursor(request: HttpRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _next(request: HttpRequest, seq: int) -> str:
    query = request.GET.copy()
    query["before"] = str(seq)
    return f"{request.path}?{query.urlencode()}"
