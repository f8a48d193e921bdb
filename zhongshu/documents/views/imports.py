"""历史台账导入: upload, look at every row, begin, watch, undo."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base.refusals import Refused
from zhongshu.base.trail import log_event
from zhongshu.documents.access import access_import
from zhongshu.documents.actions import importing
from zhongshu.documents.forms.importing import MappingForm, StartForm, UndoForm, UploadForm
from zhongshu.documents.models import RegisterImport
from zhongshu.documents.registers import importing as rows
from zhongshu.files import uploads
from zhongshu.ui.exports import excel, new_number, workbook_response
from zhongshu.ui.forms import say
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest

MOST = 50
State = RegisterImport.State
ORDERS = {
    "pause": (importing.pause, "办完手里的一批就停"),
    "resume": (importing.resume, "接着导入"),
    "stop": (importing.stop, "已中止，已导入的留在台账里，可以整批撤销"),
    "discard": (importing.discard, "已放弃，文件没有留存"),
}


@requires("documents.import")
@require_http_methods(["GET", "POST"])
def imports(request: OfficeRequest) -> HttpResponse:
    """The imports of the office, and the form for another."""
    stopped = uploads.refusal_of(request) if request.method == "POST" and request.POST is not None else None
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    if stopped:
        say(form, Refused(stopped))
    elif request.method == "POST" and form.is_valid():
        try:
            run = _upload(form, request)
        except Refused as refused:
            say(form, refused)
        else:
            return go_to(request, _url(run))
    found = RegisterImport.objects.filter(tenant_id=request.actor.office).select_related("created_by")
    context = {"title": "历史台账导入", "form": form, "runs": found[:MOST]}
    return render(request, "documents/imports.html", context, status=422 if form.errors else 200)


def _upload(form: UploadForm, request: OfficeRequest) -> RegisterImport:
    file, by = form.cleaned_data["file"], request.actor
    name = importing.check_upload(file.name, file.size, promised=form.cleaned_data["promise"], by=by)
    return importing.upload(file.file, name=name, size=file.size, by=by)


@requires("documents.import")
@require_GET
def import_run(request: OfficeRequest, public_id: str) -> HttpResponse:
    """One import; while the worker has it in hand only this part is asked for again."""
    run = access_import(request.actor, public_id)
    return page_or_part(request, "documents/import.html", "body", _context(request, run))


def _context(request: OfficeRequest, run: RegisterImport, **forms: Any) -> dict[str, Any]:
    asked = request.GET.get("state", "")
    state = asked if asked in rows.states_of(run) else ""
    after = request.GET.get("after", "")
    shown = rows.page(run, state=state, after=int(after) if after.isascii() and after.isdigit() else 0)
    return {
        "title": run.file_name,
        "run": run,
        "shown": shown,
        "tabs": _tabs(run, state),
        "more_url": f"?state={state}&after={shown.after}" if shown.after else "",
        "headings": rows.headings(),
        "mapping": forms.get("mapping") or MappingForm(run=run),
        "start": forms.get("start") or StartForm(),
        "undo": forms.get("undo") or UndoForm(),
        "may_pause": run.state == State.RUNNING,
        "may_undo": run.state in (State.DONE, State.STOPPED) and bool(run.created or run.merged),
    }


def _tabs(run: RegisterImport, state: str) -> list[dict[str, Any]]:
    every = [("", "全部", run.total), *rows.counts(run)]
    return [
        {"label": label, "url": f"?state={key}#rows", "is_current": key == state, "count": count}
        for key, label, count in every
    ]


@requires("documents.import")
@require_POST
def import_check(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Read it again as the form says."""
    run = access_import(request.actor, public_id)
    form = MappingForm(request.POST, run=run)
    if form.is_valid():
        data = form.cleaned_data
        importing.check_again(
            run,
            sheet_no=data["sheet_no"],
            header_row=data["header_row"],
            mapping=form.mapping(),
            by=request.actor,
        )
        return go_to(request, _url(run))
    return render(request, "documents/import.html", _context(request, run, mapping=form), status=422)


@requires("documents.import")
@require_POST
def import_start(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Begin."""
    run = access_import(request.actor, public_id)
    form = StartForm(request.POST)
    if form.is_valid():
        try:
            importing.start(run, only_good=form.cleaned_data["way"] == "good", by=request.actor)
        except Refused as refused:
            say(form, refused)
        else:
            tell(request, "已开始导入，可以离开这一页")
            return go_to(request, _url(run))
    return render(request, "documents/import.html", _context(request, run, start=form), status=422)


@requires("documents.import")
@require_POST
def import_order(request: OfficeRequest, public_id: str, order: str) -> HttpResponse:
    """Pause, go on, stop, discard."""
    run = access_import(request.actor, public_id)
    if order not in ORDERS:
        raise Http404
    act, words = ORDERS[order]
    act(run, by=request.actor)
    tell(request, words)
    return go_to(request, reverse("documents:imports") if order == "discard" else _url(run))


@requires("documents.import")
@require_POST
def import_undo(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Take the whole import back."""
    run = access_import(request.actor, public_id)
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            importing.undo(run, reason=form.cleaned_data["reason"], by=request.actor)
        except Refused as refused:
            say(form, refused)
        else:
            tell(request, "正在撤销，撤销的件和理由都留在痕迹里")
            return go_to(request, _url(run))
    return render(request, "documents/import.html", _context(request, run, undo=form), status=422)


@requires("documents.import")
@require_GET
def import_errors(request: OfficeRequest, public_id: str) -> HttpResponse:
    """The rows that were left out, as they stood, with what is wrong: mend it and upload it again."""
    run = access_import(request.actor, public_id)
    return _workbook(request, run, "错误表", rows.faulty_rows(run), rows.error_columns(run))


@requires("documents.import")
@require_GET
def import_report(request: OfficeRequest, public_id: str) -> HttpResponse:
    """What became of every row."""
    run = access_import(request.actor, public_id)
    return _workbook(request, run, "导入报告", rows.report_rows(run), rows.report_columns(run))


def _workbook(
    request: OfficeRequest, run: RegisterImport, kind: str, found: Any, columns: list[Any]
) -> HttpResponse:
    number = new_number()
    title = f"{run.file_name.rsplit('.', 1)[0]} {kind}"
    counts = f"共{run.total}行，新建{run.created}，并件{run.merged}，跳过{run.skipped}"
    note = "；".join([counts, *run.notes])
    content = excel(found, columns, by=request.actor, title=title, number=number, note=note)
    text = f"{title}，编号 {number}"
    log_event(
        "export_import",
        by=request.actor,
        label="导出",
        object_kind="register_import",
        object_id=run.public_id,
        text=text,
    )
    return workbook_response(content, title)


def _url(run: RegisterImport) -> str:
    return reverse("documents:import", args=[run.public_id])
