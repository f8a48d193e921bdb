"""消息: what one was told, the pulse that open pages ask for, and what one wishes to hear outside."""

import time
from math import sqrt

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhongshu.matters import cursors, notices
from zhongshu.matters.forms import PreferenceForm
from zhongshu.matters.live.addresses import live_url
from zhongshu.matters.models import Notification
from zhongshu.matters.stirs import pulse_of
from zhongshu.people.models import Person
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import signed_in
from zhongshu.ui.requests import OfficeRequest

SIZE = 30
PAUSE_LEAST, PAUSE_MOST = 15, 300


@signed_in
@require_GET
def notice_list(request: OfficeRequest) -> HttpResponse:
    """消息: the unread, or all."""
    is_all = request.GET.get("all") == "1"
    person_id = request.actor.person_id
    found = notices.inbox(person_id) if is_all else notices.unread(person_id)
    rows = list(_after(found, request.GET.get("after", ""))[: SIZE + 1])
    base = "?all=1&" if is_all else "?"
    more = (
        f"{base}after={cursors.encode(rows[SIZE - 1].created_at, rows[SIZE - 1].pk)}" if rows[SIZE:] else ""
    )
    unread = notices.unread_count(person_id)
    context = {"title": "消息", "rows": rows[:SIZE], "is_all": is_all, "unread": unread, "next_url": more}
    return page_or_part(request, "matters/notices.html", "rows", context)


def _after(found: QuerySet[Notification], cursor: str) -> QuerySet[Notification]:
    if not cursor:
        return found
    at, pk = cursors.decode(cursor)
    return found.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk))


@signed_in
@require_GET
def notice_open(request: OfficeRequest, pk: int) -> HttpResponse:
    """Go where the notice points; it is read then."""
    notice = get_object_or_404(notices.inbox(request.actor.person_id), pk=pk)
    notices.mark_read(Notification.objects.filter(pk=pk), _person(request))
    if notice.matter is None:
        return HttpResponseRedirect(reverse("matters:notices"))
    return HttpResponseRedirect(reverse("matters:matter", args=[notice.matter.public_id]))


@signed_in
@require_POST
def notice_read(request: OfficeRequest, pk: int) -> HttpResponse:
    """Mark one as read and stay on the list."""
    get_object_or_404(notices.inbox(request.actor.person_id), pk=pk)
    notices.mark_read(Notification.objects.filter(pk=pk), _person(request))
    return go_to(request, reverse("matters:notices"))


@signed_in
@require_POST
def notices_read(request: OfficeRequest) -> HttpResponse:
    """Mark all as read."""
    count = notices.mark_read(Notification.objects.all(), _person(request))
    tell(request, f"已将 {count} 条消息标为已读")
    return go_to(request, reverse("matters:notices"))


@signed_in
@require_GET
def pulse(request: OfficeRequest) -> HttpResponse:
    """Answer an open page in numbers; it says by its header that nobody need sit there."""
    if "ZS-Background" not in request.headers:
        return HttpResponseBadRequest("ZS-Background")
    began = time.perf_counter()
    found = pulse_of(request.actor.person_id or 0, request.actor.principals)
    pause = pause_after(time.perf_counter() - began)
    return JsonResponse(
        {"unread": found.unread, "desk": found.desk, "pause": pause, "live": live_url(request)}
    )


def pause_after(seconds: float) -> int:
    """Return for how long the page shall not ask again: the slower we answer, the longer."""
    return round(min(PAUSE_MOST, PAUSE_LEAST + 4 * sqrt(seconds * 1000)))


@signed_in
def notice_preference(request: OfficeRequest) -> HttpResponse:
    """提醒偏好: what one wishes to hear outside the house."""
    mine = notices.preference_of(_person(request))
    form = PreferenceForm(request.POST if request.method == "POST" else None, instance=mine)
    if request.method == "POST" and form.is_valid():
        form.save()
        tell(request, "提醒偏好已保存")
        return go_to(request, reverse("matters:notice_preference"))
    context = {"title": "提醒偏好", "form": form}
    return render(request, "matters/notice_preference.html", context, status=422 if form.errors else 200)


def _person(request: OfficeRequest) -> Person:
    return Person.objects.get(pk=request.actor.person_id or 0)
