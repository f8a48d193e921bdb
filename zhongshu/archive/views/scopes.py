"""归档范围: the table that proposes how long a paper is kept."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from zhongshu.archive import actions, defaults
from zhongshu.archive.forms import ScopeForm
from zhongshu.archive.models import ArchiveScope
from zhongshu.people.models import OrgUnit
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest


@requires("archive.keep")
def scopes(request: OfficeRequest) -> HttpResponse:
    """List the rows in the order in which they are tried."""
    tenant = get_object_or_404(OrgUnit, pk=request.actor.tenant_id)
    defaults.ensure_scopes(tenant)
    rows = ArchiveScope.objects.filter(tenant=tenant)
    return render(request, "archive/scopes.html", {"title": "归档范围", "scopes": rows})


@requires("archive.keep")
def scope_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a row; 0 begins a new one."""
    tenant = get_object_or_404(OrgUnit, pk=request.actor.tenant_id)
    row = (
        get_object_or_404(ArchiveScope, pk=pk, tenant=tenant)
        if pk
        else ArchiveScope(tenant=tenant, sort_order=999)
    )
    form = ScopeForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        actions.save_scope(tenant, form.row(), by=request.actor)
        tell(request, "归档范围已保存，以后办结的件按它建议")
        return go_to(request, reverse("archive:scopes"))
    context = {"title": "修改归档范围", "form": form, "scope": row}
    return render(request, "archive/scope_edit.html", context, status=422 if form.errors else 200)
