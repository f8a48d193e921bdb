"""Units to which papers are put but where nobody can sign for them, or nobody can approve what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from zhongshu.base import clock
from zhongshu.people.models import AccountState, Appointment, OrgUnit, UnitType

NO_RECEIVERS = (UnitType.COUNTY_GOV, UnitType.GOV_OFFICE, UnitType.SECTION)
ROLES = ("liaison", "dept_head", "secretariat")


@dataclass(frozen=True)
class Gap:
    """A unit, and whom it lacks."""

    unit: OrgUnit
    has_liaison: bool
    has_head: bool

    @property
    def words(self) -> str:
        """Say what is lacking and what comes of it."""
        name = self.unit.label
        if self.has_liaison:
            return f"{name}没有主要负责人的账号，反馈没有人能审签"
        if self.has_head:
            return f"{name}没有联络员，来文没有人能签收"
        return f"{name}既没有联络员，也没有主要负责人，来文没有人能签收"


def gaps(on: date | None = None) -> list[Gap]:
    """Return the receiving units where on that day somebody will be missing; offices with a 秘书科 apart."""
    day = on or clock.today()
    liaisons, heads, offices = _tenants_by_role(day).values()
    units = OrgUnit.objects.standing(day).filter(is_tenant=True).exclude(unit_type__in=NO_RECEIVERS)
    return [
        Gap(unit, unit.pk in liaisons, unit.pk in heads)
        for unit in units.exclude(pk__in=offices).order_by("unit_type", "sort_order", "pk")
        if unit.pk not in liaisons or unit.pk not in heads
    ]


def unable_to_sign(on: date | None = None) -> list[Gap]:
    """Return the units that cannot sign for a paper."""
    return [gap for gap in gaps(on) if not gap.has_liaison]


def warning(units: Sequence[OrgUnit], on: date | None = None) -> str:
    """Return what to say after somebody left these units; nothing where the units still have who they need."""
    tenants = {unit.tenant_id for unit in units}
    found = [gap.words for gap in gaps(on) if gap.unit.pk in tenants]
    return f"。请注意：{'；'.join(found)}，请尽快任职并授予角色" if found else ""


def _tenants_by_role(on: date) -> dict[str, set[int]]:
    """Return for each role the tenants in which somebody with an enabled account holds it on that day."""
    held = Appointment.objects.current(on).filter(
        Q(person__grants__appointment__isnull=True) | Q(person__grants__appointment=F("pk")),
        person__account_state=AccountState.ENABLED,
        person__grants__revoked_at__isnull=True,
        person__grants__role__code__in=ROLES,
    )
    found: dict[str, set[int]] = {role: set() for role in ROLES}
    for role, tenant in held.values_list("person__grants__role__code", "unit__tenant"):
        if tenant:
            found[role].add(tenant)
    return found
