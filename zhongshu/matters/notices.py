"""Telling people: a line in the house at once, in the same transaction; the ways outside by the outbox."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.crypto import sm3
from zhongshu.matters import outward
from zhongshu.matters.models import Matter, NoticeDelivery, NoticePreference, Notification, Urgency
from zhongshu.matters.stirs import UNREAD_CAP, stir
from zhongshu.people.models import Person

KEEP_READ = timedelta(days=366)


def tell(
    persons: Iterable[Person],
    *,
    matter: Matter | None,
    text: str,
    by: Actor,
    urgency: str = "",
    event: str = "",
    key: str = "",
) -> list[Notification]:
    """Tell each person once for the same key; whoever acts is not told of their own act."""
    if not connection.in_atomic_block:
        raise RuntimeError("tell() belongs inside the transaction it tells of")
    key = _short(key or secrets.token_hex(12))
    audience = {p.pk: p for p in persons if p.is_active and p.pk != by.person_id}
    told = Notification.objects.filter(person_id__in=audience, key=key).values_list("person_id", flat=True)
    for person_id in list(told):
        del audience[person_id]
    notices = [_notice(p, matter, text, by, urgency, event, key) for p in audience.values()]
    Notification.objects.bulk_create(notices)
    stir(person.principal_id for person in audience.values())
    if tenant_id := matter.tenant_id if matter else by.tenant_id:
        outward.schedule(notices, tenant_id)
    return notices


def _short(key: str) -> str:
    return key if len(key) <= 200 else sm3(key)


def _notice(
    person: Person, matter: Matter | None, text: str, by: Actor, urgency: str, event: str, key: str
) -> Notification:
    return Notification(
        person=person,
        matter=matter,
        key=key,
        event=event,
        text=text[:300],
        urgency=urgency or (matter.urgency if matter else Urgency.NORMAL),
        by_name=by.display[:60],
        created_at=clock.now(),
    )


def unread_count(person_id: int | None) -> int:
    """Return how many are unread, counted up to a cap."""
    return unread(person_id)[:UNREAD_CAP].count() if person_id else 0


def unread(person_id: int | None) -> QuerySet[Notification]:
    """Return what a person has not read, newest first."""
    return inbox(person_id).filter(read_at__isnull=True)


def inbox(person_id: int | None) -> QuerySet[Notification]:
    """Return what a person was told, newest first."""
    mine = Notification.objects.filter(person_id=person_id or 0)
    return mine.select_related("matter").order_by("-created_at", "-id")


# Reading one's own notices is no act of the office: it leaves no trail.
@transaction.atomic
def mark_read(notices: QuerySet[Notification], person: Person) -> int:
    """Note that a person has read these of their notices."""
    mine = notices.filter(person=person, read_at__isnull=True).order_by()
    count = mine.update(read_at=clock.now())
    if count:
        stir([person.principal_id])
    return count


def mark_matter_read(matter_id: int, person: Person) -> int:
    """Note that a person opened the matter: all notices of it are read."""
    if not unread(person.pk).filter(matter_id=matter_id).exists():
        return 0
    return mark_read(Notification.objects.filter(matter_id=matter_id), person)


def preference_of(person: Person) -> NoticePreference:
    """Return a person's wishes, or the default ones unsaved."""
    return NoticePreference.objects.filter(person=person).first() or NoticePreference(person=person)


def sweep(now: datetime) -> int:
    """Forget notices read a year ago and what became of their ways outside."""
    NoticeDelivery.objects.filter(closed_at__lt=now - KEEP_READ).delete()
    return Notification.objects.filter(read_at__lt=now - KEEP_READ).delete()[0]
