"""双轨: a signed sheet comes back as a scan, its code says which paper and which box, the secretary adds the words."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from zhongshu.base.acts import refuse_repeated
from zhongshu.base.refusals import Refused, Stale
from zhongshu.documents import actions
from zhongshu.documents.forms import RecordForm, ScanForm
from zhongshu.documents.intake.returns import BOX_OF_PHASE, Found, papers_on, returned
from zhongshu.documents.models import Box, IncomingDocument
from zhongshu.documents.views.doors import of_paper
from zhongshu.files import blobs, paper
from zhongshu.files.drops import access_drop, received_of
from zhongshu.files.models import Attachment
from zhongshu.files.screening import Received
from zhongshu.ui.forms import key_of, say
from zhongshu.ui.pages import go_to, page_or_part, tell, wants_part
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest


@of_paper("documents.record_for_leader")
def incoming_record(request: OfficeRequest, found: IncomingDocument) -> HttpResponse:
    """代录 of a 批示 given on paper, orally or by telephone."""
    is_sent = request.method == "POST"
    if is_sent:
        refuse_repeated(request.actor.key)
    sent = (request.POST, request.FILES) if is_sent else (None, None)
    form = RecordForm(*sent, incoming=found, by=request.actor, initial=_known(request, found))
    if is_sent and form.is_valid():
        try:
            record(found, form, request)
        except Refused as refused:
            if isinstance(refused, Stale) or wants_part(request):
                raise
            say(form, refused)
        else:
            tell(request, "已代录，待领导本人确认")
            return go_to(request, reverse("documents:incoming", args=[found.matter.public_id]))
    context = {
        "title": "代录领导批示",
        "form": form,
        "incoming": found,
        "matter": found.matter,
        "act": {"label": "代录领导批示"},
        "kept": _kept(request, found),
        "url": reverse("documents:incoming_record", args=[found.matter.public_id]),
    }
    return page_or_part(request, "documents/record.html", "form", context, status=422 if form.errors else 200)


def _known(request: OfficeRequest, found: IncomingDocument) -> dict[str, object]:
    """Prefill box and leader from where the paper stands, and what the code on the scan said."""
    box = request.GET.get("box") or BOX_OF_PHASE.get(found.matter.phase, Box.INSTRUCTION)
    waiting = found.matter.tasks.filter(
        closed_at__isnull=True, parked=False, step__phase=found.matter.phase, assignee__isnull=False
    )
    leader = (
        waiting.values_list("assignee_id", flat=True).first() if found.matter.phase in BOX_OF_PHASE else None
    )
    kept = _kept(request, found)
    return {
        "box": box,
        "leader": leader,
        "is_late": found.matter.phase not in BOX_OF_PHASE,
        "kept_scan": kept.public_id if kept else "",
    }


def _kept(request: OfficeRequest, found: IncomingDocument) -> Attachment | None:
    named = request.POST.get("kept_scan", "") or request.GET.get("scan", "")
    pages = found.matter.attachments.filter(kind="scan", voided_at__isnull=True)
    return pages.filter(public_id=named).first() if named else None


def record(found: IncomingDocument, form: RecordForm, request: OfficeRequest) -> None:
    """Write the words down for the leader, together with the page they were signed on."""
    by, data = request.actor, form.cleaned_data
    scan = next(iter(data["scan"]), None)
    words = form.words(
        scan=data["kept_scan"] if scan is None else None,
        original_holder=data["original_holder"],
        instructed_at=data["instructed_at"],
    )
    actions.record_for_leader(
        found, words, leader=data["leader"], box=data["box"], is_late=data["is_late"], scan=scan, by=by
    )


@requires("documents.record_for_leader")
def incoming_scan(request: OfficeRequest) -> HttpResponse:
    """扫描件回单: the code on the page says which paper it is; the page is kept with it at once."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ScanForm(*sent, by=request.actor)
    if not form.is_valid():
        return _scan_page(request, form, status=422 if form.is_bound else 200)
    [scan] = form.cleaned_data["scan"]
    with blobs.opened(scan.tenant_id, scan.digest) as file:
        found = papers_on(paper.recognise(file.read(), by=request.actor))
    if not found:
        message = "没有认出二维码。请检查扫描件是否完整、端正，或打开那一件后用“代录领导批示”上传"
        return _scan_page(request, form, message, status=422)
    if len(found) > 1:
        return _scan_page(request, form, found=found)
    return _keep(found[0], scan, request)


@requires("documents.record_for_leader")
@require_POST
def drop_return(request: OfficeRequest, public_id: str) -> HttpResponse:
    """扫描件回单 out of the basket: the file goes to the paper that its code names."""
    refuse_repeated(key_of(request))
    drop = access_drop(request.actor, public_id)
    back = returned(drop, by=request.actor)
    if back is None or back.only is None:
        raise Refused.one("DOC-92", "这份文件上没有认出唯一的一件，请打开那一件后用“代录领导批示”上传")
    return _keep(back.only, received_of(drop, by=request.actor), request)


def _keep(found: Found, received: Received, request: OfficeRequest) -> HttpResponse:
    """Put the scan with its paper; a signed sheet goes on to the words that stand on it."""
    matter = found.matter
    incoming = IncomingDocument.objects.select_related("matter").get(pk=matter.pk)
    kept = actions.keep_scan(incoming, received, by=request.actor)
    if found.is_cover:
        tell(request, f"已认出封面：{matter.number}，扫描件已存入这一件")
        return go_to(request, reverse("documents:incoming", args=[matter.public_id]))
    tell(request, f"已认出：{matter.number}“{found.box_label}”栏，请录入批示内容和实际时间")
    query = urlencode({"box": found.box, "scan": kept.public_id})
    return go_to(request, f"{reverse('documents:incoming_record', args=[matter.public_id])}?{query}")


def _scan_page(
    request: OfficeRequest,
    form: ScanForm,
    message: str = "",
    *,
    found: Sequence[Found] = (),
    status: int = 200,
) -> HttpResponse:
    context = {"title": "扫描件回单", "form": form, "message": message, "found": found}
    return render(request, "documents/incoming_scan.html", context, status=status)
