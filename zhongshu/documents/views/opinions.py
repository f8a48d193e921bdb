"""What is done with words that already stand on the sheet: 确认, 改批, 录文, and the ink itself."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.base.acts import refuse_repeated
from zhongshu.base.refusals import Refused, Stale
from zhongshu.documents import actions, forms, inkwell
from zhongshu.documents.models import IncomingDocument, Opinion
from zhongshu.documents.views.doors import of_paper
from zhongshu.documents.views.sheet import phrases_for
from zhongshu.ui.forms import say
from zhongshu.ui.pages import go_to, page_or_part, tell, wants_part
from zhongshu.ui.requests import OfficeRequest


@require_POST
@of_paper()
def opinion_confirm(request: OfficeRequest, found: IncomingDocument, pk: int) -> HttpResponse:
    """确认代录."""
    actions.confirm_opinion(_opinion(found, pk), by=request.actor)
    tell(request, "已确认")
    return go_to(request, _back(found))


@of_paper()
def opinion_amend(request: OfficeRequest, found: IncomingDocument, pk: int) -> HttpResponse:
    """改批: the words as they stand, to be changed by who gave them."""
    opinion = _opinion(found, pk)
    form = forms.AmendForm(*_sent(request), incoming=found, by=request.actor, initial={"text": opinion.text})
    context = {
        "act": {"label": "改批", "button": "改批", "code": "amend"},
        "url": reverse("documents:opinion_amend", args=[found.matter.public_id, pk]),
        "phrases": phrases_for(opinion.box, request),
        "consequence": "原来的批示留在办理单上，注明已改；新的话会送到在办的人手里。",
    }
    return _answer(
        request,
        found,
        form,
        lambda: actions.amend_opinion(opinion, form.words(), by=request.actor),
        "documents/acts/instruct.html",
        context,
        "已改批，新的批示已送到在办的人",
    )


@of_paper()
def opinion_transcribe(request: OfficeRequest, found: IncomingDocument, pk: int) -> HttpResponse:
    """录文 of what was written by hand."""
    opinion = _opinion(found, pk)
    form = forms.TranscribeForm(*_sent(request), incoming=found, by=request.actor)
    context = {
        "act": {"label": "录文", "button": "录文"},
        "url": reverse("documents:opinion_transcribe", args=[found.matter.public_id, pk]),
        "ink": opinion if opinion.strokes else None,
    }
    return _answer(
        request,
        found,
        form,
        lambda: actions.transcribe(opinion, form.cleaned_data["text"], by=request.actor),
        "documents/act.html",
        context,
        "已录文",
    )


def _answer(
    request: OfficeRequest,
    found: IncomingDocument,
    form: forms.ActForm,
    perform: Callable[[], object],
    template: str,
    context: dict[str, Any],
    said: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            perform()
        except Refused as refused:
            if isinstance(refused, Stale) or wants_part(request):
                raise
            say(form, refused)
        else:
            tell(request, said)
            return go_to(request, _back(found))
    label = context["act"]["label"]
    shown = {
        "title": f"{label} · {found.matter.title}",
        "incoming": found,
        "matter": found.matter,
        "form": form,
    }
    status = 422 if form.errors else 200
    return page_or_part(request, template, "form", {**shown, **context}, status=status)


@of_paper()
def opinion_ink(request: OfficeRequest, found: IncomingDocument, pk: int) -> HttpResponse:
    """The handwriting of an opinion as an SVG drawn by the server."""
    opinion = _opinion(found, pk)
    if not opinion.strokes:
        raise Http404
    return HttpResponse(inkwell.svg(opinion.strokes), content_type="image/svg+xml")


def _opinion(found: IncomingDocument, pk: int) -> Opinion:
    opinion: Opinion = get_object_or_404(Opinion.objects.select_related("author"), pk=pk, incoming=found)
    opinion.incoming = found
    return opinion


def _sent(request: OfficeRequest) -> tuple[Any, ...]:
    if request.method != "POST":
        return ()
    refuse_repeated(request.actor.key)
    return (request.POST,)


def _back(found: IncomingDocument) -> str:
    return reverse("documents:incoming", args=[found.matter.public_id])
