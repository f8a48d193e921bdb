"""Taking a book out of the house: as Excel, or on paper; marked with who took it, and kept in the trail."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.trail import log_event
from zhongshu.documents.registers.book import Book, BookRegister
from zhongshu.documents.views.book_filters import words
from zhongshu.documents.views.book_pages import columns_of, state_of
from zhongshu.matters import settings
from zhongshu.matters.models import SecurityLabel
from zhongshu.ui.exports import excel, mark_of, new_number, workbook_response
from zhongshu.ui.requests import OfficeRequest
from zhongshu.ui.slots import slots
from zhongshu.ui.tables import Column, State

PRINTED = 500


@dataclass(frozen=True)
class Taken:
    """What is taken out: lines, columns, and the words about them."""

    register: BookRegister
    state: State
    columns: Sequence[Column]
    things: Sequence[Any]
    limit: int
    asked: str
    number: str
    secrets: int = 0

    @property
    def title(self) -> str:
        """Return the name of the book."""
        return self.register.caption or self.register.title

    @property
    def note(self) -> str:
        """Say whether it is all."""
        left_out = f"；另有{self.secrets}件工作秘密不列出" if self.secrets else ""
        if len(self.things) + self.secrets >= self.limit:
            return f"只列出前{self.limit}行，请缩小范围分次取出{left_out}"
        return f"共{len(self.things)}行{left_out}"


def book_export(request: OfficeRequest, book: Book) -> HttpResponse:
    """Answer with Excel: what the filters ask for, or the ticked rows."""
    limit = _asked_limit(request, settings.get("documents.export_rows", request.actor.tenant_id))
    taken = _take(request, book, limit)
    note = f"{taken.note}　{taken.asked}".strip()
    content = excel(
        taken.things, taken.columns, by=request.actor, title=taken.title, number=taken.number, note=note
    )
    _note(request, taken, "export_register", "导出")
    return workbook_response(content, f"{taken.title}{clock.today():%Y%m%d}")


def _asked_limit(request: OfficeRequest, most: int) -> int:
    """Return how many rows are wanted, at most what the office allows."""
    asked = request.GET.get("limit", "")
    return min(most, int(asked)) if asked.isascii() and asked.isdigit() and int(asked) else most


def book_print(request: OfficeRequest, book: Book) -> HttpResponse:
    """Show what the filters ask for as one long table that prints on A4 lengthwise, its head repeated."""
    taken = _take(request, book, PRINTED, with_folded=False)
    _note(request, taken, "print_register", "打印")
    tab = next((tab.label for tab in book.tabs if tab.key == taken.state.view), "")
    day = clock.today()
    context = {
        "title": taken.title,
        "office": slots.office_name(request),
        "columns": taken.columns,
        "rows": [[(column, column.cell(thing)) for column in taken.columns] for thing in taken.things],
        "asked": "　".join(part for part in (tab, taken.asked, taken.note) if part),
        "until": f"截至{day.year}年{day.month}月{day.day}日",
        "mark": mark_of(request.actor, taken.number, clock.local(clock.now())),
        "back_url": reverse(book.url_name) + taken.state.query(),
    }
    return render(request, "documents/register_print.html", context)


def _take(request: OfficeRequest, book: Book, limit: int, *, with_folded: bool = True) -> Taken:
    register, state = state_of(request, book)
    whole = request.GET.get("columns") == "all"
    columns = list(register.columns) if whole else _chosen(request, register, with_folded)
    ticked = request.POST.getlist("id") if request.method == "POST" else []
    if ticked:
        things = book.picked(request.actor, ticked, columns)
    else:
        things = list(book.every(request.actor, replace(state, after=""), columns, limit))
    asked = words(register, state, request.actor)
    things, kept = _without_secrets(things)
    return Taken(register, state, columns, things, limit, asked, new_number(), kept)


def _without_secrets(things: Sequence[Any]) -> tuple[list[Any], int]:
    """工作秘密 stays in the house, also where the one who takes the book out may read it."""
    leaving = [thing for thing in things if _label_of(thing) != SecurityLabel.WORK_SECRET]
    return leaving, len(things) - len(leaving)


def _label_of(thing: Any) -> str:
    matter = getattr(thing, "matter", None)
    return str(matter.label) if matter is not None else ""


def _chosen(request: OfficeRequest, register: BookRegister, with_folded: bool) -> list[Column]:
    """Return the shown columns; for Excel also what the screen folds into the title."""
    shown = {column.key for column in columns_of(request, register)}
    shown |= register.folded if with_folded else set()
    return [column for column in register.columns if column.key in shown]


def _note(request: OfficeRequest, taken: Taken, verb: str, word: str) -> None:
    asked = f"，条件：{taken.asked}" if taken.asked else ""
    log_event(
        verb,
        by=request.actor,
        label=f"{word}{taken.title}",
        object_kind="register",
        object_id=taken.register.code,
        text=f"{len(taken.things)}行，编号{taken.number}{asked}",
        data={
            "number": taken.number,
            "rows": len(taken.things),
            "query": taken.state.query(),
            "columns": [column.key for column in taken.columns],
        },
    )
