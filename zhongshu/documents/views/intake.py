"""收文登记: the form a paper is registered by, what comes at night, and correcting what was registered."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhongshu.base.refusals import Refused, Stale
from zhongshu.documents import actions, rules
from zhongshu.documents.actions.dropping import Files, bodies_of
from zhongshu.documents.forms import CorrectionForm, ReceiveForm, RegistrationForm
from zhongshu.documents.intake import twins
from zhongshu.documents.intake.comparing import side_by_side
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.views.doors import of_paper
from zhongshu.documents.views.table import registered
from zhongshu.files import texts
from zhongshu.files.models import AttachmentKind
from zhongshu.matters import settings
from zhongshu.ui.forms import say, version_of
from zhongshu.ui.pages import go_to, tell, wants_part
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest

BODY = AttachmentKind.BODY


@requires("documents.register")
def incoming_new(request: OfficeRequest) -> HttpResponse:
    """Register a paper that lies on the table."""
    form = RegistrationForm(*_sent(request), by=request.actor)
    if request.method == "POST" and form.is_valid():
        files = form.handed()
        try:
            incoming = actions.register_attached(
                form.registration(), form.arrival(), files, text_of(files), by=request.actor
            )
        except Refused as refused:
            return _new_page(request, form, files, refused)
        tell(request, f"已登记：{incoming.matter.number}")
        return go_to(request, reverse("documents:incoming", args=[incoming.matter.public_id]))
    return _new_page(request, form, [])


def _sent(request: OfficeRequest) -> tuple[object, object]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def text_of(files: Files) -> str:
    """Return the words of a paper's text as the first look has found them."""
    return "\n".join(texts.kept(file.tenant_id, file.digest) for file, kind in files if kind == BODY)


def _new_page(
    request: OfficeRequest, form: RegistrationForm, files: Files, refused: Refused | None = None
) -> HttpResponse:
    context = {
        "title": "收文登记",
        "form": form,
        "issuers": settings.get("documents.issuers", request.actor.tenant_id),
    }
    if refused is not None:
        data = form.registration()
        say(form, refused)
        if "DOC-10" in refused.codes:
            context["same"] = rules.duplicates(
                request.actor.office, data.issuer_name, data.doc_number
            ).first()
        if "DOC-90" in refused.codes:
            context |= _compared(request, files)
    return render(request, "documents/incoming_new.html", context, status=422 if form.errors else 200)


def _compared(request: OfficeRequest, files: Files) -> dict[str, Any]:
    """Return the paper that is nearly this one, and both side by side."""
    text = text_of(files)
    twin = twins.nearest(text, bodies_of(files), by=request.actor)
    if twin is None:
        return {}
    rows = side_by_side(twins.text_of(twin.incoming), text)
    return {"twin": twin, "incoming": twin.incoming, "matter": twin.incoming.matter, "rows": rows}


@requires("documents.receive")
def incoming_receive(request: OfficeRequest) -> HttpResponse:
    """值班收文: what came at night is taken in and waits for the 秘书科 to sign."""
    form = ReceiveForm(*_sent(request), by=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            incoming = actions.receive_attached(
                form.registration(), form.arrival(), form.handed(), by=request.actor
            )
        except Refused as refused:
            say(form, refused)
        else:
            tell(request, "已收下，秘书科已得到通知；特急件请另打电话")
            return go_to(request, reverse("documents:incoming", args=[incoming.matter.public_id]))
    context = {"title": "值班收文", "form": form}
    return render(request, "documents/incoming_receive.html", context, status=422 if form.errors else 200)


@of_paper("documents.register")
def incoming_correct(request: OfficeRequest, found: IncomingDocument) -> HttpResponse:
    """改登记."""
    posted = request.POST if request.method == "POST" else None
    form = CorrectionForm(posted, initial=registered(found), incoming=found, by=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(found, form.registration(), seen=version_of(request), by=request.actor)
        except Refused as refused:
            if isinstance(refused, Stale) or wants_part(request):
                raise
            say(form, refused)
        else:
            tell(request, "登记内容已改，原内容留在办理痕迹里")
            return go_to(request, reverse("documents:incoming", args=[found.matter.public_id]))
    context = {
        "title": f"改登记 · {found.matter.number}",
        "form": form,
        "incoming": found,
        "matter": found.matter,
    }
    return render(request, "documents/incoming_correct.html", context, status=422 if form.errors else 200)
