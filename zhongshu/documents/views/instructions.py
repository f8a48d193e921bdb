"""批示件: the book, one 批示件 with its circle and clock, its steps, and the registration of a superior leader's."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base.actors import Actor
from zhongshu.base.lights import light
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import done_with
from zhongshu.documents import actions, dues, instruction_rules
from zhongshu.documents.actions import circle
from zhongshu.documents.instruction_forms import (
    AssignForm,
    CircleForm,
    NewInstructionForm,
    ReasonForm,
    ResultForm,
    StepForm,
)
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.registers.instructions import InstructionBook, InstructionLine
from zhongshu.documents.states import INSTRUCTION_KIND, INSTRUCTION_STATES
from zhongshu.documents.views.book_pages import book_page
from zhongshu.documents.views.doors import of_instruction
from zhongshu.matters import access, settings
from zhongshu.matters.models import Matter
from zhongshu.matters.notices import mark_matter_read
from zhongshu.people.models import OrgUnit, Person
from zhongshu.ui import tables
from zhongshu.ui.addresses import address_of
from zhongshu.ui.forms import OfficeForm
from zhongshu.ui.pages import back_or, go_to, page_or_part, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest
from zhongshu.ui.tables import BulkAct, Column, Row

BOOK = InstructionBook()
READING_STATES = ("registered", "relayed", "closed")


def row_of_line(columns: Sequence[Column], line: InstructionLine) -> Row:
    """Draw a line of the book as a row."""
    public_id = line.matter.public_id
    return tables.row(
        columns,
        line,
        id=public_id,
        url=address_of("documents:instruction", public_id),
        drawer_url=address_of("documents:instruction_drawer", public_id),
        label=line.row.content,
        is_unread=line.is_unread,
    )


@requires("documents.instructions")
@require_GET
def instruction_register(request: OfficeRequest) -> HttpResponse:
    """批示件台账."""
    bulk = []
    if request.actor.may("documents.accept_supervision"):
        note = "认可后即列为督办事项；没有提请的不受影响。"
        bulk.append(
            BulkAct("认可立项", reverse("documents:instruction_accept"), "认可所选批示件立项？", note)
        )
    if request.actor.may("documents.export"):
        bulk.append(
            BulkAct("导出所选", reverse("documents:register_export", args=["instructions"]), is_download=True)
        )
    may_register = request.actor.may("documents.register_instruction")
    return book_page(
        request,
        BOOK,
        row_of_line,
        bulk=bulk,
        new_url=reverse("documents:instruction_new") if may_register else "",
        new_label="登记批示件",
    )


@of_instruction("documents.instructions")
@require_GET
def instruction(request: OfficeRequest, row: LeaderInstruction) -> HttpResponse:
    """One 批示件: what was written, who may know, where it stands, what came of it."""
    mark_matter_read(row.matter_id, Person(pk=request.actor.me, principal_id=request.actor.principals[0]))
    return render(request, "documents/instruction.html", _context(row, request.actor))


@of_instruction("documents.instructions")
@require_GET
def instruction_drawer(request: OfficeRequest, row: LeaderInstruction) -> HttpResponse:
    """The same beside the list."""
    return render(request, "documents/instruction_drawer.html", _context(row, request.actor))


def _context(row: LeaderInstruction, actor: Actor) -> dict[str, Any]:
    matter, proposal = row.matter, circle.proposal_of(row.matter)
    near = settings.get("documents.yellow_days", matter.tenant_id)
    return {
        "title": f"{row.leader_name}批示",
        "row": row,
        "matter": matter,
        "light": light(matter.due_at, matter.closed_at, near=near),
        "day": circle.days_open(row),
        "due_lines": dues.instruction_explained(row),
        "states": _states(row),
        "moves": instruction_rules.moves_for(row, actor),
        "circle": instruction_rules.circle_of(row),
        "helpers": OrgUnit.objects.filter(pk__in=row.co_units),
        "source": row.source if row.source and access.sees(actor, row.source.matter) else None,
        "proposal": proposal,
        "may_answer_proposal": bool(proposal and proposal.state == "offered")
        and actor.may("documents.accept_supervision"),
        "may_widen": instruction_rules.is_office(actor) and matter.is_open,
        "circle_form": CircleForm() if instruction_rules.is_office(actor) else None,
        "trail": done_with(matter.pk, 60),
    }


def _states(row: LeaderInstruction) -> list[dict[str, Any]]:
    """Return the way of a 批示件: done, now, ahead."""
    asks_for_work = row.action == LeaderInstruction.Action.DO
    codes = list(INSTRUCTION_STATES) if asks_for_work else list(READING_STATES)
    here = codes.index(row.matter.phase) if row.matter.phase in codes else 0
    ended = row.matter.closed_at is not None
    return [
        {"label": INSTRUCTION_STATES[code], "is_done": n < here or ended, "is_now": n == here and not ended}
        for n, code in enumerate(codes)
    ]


def _step(row: LeaderInstruction, to: str, form: Any, by: Actor) -> object:
    return circle.step(row, to, text=form.cleaned_data["text"], by=by)


def _assign(row: LeaderInstruction, _: str, form: Any, by: Actor) -> object:
    data = form.cleaned_data
    return circle.assign(row, data["owner_unit"], list(data["co_units"]), text=data["text"], by=by)


def _report(row: LeaderInstruction, _: str, form: Any, by: Actor) -> object:
    return circle.report(row, form.cleaned_data["result"], by=by)


Perform = Callable[[LeaderInstruction, str, Any, Actor], object]
ACTS: dict[str, tuple[type[OfficeForm], Perform]] = {
    "assigned": (AssignForm, _assign),
    "reported": (ResultForm, _report),
}


@of_instruction("documents.instructions")
@require_http_methods(["GET", "POST"])
def instruction_step(request: OfficeRequest, row: LeaderInstruction, to: str) -> HttpResponse:
    """Show the form of a step, or take it."""
    move = next((m for m in _all_moves() if m.to == to), None)
    if move is None:
        raise Http404("没有这一步")
    form_class, perform = ACTS.get(to, (StepForm, _step))
    form = form_class(request.POST if request.method == "POST" else None, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        perform(row, to, form, request.actor)
        tell(request, f"批示件{INSTRUCTION_STATES[to]}")
        return go_to(request, reverse("documents:instruction", args=[row.matter.public_id]))
    context = {
        "title": f"{move.label} · {row.matter.number}",
        "row": row,
        "matter": row.matter,
        "move": move,
        "form": form,
        "url": reverse("documents:instruction_step", args=[row.matter.public_id, to]),
    }
    status = 422 if form.errors else 200
    return page_or_part(request, "documents/instruction_step.html", "form", context, status=status)


def _all_moves() -> list[instruction_rules.Move]:
    return [move for moves in instruction_rules.STEPS.values() for move in moves]


def _initial(row: LeaderInstruction) -> dict[str, Any]:
    return {"owner_unit": row.owner_unit_id, "co_units": row.co_units, "result": row.result}


@requires("documents.register_instruction")
@require_http_methods(["GET", "POST"])
def instruction_new(request: OfficeRequest) -> HttpResponse:
    """登记批示件 of a superior leader."""
    form = NewInstructionForm(request.POST if request.method == "POST" else None, by=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.register_instruction(form.instruction(), by=request.actor)
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            tell(request, f"已登记：{row.matter.number}")
            return go_to(request, reverse("documents:instruction", args=[row.matter.public_id]))
    status = 422 if form.errors else 200
    return render(
        request, "documents/instruction_new.html", {"title": "登记批示件", "form": form}, status=status
    )


@of_instruction("documents.register_instruction")
@require_POST
def instruction_circle(request: OfficeRequest, row: LeaderInstruction) -> HttpResponse:
    """扩大知悉范围."""
    form = CircleForm(request.POST)
    if not form.is_valid():
        raise Refused.one("INS-13", "请选择人员并写明理由", "person")
    circle.widen(row, form.cleaned_data["person"], reason=form.cleaned_data["reason"], by=request.actor)
    tell(request, "已加入知悉范围")
    return go_to(request, reverse("documents:instruction", args=[row.matter.public_id]))


@requires("documents.accept_supervision")
@require_POST
def instruction_accept(request: OfficeRequest) -> HttpResponse:
    """认可立项 of the ticked ones."""
    ids = request.POST.getlist("id")[:200]
    matters = access.matters_visible_to(request.actor).filter(kind=INSTRUCTION_KIND, public_id__in=ids)
    count = actions.accept_supervision(list[Matter](matters), by=request.actor)
    tell(request, f"已认可{count}件立项")
    return go_to(request, back_or(request, reverse("documents:instruction_register")))


@of_instruction("documents.accept_supervision")
@require_POST
def instruction_decline(request: OfficeRequest, row: LeaderInstruction) -> HttpResponse:
    """不予立项."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    circle.decline_supervision(row, reason=reason, by=request.actor)
    tell(request, "已记为不予立项")
    return go_to(request, reverse("documents:instruction", args=[row.matter.public_id]))
