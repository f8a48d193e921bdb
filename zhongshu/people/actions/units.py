"""机构设立、更名、合并、撤销: acts that add to a unit's history and never rewrite it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import digest, record
from zhongshu.people import versions
from zhongshu.people.models import Appointment, OrgUnit, OrgUnitName, RoleGrant
from zhongshu.people.rules import units as rules
from zhongshu.people.wording import label_of

ONE_DAY = timedelta(days=1)
DETAILS = ("uscc", "division_code", "doc_prefix", "fonds_no", "must_have_liaison", "sort_order")


@dataclass(frozen=True)
class UnitPlan:
    """What a new unit is to be."""

    name: str
    unit_type: str
    valid_from: date
    parent: OrgUnit | None = None
    short_name: str = ""
    is_tenant: bool = False
    uscc: str = ""
    division_code: str = ""
    doc_prefix: str = ""
    fonds_no: str = ""
    must_have_liaison: bool = False
    sort_order: int = 0


@act("unit_found")
def found_unit(plan: UnitPlan, *, by: Actor) -> OrgUnit:
    """Set up a unit."""
    if reasons := rules.obstacles_to_founding(plan.name, plan.parent, plan.valid_from):
        raise Refused(*reasons)
    unit = OrgUnit(**{name: getattr(plan, name) for name in UnitPlan.__dataclass_fields__})
    unit.save()
    _note("unit_found", unit, by, "设立机构", f"设立{unit.name}（{unit.get_unit_type_display()}）")
    return unit


@act("unit_edit")
def edit_unit(unit: OrgUnit, changes: dict[str, object], *, by: Actor) -> None:
    """Correct codes and order, which are no part of the name's history."""
    before = digest(unit)
    told = []
    for name in DETAILS:
        if name in changes and changes[name] != getattr(unit, name):
            told.append(f"{label_of(OrgUnit, name)}改为{changes[name] or '空'}")
            setattr(unit, name, changes[name])
    unit.save(update_fields=list(DETAILS))
    _note("unit_edit", unit, by, "修改机构信息", "；".join(map(str, told)) or "未作改动", before=before)


@act("unit_rename")
def rename_unit(
    unit: OrgUnit, name: str, *, on: date, short_name: str = "", basis: str = "", by: Actor
) -> None:
    """Give a unit a new name from that day; papers of before keep showing the old one."""
    if reasons := rules.obstacles_to_renaming(unit, name, on):
        raise Refused(*reasons)
    old = unit.name
    _end_name(unit, on - ONE_DAY)
    OrgUnitName.objects.create(unit=unit, name=name, short_name=short_name, valid_from=on, basis=basis)
    unit.name, unit.short_name = name, short_name
    unit.save(update_fields=["name", "short_name", "initials"])
    versions.bump_units([unit.pk])
    _note("unit_rename", unit, by, "机构更名", f"自{on:%Y-%m-%d}起，{old}更名为{name}", key_act=True)


@act("unit_merge")
def merge_unit(unit: OrgUnit, into: OrgUnit, *, on: date, basis: str = "", by: Actor) -> None:
    """End a unit and move its people, with their roles, to the unit that takes over."""
    if reasons := rules.obstacles_to_merging(unit, into, on):
        raise Refused(*reasons)
    staff = list(Appointment.objects.current(on).filter(unit=unit).select_related("person"))
    _end(unit, on - ONE_DAY if on > unit.valid_from else on, basis)
    for appointment in staff:
        _carry_over(appointment, into, on, by)
    unit.successor = into
    unit.save(update_fields=["successor"])
    versions.bump(*(a.person_id for a in staff))
    _note("unit_merge", unit, by, "机构合并", f"自{on:%Y-%m-%d}起，{unit.name}并入{into.name}", key_act=True)


@act("unit_close")
def close_unit(unit: OrgUnit, *, on: date, basis: str = "", by: Actor) -> None:
    """End a unit after that day."""
    if reasons := rules.obstacles_to_closing(unit, on):
        raise Refused(*reasons)
    _end(unit, on, basis)
    versions.bump_units([unit.pk])
    _note("unit_close", unit, by, "机构撤销", f"{unit.name}于{on:%Y-%m-%d}撤销", key_act=True)


@act("unit_move")
def move_unit(unit: OrgUnit, parent: OrgUnit | None, *, by: Actor) -> None:
    """Put a unit under another one."""
    if reasons := rules.obstacles_to_moving(unit, parent):
        raise Refused(*reasons)
    unit.parent = parent
    if not unit.is_tenant:
        unit.tenant_id = parent.tenant_id if parent else None
    unit.save(update_fields=["parent", "tenant"])
    versions.bump_units([unit.pk])
    _note("unit_move", unit, by, "调整上级单位", f"{unit.name}改属{parent.name if parent else '顶层'}")


def _end(unit: OrgUnit, last_day: date, basis: str) -> None:
    unit.valid_to = last_day
    unit.save(update_fields=["valid_to"])
    _end_name(unit, last_day)
    if basis:
        unit.names.filter(valid_to=last_day).update(basis=basis)


def _end_name(unit: OrgUnit, last_day: date) -> None:
    unit.names.filter(valid_to__isnull=True).update(valid_to=last_day)


def _carry_over(old: Appointment, into: OrgUnit, on: date, by: Actor) -> None:
    grants = list(RoleGrant.objects.standing().filter(appointment=old))
    old.end = max(on - ONE_DAY, old.start)
    old.save(update_fields=["end"])
    taken = Appointment.objects.filter(person=old.person, unit=into, post=old.post, end__isnull=True).first()
    new = taken or Appointment.objects.create(
        person=old.person,
        unit=into,
        post=old.post,
        is_primary=old.is_primary,
        sort_order=old.sort_order,
        start=on,
    )
    for grant in grants:
        RoleGrant.objects.get_or_create(
            person=old.person,
            role=grant.role,
            appointment=new,
            revoked_at=None,
            defaults={"granted_by_id": by.person_id},
        )


def _note(
    verb: str, unit: OrgUnit, by: Actor, label: str, text: str, *, before: str = "", key_act: bool = False
) -> None:
    record(
        verb,
        by=by,
        object_kind="orgunit",
        object_id=unit.pk,
        label=label,
        text=text,
        before=before,
        after=unit,
        key_act=key_act,
    )
