"""The trail as the auditor reads it: who did what when, without the words of the business itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from zhongshu.base import clock
from zhongshu.base.models import TrailEntry
from zhongshu.base.trail import Outcome

# Only what concerns units, accounts and settings is shown in full; titles and opinions are business.
OPEN_KINDS = frozenset(
    {
        "person", "orgunit", "role", "accountpolicy", "delegation", "abpost", "absence", "leaderportfolio",
        "workcalendar", "setting", "trail", "numbersequence", "deadlinepolicy", "tickerjob", "outbox",
    }
)  # fmt: skip
KIND_WORDS = {
    "person": "人员账号",
    "orgunit": "机构",
    "role": "角色",
    "accountpolicy": "账号策略",
    "delegation": "代理授权",
    "abpost": "AB岗",
    "absence": "外出",
    "leaderportfolio": "领导分工",
    "workcalendar": "工作日历",
    "setting": "参数设置",
}
FILTERS = ("person", "verb", "outcome", "kind", "ip", "from", "to")


@dataclass(frozen=True)
class AuditLine:
    """One entry as the auditor sees it."""

    entry: TrailEntry
    text: str
    object: str
    is_veiled: bool

    @property
    def outcome(self) -> str:
        return Outcome(self.entry.outcome).label


def find(filters: dict[str, str], *, before: int | None = None) -> QuerySet[TrailEntry]:
    """Return the entries that fit, newest first, below the cursor."""
    found = TrailEntry.objects.order_by("-seq")
    if before is not None:
        found = found.filter(seq__lt=before)
    for name in ("verb", "outcome", "ip"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    if kind := filters.get("kind"):
        found = found.filter(object_kind=kind)
    if words := filters.get("person"):
        found = found.filter(Q(actor_name=words) | Q(on_behalf_of_name=words))
    return _between(found, filters)


def _between(found: QuerySet[TrailEntry], filters: dict[str, str]) -> QuerySet[TrailEntry]:
    """Keep the days asked for, the last included."""
    if first := _day(filters.get("from", "")):
        found = found.filter(at__gte=clock.day_range(first)[0])
    if last := _day(filters.get("to", "")):
        found = found.filter(at__lt=clock.day_range(last)[1])
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def line(entry: TrailEntry) -> AuditLine:
    """Veil the words of an entry that tells of business."""
    is_open = entry.matter_id is None and (entry.object_kind in OPEN_KINDS or not entry.object_kind)
    kind = KIND_WORDS.get(entry.object_kind, "业务事项" if not is_open else entry.object_kind)
    number = f" {entry.object_id}" if entry.object_id else ""
    return AuditLine(
        entry, entry.text if is_open else "", f"{kind}{number}".strip(), bool(entry.text) and not is_open
    )


def verbs() -> list[tuple[str, str]]:
    """Return what can be chosen as kind of act: the verbs of accounts and of the system, in words."""
    return VERBS


VERBS = [
    ("sign_in", "登录"),
    ("sign_out", "退出"),
    ("sessions_end", "退出其他会话"),
    ("account_create", "建立账号"),
    ("account_enable", "启用账号"),
    ("account_disable", "停用账号"),
    ("password_change", "修改口令"),
    ("password_reset", "重置口令"),
    ("role_grant", "授予角色"),
    ("role_revoke", "收回角色"),
    ("role_edit", "修改角色与权限"),
    ("policy_change", "修改账号策略"),
    ("delegate", "代理授权"),
    ("delegation_revoke", "收回代理"),
    ("unit_rename", "机构更名"),
    ("unit_merge", "机构合并"),
    ("unit_close", "机构撤销"),
    ("set_calendar_day", "改工作日历"),
    ("change_setting", "修改设置"),
    ("export", "导出"),
    ("download", "下载"),
    ("print", "打印"),
]
