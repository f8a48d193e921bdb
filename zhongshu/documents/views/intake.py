"""收文登记: the form a paper is registered by, correcting it, and a signed sheet coming back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhongshu.base.refusals import Refused
from zhongshu.documents import actions, rules
from zhongshu.documents.access import access_incoming
from zhongshu.documents.forms import CorrectionForm, RecordForm, RegistrationForm
from zhongshu.documents.models import IncomingDocument
from zhongshu.files import paper
from zhongshu.files.actions import attach_all
from zhongshu.files.screening import receive
from zhongshu.matters import settings
from zhongshu.ui.forms import version_of
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest


@requires("documents.register")
def incoming_new(request: OfficeRequest) -> HttpResponse:
    """Register a paper that lies on the table."""
    form = RegistrationForm(*_sent(request), by=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            incoming = register(form, request)
        except Refused as refused:
            return _new_page(request, form, refused)
        tell(request, f"已登记：{incoming.matter.number}")
        return go_to(request, reverse("documents:incoming", args=[incoming.matter.public_id]))
    return _new_page(request, form)


def _sent(request: OfficeRequest) -> tuple[object, object]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def register(form: RegistrationForm, request: OfficeRequest) -> IncomingDocument:
    """Screen the files first, then register and attach in one act."""
    by = request.actor
    data = form.cleaned_data
    uploads = [(upload, "body") for upload in [data["body_file"]] if upload]
    uploads += [(upload, "attachment") for upload in data["more_files"]]
    received = [(receive(upload, tenant_id=by.office, by=by), kind) for upload, kind in uploads]
    return actions.register_with_files(form.registration(), form.arrival(), received, by=by)


def _new_page(request: OfficeRequest, form: RegistrationForm, refused: Refused | None = None) -> HttpResponse:
    refusals = refused.refusals if refused else ()
    for refusal in refusals:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    same = None
    if any(refusal.code == "DOC-10" for refusal in refusals):
        data = form.registration() if hasattr(form, "cleaned_data") else None
        same = data and rules.duplicates(request.actor.office, data.issuer_name, data.doc_number).first()
    context = {
        "title": "收文登记",
        "form": form,
        "same": same,
        "issuers": settings.get("documents.issuers", request.actor.tenant_id),
    }
    return render(request, "documents/incoming_new.html", context, status=422 if form.errors else 200)


@requires("documents.register")
def incoming_correct(request: OfficeRequest, public_id: str) -> HttpResponse:
    """改登记."""
    found = access_incoming(request.actor, public_id)
    initial = {name: getattr(found, name) for name in CorrectionForm.base_fields if hasattr(found, name)}
    initial |= {name: getattr(found.matter, name) for name in ("title", "urgency", "label")}
    posted = request.POST if request.method == "POST" else None
    form = CorrectionForm(posted, initial=initial, incoming=found, by=request.actor)
    if request.method == "POST" and form.is_valid():
        actions.correct(found, form.registration(), seen=version_of(request), by=request.actor)
        tell(request, "登记内容已改，原内容留在办理痕迹里")
        return go_to(request, reverse("documents:incoming", args=[public_id]))
    context = {
        "title": f"改登记 · {found.matter.number}",
        "form": form,
        "incoming": found,
        "matter": found.matter,
    }
    return render(request, "documents/incoming_correct.html", context, status=422 if form.errors else 200)


@requires("documents.record_for_leader")
def incoming_record(request: OfficeRequest, public_id: str) -> HttpResponse:
    """代录 of a 批示 given on paper, orally or by telephone."""
    found = access_incoming(request.actor, public_id)
    form = RecordForm(*_sent(request), incoming=found, by=request.actor)
    if request.method == "POST" and form.is_valid():
        record(found, form, request)
        tell(request, "已代录，待领导本人确认")
        return go_to(request, reverse("documents:incoming", args=[public_id]))
    context = {
        "title": "代录领导批示",
        "form": form,
        "incoming": found,
        "matter": found.matter,
        "act": {"label": "代录领导批示"},
        "url": reverse("documents:incoming_record", args=[public_id]),
    }
    return page_or_part(request, "documents/record.html", "form", context, status=422 if form.errors else 200)


def record(found: IncomingDocument, form: RecordForm, request: OfficeRequest) -> None:
    """Attach the scan, then write the words down for the leader."""
    by, data = request.actor, form.cleaned_data
    scan = None
    if data["scan"]:
        received = receive(data["scan"], tenant_id=found.matter.tenant_id, by=by)
        scan = attach_all(found.matter, [received], "scan", by=by.with_key(""))[0]
    words = form.words(
        scan=scan, original_holder=data["original_holder"], instructed_at=data["instructed_at"]
    )
    act = actions.instruct_late if data["is_late"] else actions.instruct
    act(found, words, for_leader=data["leader"], by=by)


@requires("documents.record_for_leader")
def incoming_scan(request: OfficeRequest) -> HttpResponse:
    """A signed sheet comes back as a scan: its code says which paper and which box."""
    if request.method != "POST":
        return render(request, "documents/incoming_scan.html", {"title": "扫描件回单"})
    upload = request.FILES.get("scan")
    places = paper.recognise(upload.read(), by=request.actor) if upload else []
    if not places:
        message = "没有认出二维码。请检查扫描件是否完整、端正，或打开那一件后用“代录领导批示”上传"
        context = {"title": "扫描件回单", "message": message}
        return render(request, "documents/incoming_scan.html", context, status=422)
    tell(request, "已认出是这一件，请录入批示内容和实际时间，并上传签批页")
    return go_to(request, reverse("documents:incoming_record", args=[places[0].place.matter.public_id]))
