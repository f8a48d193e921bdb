"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def ip_of(request: HttpRequest) -> str:
    """Return the visitor's address; behind our own proxy, the last one it wrote down."""
    if getattr(settings, "ZHONGSHU_BEHIND_PROXY", False):
        forwarded = request.headers.get("X-Forwarded-For", "")
        if forwarded:
            return forwarded.rpartition(",")[2].strip()[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]
