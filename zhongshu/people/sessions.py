"""The session engine: rows that know whose they are, on which kind of device, and when last used."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from zhongshu.base import clock
from zhongshu.people.models import DeviceKind, OfficeSession

TOUCH_EVERY = timedelta(minutes=1)
ABOUT = "about"


class SessionStore(DatabaseStore):
    """Django's database sessions on a table of ours."""

    row: OfficeSession | None = None

    @classmethod
    def get_model_class(cls) -> type[OfficeSession]:
        return OfficeSession

    def _get_session_from_db(self) -> Any:
        self.row = super()._get_session_from_db()  # type: ignore[misc]
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> OfficeSession:
        row: OfficeSession = super().create_model_instance(data)  # type: ignore[assignment]
        about = data.get(ABOUT, {})
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device = about.get("device", "")
        row.agent = about.get("agent", "")
        row.ip = about.get("ip") or None
        row.signed_in_at = about.get("at") or None
        row.last_seen_at = clock.now()
        self.row = row
        return row

    def touch(self) -> None:
        """Note that the session is in use, at most once a minute."""
        now = clock.now()
        row = self.row
        if row is None or (row.last_seen_at and now - row.last_seen_at < TOUCH_EVERY):
            return
        OfficeSession.objects.filter(pk=row.pk).update(last_seen_at=now)
        row.last_seen_at = now


def device_of(agent: str) -> str:
    """Tell the kind of device from the browser's own words."""
    words = agent.lower()
    if "ipad" in words or "tablet" in words or ("android" in words and "mobile" not in words):
        return DeviceKind.TABLET
    if "mobile" in words or "iphone" in words or ("harmony" in words and "phone" in words):
        return DeviceKind.PHONE
    return DeviceKind.DESKTOP


def sign_out_sessions(person_id: int, *, device: str = "", keep: str | None = None) -> int:
    """End the sessions of a person, of one kind of device or all, except the one to keep."""
    found = OfficeSession.objects.filter(person_id=person_id)
    if device:
        found = found.filter(device=device)
    if keep:
        found = found.exclude(pk=keep)
    return found.delete()[0]
