"""Excel of a register: the filtered rows, formulas off, marked with who took it out, when, and under which number."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.ui.forms import new_key
from zhongshu.ui.tables import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "in_memory": True,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
WIDEST = 60


def mark_of(by: Actor, number: str, at: datetime) -> str:
    """Write the line that every sheet carries: 导出人 单位 时间 编号."""
    return f"导出人：{by.display}　单位：{by.unit_name}　时间：{at:%Y-%m-%d %H:%M}　编号：{number}"


def new_number() -> str:
    """Draw the number of an export; it goes into the sheet and into the trail."""
    return f"{clock.now():%Y%m%d%H%M%S}-{new_key()[:6]}"


def excel(
    rows: Iterable[Any],
    columns: Sequence[Column],
    *,
    by: Actor,
    title: str,
    number: str = "",
    note: str = "",
) -> bytes:
    """Return the workbook; rows are read one at a time, so a large register does not fill the memory."""
    at = clock.local(clock.now())
    mark = mark_of(by, number or new_number(), at)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"title": title, "author": by.display, "comments": mark})
        sheet = book.add_worksheet(_sheet_name(title))
        _set_page(sheet, columns, title, mark)
        _write_head(book, sheet, columns, title, mark, note)
        _write_rows(book, sheet, rows, columns)
    return file.getvalue()


def workbook_response(content: bytes, file_name: str) -> HttpResponse:
    """Answer with a workbook as a download that nobody keeps on the way."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{file_name}.xlsx") or "attachment"
    response["Cache-Control"] = "no-store"
    return response


def _set_page(sheet: Worksheet, columns: Sequence[Column], title: str, mark: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_header(f"&C{_for_header(title)}")
    sheet.set_footer(f"&L&8{_for_header(mark)}&R第 &P 页 共 &N 页")
    sheet.freeze_panes(3, 0)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, 44 if column.is_title else max(10, len(column.label) * 2.4 + 4))


def _write_head(
    book: Workbook, sheet: Worksheet, columns: Sequence[Column], title: str, mark: str, note: str
) -> None:
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    # The grey line stands in the cells too, so that it stays when the sheet is copied.
    sheet.write_string(
        1, 0, f"{mark}　{note}".strip(), book.add_format({"font_color": "#808080", "font_size": 9})
    )
    head = book.add_format({"bold": True, "bg_color": "#F0F3F7", "border": 1, "border_color": "#C4CBD5"})
    for index, column in enumerate(columns):
        sheet.write_string(2, index, column.label, head)


def _write_rows(book: Workbook, sheet: Worksheet, rows: Iterable[Any], columns: Sequence[Column]) -> None:
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"})
    for line, thing in enumerate(rows, start=3):
        for index, column in enumerate(columns):
            value = column.value(thing)
            if isinstance(value, datetime):
                sheet.write_datetime(line, index, clock.local(value).replace(tzinfo=None), moment)
            elif isinstance(value, date):
                sheet.write_datetime(line, index, value, day)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(line, index, value)
            else:
                sheet.write_string(line, index, "" if value is None else str(value)[:32000], text)


def _sheet_name(title: str) -> str:
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "台账"


def _for_header(words: str) -> str:
    return words.replace("&", "&&")[:200]
