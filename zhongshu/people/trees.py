"""The tree of units as rows: each with its depth and the name it bore on the day."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from zhongshu.people.models import Appointment, OrgUnit


@dataclass(frozen=True)
class Branch:
    """One unit in the tree."""

    unit: OrgUnit
    name: str
    depth: int
    staff: int

    @property
    def indent(self) -> str:
        return "　" * self.depth


def tree(on: date) -> list[Branch]:
    """Return the units that stood on the day, each below its parent."""
    standing = OrgUnit.objects.standing(on).select_related("parent").prefetch_related("names")
    units = list(standing.order_by("sort_order", "pk"))
    below: dict[int | None, list[OrgUnit]] = defaultdict(list)
    known = {unit.pk for unit in units}
    for unit in units:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)
    staff = Counter(Appointment.objects.current(on).values_list("unit_id", flat=True))
    return _branches(below, None, 0, on, staff)


def _branches(
    below: dict[int | None, list[OrgUnit]], parent: int | None, depth: int, on: date, staff: Counter[int]
) -> list[Branch]:
    rows = []
    for unit in below.get(parent, []):
        rows.append(Branch(unit, unit.name_on(on), depth, staff[unit.pk]))
        rows += _branches(below, unit.pk, depth + 1, on, staff)
    return rows
