"""The page, the export and the saved views of any book of the room."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.documents.registers.book import Book, BookRegister, Reading
from zhongshu.documents.views import book_filters
from zhongshu.matters.models import SavedView
from zhongshu.ui import tables
from zhongshu.ui.pages import page_or_part, wants_part
from zhongshu.ui.preferences import hidden_columns
from zhongshu.ui.requests import OfficeRequest
from zhongshu.ui.slots import slots
from zhongshu.ui.tables import BulkAct, Column, Row, Shown, State, View

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
    request: OfficeRequest,
    book: Book,
    row_of: RowOf,
    *,
    bulk: Sequence[BulkAct] = (),
    said_more: str = "",
    template: str = TEMPLATE,
    **context: Any,
) -> HttpResponse:
    """Show one page of a book, or only the part that htmx asked for."""
    register, state = state_of(request, book)
    saved = list(SavedView.objects.filter(person_id=request.actor.me, register=register.code).order_by("pk"))
    current = next((view for view in saved if _same(view.query, state.query())), None)
    columns = columns_of(request, register, current)
    reading = book.read(request.actor, state, columns)
    shown = _shown(
        request, book, register, state, reading, [row_of(columns, each) for each in reading.things]
    )
    shown.bulk = bulk
    shown.said = "　".join(part for part in (shown.said, said_more) if part)
    shown.columns = columns
    shown.all_columns = [(c, c in columns) for c in register.columns if not (c.is_fixed or c.is_title)]
    shown.views = [*_tabs(book, state, current, reading.open_count), *_saved(saved, current)]
    page = {
        "title": register.caption or register.title,
        "shown": shown,
        "more_filters": book_filters.drawn(register, state, request.actor),
        "print_url": _out_url(request.actor, book, "documents:register_print"),
        "is_part": wants_part(request),
        "empty_fact": book.empty_fact if state.view == "" else "",
        "empty_hint": book.empty_hint if state.view == "" else "",
        **context,
    }
    return page_or_part(request, template, f"{TEMPLATE}#answer", page)


def _shown(
    request: OfficeRequest,
    book: Book,
    register: BookRegister,
    state: State,
    reading: Reading,
    rows: list[Row],
) -> Shown:
    """Put together what the kit shows; tabs, columns and bulk acts are ours."""
    shown = tables.show(
        register,
        state,
        request,
        actor=request.actor,
        rows=rows,
        next_cursor=reading.next_cursor,
        counts=reading.lights,
        export_url=_out_url(request.actor, book, "documents:register_export"),
        save_url=reverse("documents:view_save", args=[register.code]),
        said=reading.said(book.unit),
        print_title=_print_title(request, book, register, state),
    )
    shown.chips = [*shown.chips, *book_filters.chips(register, state, request.actor)]
    return shown


def _same(one: str, other: str) -> bool:
    return dict(parse_qsl(one.lstrip("?"))) == dict(parse_qsl(other.lstrip("?")))


def _out_url(actor: Actor, book: Book, url_name: str) -> str:
    return reverse(url_name, args=[book.register.code]) if actor.may(book.export_permission) else ""


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


def _print_title(request: OfficeRequest, book: Book, register: BookRegister, state: State) -> str:
    tab = next((tab.label for tab in book.tabs if tab.key == state.view), "")
    day = clock.today()
    return f"{slots.office_name(request)}{register.caption or register.title}（{tab}，截至{day.year}年{day.month}月{day.day}日）"
