"""收文登记: the form a paper is registered by, what comes at night, and correcting what was registered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhongshu.base.refusals import Refused, Stale
from zhongshu.documents import actions, rules
from zhongshu.documents.forms import CorrectionForm, ReceiveForm, RegistrationForm
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.views.doors import of_paper
from zhongshu.documents.views.table import registered
from zhongshu.matters import settings
from zhongshu.ui.forms import say, version_of
from zhongshu.ui.pages import go_to, tell, wants_part
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
    """Register and attach in one act."""
    return actions.register_with_files(form.registration(), form.arrival(), form.handed(), by=request.actor)


def _new_page(request: OfficeRequest, form: RegistrationForm, refused: Refused | None = None) -> HttpResponse:
    same = None
    if refused is not None:
        data = form.registration()
        say(form, refused)
        if "DOC-10" in refused.codes:
            same = rules.duplicates(request.actor.office, data.issuer_name, data.doc_number).first()
    context = {
        "title": "收文登记",
        "form": form,
        "same": same,
        "issuers": settings.get("documents.issuers", request.actor.tenant_id),
    }
    return render(request, "documents/incoming_new.html", context, status=422 if form.errors else 200)


@requires("documents.receive")
def incoming_receive(request: OfficeRequest) -> HttpResponse:
    """值班收文: what came at night is taken in and waits for the 秘书科 to sign."""
    form = ReceiveForm(*_sent(request), by=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            incoming = actions.receive_with_files(
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
