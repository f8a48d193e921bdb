"""The 办理单: one document on screen and on paper, and the acts done on it."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.base import clock
from zhongshu.documents import actions, dues, inkwell
from zhongshu.documents.access import access_incoming
from zhongshu.documents.models import Box, IncomingDocument, Opinion, OpinionDraft, TypicalPhrase
from zhongshu.documents.proposals import options_for
from zhongshu.documents.sheet import Sheet, sheet_of
from zhongshu.documents.views.table import ACTS, Act, acts_for
from zhongshu.files.preview import pane_of
from zhongshu.matters.notices import mark_matter_read
from zhongshu.people.models import Person
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import requires, signed_in
from zhongshu.ui.requests import OfficeRequest

LEADER_BOXES = {"instruct": Box.INSTRUCTION, "late": Box.INSTRUCTION, "read": Box.READING}


@requires("documents.read")
def incoming(request: OfficeRequest, public_id: str) -> HttpResponse:
    """The document beside its 办理单."""
    found = access_incoming(request.actor, public_id)
    sheet = sheet_of(found, by=request.actor)
    mark_matter_read(found.pk, Person(pk=request.actor.me, principal_id=request.actor.principals[0]))
    zoom = request.GET.get("zoom", "")
    pane = pane_of(
        found.matter,
        request.actor,
        chosen=request.GET.get("file", ""),
        zoom=int(zoom) if zoom.isascii() and zoom.isdigit() else 100,
    )
    return render(request, "documents/incoming.html", {**context_of(sheet, request), "pane": pane})


def context_of(sheet: Sheet, request: OfficeRequest) -> dict[str, Any]:
    """Return what the page and its print share."""
    actor = request.actor
    buttons = acts_for(sheet.phases)
    return {
        "title": sheet.matter.title,
        "sheet": sheet,
        "incoming": sheet.incoming,
        "matter": sheet.matter,
        "buttons": buttons,
        "primary": buttons[0] if buttons else None,
        "others": [
            act for act in ACTS.values() if act.is_open and actor.may(act.permission) and sheet.matter.is_open
        ],
        "may_record": actor.may("documents.record_for_leader") and sheet.matter.is_open,
        "to_confirm": [o for o in sheet.awaiting_me if o.author_id == actor.person_id],
        "main_task": sheet.mine[0] if sheet.mine else None,
        "may_attach": actor.may("documents.register") and sheet.matter.is_open,
        "may_correct": actor.may("documents.register") and sheet.matter.is_open,
        "return_slips": list(sheet.incoming.return_slips.all()),
    }


@requires("documents.print")
def incoming_print(request: OfficeRequest, public_id: str) -> HttpResponse:
    """The 办理单 as an A4 page, with a code in the box where the leader signs."""
    found = access_incoming(request.actor, public_id)
    sheet = sheet_of(found, by=request.actor)
    actions.note_print(found, by=request.actor)
    boxes = [replace(box, code_svg=inkwell.code_svg(found.matter, box.code)) for box in sheet.boxes]
    context = {**context_of(replace(sheet, boxes=boxes), request), "printed_at": clock.now()}
    return render(request, "documents/incoming_print.html", context)


@requires("documents.read")
def incoming_act(request: OfficeRequest, public_id: str, act: str) -> HttpResponse:
    """Show the form of an act, or do it."""
    found = access_incoming(request.actor, public_id)
    chosen = ACTS.get(act)
    if chosen is None or not request.actor.may(chosen.permission):
        raise Http404("没有这个操作，或者您的岗位不能这样办")
    files = request.FILES or None
    if request.method == "POST":
        form = chosen.form(request.POST, files, incoming=found, by=request.actor)
        if form.is_valid():
            chosen.perform(found, form, request.actor)
            tell(request, chosen.said or f"已{chosen.label}")
            return go_to(request, reverse("documents:incoming", args=[public_id]))
        return _form_page(request, found, chosen, form, status=422)
    initial = {**chosen.initial(found), **draft_of(found, chosen, request)}
    return _form_page(request, found, chosen, chosen.form(initial=initial, incoming=found, by=request.actor))


def draft_of(found: IncomingDocument, act: Act, request: OfficeRequest) -> dict[str, Any]:
    """Return what the person had 暂存 for this box."""
    box = LEADER_BOXES.get(act.code)
    if box is None:
        return {}
    row = OpinionDraft.objects.filter(incoming=found, person_id=request.actor.me, box=box).first()
    return dict(row.data) if row else {}


def _form_page(
    request: OfficeRequest, found: IncomingDocument, act: Act, form: Any, status: int = 200
) -> HttpResponse:
    context = {
        "title": f"{act.label} · {found.matter.title}",
        "incoming": found,
        "matter": found.matter,
        "act": act,
        "form": form,
        "url": reverse("documents:incoming_act", args=[found.matter.public_id, act.code]),
        "phrases": _phrases(act, request),
        "options": options_for(found) if act.code == "propose" else [],
        "draft_url": _draft_url(found, act),
    }
    return page_or_part(request, act.template, "form", context, status=status)


def _phrases(act: Act, request: OfficeRequest) -> list[TypicalPhrase]:
    box = LEADER_BOXES.get(act.code)
    if box is None:
        return []
    rows = TypicalPhrase.objects.filter(tenant_id=request.actor.tenant_id, box=box)
    return [row for row in rows if row.person_id in (None, request.actor.person_id)][:12]


def _draft_url(found: IncomingDocument, act: Act) -> str:
    box = LEADER_BOXES.get(act.code)
    return reverse("documents:incoming_draft", args=[found.matter.public_id, box]) if box else ""


@require_POST
@requires("documents.read")
def incoming_draft(request: OfficeRequest, public_id: str, box: str) -> HttpResponse:
    """暂存 of an opinion while one writes."""
    found = access_incoming(request.actor, public_id)
    if box not in Box.values:
        raise Http404
    kept = {name: request.POST.get(name, "") for name in ("text", "ink", "meaning", "form")}
    saved_at = actions.save_draft(found, box, kept, by=request.actor)
    return HttpResponse(f"{clock.local(saved_at):%H:%M}", content_type="text/plain; charset=utf-8")


@require_POST
@signed_in
def opinion_confirm(request: OfficeRequest, public_id: str, pk: int) -> HttpResponse:
    """确认代录."""
    found = access_incoming(request.actor, public_id)
    opinion = get_object_or_404(Opinion, pk=pk, incoming=found)
    actions.confirm_opinion(opinion, by=request.actor)
    tell(request, "已确认")
    return go_to(request, reverse("documents:incoming", args=[public_id]))


@signed_in
def opinion_ink(request: OfficeRequest, public_id: str, pk: int) -> HttpResponse:
    """The handwriting of an opinion as an SVG drawn by the server."""
    found = access_incoming(request.actor, public_id)
    opinion = get_object_or_404(Opinion, pk=pk, incoming=found)
    if not opinion.strokes:
        raise Http404
    return HttpResponse(inkwell.svg(opinion.strokes), content_type="image/svg+xml")


@requires("documents.read")
def incoming_due(request: OfficeRequest, public_id: str) -> HttpResponse:
    """How the deadline was reckoned."""
    found = access_incoming(request.actor, public_id)
    context = {"title": "期限怎么算的", "matter": found.matter, "lines": dues.explained(found)}
    return page_or_part(request, "documents/due.html", "lines", context)
