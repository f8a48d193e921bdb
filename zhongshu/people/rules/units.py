"""机构规则: history is never rewritten, and nothing is closed while people or work are in it."""

from __future__ import annotations

from datetime import date

from zhongshu.base import clock
from zhongshu.base.refusals import Refusal
from zhongshu.people import checks
from zhongshu.people.models import Appointment, OrgUnit


def obstacles_to_founding(name: str, parent: OrgUnit | None, on: date) -> list[Refusal]:
    """List why a unit of this name cannot begin."""
    found = []
    if is_taken(name, parent):
        found.append(Refusal("ORG-10", "同一上级下已有同名单位", "name"))
    if parent and not parent.is_standing(on):
        found.append(Refusal("ORG-11", "设立之日上级单位不存在", "valid_from"))
    return found


def obstacles_to_renaming(unit: OrgUnit, name: str, on: date) -> list[Refusal]:
    """List why a unit cannot bear a new name from that day."""
    found = _obstacles_of_day(unit, on)
    present = unit.names.filter(valid_to__isnull=True).first()
    if present and on <= present.valid_from:
        found.append(
            Refusal(
                "ORG-12", f"更名日期须晚于现名启用日{present.valid_from:%Y-%m-%d}，历史名称不得改写", "on"
            )
        )
    if is_taken(name, unit.parent, besides=unit):
        found.append(Refusal("ORG-10", "同一上级下已有同名单位", "name"))
    return found


def obstacles_to_closing(unit: OrgUnit, on: date) -> list[Refusal]:
    """List why a unit cannot end."""
    found = _obstacles_of_day(unit, on)
    if OrgUnit.objects.standing(on).filter(parent=unit).exclude(valid_to=on).exists():
        found.append(Refusal("ORG-13", "下面还有科室或单位，请先撤并"))
    if staff := Appointment.objects.current(clock.today()).filter(unit=unit).exclude(end=on).count():
        found.append(Refusal("ORG-14", f"还有{staff}人在此任职，请先办理离任"))
    if left := checks.open_work_of_unit(unit):
        found.append(Refusal("ORG-03", f"该单位尚有{left}件未办结，请先移交"))
    return found


def obstacles_to_merging(unit: OrgUnit, into: OrgUnit, on: date) -> list[Refusal]:
    """List why a unit cannot be merged into another."""
    found = _obstacles_of_day(unit, on)
    if unit == into or is_below(into, unit):
        found.append(Refusal("ORG-15", "不能并入自己或自己的下级", "into"))
    if not into.is_standing(on):
        found.append(Refusal("ORG-11", "并入的单位已撤销", "into"))
    if OrgUnit.objects.standing(on).filter(parent=unit).exists():
        found.append(Refusal("ORG-13", "下面还有科室或单位，请先撤并"))
    if left := checks.open_work_of_unit(unit):
        found.append(Refusal("ORG-03", f"该单位尚有{left}件未办结，请先移交"))
    return found


def obstacles_to_moving(unit: OrgUnit, parent: OrgUnit | None) -> list[Refusal]:
    """List why a unit cannot be put under another."""
    if parent and (parent == unit or is_below(parent, unit)):
        return [Refusal("ORG-15", "不能放到自己或自己的下级之下", "parent")]
    if is_taken(unit.name, parent, besides=unit):
        return [Refusal("ORG-10", "同一上级下已有同名单位", "parent")]
    return []


def is_taken(name: str, parent: OrgUnit | None, besides: OrgUnit | None = None) -> bool:
    same = OrgUnit.objects.filter(parent=parent, name=name, valid_to__isnull=True)
    return same.exclude(pk=besides.pk if besides else 0).exists()


def is_below(unit: OrgUnit, above: OrgUnit) -> bool:
    """Say whether a unit lies somewhere under another."""
    upper = unit.parent
    while upper is not None:
        if upper == above:
            return True
        upper = upper.parent
    return False


def _obstacles_of_day(unit: OrgUnit, on: date) -> list[Refusal]:
    if unit.valid_to is not None:
        return [Refusal("ORG-11", "该单位已撤销")]
    if on > clock.today():
        return [Refusal("ORG-12", "日期在将来的，请到那一天再办", "on")]
    if on < unit.valid_from:
        return [Refusal("ORG-12", "日期不能早于设立日期", "on")]
    return []
