"""Screens of printing: copies and their numbers, the pages for the printer, requests and their answers."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base import clock
from zhongshu.base.refusals import NotFoundHere, Refused
from zhongshu.files import leaves, permissions, preview, printing, rules, watermark
from zhongshu.files.access import access_attachment, access_print_request, access_print_run, decides
from zhongshu.files.forms import PrintForm
from zhongshu.files.models import Attachment, PrintRequest, PrintRun, PrintState
from zhongshu.files.printing_forms import DecideForm, PrintRequestForm
from zhongshu.files.sealing import private, sealed
from zhongshu.matters.access import sees
from zhongshu.matters.models import SecurityLabel
from zhongshu.ui.forms import say
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest

MOST_SHEETS = 300
FRESH = timedelta(hours=1)
SHOWN = 50


@require_http_methods(["GET", "POST"])
@requires(permissions.PRINT)
def print_pages(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Ask for the number of copies and note it; of 工作秘密 say what the request lacks, and offer one."""
    attachment = access_attachment(request.actor, public_id)
    form = PrintForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        copies = form.cleaned_data["copies"]
        _refuse_too_many(attachment, copies)
        run = printing.print_copies(attachment, copies, by=request.actor)
        return go_to(request, run.get_absolute_url())
    status = 422 if form.is_bound else 200
    return render(request, "files/print_ask.html", _asking(request, attachment, form), status=status)


def _refuse_too_many(attachment: Attachment, copies: int) -> None:
    """Say so before it is counted when one window cannot hold the sheets."""
    pages = leaves.count(attachment)
    if pages > MOST_SHEETS:
        raise Refused.one(
            "FILE-57", f"共 {pages} 页，在线一次最多打印 {MOST_SHEETS} 页，请交文印室办理", "copies"
        )
    if _is_numbered(attachment) and copies * pages > MOST_SHEETS:
        most = MOST_SHEETS // pages
        raise Refused.one("FILE-54", f"每份单独编号，一次最多打印 {most} 份，请分几次打印", "copies")


def _asking(request: OfficeRequest, attachment: Attachment, form: PrintForm) -> dict[str, Any]:
    by = request.actor
    must_ask = rules.needs_approval(attachment, by=by)
    standing = rules.request_of(attachment, by=by) if must_ask else None
    return {
        "attachment": attachment,
        "form": form,
        "title": f"打印 {attachment.name}",
        "pane_url": attachment.get_absolute_url(),
        "pages": leaves.count(attachment),
        "standing": standing,
        "lacks": rules.obstacles_to_printing(attachment, 1, by=by),
        "may_ask": must_ask and not rules.obstacles_to_asking(attachment, 1, "?", by=by),
        "ask_form": PrintRequestForm(),
    }


