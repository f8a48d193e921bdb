"""The page, the export and the saved views of any book of the room."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.trail import log_event
from zhongshu.documents.registers.book import Book, BookRegister
from zhongshu.matters import settings
from zhongshu.matters.models import SavedView
from zhongshu.ui import tables
from zhongshu.ui.exports import excel, new_number, workbook_response
from zhongshu.ui.pages import page_or_part
from zhongshu.ui.preferences import hidden_columns
from zhongshu.ui.requests import OfficeRequest
from zhongshu.ui.tables import BulkAct, Chip, Column, Row, Select, State, View

TEMPLATE = "documents/register.html"


# How a thing of a book becomes a row of its table.
RowOf = Callable[[Sequence[Column], Any], Row]


def state_of(request: OfficeRequest, book: Book) -> tuple[BookRegister, State]:
    """Read what the address asks of a book; a tab that is not there is the first."""
    tab = book.tab_of(request.GET.get("view", ""))
    register = book.register_for(request.actor, tab)
    asked = tables.read(register, request)
    return register, replace(asked, view=tab, order=asked.order or book.default_order(tab))


def columns_of(
    request: OfficeRequest, register: BookRegister, saved: SavedView | None = None
) -> list[Column]:
    """Return the columns to show: those of the saved view, else those this browser chose, else the usual ones."""
    if saved and saved.columns:
        hidden = frozenset(c.key for c in register.columns if c.key not in saved.columns)
    elif f"zs_cols_{register.code}" in request.COOKIES:
        hidden = hidden_columns(request, register.code)
    else:
        hidden = register.hidden
    return tables.columns_for(register, hidden)


def book_page(
    request: OfficeRequest, book: Book, row_of: RowOf, *, bulk: Sequence[BulkAct] = (), **context: Any
) -> HttpResponse:
    """Show one page of a book, or only the part that htmx asked for."""
    register, state = state_of(request, book)
    saved = list(SavedView.objects.filter(person_id=request.actor.me, register=register.code).order_by("pk"))
    current = next((view for view in saved if _same(view.query, state.query())), None)
    columns = columns_of(request, register, current)
    reading = book.read(request.actor, state, columns)
    shown = tables.show(
        register,
        state,
        request,
        actor=request.actor,
        rows=[row_of(columns, thing) for thing in reading.things],
        next_cursor=reading.next_cursor,
        counts=reading.lights,
        bulk=bulk,
        export_url=_export_url(request.actor, register),
        save_url=reverse("documents:view_save", args=[register.code]),
        said=reading.said(book.unit),
        print_title=_print_title(request, book, register, state),
    )
    shown.columns = columns
    shown.all_columns = [(c, c in columns) for c in register.columns if not (c.is_fixed or c.is_title)]
    shown.views = [*_tabs(book, state, current, reading.open_count), *_saved(saved, current)]
    shown.chips = [*shown.chips, *_chips(register, state, request.actor)]
    page = {
        "title": register.title,
        "shown": shown,
        "more_filters": _more_filters(register, state, request.actor),
        "quiet": [(s.key, state.get(s.key)) for s in register.quiet if state.get(s.key)],
        "empty_fact": book.empty_fact if state.view == "" else "",
        "empty_hint": book.empty_hint if state.view == "" else "",
        **context,
    }
    return page_or_part(request, str(context.get("template", TEMPLATE)), f"{TEMPLATE}#answer", page)


def _same(one: str, other: str) -> bool:
    return dict(parse_qsl(one.lstrip("?"))) == dict(parse_qsl(other.lstrip("?")))


def _export_url(actor: Actor, register: BookRegister) -> str:
    return reverse("documents:register_export", args=[register.code]) if actor.may("documents.export") else ""


def _tabs(
    book: Book, state: State, current: SavedView | None, open_count: int | None
) -> list[tuple[View, str, bool]]:
    tabs = []
    for tab in book.tabs:
        count = None if tab.key or open_count is None else _capped(open_count)
        url = f"?{urlencode({'view': tab.key})}" if tab.key else "?"
        tabs.append((replace(tab, count=count), url, current is None and tab.key == state.view))
    return tabs


def _capped(number: int) -> int | str:
    return "999+" if number > 999 else number


def _saved(saved: list[SavedView], current: SavedView | None) -> list[tuple[View, str, bool]]:
    return [
        (
            View(f"saved-{view.pk}", view.name, delete_url=reverse("documents:view_drop", args=[view.pk])),
            view.query or "?",
            view == current,
        )
        for view in saved
    ]


def _chips(register: BookRegister, state: State, actor: Actor) -> list[Chip]:
    """Name the filters that have no control of their own, so that nothing filters unseen."""
    chips = []
    for select in (*register.quiet, *register.typed):
        if value := state.get(select.key):
            word = dict(select.offered(actor)).get(value, value)
            chips.append(Chip(f"{select.label}：{word}", state.query(**{select.key: ""})))
    return chips


def _more_filters(register: BookRegister, state: State, actor: Actor) -> SafeString:
    """Draw the typed filters, and carry the quiet ones along when the form is sent."""
    hidden = format_html_join(
        "",
        '<input type="hidden" name="{}" value="{}">',
        [(s.key, state.get(s.key)) for s in register.quiet if state.get(s.key)],
    )
    typed = [_typed(select, state) for select in register.typed]
    issuers = settings.get("documents.issuers", actor.tenant_id) if typed else []
    names = format_html_join("", '<option value="{}"></option>', [(name,) for name in issuers])
    return format_html(
        '{}{}<datalist id="known-issuers">{}</datalist>', hidden, SafeString("".join(typed)), names
    )


def _typed(select: Select, state: State) -> SafeString:
    text = (
        '<input class="form-control" type="search" id="filter-{}" name="{}" value="{}" placeholder="{}"'
        ' aria-label="{}" list="known-issuers" autocomplete="off">'
    )
    return format_html(text, select.key, select.key, state.get(select.key), select.label, select.label)


def _print_title(request: OfficeRequest, book: Book, register: BookRegister, state: State) -> str:
    tab = next((tab.label for tab in book.tabs if tab.key == state.view), "")
    day = clock.today()
    return f"{request.actor.unit_name}{register.caption or register.title}（{tab}，截至{day.year}年{day.month}月{day.day}日）"


def book_export(request: OfficeRequest, book: Book) -> HttpResponse:
    """Answer with the book as Excel: what the filters ask for, or the ticked rows; the trail keeps who took it."""
    register, state = state_of(request, book)
    columns = list(register.columns) if request.GET.get("columns") == "all" else _chosen(request, register)
    limit = settings.get("documents.export_rows", request.actor.tenant_id)
    ticked = request.POST.getlist("id") if request.method == "POST" else []
    if ticked:
        things = book.picked(request.actor, ticked, columns)
    else:
        things = list(book.every(request.actor, replace(state, after=""), columns, limit))
    title, number = register.caption or register.title, new_number()
    note = f"只列出前{limit}行，请缩小范围分次导出" if len(things) >= limit else f"共{len(things)}行"
    content = excel(things, columns, by=request.actor, title=title, number=number, note=note)
    log_event(
        "export_register",
        by=request.actor,
        label=f"导出{title}",
        object_kind="register",
        object_id=register.code,
        text=f"{len(things)}行，编号{number}{_words(register, state, request.actor)}",
        data={
            "number": number,
            "rows": len(things),
            "query": state.query(),
            "columns": [c.key for c in columns],
        },
    )
    return workbook_response(content, f"{title}{clock.today():%Y%m%d}")


def _chosen(request: OfficeRequest, register: BookRegister) -> list[Column]:
    """Return the shown columns, and what the screen folds into the title: number, 文号 and urgency."""
    shown = {column.key for column in columns_of(request, register)} | {"number", "doc_number", "urgency"}
    return [column for column in register.columns if column.key in shown]


def _words(register: BookRegister, state: State, actor: Actor) -> str:
    """Say in the trail what was asked for."""
    asked = [chip.label for chip in _chips(register, state, actor)]
    asked += [
        dict(select.offered(actor)).get(state.get(select.key), state.get(select.key))
        for select in register.selects
        if state.get(select.key)
    ]
    asked += [f"含“{state.q}”"] if state.q else []
    return f"，条件：{'、'.join(asked)}" if asked else ""
