"""流程: the list, one procedure with its versions, and bringing what is under way to a new version."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from zhongshu.flow import bpmn, definitions, hooks, migration, picture, verbs
from zhongshu.flow.board import Board
from zhongshu.flow.models import FlowDefinition, FlowInstance
from zhongshu.flow.rehearsal import sketch
from zhongshu.people.models import OrgUnit
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest

Status = FlowDefinition.Status


def tenant_of(request: OfficeRequest) -> OrgUnit:
    """Return the office whose procedures the administrator looks after."""
    if request.actor.tenant_id is None:
        raise Http404("请先为管理员指定所在单位")
    return get_object_or_404(OrgUnit, pk=request.actor.tenant_id)


@requires("flow.design")
def procedure_list(request: OfficeRequest) -> HttpResponse:
    """流程: every procedure a room knows or the office has drawn."""
    tenant = tenant_of(request)
    stored: dict[str, list[FlowDefinition]] = {}
    for row in FlowDefinition.objects.filter(tenant=tenant).order_by("-version"):
        stored.setdefault(row.key, []).append(row)
    names = {room.key: room.name for room in hooks.procedures() if room.blocks}
    rows = [_line(key, names.get(key, ""), stored.get(key, []), tenant) for key in {**names, **stored}]
    return render(request, "flow/procedures.html", {"title": "流程设计", "rows": rows})


def _line(key: str, name: str, versions: list[FlowDefinition], tenant: OrgUnit) -> dict[str, Any]:
    current = next((row for row in versions if row.status == Status.PUBLISHED), None)
    draft = next((row for row in versions if row.is_draft), None)
    return {
        "key": key,
        "name": current.name if current else draft.name if draft else name or key,
        "current": current,
        "draft": draft,
        "in_flight": sum(definitions.in_flight(key, tenant).values()),
    }


@requires("flow.design")
def procedure(request: OfficeRequest, key: str) -> HttpResponse:
    """One procedure: as it holds now, its versions, how many are under way by each."""
    tenant = tenant_of(request)
    versions = list(
        FlowDefinition.objects.filter(tenant=tenant, key=key)
        .select_related("published_by")
        .order_by("-version")
    )
    shown = next((row for row in versions if row.status == Status.PUBLISHED), None) or _unsaved(key, tenant)
    flying = definitions.in_flight(key, tenant)
    context = {
        "title": shown.name,
        "key": key,
        "shown": shown,
        "lane": Board(shown, []).lane,
        "picture": picture.svg(sketch(shown), label=shown.name),
        "versions": [(row, flying.get(row.version, 0)) for row in versions],
        "draft": next((row for row in versions if row.is_draft), None),
        "older": sum(count for version, count in flying.items() if version != shown.version),
    }
    return render(request, "flow/procedure.html", context)


def _unsaved(key: str, tenant: OrgUnit) -> FlowDefinition:
    """Return the room's own drawing, which is installed when it is first used."""
    room = hooks.procedure(key)
    if not room.blocks:
        raise Http404
    return FlowDefinition(
        tenant=tenant, key=key, name=room.name, version=0, blocks=room.blocks, options=dict(room.options)
    )


@requires("flow.design")
def procedure_version(request: OfficeRequest, key: str, version: int) -> HttpResponse:
    """One version, and what it changed against the one before."""
    tenant = tenant_of(request)
    shown = get_object_or_404(FlowDefinition, tenant=tenant, key=key, version=version)
    before = (
        FlowDefinition.objects.filter(tenant=tenant, key=key, version__lt=version)
        .order_by("-version")
        .first()
    )
    context = {
        "title": str(shown),
        "key": key,
        "shown": shown,
        "before": before,
        "lane": Board(shown, []).lane,
        "picture": picture.svg(sketch(shown), label=shown.name),
        "differences": definitions.differences(before.blocks, shown.blocks) if before else [],
    }
    return render(request, "flow/version.html", context)


@requires("flow.design")
def procedure_bpmn(request: OfficeRequest, key: str, version: int) -> HttpResponse:
    """导出 BPMN: a version for other drawing tools."""
    shown = get_object_or_404(FlowDefinition, tenant=tenant_of(request), key=key, version=version)
    answer = HttpResponse(bpmn.to_bpmn(key, shown.name, shown.blocks), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{key}-v{version}.bpmn"'
    return answer


@requires("flow.design")
def procedure_migrate(request: OfficeRequest, key: str) -> HttpResponse:
    """在办件换用新流程: which could, which not and why; only the ticked ones go over. No titles are shown here."""
    tenant = tenant_of(request)
    current = get_object_or_404(FlowDefinition, tenant=tenant, key=key, status=Status.PUBLISHED)
    if request.method == "POST":
        chosen = FlowInstance.objects.filter(
            pk__in=[pk for pk in request.POST.getlist("instance") if pk.isdigit()],
            definition__key=key,
            definition__tenant=tenant,
        )
        reason = request.POST.get("reason", "")[:200]
        gone, reasons = verbs.migrate_many(list(chosen), current, by=request.actor, reason=reason)
        tell(request, f"{gone}件已换用新流程" + (f"；未换：{'；'.join(reasons[:3])}" if reasons else ""))
        return go_to(request, reverse("flow:procedure", args=[key]))
    rows = [(instance, [r.message for r in why]) for instance, why in migration.plan(current)]
    context = {
        "title": f"{current.name}：在办件换用第{current.version}版",
        "key": key,
        "current": current,
        "rows": rows,
    }
    return render(request, "flow/migrate.html", context)
