"""Screens of attachments: every one asks again who may see the file."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base.refusals import NotFoundHere, Refused
from zhongshu.files import (
    actions,
    blobs,
    finding,
    integrity,
    marked,
    names,
    permissions,
    preview,
    queries,
    rules,
    uploads,
    watermark,
)
from zhongshu.files.access import access_attachment
from zhongshu.files.forms import AttachForm, RenameForm, VoidForm
from zhongshu.files.models import Attachment
from zhongshu.files.sealing import private, sealed
from zhongshu.matters.access import access_matter
from zhongshu.matters.models import Matter
from zhongshu.ui.forms import say
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import requires, signed_in
from zhongshu.ui.requests import OfficeRequest

SHEET = (1000, 1414)
TURNS = (0, 90, 180, 270)


@require_GET
@signed_in
def pane(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Show the preview pane of a matter, or the page that holds nothing else."""
    matter = access_matter(request.actor, public_id)
    shown = preview.pane_of(
        matter, request.actor, chosen=request.GET.get("file", ""), zoom=_number(request, "zoom", 100)
    )
    context = {"pane": shown, "matter": matter, "title": matter.title}
    return private(page_or_part(request, "files/preview.html", "pane", context))


@require_GET
@signed_in
def show(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Open one attachment in the pane of its matter."""
    attachment = access_attachment(request.actor, public_id)
    return go_to(request, f"{_pane_url(attachment.matter)}?file={attachment.public_id}")


@require_GET
@signed_in
def page(request: OfficeRequest, public_id: str, number: int) -> HttpResponse:
    """Serve one page image with the viewer's watermark."""
    attachment = access_attachment(request.actor, public_id)
    width, turn = _number(request, "w", preview.USUAL_WIDTH), _number(request, "turn", 0)
    if turn not in TURNS:
        raise NotFoundHere
    image = preview.page_png(attachment, number, width, by=request.actor, turn=turn)
    return sealed(HttpResponse(image, content_type="image/png"))


@require_GET
@signed_in
def find(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Say where words stand on the pages, as boxes; the letters themselves are not sent."""
    attachment = access_attachment(request.actor, public_id)
    hits = finding.hits_in(attachment, request.GET.get("q", ""))
    found = [{"page": hit.page, "boxes": hit.boxes} for hit in hits or []]
    answer = {"hits": found, "has_letters": hits is not None, "is_cut": len(found) >= finding.MOST}
    return private(JsonResponse(answer))


@require_GET
@signed_in
def watermark_sheet(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Serve the viewer's watermark alone, to lie over a document that is not an image."""
    attachment = access_attachment(request.actor, public_id)
    mark = watermark.sheet_of(watermark.lines_for(attachment, request.actor), SHEET)
    return sealed(HttpResponse(mark, content_type="image/png"))


@require_GET
@requires(permissions.COPY_TEXT)
def text(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Show the letters that were read from the file, to read aloud or to copy; the trail knows of it."""
    attachment = access_attachment(request.actor, public_id)
    if reasons := rules.obstacles_to_copying(attachment):
        raise Refused(*reasons)
    words = preview.text_alternative(attachment)
    actions.note_copied_text(attachment, len(words), by=request.actor)
    context = {
        "attachment": attachment,
        "words": words,
        "title": f"{attachment.name} 的文字",
        "watermark_url": _mark_url(attachment),
    }
    return private(page_or_part(request, "files/text.html", "words", context))


@require_GET
@requires(permissions.DOWNLOAD)
def download(request: OfficeRequest, public_id: str) -> HttpResponseBase:
    """Send the file itself, or a marked copy; the trail knows of it before the first byte leaves."""
    attachment, by = access_attachment(request.actor, public_id), request.actor
    if reasons := rules.obstacles_to_downloading(attachment, by=by):
        raise Refused(*reasons)
    if problem := integrity.problem_of(attachment):
        actions.note_changed(attachment, problem, by=by)
        raise Refused.one("FILE-23", f"{problem}，已停止下载并记入审计，请告知安全管理员")
    if rules.leaves_marked(attachment, by=by):
        copy = marked.pdf_of(attachment, by=by)
        actions.note_download(attachment, by=by, is_marked=True)
        name = f"{names.split(attachment.name)[0]}（副本）.pdf"
        return sealed(FileResponse(copy, as_attachment=True, filename=name, content_type="application/pdf"))
    file = blobs.opened(attachment.tenant_id, attachment.sm3_digest)
    actions.note_download(attachment, by=by)
    return sealed(
        FileResponse(file, as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.ATTACH)
def attach(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Take files for a matter: each is checked first, then all join it in one act."""
    matter = access_matter(request.actor, public_id)
    if reasons := rules.obstacles_to_changing(matter, by=request.actor):
        raise Refused(*reasons)
    if refusal := _stopped(request):
        raise Refused(refusal)
    posted = request.method == "POST"
    sent = (request.POST, request.FILES) if posted else (None, None)
    form = AttachForm(*sent, matter=matter, by=request.actor)
    if form.is_valid():
        try:
            return _take_in(request, matter, form)
        except Refused as refused:
            say(form, refused)
    context = {
        "form": form,
        "matter": matter,
        "title": "添加附件",
        "largest_mb": uploads.LARGEST // uploads.MB,
    }
    return page_or_part(request, "files/attach.html", "form", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@requires(permissions.ATTACH)
def rename(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Give an attachment another name."""
    attachment = access_attachment(request.actor, public_id)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": attachment.name})
    if not form.is_valid():
        return _asked(request, attachment, form, "附件改名", "改名")
    actions.rename(attachment, form.cleaned_data["name"], by=request.actor)
    return _done(request, attachment.matter, "已改名")


@require_http_methods(["GET", "POST"])
@requires(permissions.ATTACH)
def void(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Declare an attachment void, with the reason."""
    attachment = access_attachment(request.actor, public_id)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asked(request, attachment, form, "作废附件", "作废")
    actions.void(attachment, form.cleaned_data["reason"], by=request.actor)
    return _done(request, attachment.matter, "已作废")


@require_POST
@requires(permissions.ATTACH)
def remove(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Take an attachment out of a draft."""
    attachment = access_attachment(request.actor, public_id)
    actions.remove(attachment, by=request.actor)
    return _done(request, attachment.matter, "已删除")


@require_POST
@requires(permissions.ATTACH)
def reorder(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Put a matter's attachments in another order."""
    matter = access_matter(request.actor, public_id)
    actions.reorder(matter, request.POST.getlist("attachment"), by=request.actor)
    return _done(request, matter, "次序已调整")


@require_GET
@requires(permissions.ATTACH)
def arrange(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Show all attachments of a matter with what may be done to each."""
    matter = access_matter(request.actor, public_id)
    rows = [_row(attachment, request) for attachment in queries.attachments_of(matter, with_void=True)]
    context = {"matter": matter, "rows": rows, "title": "整理附件", "pane_url": _pane_url(matter)}
    return page_or_part(request, "files/arrange.html", "rows", context)


def _row(attachment: Attachment, request: OfficeRequest) -> dict[str, Any]:
    by = request.actor
    return {
        "attachment": attachment,
        "size": _size_words(attachment.size),
        "can_handle": not rules.obstacles_to_handling(attachment, by=by),
        "can_remove": not rules.obstacles_to_removing(attachment, by=by),
    }


def _take_in(request: OfficeRequest, matter: Matter, form: AttachForm) -> HttpResponse:
    given = form.cleaned_data
    attached = actions.attach_all(matter, given["file"], given["kind"], by=request.actor)
    return _done(request, matter, f"已添加 {len(attached)} 份附件")


def _stopped(request: HttpRequest) -> Any:
    """Read the form, and return why the upload was stopped on the way in, if it was."""
    return uploads.refusal_of(request) if request.method == "POST" and request.POST is not None else None


def _asked(
    request: OfficeRequest, attachment: Attachment, form: Any, title: str, button: str
) -> HttpResponse:
    context = {
        "attachment": attachment,
        "form": form,
        "title": title,
        "button": button,
        "pane_url": _pane_url(attachment.matter),
    }
    return page_or_part(request, "files/ask.html", "form", context, status=422 if form.is_bound else 200)


def _done(request: OfficeRequest, matter: Matter, words: str) -> HttpResponse:
    if words:
        tell(request, words)
    return go_to(request, _pane_url(matter))


def _mark_url(attachment: Attachment) -> str:
    return reverse("files:watermark", args=[attachment.public_id]) if watermark.is_due(attachment) else ""


def _number(request: HttpRequest, name: str, usual: int) -> int:
    value = request.GET.get(name, "")
    if not value:
        return usual
    if not (value.isascii() and value.isdigit() and len(value) < 6):
        raise NotFoundHere
    return int(value)


def _pane_url(matter: Matter) -> str:
    return reverse("files:pane", args=[matter.public_id])


def _size_words(size: int) -> str:
    return f"{size / uploads.MB:.1f} MB" if size >= uploads.MB else f"{max(1, round(size / 1024))} KB"
