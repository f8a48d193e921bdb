"""Headers of what is sent from files: the browser only shows or saves it, and keeps nothing."""

from typing import TypeVar

from django.http import HttpResponseBase

SEAL = "sandbox; default-src 'none'"
R = TypeVar("R", bound=HttpResponseBase)


def sealed(response: R) -> R:
    """Let the browser only show or save what is sent: no script, no guessing of types, no keeping."""
    response["Content-Security-Policy"] = SEAL
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return private(response)


def private(response: R) -> R:
    """Let nothing between here and the person keep the answer."""
    response["Cache-Control"] = "private, no-store"
    return response
