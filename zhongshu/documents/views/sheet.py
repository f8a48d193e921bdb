"""The 办理单: one document on screen and on paper, and the acts done on it."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.base import clock
from zhongshu.base.acts import refuse_repeated
from zhongshu.base.refusals import Refused, Stale
from zhongshu.documents import actions, dues, inkwell
from zhongshu.documents.models import Box, IncomingDocument, OpinionDraft, TypicalPhrase
from zhongshu.documents.proposals import options_for
from zhongshu.documents.sheet import Sheet, sheet_of
from zhongshu.documents.views.acts import ACTS, acts_for, open_acts
from zhongshu.documents.views.doors import of_paper
from zhongshu.documents.views.table import Act
from zhongshu.files.preview import pane_of
from zhongshu.files.queries import body_of
from zhongshu.flow import verbs
from zhongshu.flow.models import FlowTask
from zhongshu.matters.notices import mark_matter_read
from zhongshu.people.models import Person
from zhongshu.ui.forms import say
from zhongshu.ui.pages import go_to, page_or_part, tell, wants_part
from zhongshu.ui.requests import OfficeRequest

LEADER_BOXES = {"instruct": Box.INSTRUCTION, "late": Box.INSTRUCTION, "read": Box.READING}
SIGNED_BOXES = {Box.PROPOSAL, Box.INSTRUCTION, Box.READING}


@of_paper()
def incoming(request: OfficeRequest, found: IncomingDocument) -> HttpResponse:
    """The document beside its 办理单; opening it is reading it."""
    sheet = sheet_of(found, by=request.actor)
    mark_matter_read(found.pk, Person(pk=request.actor.me, principal_id=request.actor.principals[0]))
    note_read(sheet, request)
    zoom = request.GET.get("zoom", "")
    pane = pane_of(
        found.matter,
        request.actor,
        chosen=request.GET.get("file", ""),
        zoom=int(zoom) if zoom.isascii() and zoom.isdigit() else 100,
    )
    return render(request, "documents/incoming.html", {**context_of(sheet, request), "pane": pane})


def note_read(sheet: Sheet, request: OfficeRequest) -> None:
    """Note that who has a task has seen it, so that the sender knows; what one sent oneself is no news."""
    last = sheet.last
    for task in sheet.mine:
        is_own = last is not None and task.created_at == last.done_at
        if task.read_at is None and task.kind != FlowTask.Kind.CC and not is_own:
            verbs.read(task, by=request.actor)


def context_of(sheet: Sheet, request: OfficeRequest) -> dict[str, Any]:
    """Return what the page and its print share."""
    actor = request.actor
    buttons = acts_for(sheet)
    return {
        "title": sheet.matter.title,
        "sheet": sheet,
        "incoming": sheet.incoming,
        "matter": sheet.matter,
        "buttons": buttons,
        "primary": buttons[0] if buttons else None,
        "others": open_acts(sheet, actor),
        "may_record": actor.may("documents.record_for_leader") and sheet.matter.is_open,
        "to_confirm": [o for o in sheet.awaiting_me if o.author_id == actor.person_id],
        "main_task": sheet.mine[0] if sheet.mine else None,
        "may_attach": actor.may("documents.register") and sheet.matter.is_open,
        "may_correct": actor.may("documents.register") and sheet.matter.is_open,
    }


@of_paper("documents.print")
def incoming_print(request: OfficeRequest, found: IncomingDocument) -> HttpResponse:
    """The 办理单 as an A4 page, with a code in each box that a leader signs."""
    sheet = sheet_of(found, by=request.actor)
    actions.note_print(found, by=request.actor)
    boxes = [
        replace(box, code_svg=inkwell.code_svg(found.matter, box.code)) if box.code in SIGNED_BOXES else box
        for box in sheet.boxes
    ]
    context = {**context_of(replace(sheet, boxes=boxes), request), "printed_at": clock.now()}
    return render(request, "documents/incoming_print.html", context)


@of_paper()
def incoming_act(request: OfficeRequest, found: IncomingDocument, act: str) -> HttpResponse:
    """Show the form of an act, or do it."""
    chosen = ACTS.get(act)
    if chosen is None or not chosen.is_for(request.actor):
        raise Http404("没有这个操作，或者您的岗位不能这样办")
    if request.method != "POST":
        if act == "register" and body_of(found.matter):
            return go_to(request, reverse("documents:incoming_enter", args=[found.matter.public_id]))
        initial = {**chosen.initial(found), **draft_of(found, chosen, request)}
        form = chosen.form(initial=initial, incoming=found, by=request.actor)
        return _form_page(request, found, chosen, form)
    refuse_repeated(request.actor.key)
    form = chosen.form(request.POST, request.FILES or None, incoming=found, by=request.actor)
    if not form.is_valid():
        return _form_page(request, found, chosen, form, status=422)
    try:
        chosen.perform(found, form, request.actor)
    except Refused as refused:
        if isinstance(refused, Stale) or wants_part(request):
            raise
        return _form_page(request, found, chosen, say(form, refused), status=422)
    tell(request, chosen.said or f"已{chosen.label}")
    return go_to(request, reverse("documents:incoming", args=[found.matter.public_id]))


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
        "phrases": phrases_for(LEADER_BOXES.get(act.code), request),
        "options": options_for(found) if act.code == "propose" else [],
        "draft_url": _draft_url(found, act),
    }
    return page_or_part(request, act.template, "form", context, status=status)


def phrases_for(box: str | None, request: OfficeRequest) -> list[TypicalPhrase]:
    """Return the 常用批语 of the office and the person's own, for a box."""
    if box is None:
        return []
    rows = TypicalPhrase.objects.filter(tenant_id=request.actor.tenant_id, box=box)
    return [row for row in rows if row.person_id in (None, request.actor.person_id)][:12]


def _draft_url(found: IncomingDocument, act: Act) -> str:
    box = LEADER_BOXES.get(act.code)
    return reverse("documents:incoming_draft", args=[found.matter.public_id, box]) if box else ""


@require_POST
@of_paper()
def incoming_draft(request: OfficeRequest, found: IncomingDocument, box: str) -> HttpResponse:
    """暂存 of an opinion while one writes."""
    if box not in Box.values:
        raise Http404
    kept = {name: request.POST.get(name, "") for name in ("text", "ink", "meaning", "form")}
    saved_at = actions.save_draft(found, box, kept, by=request.actor)
    return HttpResponse(f"{clock.local(saved_at):%H:%M}", content_type="text/plain; charset=utf-8")


@of_paper()
def incoming_due(request: OfficeRequest, found: IncomingDocument) -> HttpResponse:
    """How the deadline was reckoned."""
    context = {"title": "期限怎么算的", "matter": found.matter, "lines": dues.explained(found)}
    return page_or_part(request, "documents/due.html", "lines", context)
