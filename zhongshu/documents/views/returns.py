"""退文: the book with its rate, and the 退文单 on A4."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhongshu.base import clock
from zhongshu.documents import statistics
from zhongshu.documents.models import IncomingDocument, ReturnSlip
from zhongshu.documents.registers.returns import ReturnBook, SlipLine
from zhongshu.documents.views.book_pages import book_page
from zhongshu.documents.views.doors import of_paper
from zhongshu.ui import tables
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest
from zhongshu.ui.tables import BulkAct, Column, Row

BOOK = ReturnBook()


def row_of_slip(columns: Sequence[Column], line: SlipLine) -> Row:
    """Draw a 退文单 as a row; its drawer is that of the paper."""
    public_id = line.matter.public_id
    return tables.row(
        columns,
        line,
        id=str(line.slip.pk),
        url=reverse("documents:return_slip", args=[public_id, line.slip.pk]),
        drawer_url=reverse("documents:incoming_drawer", args=[public_id]),
        label=line.matter.title,
    )


@requires("documents.register_all")
@require_GET
def return_register(request: OfficeRequest) -> HttpResponse:
    """退文台账, with the rate of the year."""
    bulk = []
    if request.actor.may("documents.export"):
        bulk.append(
            BulkAct("导出所选", reverse("documents:register_export", args=["returns"]), is_download=True)
        )
    return book_page(request, BOOK, row_of_slip, bulk=bulk, said_more=_rate(request))


def _rate(request: OfficeRequest) -> str:
    """Say which share of the year's papers went back."""
    asked = request.GET.get("year", "")
    this = clock.today().year
    year = int(asked) if asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= this else this
    figure = statistics.returned(request.actor, year)
    return f"{year}年退文率 {figure.value}（{figure.note}）"


@require_GET
@of_paper()
def return_slip(request: OfficeRequest, incoming: IncomingDocument, pk: int) -> HttpResponse:
    """The 退文单 as it goes to the sender."""
    slips = ReturnSlip.objects.select_related("drafted_by", "approved_by")
    slip = get_object_or_404(slips, pk=pk, incoming=incoming)
    again = incoming.resubmissions.select_related("matter").first()
    context = {
        "title": f"退文单 {slip.number}".strip(),
        "incoming": incoming,
        "matter": incoming.matter,
        "slip": slip,
        "reasons": [str(reason.get("text", "")) for reason in slip.reasons],
        "again": again,
        "is_valid": slip.state == ReturnSlip.State.APPROVED,
    }
    return render(request, "documents/return_slip.html", context)
