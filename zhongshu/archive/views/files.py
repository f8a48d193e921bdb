"""待归档, 归档, 目录 and the rate."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.archive import actions, queries
from zhongshu.archive.forms import ArchiveForm, ExemptForm
from zhongshu.archive.models import ArchivalFile
from zhongshu.archive.registers import CATALOGUE, WAITING
from zhongshu.base import clock
from zhongshu.base.trail import log_event
from zhongshu.ui import exports, tables
from zhongshu.ui.pages import go_to, page_or_part, stand_at, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest
from zhongshu.ui.tables import BulkAct, Register, Row, State

MOST_EXPORTED = 20000


def _filtered(rows: QuerySet[ArchivalFile], state: State) -> QuerySet[ArchivalFile]:
    if state.q:
        words = (
            Q(title__contains=state.q) | Q(doc_number__contains=state.q) | Q(archival_code__contains=state.q)
        )
        rows = rows.filter(words | Q(responsible_party__contains=state.q))
    return rows


def _page(rows: QuerySet[ArchivalFile], state: State) -> tuple[list[ArchivalFile], str]:
    """Cut a page; the cursor is the place in the archive's own order, which small yearly sets allow."""
    start = int(state.after) if state.after.isascii() and state.after.isdigit() else 0
    found = list(rows[start : start + state.size + 1])
    return found[: state.size], str(start + state.size) if len(found) > state.size else ""


def _rows(register: Register, files: list[ArchivalFile]) -> list[Row]:
    return [
        tables.row(
            register.columns,
            file,
            id=str(file.pk),
            url=reverse("archive:file", args=[file.pk]),
            label=file.title,
        )
        for file in files
    ]


@requires("archive.keep")
def waiting(request: OfficeRequest) -> HttpResponse:
    """待归档: what is closed, with the proposed retention; many at once as proposed."""
    state = tables.read(WAITING, request)
    rows = _filtered(queries.waiting(request.actor), state)
    if year := state.get("year"):
        rows = rows.filter(year=int(year)) if year.isdigit() else rows.none()
    files, cursor = _page(rows, state)
    shown = tables.show(
        WAITING,
        state,
        request,
        actor=request.actor,
        rows=_rows(WAITING, files),
        next_cursor=cursor,
        bulk=(
            BulkAct(
                "按建议归档",
                reverse("archive:archive_many"),
                "把选中的件按建议期限归档？",
                "取得档号后不能撤回",
            ),
        ),
        said=f"待归档 {rows.count()} 件",
    )
    context = {
        "title": "待归档",
        "shown": shown,
        "empty_fact": "没有待归档的件",
        "empty_hint": "办结的件会自动到这里",
    }
    return page_or_part(request, "ui/register.html", "rows", context)


@requires("archive.keep")
def file(request: OfficeRequest, pk: int) -> HttpResponse:
    """One piece: archive it, or say why not."""
    found = get_object_or_404(queries.files_of(request.actor), pk=pk)
    if found.state == ArchivalFile.State.PENDING:
        stand_at(request, reverse("archive:waiting"))
    initial = {"retention": found.retention, "section_code": found.section_code, "note": found.note}
    form = ArchiveForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.archive(found, **form.cleaned_data, by=request.actor)
        tell(request, f"已归档《{found.title}》")
        return go_to(request, reverse("archive:waiting"))
    context = {"title": found.title, "file": found, "form": form, "exempt_form": ExemptForm()}
    return render(request, "archive/file.html", context, status=422 if form.errors else 200)


@requires("archive.keep")
@require_POST
def file_exempt(request: OfficeRequest, pk: int) -> HttpResponse:
    """不归档."""
    found = get_object_or_404(queries.files_of(request.actor), pk=pk)
    actions.exempt(found, reason=request.POST.get("reason", ""), by=request.actor)
    tell(request, "已记为不归档")
    return go_to(request, reverse("archive:waiting"))


@requires("archive.keep")
@require_POST
def archive_many(request: OfficeRequest) -> HttpResponse:
    """Archive the ticked ones as proposed; what is refused stays and is named."""
    ids = [pk for pk in request.POST.getlist("id") if pk.isdigit()]
    files = list(queries.waiting(request.actor).filter(pk__in=ids))
    refused = actions.archive_many(files, by=request.actor)
    tell(
        request,
        f"已归档 {len(files) - len(refused)} 件"
        + (f"，{len(refused)} 件未归：{refused[0].message}" if refused else ""),
    )
    return go_to(request, reverse("archive:waiting"))


@requires("archive.read")
def catalogue(request: OfficeRequest) -> HttpResponse:
    """归档文件目录 of a year, with the rate and what is missing."""
    state = tables.read(CATALOGUE, request)
    year = int(state.get("year")) if state.get("year").isdigit() else clock.today().year
    rows = _filtered(queries.catalogue(request.actor, year, state.get("retention")), state)
    if "excel" in request.GET:
        return _export(request, rows, year)
    files, cursor = _page(rows, state)
    rate = queries.rate(request.actor, year)
    shown = tables.show(
        CATALOGUE,
        state,
        request,
        actor=request.actor,
        rows=[tables.row(CATALOGUE.columns, f, id=str(f.pk), label=f.title) for f in files],
        next_cursor=cursor,
        export_url=state.query(excel="1"),
        print_title=f"{year}年归档文件目录",
        said=f"{year}年归档率 {rate.text}：应归档 {rate.due} 件，已归档 {rate.archived} 件，缺 {rate.missing} 件；不归档 {rate.exempt} 件",
    )
    context = {"title": "归档目录", "shown": shown, "empty_fact": f"{year}年还没有归档的件"}
    return page_or_part(request, "ui/register.html", "rows", context)


def _export(request: OfficeRequest, rows: QuerySet[ArchivalFile], year: int) -> HttpResponse:
    number, title = exports.new_number(), f"{year}年归档文件目录"
    content = exports.excel(
        rows[:MOST_EXPORTED], CATALOGUE.columns, by=request.actor, title=title, number=number
    )
    log_event(
        "export_catalogue",
        by=request.actor,
        label="导出归档目录",
        object_kind="archival_file",
        object_id=number,
        text=f"{title}，编号 {number}",
    )
    return exports.workbook_response(content, title)
