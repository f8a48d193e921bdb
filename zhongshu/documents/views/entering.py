"""登记 of a paper that came at night with its files: the form fills itself from them, the paper lies beside it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhongshu.base.acts import refuse_repeated
from zhongshu.base.refusals import Refused, Stale
from zhongshu.documents import actions
from zhongshu.documents import states as s
from zhongshu.documents.forms import EnterForm
from zhongshu.documents.intake import twins
from zhongshu.documents.intake.comparing import side_by_side
from zhongshu.documents.intake.taken import Taken
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.views import reading
from zhongshu.documents.views.doors import of_paper
from zhongshu.matters import settings
from zhongshu.ui.forms import key_of, say
from zhongshu.ui.pages import go_to, tell, wants_part
from zhongshu.ui.requests import OfficeRequest


@of_paper("documents.register")
@require_http_methods(["GET", "POST"])
def incoming_enter(request: OfficeRequest, found: IncomingDocument) -> HttpResponse:
    """登记编号 with what was read of the files and what was written at the door."""
    if request.method == "POST":
        refuse_repeated(key_of(request))
    sheet = reverse("documents:incoming", args=[found.matter.public_id])
    if found.matter.phase != s.RECEIVED:
        tell(request, f"这一件现在是“{found.matter.phase_name}”，不用再登记")
        return go_to(request, sheet)
    taken, posted = Taken(found, request.actor), request.POST if request.method == "POST" else None
    form, refused = EnterForm(posted, initial=taken.initial(), incoming=found, by=request.actor), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_taken(
                found, form.registration(), taken.bodies, taken.seen.text, taken.filling, by=request.actor
            )
        except Refused as error:
            if isinstance(error, Stale) or wants_part(request):
                raise
            say(form, refused := error)
        else:
            tell(request, "已登记编号")
            return go_to(request, sheet)
    context = _context(request, taken, form, refused)
    return render(request, "documents/drop_register.html", context, status=422 if form.errors else 200)


def _context(
    request: OfficeRequest, taken: Taken, form: EnterForm, refused: Refused | None
) -> dict[str, Any]:
    incoming = taken.incoming
    context = reading.context_of_taken(taken, form) | {
        "title": "登记",
        "heading": incoming.matter.title,
        "submit": "登记编号",
        "back_url": reverse("documents:incoming", args=[incoming.matter.public_id]),
        "back_label": "办理单",
        "issuers": settings.get("documents.issuers", request.actor.tenant_id),
        "mark_url": reverse("documents:drop_mark"),
        "asks_why": bool(refused and {"DOC-10", "DOC-90"} & set(refused.codes)),
    }
    if refused and "DOC-90" in refused.codes:
        context |= _compared(taken)
    return context


def _compared(taken: Taken) -> dict[str, Any]:
    """Return the paper that is nearly this one, and both side by side."""
    text, digests = taken.seen.text, [file.sm3_digest for file in taken.bodies]
    twin = twins.nearest(text, digests, by=taken.by, but=taken.incoming.pk)
    if twin is None:
        return {}
    rows = side_by_side(twins.text_of(twin.incoming), text)
    return {"twins": [twin], "incoming": twin.incoming, "matter": twin.incoming.matter, "rows": rows}
