"""The address of a matter, wherever its room is, and keeping an eye on it."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.base.refusals import NotFoundHere
from zhongshu.matters import actions
from zhongshu.matters.access import access_matter
from zhongshu.matters.kinds import kind_of
from zhongshu.ui.pages import go_to
from zhongshu.ui.permissions import signed_in
from zhongshu.ui.requests import OfficeRequest


@signed_in
def matter(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Send to the room's own page of this matter."""
    found = access_matter(request.actor, public_id)
    return HttpResponseRedirect(url_of(found.kind, found.public_id))


def url_of(kind: str, public_id: str) -> str:
    """Return the page of a matter."""
    url_name = kind_of(kind).url_name
    if url_name == "matters:no_room":
        raise NotFoundHere
    return reverse(url_name, args=[public_id])


@signed_in
@require_POST
def matter_follow(request: OfficeRequest, public_id: str) -> HttpResponse:
    """关注 or 取消关注."""
    found = access_matter(request.actor, public_id)
    if request.POST.get("on") not in {"0", "1"}:
        raise Http404
    actions.follow(found, on=request.POST["on"] == "1", by=request.actor)
    return go_to(request, url_of(found.kind, found.public_id))
