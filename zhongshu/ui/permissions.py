"""Permissions: the registry of what may be granted, and the decorators that declare it on views."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url

from zhongshu.ui.requests import actor_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

OPEN = "open"
SIGNED_IN = "signed-in"


@dataclass(frozen=True)
class Permission:
    """Something a role may do; `roles` hold it when an office starts."""

    code: str
    label: str
    group: str = ""
    roles: tuple[str, ...] = ()


_declared: dict[str, Permission] = {}


def declare(code: str, label: str, *, roles: tuple[str, ...] = (), group: str = "") -> str:
    """Enter a permission into the registry and return its code."""
    permission = Permission(code, label, group, tuple(roles))
    if _declared.setdefault(code, permission) != permission:
        raise ValueError(f"permission {code} is declared twice")
    return code


def declared() -> list[Permission]:
    """Return all permissions in the order of their declaration."""
    return list(_declared.values())


def is_declared(code: str) -> bool:
    return code in _declared


def codes_of_role(role: str) -> frozenset[str]:
    """Return the codes a role holds by default."""
    return frozenset(p.code for p in _declared.values() if role in p.roles)


def open_to_all(view: View) -> View:
    """Mark a view that needs no sign-in (sign-in pages, health)."""
    view.permission = OPEN  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Let in everyone who has signed in."""
    return _guarded(view, SIGNED_IN, lambda _actor: True)


def requires(*codes: str) -> Callable[[View], View]:
    """Let in those whose roles give any of `codes`; objects are guarded by `access_*`, not here."""

    def decorate(view: View) -> View:
        return _guarded(view, "|".join(codes), lambda actor: any(actor.may(code) for code in codes))

    return decorate


def permission_of(view: Callable[..., Any]) -> str | None:
    """Return the declared permission of a view: a code, several joined by '|', OPEN, SIGNED_IN, or None."""
    return getattr(view, "permission", None)


def _guarded(view: View, permission: str, admits: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = actor_of(request)
        if actor is None:
            return to_sign_in(request)
        if not admits(actor):
            raise PermissionDenied("您的岗位没有打开这一页的权限。")
        return view(request, *args, **kwargs)

    guarded.permission = permission  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the sign-in page and back afterwards."""
    by_htmx = request.headers.get("HX-Request") == "true"
    here = _page_of(request) if by_htmx else request.get_full_path()
    url = f"{resolve_url(settings.LOGIN_URL)}?next={quote(here)}"
    if by_htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponse(status=302, headers={"Location": url})


def _page_of(request: HttpRequest) -> str:
    """Return the page that htmx asked from; never an address of another house."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    is_ours = page.netloc == request.get_host() and page.path.startswith("/")
    return page.path + (f"?{page.query}" if page.query else "") if is_ours else "/"
