"""工作台: what waits, what is to be read, who is waiting for me; a leader's own desk."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.flow import queries as flow
from zhongshu.flow.overview import Counters, Overview
from zhongshu.flow.queries import Listing
from zhongshu.matters.kinds import all_kinds
from zhongshu.matters.panels import panels_for
from zhongshu.ui import navigation
from zhongshu.ui.pages import page_or_part
from zhongshu.ui.permissions import signed_in
from zhongshu.ui.preferences import rows_per_page
from zhongshu.ui.requests import OfficeRequest
from zhongshu.workbench import gathering

LEADERS = ("county_head", "exec_vice_mayor", "vice_mayor")
LIGHT_FILTERS: dict[str, Callable[[], Q]] = {
    "r": lambda: Q(due_at__lt=clock.now()),
    "y": lambda: Q(due_at__gte=clock.now(), due_at__lt=gathering.near_limit()),
    "g": lambda: Q(due_at__gte=gathering.near_limit()) | Q(due_at__isnull=True),
}
TABS = (
    ("todo", "待办"),
    ("to_read", "待阅"),
    ("reminded", "催我的"),
    ("involved", "我经手"),
    ("done", "已办"),
)


@dataclass(frozen=True)
class Tab:
    """A tab of the desk."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


@signed_in
def desk(request: OfficeRequest) -> HttpResponse:
    """Show the desk that fits the person: a leader's, an administrator's, or a clerk's."""
    actor = request.actor
    if not actor.principals:
        return render(
            request, "workbench/admin_desk.html", {"title": "系统管理", "groups": _admin_places(actor)}
        )
    if actor.has(*LEADERS):
        return leader_desk(request)
    return clerk_desk(request)


def _admin_places(actor: Actor) -> list[navigation.Group]:
    return navigation.groups_for(actor, "system")


def clerk_desk(request: OfficeRequest) -> HttpResponse:
    """待办 by deadline, 特急 on top; 待阅 and the rooms' panels beside."""
    actor, tab = request.actor, request.GET.get("tab", "todo")
    overview = Overview(actor, kind=request.GET.get("kind", ""))
    listing = _listing(request, tab, overview)
    counters = overview.counters()
    context = {
        "title": "工作台",
        "tab": tab,
        "tabs": _tabs(tab, counters),
        "listing": listing,
        "lights": _lights(request, overview) if tab == "todo" else [],
        "kinds": all_kinds(),
        "chosen_kind": request.GET.get("kind", ""),
        "counters": counters,
        "to_read": overview.to_read(6) if tab == "todo" else [],
        "panels": panels_for(actor),
        "new_items": navigation.new_items_for(actor),
        "hands": gathering.in_my_hands(overview),
        "week": clock.today().isocalendar().week,
        "next_url": _next_url(request, listing),
    }
    return page_or_part(request, "workbench/desk.html", "todo", context)


def _listing(request: OfficeRequest, tab: str, overview: Overview) -> Listing:
    actor, after, kind = request.actor, request.GET.get("after", ""), request.GET.get("kind", "")
    size = max(12, min(rows_per_page(request), 40))
    where = LIGHT_FILTERS.get(request.GET.get("light", ""))
    match tab:
        case "to_read":
            return flow.to_read(actor, size=size, after=after)
        case "reminded":
            return flow.reminded(actor, size=size)
        case "done":
            return flow.done(actor, size=size, after=after, kind=kind)
        case "involved":
            return gathering.involved(actor, size=size, after=after)
        case _ if where is None and not (after or kind):
            return overview.todo(size)
        case _:
            return flow.todo(actor, size=size, after=after, kind=kind, where=where() if where else None)


def _tabs(current: str, counters: Counters) -> list[Tab]:
    counts = {"todo": counters.todo, "to_read": counters.to_read, "reminded": counters.reminded}
    return [Tab(label, f"?tab={code}", code == current, counts.get(code)) for code, label in TABS]


def _lights(request: OfficeRequest, overview: Overview) -> list[dict[str, object]]:
    counts = overview.lights()
    chosen = request.GET.get("light", "")
    names = {"r": "超期", "y": "临期", "g": "正常"}
    return [
        {
            "colour": colour,
            "words": f"{name} {counts.get(colour, 0) + (counts['none'] if colour == 'g' else 0)}",
            "url": "?tab=todo" if chosen == colour else f"?tab=todo&light={colour}",
            "is_current": chosen == colour,
        }
        for colour, name in names.items()
    ]


def _next_url(request: OfficeRequest, listing: Listing) -> str:
    if not listing.next_cursor:
        return ""
    query = request.GET.copy()
    query["after"] = listing.next_cursor
    return f"?{query.urlencode()}"


def leader_desk(request: OfficeRequest) -> HttpResponse:
    """What waits for a 批示, with the 拟办 and who has signed; reading; the rooms' figures."""
    actor = request.actor
    overview, after = Overview(actor), request.GET.get("after", "")
    listing = flow.todo(actor, size=12, after=after) if after else overview.todo(12)
    counters = overview.counters()
    tab = request.GET.get("tab", "todo")
    reading = flow.to_read(actor, size=12) if tab == "to_read" else None
    finished = flow.done(actor, size=12, after=after) if tab == "done" else None
    shown = reading or finished or listing
    context = {
        "title": "领导工作台",
        "tab": tab,
        "tabs": [
            Tab("待批", "?tab=todo", tab == "todo", counters.todo),
            Tab("待阅", "?tab=to_read", tab == "to_read", counters.to_read),
            Tab("已批", "?tab=done", tab == "done"),
        ],
        "waiting": gathering.with_drafts(shown.rows),
        "counters": counters,
        "panels": panels_for(actor, leaders=True),
        "next_url": _next_url(request, shown),
        "now": clock.now(),
    }
    return page_or_part(request, "workbench/leader_desk.html", "waiting", context)
