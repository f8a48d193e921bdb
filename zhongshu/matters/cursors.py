"""Keyset cursors of lists sorted by newest or by deadline."""

import base64
import binascii
from datetime import UTC, datetime
from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.http import Http404

FAR = datetime(9999, 1, 1, tzinfo=UTC)
M = TypeVar("M", bound=Model)


def ordered(parts: QuerySet[M], order: str) -> QuerySet[M]:
    """Sort by deadline (none last) or newest first, ties by id."""
    if order == "due":
        return parts.order_by(F("due_at").asc(nulls_last=True), "matter_id")
    return parts.order_by("-sort_at", "-matter_id")


def sort_key(order: str, at: datetime | None, matter_id: int) -> tuple[float, int]:
    """Return what sorts merged rows as `ordered` sorts the database's."""
    if order == "due":
        return ((at or FAR).timestamp(), matter_id)
    return (-(at or FAR).timestamp(), -matter_id)


def beyond(order: str, at: datetime | None, matter_id: int) -> Q:
    """Return the condition for rows after this one."""
    if order == "new":
        return Q(sort_at__lt=at) | Q(sort_at=at, matter_id__lt=matter_id)
    if at is None:
        return Q(due_at__isnull=True, matter_id__gt=matter_id)
    return Q(due_at__gt=at) | Q(due_at=at, matter_id__gt=matter_id) | Q(due_at__isnull=True)


def encode(at: datetime | None, matter_id: int) -> str:
    """Write a cursor for an address."""
    text = f"{at.isoformat() if at else ''}|{matter_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime | None, int]:
    """Read a cursor; a mangled one is an unknown page."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, _, matter_id = text.partition("|")
        return (datetime.fromisoformat(at) if at else None, int(matter_id))
    except (ValueError, binascii.Error, UnicodeDecodeError) as error:
        raise Http404("没有这一页") from error
