"""Settings with defaults, Chinese names and a history; rooms declare theirs."""

from dataclasses import dataclass
from typing import Any, Literal

from django.core.cache import cache

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.matters.models import Setting, SettingChange
from zhongshu.people.models import OrgUnit

SettingType = Literal["int", "bool", "text", "lines", "choice", "table"]


@dataclass(frozen=True)
class Declared:
    """A setting as its room declares it."""

    key: str
    label: str
    type: SettingType
    default: Any
    group: str
    help: str = ""
    low: int | None = None
    high: int | None = None
    choices: tuple[tuple[str, str], ...] = ()


_declared: dict[str, Declared] = {}


def declare(*settings: Declared) -> None:
    """Make settings known."""
    _declared.update({setting.key: setting for setting in settings})


def declared() -> list[Declared]:
    """Return all settings in the order declared."""
    return list(_declared.values())


def get(key: str, tenant_id: int | None) -> Any:
    """Return the office's value, or the default."""
    values = _values(tenant_id) if tenant_id else {}
    return values.get(key, _declared[key].default)


def _values(tenant_id: int) -> dict[str, Any]:
    found = cache.get(_cache_key(tenant_id))
    if found is None:
        found = dict(Setting.objects.filter(tenant_id=tenant_id).values_list("key", "value"))
        cache.set(_cache_key(tenant_id), found, 5)
    return found


def _cache_key(tenant_id: int) -> str:
    return f"settings:{tenant_id}"


def parse(setting: Declared, raw: str) -> Any:
    """Read what was typed; refuse what the setting cannot be."""
    match setting.type:
        case "int":
            return _parse_int(setting, raw)
        case "bool":
            return raw in {"on", "true", "1"}
        case "lines":
            return [line.strip() for line in raw.splitlines() if line.strip()]
        case "table":
            return [[cell.strip() for cell in line.split("|")] for line in raw.splitlines() if line.strip()]
        case "choice" if raw not in dict(setting.choices):
            raise Refused.one("SET-02", f"“{setting.label}”没有这一项，请从列出的选项里选", setting.key)
        case _:
            return raw.strip()


def _parse_int(setting: Declared, raw: str) -> int:
    try:
        value = int(raw.strip())
    except ValueError as error:
        raise Refused.one("SET-01", f"“{setting.label}”须填整数", setting.key) from error
    low, high = setting.low, setting.high
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = f"{low if low is not None else '不限'}～{high if high is not None else '不限'}"
        raise Refused.one("SET-01", f"“{setting.label}”须在 {bounds} 之间", setting.key)
    return value


@act("change_setting")
def change(key: str, value: Any, *, tenant: OrgUnit, reason: str = "", by: Actor) -> None:
    """Set an office's value and keep what it was."""
    if key not in _declared:
        raise Refused.one("SET-03", "没有这个设置项", key)
    row = Setting.objects.filter(tenant=tenant, key=key).first()
    before = row.value if row else _declared[key].default
    if before == value:
        raise Refused.one("SET-04", f"“{_declared[key].label}”没有变化", key)
    Setting.objects.update_or_create(
        tenant=tenant, key=key, defaults={"value": value, "changed_at": clock.now()}
    )
    SettingChange.objects.create(
        tenant=tenant,
        key=key,
        before=before,
        after=value,
        reason=reason,
        changed_by_id=by.person_id,
        changed_at=clock.now(),
    )
    cache.delete(_cache_key(tenant.pk))
    record(
        "change_setting",
        by=by,
        object_kind="setting",
        object_id=key,
        label="修改设置",
        text=f"{_declared[key].label}：{before} → {value}",
        data={"before": before, "after": value, "reason": reason},
    )
