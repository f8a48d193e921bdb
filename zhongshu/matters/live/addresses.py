"""Where the page finds the stream: a path behind the same proxy, or the next port of the same host."""

from django.conf import settings
from django.http import HttpRequest

from zhongshu.matters.live.tickets import ticket_for
from zhongshu.ui.requests import actor_of


def live_url(request: HttpRequest) -> str:
    """Return the address of the stream with a fresh ticket; empty where there is no live news."""
    actor = actor_of(request)
    base = _base(request)
    return f"{base}?t={ticket_for(actor)}" if actor and base else ""


def _base(request: HttpRequest) -> str:
    if settings.ZHONGSHU_LIVE_URL:
        return str(settings.ZHONGSHU_LIVE_URL)
    if not settings.ZHONGSHU_LIVE_PORT:
        return ""
    host = request.get_host()
    bare = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return f"{request.scheme}://{bare}:{settings.ZHONGSHU_LIVE_PORT}/live/"
