"""What roles permit: the defaults declared by the rooms, as changed by the security administrator."""

from __future__ import annotations

from collections.abc import Iterable

from zhongshu.people.models import Role, RolePermission
from zhongshu.ui import permissions


def permissions_of(roles: Iterable[Role]) -> frozenset[str]:
    """Return the codes that any of the roles gives."""
    by_role = {role.pk: set(permissions.codes_of_role(role.code)) for role in roles}
    for change in RolePermission.objects.filter(role_id__in=by_role):
        if change.is_granted:
            by_role[change.role_id].add(change.code)
        else:
            by_role[change.role_id].discard(change.code)
    return frozenset().union(*by_role.values())


def roles_with(code: str) -> list[Role]:
    """Return the roles that give a permission now."""
    return [role for role in Role.objects.order_by("sort_order", "pk") if code in permissions_of([role])]


# What every module stands on goes along with whichever module was delegated.
COMMON_MODULES = frozenset({"files", "flow", "matters", "workbench"})


def within_scope(codes: frozenset[str], scope: Iterable[str]) -> frozenset[str]:
    """Keep the codes of the named modules (`documents.register` belongs to `documents`); no names, all."""
    named = frozenset(scope)
    if not named:
        return codes
    return frozenset(c for c in codes if c.partition(".")[0] in named | COMMON_MODULES)
