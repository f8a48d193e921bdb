"""Refusals become answers here, once for all rooms: a part for htmx, a page otherwise."""

import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from zhongshu.base.refusals import NotFoundHere, Refused, Repeated, Stale
from zhongshu.ui.pages import back_or, go_to, wants_part
from zhongshu.ui.slots import slots

SECRET = re.compile("pass|secret|token|code|ink", re.IGNORECASE)
GetResponse = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Catch what actions raise: Refused (422), Stale (409), Repeated (the first answer again), NotFoundHere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Repeated):
            return repeated(request, exception)
        if isinstance(exception, NotFoundHere):
            return page_not_found(request, Http404(str(exception)))
        if isinstance(exception, Refused):
            return refused(request, exception)
        return None


def refused(request: HttpRequest, exception: Refused) -> HttpResponse:
    """Say what was refused and why; what was typed stays in the form."""
    is_stale = isinstance(exception, Stale)
    context: dict[str, Any] = {"refusals": exception.refusals, "is_stale": is_stale}
    status = 409 if is_stale else 422
    if not wants_part(request):
        context |= {"back_url": back_or(request, "/"), "typed": typed_in(request)}
        return render(request, "ui/refused.html", context, status=status)
    response = render(request, "ui/refused.html#part", context, status=status)
    # The script narrows the target to the form's own message area; this is where it falls back to.
    response["HX-Retarget"] = "#page-message"
    response["HX-Reswap"] = "innerHTML"
    response["ZS-Refused"] = "1"
    return response


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was written in words, so that it can be copied where the browser forgets it; never a password."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if len(value) > 1 and not name.startswith(("_", "csrf")) and not SECRET.search(name)
    ]


def repeated(request: HttpRequest, exception: Repeated) -> HttpResponse:
    """Answer a form that came twice as the first time: go to what it made."""
    reference = exception.reference
    url = reference if reference.startswith("/") else slots.url_of_result(reference)
    return go_to(request, url or back_or(request, "/"))
