"""Answers of a view: a page or the part of it that htmx asked for, and going somewhere else."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

VARY = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


def wants_part(request: HttpRequest) -> bool:
    """Say whether htmx asked for a part; a boosted or history request needs the whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def page_or_part(
    request: HttpRequest,
    template: str,
    part: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or only its partial `part` ("rows", or "other/page.html#rows") for htmx."""
    name = template
    if wants_part(request):
        name = part if "#" in part else f"{template}#{part}"
    response = render(request, name, context, status=status)
    patch_vary_headers(response, VARY)
    return response


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to `url`: by a header for htmx, by a redirect otherwise."""
    if wants_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def back_or(request: HttpRequest, fallback: str) -> str:
    """Return where the person came from if that is a page of ours, else `fallback`."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        return came_from
    return fallback


def stand_at(request: HttpRequest, url: str) -> None:
    """Show the page under this item of the navigation, where its own address would show it under another."""
    request.stands_at = url  # type: ignore[attr-defined]  # the frame of the page reads it again


def tell(request: HttpRequest, text: str) -> None:
    """Show a notice on the page that comes next."""
    messages.success(request, text)


def tell_now(response: HttpResponse, text: str, *, event: str = "") -> HttpResponse:
    """Show a notice with this htmx answer, and raise `event` on the page if one is named."""
    events: dict[str, Any] = {"zs:tell": {"text": text}}
    if event:
        events[event] = {}
    response["HX-Trigger"] = json.dumps(events)
    return response
