"""The stir: a mark that something changed for a principal, so that open pages know when to look again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Max

from zhongshu.base import acts, clock
from zhongshu.matters.models import Notification, Stir

CHANNEL = "zhongshu_stir"
KEEP = timedelta(days=2)
UNREAD_CAP = 100


@dataclass(frozen=True)
class Pulse:
    """All that an open page is told: how much is unread, and a mark that differs when the desk changed."""

    unread: int
    desk: str


def stir(principal_ids: Iterable[int]) -> None:
    """Mark these principals' desks as changed, once for a whole act."""
    acts.at_end(_write, principal_ids)


def _write(principal_ids: list[int]) -> None:
    """Rows are only added, so writers never wait for each other."""
    if not principal_ids:
        return
    now = clock.now()
    Stir.objects.bulk_create(Stir(principal_id=pk, at=now) for pk in principal_ids)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def pulse_of(person_id: int, principal_ids: Iterable[int]) -> Pulse:
    """Return what one person's page is told now."""
    unread = Notification.objects.filter(person_id=person_id, read_at__isnull=True)[:UNREAD_CAP].count()
    return Pulse(unread, mark_of(principal_ids))


def mark_of(principal_ids: Iterable[int]) -> str:
    """Return a mark that differs as soon as anything changed for these principals."""
    found = Stir.objects.filter(principal_id__in=list(principal_ids)).aggregate(Max("id"), Count("id"))
    return _mark(found["id__max"], found["id__count"])


def pulses_of(people: dict[int, tuple[int, ...]]) -> dict[int, Pulse]:
    """Return the pulse of many people (person → principals) in two queries."""
    unread = dict(
        Notification.objects.filter(person_id__in=list(people), read_at__isnull=True)
        .values_list("person_id")
        .annotate(Count("id"))
    )
    principals = {pk for ids in people.values() for pk in ids}
    newest = {
        pk: (top, count)
        for pk, top, count in Stir.objects.filter(principal_id__in=principals)
        .values_list("principal_id")
        .annotate(Max("id"), Count("id"))
    }
    return {person: _pulse(unread.get(person, 0), newest, ids) for person, ids in people.items()}


def _pulse(unread: int, newest: dict[int, tuple[int, int]], ids: tuple[int, ...]) -> Pulse:
    seen = [newest[pk] for pk in ids if pk in newest]
    top = max((top for top, _ in seen), default=0)
    return Pulse(min(unread, UNREAD_CAP), _mark(top, sum(count for _, count in seen)))


def _mark(top: int | None, count: int) -> str:
    # Numbers are drawn before they are committed, so the newest alone may hide an older one that came late.
    return f"{top or 0}.{count}"


def sweep(now: datetime) -> int:
    """Forget old stirs; open pages look once more and go on."""
    return Stir.objects.filter(at__lt=now - KEEP).delete()[0]
