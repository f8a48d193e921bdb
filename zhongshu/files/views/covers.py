"""封面: an A4 sheet for the paper original, and the address its code leads to."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhongshu.base import clock
from zhongshu.base.refusals import NotFoundHere
from zhongshu.files import actions, paper, permissions, queries
from zhongshu.files.sealing import private
from zhongshu.matters.access import access_matter, sees
from zhongshu.matters.kinds import kind_of
from zhongshu.ui.pages import go_to
from zhongshu.ui.permissions import requires, signed_in
from zhongshu.ui.requests import OfficeRequest


@require_GET
@requires(permissions.PRINT)
def cover(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Show the cover of a paper original; it is noted like any print."""
    matter = access_matter(request.actor, public_id)
    actions.note_cover(matter, by=request.actor)
    token = paper.token(matter, paper.COVER)
    address = request.build_absolute_uri(reverse("files:by_code", args=[token]))
    context = {
        "title": "打印封面",
        "matter": matter,
        "kind": kind_of(matter.kind),
        "files": list(queries.attachments_of(matter)),
        "code": paper.code_svg(address, label=f"{matter.number} 封面"),
        "printed_at": clock.now(),
        "back_url": reverse("files:pane", args=[matter.public_id]),
    }
    return private(render(request, "files/cover.html", context))


@require_GET
@signed_in
def by_code(request: OfficeRequest, code: str) -> HttpResponse:
    """Open what a code names: for those who see it; for others it does not exist."""
    place = paper.resolve(code)
    if place is None or not sees(request.actor, place.matter):
        raise NotFoundHere
    return go_to(request, reverse("matters:matter", args=[place.matter.public_id]))
