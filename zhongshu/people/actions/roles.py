"""角色: renamed by the office, and given or denied single permissions; the code's defaults stay readable."""

from __future__ import annotations

from collections.abc import Iterable

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import record
from zhongshu.people import grants, versions
from zhongshu.people.defaults import ADMIN_CODES
from zhongshu.people.models import Role, RolePermission
from zhongshu.ui import permissions


@act("role_edit")
def edit_role(role: Role, *, name: str, duties: str, by: Actor) -> None:
    """Give a role the name the office uses for it."""
    if Role.objects.filter(name=name).exclude(pk=role.pk).exists():
        raise Refused.one("ORG-10", "已有同名角色", "name")
    old = role.name
    role.name, role.duties = name, duties
    role.save(update_fields=["name", "duties"])
    _note(role, by, "修改角色", f"“{old}”改名为“{name}”" if old != name else "修改职责说明")


@act("role_permissions")
def set_permissions(role: Role, wanted: Iterable[str], *, by: Actor) -> None:
    """Let a role have exactly these permissions; only what departs from the defaults is stored."""
    before, after = grants.permissions_of([role]), frozenset(wanted)
    if reasons := _obstacles(role, before, after):
        raise Refused(*reasons)
    default = permissions.codes_of_role(role.code)
    RolePermission.objects.filter(role=role).delete()
    RolePermission.objects.bulk_create(
        RolePermission(role=role, code=code, is_granted=code in after) for code in sorted(after ^ default)
    )
    versions.bump_all()
    _note(
        role,
        by,
        "调整角色权限",
        _difference(before, after),
        {"before": sorted(before), "after": sorted(after)},
    )


def _obstacles(role: Role, before: frozenset[str], after: frozenset[str]) -> list[Refusal]:
    labels = {p.code: p for p in permissions.declared()}
    added = after - before
    if unknown := [code for code in added if code not in labels]:
        return [Refusal("ORG-19", f"没有这项权限：{'、'.join(unknown)}")]
    for_admins = {p.code for p in labels.values() if p.roles and ADMIN_CODES.issuperset(p.roles)}
    if role.is_admin and added - _admin_codes(labels.values()):
        return [Refusal("ORG-02", "管理员角色不得有业务权限")]
    if not role.is_admin and added & for_admins:
        return [Refusal("ORG-02", "系统管理的权限只能属于管理员角色")]
    if role.is_admin and (
        shared := [c for c in added if labels[c].roles and role.code not in labels[c].roles]
    ):
        names = "、".join(labels[c].label for c in shared)
        return [Refusal("ORG-01", f"三员的权限不得混用：{names}")]
    return []


def _admin_codes(declared: Iterable[permissions.Permission]) -> set[str]:
    return {p.code for p in declared if ADMIN_CODES.intersection(p.roles)}


def _difference(before: frozenset[str], after: frozenset[str]) -> str:
    labels = {p.code: p.label for p in permissions.declared()}
    parts = []
    if added := after - before:
        parts.append("增加" + "、".join(sorted(labels.get(c, c) for c in added)))
    if removed := before - after:
        parts.append("减少" + "、".join(sorted(labels.get(c, c) for c in removed)))
    return "；".join(parts) or "未作改动"


def _note(role: Role, by: Actor, label: str, text: str, data: dict[str, object] | None = None) -> None:
    record(
        "role_edit",
        by=by,
        object_kind="role",
        object_id=role.pk,
        label=label,
        text=f"{role.name}：{text}",
        data=data or {},
        key_act=True,
    )
