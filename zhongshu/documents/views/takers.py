"""来文收取: how the mailbox and the scanner's folder fare, without a word of any paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhongshu.base.refusals import Refused
from zhongshu.documents.models import Taker, TakerKind
from zhongshu.documents.taking import keeping, running
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest


@requires("system.takers")
@require_GET
def takers(request: OfficeRequest) -> HttpResponse:
    """Each taker: whether it is set up and switched on, its last run, what went wrong, how much it took."""
    lines = []
    for kind in TakerKind:
        offices = keeping.offices(kind)
        rows = Taker.objects.filter(kind=kind, tenant__in=offices) if offices else Taker.objects.none()
        lines.append(
            {
                "kind": kind.value,
                "label": kind.label,
                "configured": running.CONFIGURED[kind](),
                "office": offices[0] if offices else None,
                "row": rows.first(),
            }
        )
    return render(request, "documents/takers.html", {"title": "来文收取", "lines": lines})


@requires("system.takers")
@require_POST
def taker_now(request: OfficeRequest, kind: str) -> HttpResponse:
    """Let the worker run it now, also when it waits after failures."""
    if kind not in TakerKind.values:
        raise Http404
    if not keeping.offices(TakerKind(kind)):
        raise Refused.one("TAKE-02", "还没有启用：请先在“参数设置”里打开")
    count = running.promise(TakerKind(kind), at_once=True)
    tell(request, "已交后台收取，过一会儿刷新看结果" if count else "正在收取，请稍候")
    return go_to(request, reverse("documents:takers"))
