"""收文台账 and 请示报告, their drawer, export, saved views and acts on many."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base.refusals import Refused
from zhongshu.documents.access import incoming_visible_to
from zhongshu.documents.actions.reminding import remind_all, waiting_tasks
from zhongshu.documents.forms import RemindForm
from zhongshu.documents.models import Box, IncomingDocument
from zhongshu.documents.registers.book import Book
from zhongshu.documents.registers.counter import CounterBook
from zhongshu.documents.registers.incoming import IncomingBook, RequestBook
from zhongshu.documents.registers.instructions import InstructionBook
from zhongshu.documents.registers.lines import Line
from zhongshu.documents.registers.returns import ReturnBook
from zhongshu.documents.sheet import sheet_of
from zhongshu.documents.views.book_exports import book_export, book_print
from zhongshu.documents.views.book_pages import book_page, columns_of, state_of
from zhongshu.documents.views.doors import of_paper
from zhongshu.flow import rights
from zhongshu.matters import actions as matter_actions
from zhongshu.matters import settings
from zhongshu.matters.models import SavedView
from zhongshu.ui import tables
from zhongshu.ui.addresses import address_of
from zhongshu.ui.forms import say
from zhongshu.ui.pages import back_or, go_to, tell
from zhongshu.ui.permissions import requires, signed_in
from zhongshu.ui.requests import OfficeRequest
from zhongshu.ui.tables import BulkAct, Column, Row

BOOKS: dict[str, Book] = {
    book.register.code: book
    for book in (IncomingBook(), RequestBook(), InstructionBook(), ReturnBook(), CounterBook())
}


def row_of_line(columns: Sequence[Column], line: Line) -> Row:
    """Draw a line of the book as a row with its page and its drawer."""
    public_id = line.matter.public_id
    return tables.row(
        columns,
        line,
        id=public_id,
        url=address_of("documents:incoming", public_id),
        drawer_url=address_of("documents:incoming_drawer", public_id),
        label=line.matter.title,
        is_unread=line.is_unread,
    )


def _bulk(request: OfficeRequest, code: str) -> list[BulkAct]:
    acts = []
    if request.actor.may(rights.REMIND):
        url = reverse("documents:incoming_remind")
        acts.append(BulkAct("批量催办", url))
    if request.actor.may("documents.export"):
        acts.append(BulkAct("导出所选", reverse("documents:register_export", args=[code]), is_download=True))
    return acts


@requires("documents.register_all", "documents.read")
@require_GET
def incoming_register(request: OfficeRequest) -> HttpResponse:
    """收文台账: the office sees all of it, a unit and a leader what concerns them."""
    return book_page(
        request,
        BOOKS["incoming"],
        row_of_line,
        bulk=_bulk(request, "incoming"),
        new_url=reverse("documents:drops") if request.actor.may("documents.register") else "",
        new_label="收文登记",
    )


@requires("documents.register_all")
@require_GET
def request_register(request: OfficeRequest) -> HttpResponse:
    """请示报告台账."""
    return book_page(request, BOOKS["requests"], row_of_line, bulk=_bulk(request, "requests"))


@require_GET
@of_paper()
def incoming_drawer(request: OfficeRequest, found: IncomingDocument) -> HttpResponse:
    """The essentials of one paper beside the list."""
    sheet = sheet_of(found, by=request.actor)
    may_remind = found.matter.is_open and (
        request.actor.may(rights.REMIND) or found.first_receiver_id == request.actor.person_id
    )
    context = {
        "sheet": sheet,
        "incoming": found,
        "matter": found.matter,
        "boxes": [box for box in sheet.boxes if box.opinions and box.code in (Box.PROPOSAL, Box.INSTRUCTION)],
        "holders": list(dict.fromkeys(task.holder_name for task in waiting_tasks(found) if task.holder_name)),
        "trail": sheet.trail[:8],
        "may_remind": may_remind,
    }
    return render(request, "documents/incoming_drawer.html", context)


@requires("documents.read")
@require_POST
def incoming_remind(request: OfficeRequest) -> HttpResponse:
    """批量催办 of the ticked papers: first the page on which one says what is to be told, then the act."""
    ids = request.POST.getlist("id")[:200]
    found = incoming_visible_to(request.actor).filter(matter__public_id__in=ids).select_related("matter")
    papers = list(found)
    is_sent = "text" in request.POST
    form = RemindForm(request.POST if is_sent else None)
    back = _book_of(request)
    if not papers:
        raise Refused.one("DOC-71", "请选择要催的件")
    if is_sent and form.is_valid():
        try:
            reminded = remind_all(papers, text=form.cleaned_data["text"], by=request.actor)
        except Refused as refused:
            say(form, refused)
        else:
            tell(request, reminded.words)
            return go_to(request, back)
    context = {
        "title": "批量催办",
        "form": form,
        "papers": papers,
        "phrases": settings.get("documents.remind_phrases", request.actor.office),
        "back": back,
    }
    return render(request, "documents/remind.html", context, status=422 if form.errors else 200)


def _book_of(request: OfficeRequest) -> str:
    """Return the list to come back to, with its filters: the page's own word, else where the ticks were made."""
    book = reverse("documents:incoming_register")
    given = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, request.is_secure())
    return given if is_ours else back_or(request, book)


@requires("documents.export", "documents.counter")
@require_http_methods(["GET", "POST"])
def register_export(request: OfficeRequest, code: str) -> HttpResponse:
    """导出 Excel: what the filters ask for (GET), or the ticked rows (POST)."""
    return book_export(request, _book_to_take(request, code))


@requires("documents.export", "documents.counter")
@require_GET
def register_print(request: OfficeRequest, code: str) -> HttpResponse:
    """打印台账: what the filters ask for on paper."""
    return book_print(request, _book_to_take(request, code))


def _book_to_take(request: OfficeRequest, code: str) -> Book:
    book = _book(code)
    if not request.actor.may(book.export_permission):
        raise PermissionDenied("您的岗位不能导出这个台账。")
    return book


def _book(code: str) -> Book:
    if code not in BOOKS:
        raise Http404("没有这个台账")
    return BOOKS[code]


@signed_in
@require_POST
def view_save(request: OfficeRequest, code: str) -> HttpResponse:
    """存为视图: filters and columns as they are on the page."""
    book = _book(code)
    register, _ = state_of(request, book)
    columns = [column.key for column in columns_of(request, register)]
    query = "?" + urlencode(parse_qsl(request.POST.get("query", "").lstrip("?")))
    view = matter_actions.save_view(code, request.POST.get("name", ""), query, columns, by=request.actor)
    tell(request, f"已存为视图“{view.name}”")
    return go_to(request, reverse(book.url_name) + view.query)


@signed_in
@require_POST
def view_drop(request: OfficeRequest, pk: int) -> HttpResponse:
    """Throw one's own saved view away."""
    view = get_object_or_404(SavedView, pk=pk, person_id=request.actor.person_id)
    book = _book(view.register)
    matter_actions.drop_view(view, by=request.actor)
    tell(request, f"已删除视图“{view.name}”")
    return go_to(request, reverse(book.url_name))
