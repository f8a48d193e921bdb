"""工作日历: which days the office works, as decreed, as provisional, as an administrator corrects it."""

import json
from datetime import date, datetime
from io import StringIO

import chinese_calendar
import pytest
from django.core.management import call_command

from zhongshu.base import calendars, clock
from zhongshu.base.acts import act
from zhongshu.base.calendars import Day, import_days, set_day
from zhongshu.base.models import CalendarVersion, TrailEntry, WorkCalendar
from zhongshu.base.refusals import Refused

pytestmark = pytest.mark.django_db

NATIONAL_DAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("day", "works", "note"),
    [
        (date(2026, 10, 1), False, "国庆节"),
        (date(2026, 10, 10), True, "国庆节调休上班"),
        (date(2026, 10, 17), False, "周六"),
        (date(2026, 10, 19), True, ""),
        (date(2026, 4, 6), False, "清明节"),
    ],
)
def test_a_decreed_year_follows_the_decree(decreed, day, works, note):
    assert (calendars.is_workday(day), calendars.note_of(day)) == (works, note)


def test_every_decreed_day_agrees_with_its_source(decreed):
    days = [
        date(year, month, day)
        for year in (2020, 2025, 2026)
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    assert all(calendars.is_workday(day) == chinese_calendar.is_workday(day) for day in days)


def test_a_year_not_yet_decreed_follows_the_week(decreed):
    assert not calendars.is_decreed(2030)
    assert calendars.is_workday(date(2030, 10, 1))
    assert not calendars.is_workday(date(2030, 10, 5))


def test_seeding_says_which_years_are_provisional_and_never_overwrites(clerk):
    assert calendars.seed_calendar([2026, 2099]) == {2026: "decreed", 2099: "provisional"}
    set_day(NATIONAL_DAY, True, "抢险", by=clerk)
    assert calendars.seed_calendar([2026]) == {}
    assert calendars.is_workday(NATIONAL_DAY)


def test_the_seeding_command_prints_the_years():
    out = StringIO()
    call_command("seed_calendar", "2025", "2099", stdout=out)
    assert json.loads(out.getvalue()) == {"2025": "decreed", "2099": "provisional"}


def test_counting_working_days(decreed):
    friday = date(2026, 9, 25)
    assert calendars.next_workday(date(2026, 9, 30)) == date(2026, 10, 8)
    assert calendars.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert calendars.workdays_between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert calendars.workdays_between(date(2026, 10, 10), date(2026, 9, 30)) == -3
    assert calendars.on_or_after(friday) == date(2026, 9, 28)


def test_an_edited_day_holds_and_leaves_a_trail(decreed, clerk):
    set_day(NATIONAL_DAY, True, "防汛抢险", by=clerk)
    assert calendars.is_workday(NATIONAL_DAY)
    entry = TrailEntry.objects.last()
    assert (entry.label, entry.text) == ("改工作日历", "2026年10月1日上班：防汛抢险")


def test_a_refused_edit_is_not_seen(decreed, clerk):
    @act("edit_badly")
    def edit_badly(*, by):
        set_day(NATIONAL_DAY, True, "防汛抢险", by=by)
        assert calendars.is_workday(NATIONAL_DAY)
        raise Refused.one("T-01", "不行")

    with pytest.raises(Refused):
        edit_badly(by=clerk)
    assert not calendars.is_workday(NATIONAL_DAY)


def test_a_decree_is_taken_in_and_the_year_is_no_longer_provisional(clerk):
    count = import_days([Day(date(2030, 10, 1), False, "国庆节")], by=clerk, decreed=[2030])
    assert (count, calendars.is_decreed(2030)) == (1, True)
    assert not calendars.is_workday(date(2030, 10, 1))


def test_a_decree_that_contradicts_itself_is_refused(clerk):
    day = date(2030, 10, 1)
    with pytest.raises(Refused) as refused:
        import_days([Day(day, False, "国庆节"), Day(day, True, "调休")], by=clerk)
    assert refused.value.codes == ["CAL-02"]
    with pytest.raises(Refused) as refused:
        import_days([], by=clerk)
    assert refused.value.codes == ["CAL-01"]


def test_open_deadlines_hear_of_the_days_that_changed(clerk, monkeypatch):
    heard = []
    monkeypatch.setattr(calendars, "_hooks", [])

    @calendars.on_calendar_change
    def hear(first, last, *, by):
        heard.append((first, last, by.name, calendars.is_workday(date(2030, 10, 1))))

    set_day(date(2030, 10, 1), False, "国庆节", by=clerk)
    import_days([Day(date(2031, 5, 2), False, "劳动节")], by=clerk, decreed=[2031])
    assert heard == [
        (date(2030, 10, 1), date(2030, 10, 1), "林小禾", False),
        (date(2031, 1, 1), date(2031, 12, 31), "林小禾", False),
    ]


def test_an_edit_by_another_process_is_noticed(decreed, monkeypatch):
    assert not calendars.is_workday(NATIONAL_DAY)
    WorkCalendar.objects.filter(date=NATIONAL_DAY).update(is_workday=True)
    CalendarVersion.objects.update(version=99)
    assert not calendars.is_workday(NATIONAL_DAY)
    monkeypatch.setattr(calendars, "CHECK_EVERY", 0)
    assert calendars.is_workday(NATIONAL_DAY)


def test_a_known_calendar_costs_no_query(decreed, django_assert_num_queries):
    calendars.is_workday(NATIONAL_DAY)
    with django_assert_num_queries(0):
        calendars.add_workdays(date(2026, 3, 2), 100)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-10-09 08:30", True),
        ("2026-10-09 12:00", False),
        ("2026-10-09 17:29", True),
        ("2026-10-09 17:30", False),
        ("2026-10-01 10:00", False),
        ("2026-10-10 10:00", True),
    ],
)
def test_office_hours(decreed, at, is_open):
    assert calendars.is_office_time(datetime.fromisoformat(at).replace(tzinfo=clock.ZONE)) is is_open


def test_office_hours_are_a_setting(settings):
    settings.ZHONGSHU_OFFICE_HOURS = "09:00-12:00, 13:30-18:00"
    assert f"{calendars.end_of_office():%H:%M}" == "18:00"
