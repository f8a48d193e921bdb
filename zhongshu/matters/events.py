"""The occasions on which people are told something, and what each office lets out of the house (domain 0.10)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from zhongshu.base import clock
from zhongshu.matters import settings
from zhongshu.matters.models import Urgency
from zhongshu.matters.settings import Declared

GROUP = "对外提醒"


@dataclass(frozen=True)
class Event:
    """One occasion; `by_night` lets it out at any hour (突发事件, 值班)."""

    code: str
    label: str
    by_night: bool = False
    outward: bool = True


_events: dict[str, Event] = {}

settings.declare(
    Declared("notices.mail", "发内网邮件", "bool", False, GROUP, "站内消息总会有；这里只管另发邮件"),
    Declared(
        "notices.mail_domains",
        "内网邮件域名",
        "lines",
        [],
        GROUP,
        "每行一个。只有这些域名的邮件可以带标题，其余只说“您有几件待办”",
    ),
    Declared("notices.robots", "发即时通讯提醒", "bool", False, GROUP, "只说件数和缓急，不带标题、编号"),
    Declared("notices.window", "合并等候分钟数", "int", 5, GROUP, "平件等这么久再发，几件合成一条", 0, 120),
    Declared("notices.night_from", "夜间自几点起", "int", 22, GROUP, "夜间只发特急、突发和值班类", 0, 23),
    Declared("notices.night_to", "夜间到几点止", "int", 7, GROUP, "", 0, 23),
)


def declare(*events: Event) -> None:
    """Make occasions known; each gets a switch among the office's settings."""
    for event in events:
        _events[event.code] = event
        settings.declare(
            Declared(f"notices.out.{event.code}", f"对外提醒：{event.label}", "bool", event.outward, GROUP)
        )


def event_of(code: str) -> Event:
    """Return the occasion; one that nobody declared is plain."""
    return _events.get(code) or Event(code, code)


def all_events() -> list[Event]:
    """Return the occasions in the order declared."""
    return list(_events.values())


def goes_out(code: str, tenant_id: int) -> bool:
    """Say whether the office lets this occasion out of the house."""
    return bool(settings.get(f"notices.out.{code}", tenant_id)) if code in _events else event_of(code).outward


def may_go_by_night(urgency: str, code: str) -> bool:
    """Say whether it is worth waking somebody."""
    return urgency == Urgency.EXTRA_URGENT or event_of(code).by_night


def _night(tenant_id: int) -> tuple[int, int]:
    return settings.get("notices.night_from", tenant_id), settings.get("notices.night_to", tenant_id)


def is_night(at: datetime, tenant_id: int) -> bool:
    """Say whether the office sleeps."""
    start, end = _night(tenant_id)
    hour = clock.local(at).hour
    return start <= hour < end if start <= end else hour >= start or hour < end


def morning_after(at: datetime, tenant_id: int) -> datetime:
    """Return the end of the night."""
    local = clock.local(at)
    morning = datetime.combine(local.date(), time(_night(tenant_id)[1]), clock.ZONE)
    return morning if morning > local else morning + timedelta(days=1)


def send_at(urgency: str, code: str, tenant_id: int) -> datetime:
    """Return when a notice of this kind leaves the house: urgent ones sooner, by night only what must."""
    now = clock.now()
    if may_go_by_night(urgency, code):
        return now
    minutes = settings.get("notices.window", tenant_id)
    due = now + timedelta(minutes=min(minutes, 1) if urgency == Urgency.URGENT else minutes)
    return morning_after(due, tenant_id) if is_night(due, tenant_id) else due
