"""工作日历: a year at a glance, one day changed, a year's decree taken in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhongshu.base import calendars, clock
from zhongshu.base.models import WorkCalendar
from zhongshu.people import decrees, yearbook
from zhongshu.people import permissions as p
from zhongshu.people.forms.system import DayForm, DecreeForm
from zhongshu.people.views.form_page import FormPage, answer_form, posted
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest


@requires(p.SEE_CALENDAR)
@require_GET
def calendar(request: OfficeRequest, year: int = 0) -> HttpResponse:
    """Show a year: working days, rest, and days of either kind by decree."""
    year = year or clock.today().year
    if not 2000 <= year <= 2100:
        raise Http404
    context = {
        "title": f"工作日历 {year}年",
        "year": year,
        "months": yearbook.months(year),
        "special": WorkCalendar.objects.filter(year=year),
        "is_decreed": calendars.is_decreed(year),
        "workdays": yearbook.workdays(year),
        "may_change": request.actor.may(p.CALENDAR),
    }
    return render(request, "people/calendar.html", context)


@requires(p.CALENDAR)
@require_http_methods(["GET", "POST"])
def calendar_day(request: OfficeRequest, day: str) -> HttpResponse:
    """Say of one day whether the office works."""
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    initial = {"is_workday": "1" if calendars.is_workday(on) else "0", "note": calendars.note_of(on)}

    def carry_out(data: dict[str, Any]) -> str:
        calendars.set_day(on, data["is_workday"], data["note"], by=request.actor)
        return f"{on:%Y-%m-%d}已改为{'上班' if data['is_workday'] else '休息'}"

    note = "修改后，未办结事项的到期日随之重算。"
    page = FormPage(f"{on:%Y年%-m月%-d日}", "保存", reverse("people:calendar_year", args=[on.year]), note)
    return answer_form(request, DayForm(posted(request), initial=initial), page, carry_out)


@requires(p.CALENDAR)
@require_http_methods(["GET", "POST"])
def calendar_import(request: OfficeRequest) -> HttpResponse:
    """Take in the decree of a year."""
    form = DecreeForm(posted(request), initial={"year": clock.today().year + 1})

    def carry_out(data: dict[str, Any]) -> str:
        count = decrees.take_in(data["year"], data["text"], by=request.actor)
        return f"{data['year']}年日历已导入，共{count}天"

    return answer_form(
        request, form, FormPage("导入年度放假安排", "导入", reverse("people:calendar")), carry_out
    )
