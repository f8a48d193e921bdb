"""来文拖放: the basket, the form that fills itself beside its paper, and the paper that is there already."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base.acts import refuse_repeated
from zhongshu.base.refusals import Refused
from zhongshu.documents import actions
from zhongshu.documents.access import access_incoming
from zhongshu.documents.actions.dropping import Dropped
from zhongshu.documents.forms import ChannelForm, DroppedForm, DroppedReceiveForm
from zhongshu.documents.intake import twins
from zhongshu.documents.intake.cards import Card, card_of, cards_of, next_ready, rejected_of
from zhongshu.documents.intake.comparing import side_by_side
from zhongshu.documents.models import ChannelKind, IncomingDocument
from zhongshu.documents.views.reading import context_of
from zhongshu.files import drop_pages
from zhongshu.files.drops import access_drop, discard
from zhongshu.files.models import DropSource
from zhongshu.files.preview import USUAL_WIDTH
from zhongshu.matters import settings
from zhongshu.ui.forms import key_of, say
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest

WHO = ("documents.register", "documents.receive")


@requires(*WHO)
@require_GET
def drops(request: OfficeRequest) -> HttpResponse:
    """Show the basket: what is being read, what can be registered, what was stopped and why."""
    may_register = request.actor.may("documents.register")
    context = {
        "title": "收文登记" if may_register else "值班收文",
        "cards": cards_of(request.actor),
        "rejected": rejected_of(request.actor),
        "may_register": may_register,
        "may_record": request.actor.may("documents.record_for_leader"),
    }
    return page_or_part(request, "documents/drops.html", "cards", context)


@requires(*WHO)
@require_POST
def drop_group(request: OfficeRequest) -> HttpResponse:
    """合为一件, 分开, or 移去 one file; a card dragged onto another is answered without a page."""
    if public_id := request.POST.get("discard"):
        discard(access_drop(request.actor, public_id), by=request.actor)
        tell(request, "已移去，副本已清除")
        return go_to(request, reverse("documents:drops"))
    chosen = [access_drop(request.actor, public_id) for public_id in request.POST.getlist("drop")]
    if request.POST.get("act") == "onto":
        actions.join_drops(
            chosen, onto=access_drop(request.actor, request.POST.get("onto", "")), by=request.actor
        )
        return HttpResponse(status=204)
    actions.group_drops(chosen, together=request.POST.get("act") == "together", by=request.actor)
    return go_to(request, reverse("documents:drops"))


@requires(*WHO)
@require_http_methods(["GET", "POST"])
def drop_register(request: OfficeRequest, public_id: str) -> HttpResponse:
    """登记 a dropped paper: the form is filled, the paper lies beside it."""
    if request.method == "POST":
        refuse_repeated(key_of(request))
    card = card_of(request.actor, public_id)
    if card.state != "ready":
        tell(request, f"《{card.title or '这份文件'}》现在是“{card.lines[0].progress}”，还不能登记")
        return go_to(request, reverse("documents:drops"))
    form = _form(request, card)
    if request.method == "POST" and form.is_valid():
        try:
            incoming = _register(request, form, card)
        except Refused as refused:
            say(form, refused)
        else:
            return _registered(request, incoming, card)
    return _form_page(request, form, card)


def _form(request: OfficeRequest, card: Card) -> DroppedForm | DroppedReceiveForm:
    kind = DroppedForm if request.actor.may("documents.register") else DroppedReceiveForm
    initial: dict[str, Any] = {**card.filling.initial(), "distinct_reason": request.GET.get("reason", "")}
    if card.drops[0].source == DropSource.MAILBOX:
        initial["channel"] = ChannelKind.EMAIL
    return kind(request.POST if request.method == "POST" else None, initial=initial, by=request.actor)


def _register(request: OfficeRequest, form: DroppedForm | DroppedReceiveForm, card: Card) -> IncomingDocument:
    files = card.received()
    if isinstance(form, DroppedForm):
        dropped = Dropped(files, card.seen.text, card.filling)
        return actions.register_dropped(form.registration(), form.arrival(), dropped, by=request.actor)
    return actions.receive_attached(form.registration(), form.arrival(), files, by=request.actor)


def _registered(request: OfficeRequest, incoming: IncomingDocument, card: Card) -> HttpResponse:
    """Go on with the next paper if so wished and there is one, else to the sheet."""
    number = incoming.matter.number
    tell(request, f"已登记：{number}" if number else "已收下，秘书科已得到通知；特急件请另打电话")
    following = next_ready(request.actor, [card.key]) if "next" in request.POST else None
    if following:
        return go_to(request, reverse("documents:drop_register", args=[following.key]))
    if "next" in request.POST:
        return go_to(request, reverse("documents:drops"))
    return go_to(request, reverse("documents:incoming", args=[incoming.matter.public_id]))


def _form_page(request: OfficeRequest, form: DroppedForm | DroppedReceiveForm, card: Card) -> HttpResponse:
    following = next_ready(request.actor, [card.key])
    context = context_of(card, form) | {
        "title": "收文登记" if isinstance(form, DroppedForm) else "值班收文",
        "submit": "签收并登记" if isinstance(form, DroppedForm) else "收下",
        "back_url": reverse("documents:drops"),
        "back_label": "收文登记",
        "following": following,
        "issuers": settings.get("documents.issuers", request.actor.tenant_id),
        "mark_url": reverse("documents:drop_mark"),
        "asks_why": bool(card.twins or form.errors.get("doc_number") or form.initial.get("distinct_reason")),
    }
    return render(request, "documents/drop_register.html", context, status=422 if form.errors else 200)


@requires("documents.register")
@require_http_methods(["GET", "POST"])
def drop_compare(request: OfficeRequest, public_id: str, matter_id: str) -> HttpResponse:
    """Lay a dropped paper beside one that is registered; the same one is joined as a further channel (DOC-10)."""
    if request.method == "POST":
        refuse_repeated(key_of(request))
    incoming = access_incoming(request.actor, matter_id)
    card = card_of(request.actor, public_id)
    form = ChannelForm(
        request.POST if request.method == "POST" else None, incoming=incoming, by=request.actor
    )
    if request.method == "POST" and form.is_valid():
        received = [file for file, _ in card.received()]
        actions.join_dropped(incoming, form.arrival(), received, by=request.actor)
        tell(request, f"已并入{incoming.matter.number}，作为又一来路")
        return go_to(request, reverse("documents:drops"))
    context = {
        "title": "比对来文",
        "card": card,
        "incoming": incoming,
        "matter": incoming.matter,
        "form": form,
        "rows": side_by_side(twins.text_of(incoming), card.seen.text),
        "why": next((twin.why for twin in card.twins if twin.incoming.pk == incoming.pk), ""),
    }
    return render(request, "documents/drop_compare.html", context, status=422 if form.errors else 200)


@requires(*WHO)
@require_GET
def drop_page(request: OfficeRequest, public_id: str, number: int) -> HttpResponse:
    """Serve one page of a paper that is not registered yet, with the viewer's mark."""
    drop = access_drop(request.actor, public_id)
    width = request.GET.get("w", "")
    asked = int(width) if width.isascii() and width.isdigit() else USUAL_WIDTH
    return _image(drop_pages.page_png(drop, number, asked, by=request.actor))


@requires(*WHO)
@require_GET
def drop_mark(request: OfficeRequest) -> HttpResponse:
    """Serve the viewer's mark alone, to lie over a paper shown as words."""
    return _image(drop_pages.mark_png(request.actor))


def _image(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
