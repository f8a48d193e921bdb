"""What the register pages share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhongshu.base.actors import Actor
from zhongshu.base.trail import log_event
from zhongshu.people.registers import Sheet
from zhongshu.ui import exports


def export_wanted(request: HttpRequest) -> bool:
    """Say whether the page is asked for as an Excel file."""
    return request.GET.get("export") == "xlsx"


def export(sheet: Sheet, rows: Sequence[Any], *, by: Actor) -> HttpResponse:
    """Answer with the register as a marked Excel file, and note who took it."""
    number = exports.new_number()
    content = exports.excel(rows, sheet.columns, by=by, title=sheet.title, number=number)
    text = f"导出{sheet.title}{len(rows)}行，编号{number}"
    log_event("export", by=by, label="导出台账", object_kind="register", object_id=number, text=text)
    return exports.workbook_response(content, sheet.title)
