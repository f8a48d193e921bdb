"""Scans in tests: confirmed by a second person in place of being read by OCR, which takes its time."""

from typing import Any

from django.core.cache import cache

from zhongshu.files import handing, inspection
from zhongshu.files.actions import attach_all
from zhongshu.files.limits import EYE_PAGES
from zhongshu.files.models import Attachment, Drop, DropState
from zhongshu.files.screening import Received
from zhongshu.matters.models import Matter, Setting


def confirm(office: Any, drop: Drop) -> None:
    """Let another person have confirmed what waits, and the worker look at it without OCR."""
    Setting.objects.update_or_create(tenant_id=drop.tenant_id, key=EYE_PAGES, defaults={"value": 0})
    cache.clear()
    Drop.objects.filter(pk=drop.pk).update(confirmed_by=office.director)
    inspection.inspect(drop)
    drop.refresh_from_db()


def seen_by_two(office: Any, data: bytes, name: str) -> Received:
    """Hand a file in as the clerk; what waits for an eye is confirmed."""
    by = office.actor(office.clerk)
    drop = handing.hand_in(data, tenant_id=office.tenant.pk, name=name, by=by)
    if drop.state == DropState.WAITING:
        confirm(office, drop)
    return handing.received(drop, by=by)


def attach_seen(office: Any, matter: Matter, data: bytes, name: str, kind: str = "scan") -> Attachment:
    """Attach a file that two persons looked at."""
    return attach_all(matter, [seen_by_two(office, data, name)], kind, by=office.actor(office.clerk))[0]


def send_seen(client: Any, office: Any, url: str, field: str, upload: Any, **sent: Any) -> Any:
    """Send a form with a scan, which has to wait; once it is confirmed the form is sent again with it."""
    response = client.post(url, {**sent, field: upload})
    assert response.status_code == 422
    assert "FILE-58" in response.text
    drop = Drop.objects.filter(source="form").latest("pk")
    assert f'value="{drop.public_id}" checked' in response.text
    confirm(office, drop)
    return client.post(url, {**sent, f"{field}-handed": drop.public_id})
