"""Versions of procedures: draft, publish (never changed after), which one holds now, what differs.

Refusals: FLOW-LINT the drawing has faults · FLOW-DRAFT a newer draft was saved meanwhile · FLOW-NONE no
procedure is published under this key.
"""

from typing import Any

from zhongshu.base import clock, deadlines
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused, Stale
from zhongshu.base.trail import digest, record
from zhongshu.flow import hooks
from zhongshu.flow.differences import Difference, differences
from zhongshu.flow.graph import compile_blocks
from zhongshu.flow.lint import Finding, Known, lint
from zhongshu.flow.models import FlowDefinition, FlowInstance
from zhongshu.people.models import OrgUnit, Role

__all__ = [
    "Difference", "differences", "discard_draft", "draft", "draft_of", "findings", "in_flight", "known_for", "publish",
    "published", "save_draft",
]  # fmt: skip

Status = FlowDefinition.Status
Blocks = list[dict[str, Any]]


def published(key: str, tenant: OrgUnit) -> FlowDefinition:
    """Return the version that holds now; the room's own drawing where the office has none yet."""
    # The drawing is parsed once in a process (graph_of); each start needs the row alone.
    rows = FlowDefinition.objects.defer("blocks", "graph", "options")
    if found := rows.filter(tenant=tenant, key=key, status=Status.PUBLISHED).first():
        return found
    default = hooks.procedure(key)
    if not default.blocks:
        raise Refused.one("FLOW-NONE", f"还没有发布“{default.name or key}”流程，请联系系统管理员")
    return _install(default, tenant)


def _install(default: hooks.Procedure, tenant: OrgUnit) -> FlowDefinition:
    found, _ = FlowDefinition.objects.get_or_create(
        tenant=tenant,
        key=default.key,
        status=Status.PUBLISHED,
        defaults={
            "name": default.name,
            "version": next_version(default.key, tenant),
            "blocks": default.blocks,
            "options": dict(default.options),
            "graph": compile_blocks(default.blocks, default.options),
            "digest": digest({"blocks": default.blocks, "options": dict(default.options)}),
            "note": "随系统安装",
            "published_at": clock.now(),
        },
    )
    return found


def next_version(key: str, tenant: OrgUnit) -> int:
    """Return the number of the next version."""
    versions = FlowDefinition.objects.filter(tenant=tenant, key=key).values_list("version", flat=True)
    return max(versions, default=0) + 1


def known_for(key: str, tenant: OrgUnit) -> Known:
    """Return what a drawing of this key may name."""
    room = hooks.procedure(key)
    stored = FlowDefinition.objects.filter(tenant=tenant, status=Status.PUBLISHED)
    return Known(
        roles=frozenset(Role.objects.values_list("code", flat=True)),
        gates=frozenset(room.gates),
        resolvers=frozenset(room.resolvers),
        phases=frozenset(room.phases),
        procedures=frozenset(stored.values_list("key", flat=True))
        | {each.key for each in hooks.procedures() if each.blocks},
        policies=frozenset(rule.code for rule in deadlines.policies(tenant.pk)),
    )


def findings(definition: FlowDefinition) -> list[Finding]:
    """Return what lint finds in a definition."""
    return lint(definition.blocks, known_for(definition.key, definition.tenant))


def draft_of(key: str, tenant: OrgUnit) -> FlowDefinition | None:
    """Return the draft under way, if any."""
    return FlowDefinition.objects.filter(tenant=tenant, key=key, status=Status.DRAFT).first()


@act("flow.draft")
def draft(key: str, *, tenant: OrgUnit, by: Actor, name: str = "") -> FlowDefinition:
    """Begin a new version from the one that holds, or return the draft under way."""
    if found := draft_of(key, tenant):
        _note("flow.draft", found, "接着改草稿", by)
        return found
    base = FlowDefinition.objects.filter(tenant=tenant, key=key).order_by("-version").first()
    room = hooks.procedure(key)
    made = FlowDefinition.objects.create(
        tenant=tenant,
        key=key,
        name=name or (base.name if base else room.name) or key,
        version=next_version(key, tenant),
        blocks=base.blocks if base else room.blocks,
        options=base.options if base else dict(room.options),
    )
    _note("flow.draft", made, "新建流程草稿", by)
    return made


@act("flow.save_draft")
def save_draft(
    definition: FlowDefinition,
    *,
    by: Actor,
    blocks: Blocks | None = None,
    options: dict[str, Any] | None = None,
    name: str = "",
    note: str | None = None,
    edition: int | None = None,
) -> FlowDefinition:
    """Write a draft; a page read before another's change is told so."""
    row = FlowDefinition.objects.select_for_update(of=("self",)).get(pk=definition.pk)
    if not row.is_draft:
        raise Refused.one("FLOW-DRAFT", "已发布的流程不能改，请另起新版")
    if edition is not None and edition != row.edition:
        raise Stale.one("FLOW-STALE", "这份草稿刚刚有人改过，请看最新内容后再改")
    row.blocks = row.blocks if blocks is None else blocks
    row.options = row.options if options is None else options
    row.name, row.edition = name or row.name, row.edition + 1
    row.note = row.note if note is None else note[:300]
    row.save()
    _note("flow.save_draft", row, "改流程草稿", by)
    return row


@act("flow.discard_draft")
def discard_draft(definition: FlowDefinition, *, by: Actor) -> None:
    """Throw a draft away."""
    if not definition.is_draft:
        raise Refused.one("FLOW-DRAFT", "已发布的流程不能删除")
    _note("flow.discard_draft", definition, "放弃流程草稿", by)
    definition.delete()


@act("flow.publish")
def publish(definition: FlowDefinition, *, by: Actor, note: str = "") -> FlowDefinition:
    """发布: from now on new matters run by it; what is under way keeps its version."""
    row = FlowDefinition.objects.select_for_update(of=("self",)).get(pk=definition.pk)
    if not row.is_draft:
        raise Refused.one("FLOW-DRAFT", "这一版已经发布过了")
    if faults := [f for f in findings(row) if f.is_error]:
        raise Refused(
            *(Refusal("FLOW-LINT", f"{f.where}：{f.message}" if f.where else f.message) for f in faults)
        )
    others = FlowDefinition.objects.filter(tenant=row.tenant, key=row.key, status=Status.PUBLISHED)
    others.update(status=Status.RETIRED)
    row.graph = compile_blocks(row.blocks, row.options)
    row.digest = digest({"blocks": row.blocks, "options": row.options})
    row.status, row.published_at, row.published_by_id = Status.PUBLISHED, clock.now(), by.person_id
    row.note = (note or row.note)[:300]
    row.save()
    _note("flow.publish", row, "发布流程", by, key_act=True)
    return row


def in_flight(key: str, tenant: OrgUnit) -> dict[int, int]:
    """Return how many running instances each version of a procedure has."""
    running = FlowInstance.objects.filter(
        definition__key=key, definition__tenant=tenant, ended_at__isnull=True
    )
    counts: dict[int, int] = {}
    for version in running.values_list("definition__version", flat=True):
        counts[version] = counts.get(version, 0) + 1
    return counts


def _note(verb: str, row: FlowDefinition, label: str, by: Actor, *, key_act: bool = False) -> None:
    record(
        verb,
        by=by,
        object_kind="flowdefinition",
        object_id=row.pk,
        label=label,
        text=f"{row.name} 第{row.version}版" + (f"：{row.note}" if row.note else ""),
        data={"key": row.key, "version": row.version},
        after=row.digest or digest({"blocks": row.blocks}),
        key_act=key_act,
    )
