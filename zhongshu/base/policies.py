"""Deadline policies as declared by the rooms, and as an office has set them for itself."""

from datetime import time
from typing import Any

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.models import DeadlinePolicy
from zhongshu.base.models.deadlines import Unit
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import record

CHANGEABLE = ("quantity", "unit", "pausable", "basis", "max_extensions", "end_of_day")

_declared: dict[str, dict[str, Any]] = {}


def declare_policy(
    code: str,
    name: str,
    quantity: int,
    unit: str,
    *,
    start_event: str = "",
    pausable: bool = False,
    basis: str = "",
    max_extensions: int = 1,
    end_of_day: time | None = None,
) -> None:
    """Declare a rule of time with its default; a room does so when it is loaded."""
    _declared[code] = {
        "name": name,
        "quantity": quantity,
        "unit": Unit(unit),
        "start_event": start_event,
        "pausable": pausable,
        "basis": basis,
        "max_extensions": max_extensions,
        "end_of_day": end_of_day,
    }


def policy(code: str, tenant_id: int | None = None) -> DeadlinePolicy:
    """Return the office's own rule, else the common one, else the declared default (unsaved)."""
    kept = DeadlinePolicy.objects.filter(code=code)
    found = kept.filter(tenant_id=tenant_id).first() if tenant_id else None
    return found or kept.filter(tenant_id=None).first() or _default(code)


def policies(tenant_id: int | None = None) -> list[DeadlinePolicy]:
    """Return every rule as it holds for the office, in the order declared."""
    rows = DeadlinePolicy.objects.all()
    common = {row.code: row for row in rows.filter(tenant_id=None)}
    own = {row.code: row for row in rows.filter(tenant_id=tenant_id)} if tenant_id else {}
    codes = dict.fromkeys([*_declared, *common, *own])
    return [own.get(code) or common.get(code) or _default(code) for code in codes]


def _default(code: str, tenant_id: int | None = None) -> DeadlinePolicy:
    if code not in _declared:
        raise LookupError(f"no deadline policy {code}")
    return DeadlinePolicy(code=code, tenant_id=tenant_id, **_declared[code])


@act("change_policy")
def change_policy(code: str, *, tenant_id: int | None, by: Actor, **values: Any) -> DeadlinePolicy:
    """Set a rule for an office (or, without one, for all); running deadlines keep what they were given."""
    _check(values)
    changed = DeadlinePolicy.objects.filter(code=code, tenant_id=tenant_id).select_for_update().first()
    changed = changed or _copy(policy(code, tenant_id), tenant_id)
    before = str(changed)
    for name, value in values.items():
        setattr(changed, name, value)
    changed.save()
    record(
        "change_policy",
        by=by,
        object_kind="deadlinepolicy",
        object_id=changed.pk,
        label="改期限规则",
        text=f"{before} → {changed}",
        data={"code": code, **values},
    )
    return changed


def _copy(source: DeadlinePolicy, tenant_id: int | None) -> DeadlinePolicy:
    names = ("code", "name", "start_event", *CHANGEABLE)
    return DeadlinePolicy(tenant_id=tenant_id, **{name: getattr(source, name) for name in names})


def _check(values: dict[str, Any]) -> None:
    if unknown := set(values) - set(CHANGEABLE):
        raise TypeError(f"not to be changed: {unknown}")
    wrong = []
    if values.get("unit", Unit.HOUR) not in Unit.values:
        wrong.append(Refusal("DUE-01", "期限单位只能是小时、工作日、日或月", "unit"))
    if not 0 <= values.get("quantity", 0) <= 3650:
        wrong.append(Refusal("DUE-02", "期限数量须在 0 到 3650 之间", "quantity"))
    if not 0 <= values.get("max_extensions", 0) <= 9:
        wrong.append(Refusal("DUE-03", "延期次数上限须在 0 到 9 之间", "max_extensions"))
    if wrong:
        raise Refused(*wrong)
