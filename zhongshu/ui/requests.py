"""The request as our views know it: with the acting person on it."""

from typing import Any

from django.http import HttpRequest

from zhongshu.base.actors import Actor


class OfficeRequest(HttpRequest):
    """A request that passed the middleware of people and django-htmx. Only a type: never instantiated."""

    actor: Actor
    htmx: Any


def actor_of(request: HttpRequest) -> Actor | None:
    """Return the acting person, or None before sign-in."""
    actor = getattr(request, "actor", None)
    return actor if actor is not None and actor.person_id is not None else None
