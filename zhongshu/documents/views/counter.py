"""机要登记本: enter, look up, void; never a title, never a word of content."""

from collections.abc import Sequence

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base import clock
from zhongshu.documents import actions
from zhongshu.documents.actions.records import MAX_UNIT_NAME, Entry
from zhongshu.documents.models import ConfidentialEntry
from zhongshu.documents.registers.counter import CounterBook, sums
from zhongshu.documents.views.book_pages import book_page, state_of
from zhongshu.ui import tables
from zhongshu.ui.forms import DateInput, OfficeForm
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest
from zhongshu.ui.tables import BulkAct, Column, Row

BOOK = CounterBook()
Way = ConfidentialEntry.Way


class EntryForm(OfficeForm):
    """One line of the book."""

    way = forms.ChoiceField(label="收发", choices=Way.choices)
    handled_on = forms.DateField(label="日期", widget=DateInput())
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=9999, initial=1)
    from_unit = forms.CharField(label="来自", max_length=MAX_UNIT_NAME)
    to_unit = forms.CharField(label="去往", max_length=MAX_UNIT_NAME)


def row_of_entry(columns: Sequence[Column], entry: ConfidentialEntry) -> Row:
    """Draw an entry as a row that leads to its page."""
    return tables.row(
        columns,
        entry,
        id=str(entry.pk),
        url=reverse("documents:counter_entry", args=[entry.pk]),
        label=entry.number,
    )


@requires("documents.counter")
@require_GET
def counter(request: OfficeRequest) -> HttpResponse:
    """The book, and the line to enter the next one."""
    counts = sums(request.actor, state_of(request, BOOK)[1])
    said = f"收{counts[Way.IN]}件，发{counts[Way.OUT]}件（作废的不计）"
    export = BulkAct("导出所选", reverse("documents:register_export", args=["counter"]), is_download=True)
    form = EntryForm(initial={"handled_on": clock.today()})
    return book_page(
        request,
        BOOK,
        row_of_entry,
        bulk=[export],
        said_more=said,
        form=form,
        template="documents/counter.html",
    )


@requires("documents.counter")
@require_http_methods(["GET", "POST"])
def counter_new(request: OfficeRequest) -> HttpResponse:
    """Enter one line."""
    form = EntryForm(
        request.POST if request.method == "POST" else None, initial={"handled_on": clock.today()}
    )
    if request.method == "POST" and form.is_valid():
        entry = actions.enter_confidential(Entry(**form.cleaned_data), by=request.actor)
        tell(request, f"已登记：{entry.number}")
        return go_to(request, reverse("documents:counter"))
    context = {"title": "机要登记", "form": form}
    return page_or_part(
        request, "documents/counter_new.html", "form", context, status=422 if form.errors else 200
    )


@requires("documents.counter")
@require_GET
def counter_entry(request: OfficeRequest, pk: int) -> HttpResponse:
    """One line, and the form to void it."""
    context = {"title": "机要登记", "entry": _entry(request, pk)}
    return page_or_part(request, "documents/counter_entry.html", "entry", context)


@requires("documents.counter")
@require_POST
def counter_void(request: OfficeRequest, pk: int) -> HttpResponse:
    """作废; the number stays."""
    entry = _entry(request, pk)
    actions.void_confidential(entry, reason=request.POST.get("reason", ""), by=request.actor)
    tell(request, f"{entry.number}已作废，编号保留")
    return go_to(request, reverse("documents:counter"))


def _entry(request: OfficeRequest, pk: int) -> ConfidentialEntry:
    rows = ConfidentialEntry.objects.filter(tenant_id=request.actor.office).select_related("handled_by")
    return get_object_or_404(rows, pk=pk)
