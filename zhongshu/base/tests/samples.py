"""A small act to try the machinery with: it opens a number series and notes so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, attempt
from zhongshu.base.models import NumberSequence
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record


class Opened:
    """What the act gives back: something that can be found again."""

    def __init__(self, scope: str) -> None:
        self.public_id = f"id-of-{scope}"


@act("open_series")
def open_series(scope: str, *, by: Actor, refuse: bool = False) -> Opened:
    NumberSequence.objects.create(tenant_id=1, scope=scope, year=2026, format="{no}")
    record("open_series", by=by, object_kind="numbersequence", object_id=scope, label="开立", text=scope)
    if refuse:
        raise Refused.one("T-01", "样例不许这样", "scope")
    return Opened(scope)


@act("open_two")
def open_two(*, by: Actor, second_refuses: bool = False) -> None:
    open_series("first", by=by)
    open_series("second", by=by, refuse=second_refuses)


@act("open_each")
def open_each(scopes: list[str], *, by: Actor) -> list[str]:
    """Open what can be opened; names containing 坏 are refused one by one."""
    refused = []
    for scope in scopes:
        with attempt() as tried:
            open_series(scope, by=by, refuse="坏" in scope)
        refused += [refusal.message for refusal in tried.refusals]
    return refused


def at_once(work: Callable[[int], Any], workers: int = 8) -> list[Any]:
    """Run the work in threads at the same time, each with a database connection of its own."""

    def closing(n: int) -> Any:
        try:
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(closing, range(workers)))
