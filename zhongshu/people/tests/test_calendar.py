"""工作日历: a year at a glance, one day changed, a year's notice taken in."""

from datetime import date

import pytest

from zhongshu.base import calendars
from zhongshu.base.refusals import Refused
from zhongshu.people import decrees


@pytest.fixture
def signed_in(client, office):
    client.force_login(office.sys_admin)
    return client


def take_in(client, year, text):
    return client.post("/system/calendar/import/", {"year": year, "text": text})


def test_a_year_not_decreed_is_shown_as_provisional(signed_in):
    page = signed_in.get("/system/calendar/2031/")
    assert "暂按周一至周五" in page.text
    assert len(page.context["months"]) == 12


def test_one_day_is_changed(signed_in, last_entry):
    response = signed_in.post("/system/calendar/day/2031-05-06/", {"is_workday": "0", "note": "停电"})
    assert response.status_code == 302
    assert not calendars.is_workday(date(2031, 5, 6))
    assert last_entry().verb == "set_calendar_day"


def test_the_notice_of_a_year_is_taken_in_as_it_is_written(signed_in):
    text = "2031-10-01至2031-10-07 休 国庆节\n2031-9-27 班 国庆节调休\n"
    assert take_in(signed_in, 2031, text).status_code == 302
    assert calendars.is_decreed(2031)
    assert not calendars.is_workday(date(2031, 10, 7))
    assert calendars.is_workday(date(2031, 9, 27))


def test_lines_that_cannot_be_read_are_all_named(signed_in):
    response = take_in(signed_in, 2031, "国庆放七天\n2031-10-01 休 国庆节\n2031-13-01 休 什么")
    assert response.status_code == 422
    assert "第1行看不懂" in response.text
    assert "第3行看不懂" in response.text
    assert not calendars.is_decreed(2031)


def test_the_days_that_come_with_the_software(signed_in):
    assert take_in(signed_in, 2025, "").status_code == 302
    assert calendars.note_of(date(2025, 10, 1)) != ""
    assert "已经导入" in take_in(signed_in, 2025, "").text


def test_a_year_the_software_does_not_know_must_be_written(signed_in):
    assert "请贴入" in take_in(signed_in, 2099, "").text


@pytest.mark.parametrize(
    "line", ["2031-10-07至2031-10-01 休 倒着", "2030-10-01 休 别的年", "2031-01-01至2031-06-01 休 太长"]
)
def test_a_stretch_must_make_sense(line):
    with pytest.raises(Refused):
        decrees.read(2031, line)


def test_others_read_and_do_not_write(client, office):
    client.force_login(office.clerk)
    assert client.get("/system/calendar/").status_code == 200
    assert (
        client.post("/system/calendar/day/2031-05-06/", {"is_workday": "0", "note": "x"}).status_code == 403
    )


@pytest.mark.parametrize("day", ["2031-13-01", "tomorrow"])
def test_a_day_that_is_none(signed_in, day):
    assert signed_in.get(f"/system/calendar/day/{day}/").status_code == 404
