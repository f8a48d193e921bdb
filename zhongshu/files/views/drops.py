"""上传篮 for browsers and scripts: lay one file, ask how far it is, throw it away."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from zhongshu.base.refusals import Refused, Repeated
from zhongshu.files import drops, handing, permissions, uploads
from zhongshu.files.models import Drop, DropSource, DropState
from zhongshu.files.screening import NOT_PROMISED
from zhongshu.matters.access import access_matter
from zhongshu.ui.pages import go_to, wants_part
from zhongshu.ui.permissions import requires, signed_in
from zhongshu.ui.requests import OfficeRequest

PLACE = 120
NO_FILE = ("FILE-24", "请选择要上传的文件", "file")
ADVICE = {
    DropState.WAITING: "排队等待检查，可以离开这一页",
    DropState.READING: "正在检查和识别，可以离开这一页",
    DropState.CLEAN: "可以登记",
    DropState.DOUBTFUL: "文件里有像密级标志的字样，已请保密审查人判断，请等候通知",
    DropState.UNREAD: "扫描件认不出文字，请本办公室另一人查看并确认不涉密",
    DropState.STOPPED: "副本已擦除。确属误拦的，请带原件找保密审查人",
    DropState.EXPIRED: "到期没有登记，副本已清除；需要时请重新上传",
}


@requires(permissions.DROP)
@require_POST
def drop(request: OfficeRequest) -> HttpResponse:
    """Lay one file; answers 201 with where its state is told."""
    try:
        laid = _laid(request)
    except Repeated as repeated:
        return go_to(request, repeated.reference)
    except Refused as refused:
        if not _wants_json(request):
            raise
        return JsonResponse({"refusals": _plain(refused)}, status=refused.status)
    return JsonResponse(state_of(laid), status=201)


@signed_in
@require_GET
def drop_state(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Tell where a drop stands."""
    return JsonResponse(state_of(drops.access_drop(request.actor, public_id)))


@requires(permissions.DROP)
@require_POST
def drop_discard(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Throw a drop away."""
    found = drops.access_drop(request.actor, public_id)
    drops.discard(found, by=request.actor)
    if _wants_json(request):
        return JsonResponse(state_of(found))
    return HttpResponse(status=204) if wants_part(request) else go_to(request, "/")


def state_of(drop: Drop) -> dict[str, Any]:
    """Return what a page shows of a drop; its name only once it passed."""
    said = handing.said_of(drop) if drop.source == DropSource.FORM else None
    return {
        "id": drop.public_id,
        "url": drop.get_absolute_url(),
        "state": drop.state,
        "label": said.label if said else "待放行" if drop.waits_for_release else drop.get_state_display(),
        "done": drop.done,
        "total": drop.total,
        "size": drop.size,
        "name": drop.name,
        "code": drop.refusal_code,
        "message": drop.refusal_text,
        "advice": said.words if said else ADVICE.get(DropState(drop.state), ""),
        "final": drop.state not in (DropState.WAITING, DropState.READING),
    }


def _laid(request: OfficeRequest) -> Drop:
    posted, files = request.POST, request.FILES
    if refusal := uploads.refusal_of(request):
        raise Refused(refusal)
    upload = files.get("file")
    if upload is None:
        raise Refused.one(*NO_FILE)
    promised = bool(posted.get("promise"))
    if not (place := posted.get("place", "")[:PLACE]):
        return drops.lay(upload, by=request.actor, promised=promised)
    if not promised:
        raise Refused(NOT_PROMISED)
    return handing.hand_in(upload, tenant_id=_tenant_of(request), place=place, by=request.actor)


def _tenant_of(request: OfficeRequest) -> int:
    """Return whose quarantine the file waits in: that of the matter it is for, else of the person's own office."""
    if public_id := request.POST.get("matter", ""):
        return access_matter(request.actor, public_id).tenant_id
    return request.actor.office


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _plain(refused: Refused) -> list[dict[str, str]]:
    return [{"code": r.code, "message": r.message, "field": r.field} for r in refused.refusals]