@require_GET
@requires(permissions.PRINT)
def print_run(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Show the marked pages of a print to the printer."""
    run = access_print_run(request.actor, public_id)
    _refuse_stale(run)
    pages = leaves.count(run.attachment)
    numbers = run.numbers if _is_numbered(run.attachment) else run.numbers[:1]
    context = {
        "title": f"打印 {run.attachment.name}",
        "run": run,
        "attachment": run.attachment,
        "sheets": [(copy, page) for copy in numbers for page in range(1, pages + 1)],
        "by_hand": 0 if _is_numbered(run.attachment) else run.copies,
        "pane_url": run.attachment.get_absolute_url(),
    }
    return private(render(request, "files/print.html", context))


@require_GET
@requires(permissions.PRINT)
def print_run_page(request: OfficeRequest, public_id: str, copy: int, number: int) -> HttpResponse:
    """Serve one page of one copy, its number in the mark."""
    run = access_print_run(request.actor, public_id)
    _refuse_stale(run)
    if copy not in run.numbers:
        raise NotFoundHere
    lines = watermark.lines_for(run.attachment, request.actor, _copy_words(run, copy))
    due = lines if watermark.is_due(run.attachment) else None
    page = preview.marked_page(run.attachment, number, preview.PRINT_WIDTH, due)
    return sealed(HttpResponse(watermark.png(page), content_type="image/png"))


def _copy_words(run: PrintRun, copy: int) -> str:
    """Number each copy of 工作秘密; of other papers the printer makes the copies, so the run bears their range."""
    if _is_numbered(run.attachment) or run.copies == 1:
        return f"第{copy}份"
    return f"第{run.numbers[0]}～{run.numbers[-1]}份"


def _is_numbered(attachment: Attachment) -> bool:
    return attachment.matter.label == SecurityLabel.WORK_SECRET


def _refuse_stale(run: PrintRun) -> None:
    if clock.now() >= run.printed_at + FRESH:
        raise Refused.one("FILE-55", "这次打印已过一小时，请从文件处重新打印")


@require_POST
@requires(permissions.PRINT)
def print_request_new(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Send a request."""
    attachment = access_attachment(request.actor, public_id)
    form = PrintRequestForm(request.POST)
    if form.is_valid():
        try:
            asked = printing.ask_to_print(attachment, **form.cleaned_data, by=request.actor)
        except Refused as refused:
            _tell_beside(form, refused)
        else:
            tell(request, "打印申请已送出，批准后会通知您")
            return go_to(request, asked.get_absolute_url())
    context = _asking(request, attachment, PrintForm()) | {"ask_form": form}
    return render(request, "files/print_ask.html", context, status=422)


@require_GET
@requires(permissions.PRINT, permissions.APPROVE_PRINT)
def print_requests(request: OfficeRequest) -> HttpResponse:
    """List what waits for one's decision, and one's own requests."""
    found = PrintRequest.objects.select_related("attachment", "matter").order_by("-asked_at", "-id")
    waiting = found.filter(tenant_id=request.actor.tenant_id or 0, state=PrintState.ASKED)
    mine = found.filter(asked_by_id=request.actor.person_id or 0)
    decided = found.filter(decided_by_id=request.actor.person_id or 0)
    may_decide = request.actor.may(permissions.APPROVE_PRINT)
    context = {
        "title": "打印申请",
        "may_decide": may_decide,
        "waiting": _rows(request, waiting) if may_decide else [],
        "decided": _rows(request, decided) if may_decide else [],
        "mine": _rows(request, mine),
    }
    return render(request, "files/print_requests.html", context)


def _rows(request: OfficeRequest, found: Any) -> list[dict[str, Any]]:
    return [_row(request, one) for one in found[:SHOWN]]


def _row(request: OfficeRequest, asked: PrintRequest) -> dict[str, Any]:
    """Name the paper only to who knows of it; who decides from outside sees number, copies and purpose."""
    knows = sees(request.actor, asked.matter)
    return {
        "request": asked,
        "knows": knows,
        "name": asked.attachment.name if knows else "",
        "title": asked.matter.title if knows else "工作秘密件（不在您的知悉范围，只审批份数和用途）",
        "is_expired": asked.is_expired(clock.now()),
    }


@require_GET
@requires(permissions.PRINT, permissions.APPROVE_PRINT)
def print_request(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Show one request, to decide on or to print on."""
    asked = access_print_request(request.actor, public_id)
    return _request_page(request, asked, DecideForm(initial={"copies": asked.copies}))


def _request_page(
    request: OfficeRequest, asked: PrintRequest, form: DecideForm, status: int = 200
) -> HttpResponse:
    context = {
        "title": "打印申请",
        "row": _row(request, asked),
        "asked": asked,
        "form": form,
        "may_decide": asked.is_waiting
        and decides(request.actor, asked)
        and asked.asked_by_id != request.actor.person_id,
        "may_print": asked.asked_by_id == request.actor.person_id and asked.may_print(clock.now()),
        "may_withdraw": not rules.obstacles_to_withdrawing(asked, by=request.actor),
        "runs": asked.runs.order_by("id"),
    }
    return render(request, "files/print_request.html", context, status=status)


@require_POST
@requires(permissions.APPROVE_PRINT)
def print_request_decide(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Grant or refuse a request."""
    asked = access_print_request(request.actor, public_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _request_page(request, asked, form, status=422)
    given = form.cleaned_data
    try:
        is_granted = given["answer"] == DecideForm.GRANT
        printing.decide(asked, is_granted, given["copies"] or 0, given["reply"], by=request.actor)
    except Refused as refused:
        _tell_beside(form, refused)
        return _request_page(request, asked, form, status=422)
    tell(request, "已批准" if is_granted else "已答复不同意")
    return go_to(request, asked.get_absolute_url())


def _tell_beside(form: PrintRequestForm | DecideForm, refused: Refused) -> None:
    """Write into the form what can be mended there; what cannot is answered by a page of its own."""
    if not all(refusal.field in form.fields for refusal in refused.refusals):
        raise refused
    say(form, refused)


@require_POST
@requires(permissions.PRINT)
def print_request_withdraw(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Take a request back."""
    asked = access_print_request(request.actor, public_id)
    printing.withdraw(asked, by=request.actor)
    tell(request, "已撤回")
    return go_to(request, asked.get_absolute_url())
