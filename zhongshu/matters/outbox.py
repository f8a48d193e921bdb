"""The transactional outbox: work promised in the caller's transaction and done after it, at least once."""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from zhongshu.base import clock
from zhongshu.base.refusals import Repeated
from zhongshu.base.transactions import writing
from zhongshu.matters.models import Matter, OutboxItem

log = logging.getLogger(__name__)

Payload = dict[str, Any]
PAUSES = tuple(timedelta(seconds=s) for s in (10, 30, 120, 600, 1800, 3600, 7200, 14400))
KEEP_DONE = timedelta(days=30)


class GiveUp(Exception):  # noqa: N818 - what the handler says
    """Raised by a handler when trying again cannot help; its words are shown to the administrator."""


class TryLater(Exception):  # noqa: N818 - what the handler says
    """Raised by a handler that found the world not ready; its words are shown to the administrator."""


@dataclass(frozen=True)
class Handler:
    """What to do for one topic, for how long a worker may hold it, how often to try, and whether it takes minutes."""

    work: Callable[[Payload], None]
    lease: timedelta
    tries: int
    atomic: bool
    slow: bool = False


_handlers: dict[str, Handler] = {}


def handler(
    topic: str, *, lease: float = 300, tries: int = len(PAUSES) + 1, atomic: bool = False, slow: bool = False
) -> Callable[[Callable[[Payload], None]], Callable[[Payload], None]]:
    """Register the worker of a topic; with `atomic` its rows and the tick on the list commit together.

    `slow` work has a thread of its own, so that nobody's message waits for it.
    """

    def register(work: Callable[[Payload], None]) -> Callable[[Payload], None]:
        _handlers[topic] = Handler(work, timedelta(seconds=lease), tries, atomic, slow)
        return work

    return register


def topics() -> Mapping[str, Handler]:
    """Return the registered topics."""
    return dict(_handlers)


def enqueue(
    topic: str,
    payload: Payload,
    *,
    key: str,
    run_at: datetime | None = None,
    matter: Matter | None = None,
) -> None:
    """Promise work inside the caller's transaction; the same key twice is one promise."""
    if not connection.in_atomic_block:
        raise RuntimeError("enqueue() belongs inside the transaction whose work it promises")
    now = clock.now()
    item = OutboxItem(
        topic=topic, payload=payload, key=key, matter=matter, created_at=now, run_at=run_at or now
    )
    OutboxItem.objects.bulk_create([item], ignore_conflicts=True)


def pending() -> QuerySet[OutboxItem]:
    """Return what is neither done nor given up."""
    return OutboxItem.objects.filter(done_at__isnull=True, dead_at__isnull=True)


def waiting(now: datetime) -> QuerySet[OutboxItem]:
    """Return what may be taken now: due, neither done nor dead, and held by nobody alive."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    return pending().filter(free, run_at__lte=now)


def _of_pace(items: QuerySet[OutboxItem], slow: bool | None) -> QuerySet[OutboxItem]:
    if slow is None:
        return items
    at_leisure = [topic for topic, known in _handlers.items() if known.slow]
    return items.filter(topic__in=at_leisure) if slow else items.exclude(topic__in=at_leisure)


def dead() -> QuerySet[OutboxItem]:
    """Return what was given up, newest first."""
    return OutboxItem.objects.filter(dead_at__isnull=False).order_by("-dead_at", "-id")


def drain(limit: int = 50, *, worker: str = "worker", slow: bool | None = None) -> int:
    """Take and do up to `limit` waiting items (only the slow, only the quick); return how many were tried."""
    for count in range(limit):
        item = take(worker, slow=slow)
        if item is None:
            return count
        _do(item)
    return limit


def take(worker: str, *, slow: bool | None = None) -> OutboxItem | None:
    """Lease the next waiting item to this worker."""
    now = clock.now()
    # A worker with nothing to do only reads: an idle SQLite keeps its write lock free.
    if not _of_pace(waiting(now), slow).exists():
        return None
    with writing():
        rows = _of_pace(waiting(now), slow).order_by("run_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        item = rows.first()
        return _lease(item, worker, now) if item else None


def _lease(item: OutboxItem, worker: str, now: datetime) -> OutboxItem | None:
    known = _handlers.get(item.topic)
    lease = known.lease if known else timedelta(seconds=60)
    taken = OutboxItem.objects.filter(pk=item.pk, attempts=item.attempts).update(
        attempts=item.attempts + 1, leased_by=worker, lease_until=now + lease
    )
    item.attempts, item.leased_by, item.lease_until = item.attempts + 1, worker, now + lease
    return item if taken else None


def _do(item: OutboxItem) -> None:
    known = _handlers.get(item.topic)
    if known and item.attempts > known.tries:
        # It was taken as often as allowed and never came back: each time it took its worker down.
        _bury(item, item.error or "执行者每次都中途停止")
        return
    try:
        if known is None:
            raise TryLater(f"没有登记“{item.topic}”的处理者")
        _run(known, item)
    except GiveUp as reason:
        _bury(item, str(reason))
    except TryLater as reason:
        _postpone(item, str(reason), known.tries if known else len(PAUSES) + 1)
    except Exception as error:  # whatever a handler throws, the next item must still be served
        log.warning("outbox %s #%s failed, try %s", item.topic, item.pk, item.attempts, exc_info=True)
        _postpone(item, describe(error), known.tries if known else len(PAUSES) + 1)


def _run(known: Handler, item: OutboxItem) -> None:
    if known.atomic:
        with writing():
            known.work(item.payload)
            if not _tick_off(item):
                raise TryLater("租约已过期，由他人接手")
        return
    try:
        known.work(item.payload)
    except Repeated:
        log.info("outbox %s #%s had been done before its worker stopped", item.topic, item.pk)
    _tick_off(item)


def _mine(item: OutboxItem) -> QuerySet[OutboxItem]:
    """Return the row only while the lease of this very attempt holds."""
    return OutboxItem.objects.filter(pk=item.pk, attempts=item.attempts, done_at__isnull=True)


def _tick_off(item: OutboxItem) -> bool:
    closed = _mine(item).update(done_at=clock.now(), lease_until=None, leased_by="", error="")
    if not closed:
        log.warning("outbox %s #%s outlived its lease", item.topic, item.pk)
    return bool(closed)


def _postpone(item: OutboxItem, error: str, tries: int) -> None:
    if item.attempts >= tries:
        _bury(item, error)
        return
    pause = PAUSES[min(item.attempts, len(PAUSES)) - 1]
    _mine(item).update(run_at=clock.now() + pause, lease_until=None, leased_by="", error=error)


def _bury(item: OutboxItem, error: str) -> None:
    log.error("outbox %s #%s given up after %s tries", item.topic, item.pk, item.attempts)
    _mine(item).update(dead_at=clock.now(), lease_until=None, leased_by="", error=error)


def describe(error: BaseException) -> str:
    """Name an error and its place without its words, which may quote a document."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    detail = f" {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
    return f"{type(error).__name__}{detail} {place}".strip()


def revive(items: QuerySet[OutboxItem]) -> int:
    """Give dead items a fresh set of tries."""
    return items.filter(dead_at__isnull=False).update(
        dead_at=None, attempts=0, run_at=clock.now(), lease_until=None, leased_by=""
    )


def sweep(now: datetime) -> int:
    """Forget what was done a month ago."""
    return OutboxItem.objects.filter(done_at__lt=now - KEEP_DONE).delete()[0]
