"""常用批语: one's own and the office's, by box of the sheet."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhongshu.base.refusals import Refused
from zhongshu.documents import actions
from zhongshu.documents.actions.phrases import change_phrase, drop_phrase, raise_phrase
from zhongshu.documents.models import Box, TypicalPhrase
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest

WHO = ("documents.instruct", "documents.office_phrases")
OFFERED = [Box.INSTRUCTION, Box.READING, Box.CHECK, Box.PROPOSAL]


def _visible(request: OfficeRequest) -> list[TypicalPhrase]:
    rows = TypicalPhrase.objects.filter(tenant_id=request.actor.office)
    return [row for row in rows if row.person_id in (None, request.actor.person_id)]


@requires(*WHO)
@require_GET
def phrases(request: OfficeRequest) -> HttpResponse:
    """List them: mine first, then the office's."""
    rows = _visible(request)
    may_office = request.actor.may("documents.office_phrases")
    context = {
        "title": "常用批语",
        "mine": _by_box([row for row in rows if row.person_id is not None]),
        "office": _by_box([row for row in rows if row.person_id is None]),
        "boxes": [(box.value, box.label) for box in OFFERED],
        "may_office": may_office,
    }
    return render(request, "documents/phrases.html", context)


def _by_box(rows: list[TypicalPhrase]) -> list[tuple[str, list[TypicalPhrase]]]:
    ordered = sorted(rows, key=lambda row: (row.box, row.sort_order, row.pk))
    return [(str(Box(box).label), list(found)) for box, found in groupby(ordered, key=lambda row: row.box)]


@requires(*WHO)
@require_POST
def phrase_new(request: OfficeRequest) -> HttpResponse:
    """Add one."""
    box = request.POST.get("box", Box.INSTRUCTION)
    if box not in Box.values:
        raise Refused.one("PHR-04", "请选择栏目", "box")
    text, for_office = request.POST.get("text", ""), request.POST.get("for_office") == "1"
    if for_office and not request.actor.may("documents.office_phrases"):
        raise Refused.one("PHR-02", "办公室的常用批语由办公室主任、副主任维护")
    actions.save_phrase(text, box=box, for_office=for_office, by=request.actor)
    tell(request, "已存为常用批语")
    return go_to(request, reverse("documents:phrases"))


def _phrase(request: OfficeRequest, pk: int) -> TypicalPhrase:
    return get_object_or_404(TypicalPhrase, pk=pk, tenant_id=request.actor.office)


@requires(*WHO)
@require_POST
def phrase_change(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write one anew, put it further up, or throw it away."""
    row = _phrase(request, pk)
    match request.POST.get("act", "change"):
        case "up":
            raise_phrase(row, by=request.actor)
        case "drop":
            drop_phrase(row, by=request.actor)
            tell(request, "已删除")
        case _:
            change_phrase(row, request.POST.get("text", ""), by=request.actor)
            tell(request, "已修改")
    return go_to(request, reverse("documents:phrases"))
