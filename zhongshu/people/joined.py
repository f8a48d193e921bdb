"""Persons and units joined to other rows: what to leave unread when a page needs little more than their names."""

from zhongshu.base.narrow import all_but
from zhongshu.people.models import OrgUnit, Person


def person(path: str) -> list[str]:
    """Return what to `defer()` of a joined person who is named, told, or given work."""
    return all_but(path, Person, "name", "principal", "account_state")


def unit(path: str) -> list[str]:
    """Return what to `defer()` of a joined unit that is named and placed in the tree."""
    kept = ("principal", "name", "short_name", "unit_type", "parent", "tenant", "is_tenant")
    return all_but(path, OrgUnit, *kept)
