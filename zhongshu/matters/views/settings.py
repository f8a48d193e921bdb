"""Settings an administrator edits, each with its history."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.matters import settings
from zhongshu.matters.models import SettingChange
from zhongshu.people.models import OrgUnit
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest


def _tenant_id(request: OfficeRequest) -> int:
    if request.actor.tenant_id is None:
        raise Http404("请先为管理员指定所在单位")
    return request.actor.tenant_id


@requires("system.settings")
def settings_list(request: OfficeRequest) -> HttpResponse:
    """设置: groups of settings with value, default and help."""
    tenant_id = _tenant_id(request)
    rows = [
        {
            "setting": s,
            "value": settings.get(s.key, tenant_id),
            "text": as_text(s, settings.get(s.key, tenant_id)),
        }
        for s in sorted(settings.declared(), key=lambda s: s.group)
    ]
    groups = [(name, list(found)) for name, found in groupby(rows, key=lambda row: row["setting"].group)]
    changes = (
        SettingChange.objects.filter(tenant_id=tenant_id).select_related("changed_by").order_by("-pk")[:20]
    )
    labels = {s.key: s.label for s in settings.declared()}
    history = [{"change": change, "label": labels.get(change.key, change.key)} for change in changes]
    return render(
        request, "matters/settings.html", {"title": "参数设置", "groups": groups, "history": history}
    )


def as_text(setting: settings.Declared, value: Any) -> str:
    """Write a value as the form shows it."""
    match setting.type:
        case "lines":
            return "\n".join(value)
        case "table":
            return "\n".join(" | ".join(str(cell) for cell in row) for row in value)
        case "bool":
            return "on" if value else ""
        case _:
            return str(value)


@requires("system.settings")
@require_POST
def setting_change(request: OfficeRequest, key: str) -> HttpResponse:
    """Change one setting."""
    found = {s.key: s for s in settings.declared()}.get(key)
    if found is None:
        raise Http404
    tenant = get_object_or_404(OrgUnit, pk=_tenant_id(request))
    value = settings.parse(found, request.POST.get("value", ""))
    settings.change(key, value, tenant=tenant, reason=request.POST.get("reason", "")[:200], by=request.actor)
    tell(request, f"已修改“{found.label}”")
    return go_to(request, reverse("matters:settings"))
