"""期限: when something falls due, agreeing with the reckoning of an official, and explained line by line."""

import csv
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.conf import settings as site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhongshu.base import calendars, clock
from zhongshu.base.deadlines import DeadlinePolicy, compute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("decreed")]

VECTORS = site.BASE_DIR.parent / "shared" / "data" / "holiday_cn" / "deadline_vectors.csv"
WORKDAY, DAY, MONTH, HOUR = "workday", "calendar_day", "month", "hour"


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=clock.ZONE)


def due(quantity: int, unit: str, start: str, *pauses: tuple[str, str], **more) -> str:
    found = compute((quantity, unit), at(start), [(at(a), at(b)) for a, b in pauses], **more)
    return f"{found.due_at:%Y-%m-%d %H:%M}"


def test_every_row_of_the_shared_vectors():
    if not VECTORS.exists():
        pytest.skip(f"the shared data is not here: {VECTORS.name}")
    rows = list(csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines()))
    wrong = [
        row
        for row in rows
        if not due(int(row["n_workdays"]), WORKDAY, row["start"] + " 10:00").startswith(row["deadline"])
    ]
    assert len(rows) == 270
    assert wrong == []


@pytest.mark.parametrize(
    ("quantity", "unit", "start", "expected"),
    [
        (1, WORKDAY, "2026-09-30 09:00", "2026-10-08 17:30"),
        (3, WORKDAY, "2026-10-08 23:59", "2026-10-12 17:30"),
        (0, WORKDAY, "2026-10-09 09:00", "2026-10-09 17:30"),
        (0, WORKDAY, "2026-10-01 09:00", "2026-10-08 17:30"),
        (5, DAY, "2026-09-20 09:00", "2026-09-28 17:30"),
        (10, DAY, "2026-09-21 09:00", "2026-10-08 17:30"),
        (2, DAY, "2026-10-08 09:00", "2026-10-10 17:30"),
        (1, MONTH, "2026-01-31 09:00", "2026-02-28 17:30"),
        (1, MONTH, "2024-01-31 09:00", "2024-02-29 17:30"),
        (1, MONTH, "2026-09-03 09:00", "2026-10-08 17:30"),
        (2, MONTH, "2025-12-31 09:00", "2026-02-28 17:30"),
        (12, MONTH, "2024-12-10 09:00", "2025-12-10 17:30"),
        (24, HOUR, "2026-09-30 17:45:59", "2026-10-01 17:45"),
        (2, HOUR, "2026-12-31 23:10", "2027-01-01 01:10"),
    ],
)
def test_the_rules_of_counting(quantity, unit, start, expected):
    assert due(quantity, unit, start) == expected


@pytest.mark.parametrize(
    ("unit", "quantity", "pauses", "expected"),
    [
        (WORKDAY, 5, [], "2026-03-09 17:30"),
        (WORKDAY, 5, [("2026-03-03 10:00", "2026-03-05 15:00")], "2026-03-11 17:30"),
        (WORKDAY, 5, [("2026-03-03 10:00", "2026-03-03 15:00")], "2026-03-09 17:30"),
        (WORKDAY, 5, [("2026-03-06 10:00", "2026-03-09 15:00")], "2026-03-10 17:30"),
        (WORKDAY, 5, [("2026-02-01 10:00", "2026-03-04 15:00")], "2026-03-11 17:30"),
        (WORKDAY, 5, [("2026-03-20 10:00", "2026-03-24 15:00")], "2026-03-09 17:30"),
        (DAY, 5, [("2026-03-03 10:00", "2026-03-05 15:00")], "2026-03-09 17:30"),
        (MONTH, 1, [("2026-03-10 10:00", "2026-03-17 15:00")], "2026-04-09 17:30"),
        (HOUR, 5, [("2026-03-02 10:00", "2026-03-02 10:45")], "2026-03-02 14:45"),
        (HOUR, 5, [("2026-03-02 10:00", "2026-03-02 11:00"), ("2026-03-02 10:30", "2026-03-02 11:30")], "2026-03-02 15:30"),
        (HOUR, 5, [("2026-03-02 14:30", "2026-03-02 16:00")], "2026-03-02 14:00"),
    ],
)  # fmt: skip
def test_a_pause_is_not_counted(unit, quantity, pauses, expected):
    assert due(quantity, unit, "2026-03-02 09:00", *pauses) == expected


def test_a_pause_that_still_lasts_runs_to_this_moment():
    with clock.fixed(at("2026-03-05 15:00")):
        open_ended = compute((5, WORKDAY), at("2026-03-02 09:00"), [(at("2026-03-03 10:00"), None)])
    assert f"{open_ended.due_at:%m-%d}" == "03-11"


def test_an_extension_is_counted_on_from_the_old_end():
    assert due(20, WORKDAY, "2026-03-02 09:00", extra=20) == due(40, WORKDAY, "2026-03-02 09:00")
    assert due(1, MONTH, "2026-01-31 09:00", extra=1) == "2026-03-31 17:30"
    assert due(24, HOUR, "2026-03-02 09:00", extra=2) == "2026-03-03 11:00"


def test_a_policy_says_when_its_day_ends():
    policy = DeadlinePolicy(code="x", name="x", quantity=1, unit=WORKDAY, end_of_day=time(12, 0))
    assert f"{compute(policy, at('2026-03-02 09:00')).due_at:%d %H:%M}" == "03 12:00"
    policy.end_of_day = None
    assert f"{compute(policy, at('2026-03-02 09:00')).due_at:%d %H:%M}" == "03 17:30"


def test_working_days_explain_themselves():
    found = compute((10, WORKDAY), at("2026-09-28 09:00"), [(at("2026-10-12 09:00"), at("2026-10-13 09:00"))])
    assert found.explain() == [
        "起算：2026年9月28日（周一），当日不计入，计10个工作日",
        "扣除国庆节 7 天：10月1日至7日",
        "扣除周末 3 天：10月11日、10月17日至18日",
        "暂停不计 1 天：10月13日",
        "2026年10月10日（周六）国庆节调休上班，照常计入",
        "到期：2026年10月19日（周一） 17:30",
    ]


def test_a_month_explains_itself():
    assert compute((1, MONTH), at("2026-09-03 09:00"), extra=0).explain() == [
        "起算：2026年9月3日（周四），当日不计入，计1个月",
        "顺延：2026年10月3日（周六）为国庆节，顺延至2026年10月8日（周四）",
        "到期：2026年10月8日（周四） 17:30",
    ]


def test_hours_explain_themselves():
    pause = (at("2026-10-01 08:00"), at("2026-10-01 09:30"))
    assert compute((24, HOUR), at("2026-09-30 17:45"), [pause], extra=2).explain() == [
        "起算：2026年9月30日（周三） 17:45，连续计算24小时，夜间和节假日照走",
        "另准延长2小时",
        "暂停不计：2026年10月1日（周四） 08:00至2026年10月1日（周四） 09:30",
        "到期：2026年10月1日（周四） 21:15",
    ]


def test_a_year_not_yet_decreed_is_said():
    found = compute((5, WORKDAY), at("2098-12-30 09:00"))
    assert found.is_provisional
    assert "2099年放假安排尚未公布，暂按周一至周五计算，公布后重算" in found.explain()
    assert not compute((5, WORKDAY), at("2026-03-02 09:00")).is_provisional


days = st.dates(date(2019, 1, 1), date(2026, 6, 30))
hundred = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def begin(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), clock.ZONE)


def counted(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]


@hundred
@given(day=days, quantity=st.integers(1, 60), lead=st.integers(0, 20), length=st.integers(0, 20))
def test_exactly_so_many_working_days_lie_outside_the_pause(day, quantity, lead, length):
    since, until = begin(day + timedelta(days=lead)), begin(day + timedelta(days=lead + length))
    last = compute((quantity, WORKDAY), begin(day, 8), [(since, until)]).due_at.date()
    free = [d for d in counted(day, last) if calendars.is_workday(d) and not since.date() < d <= until.date()]
    assert len(free) == quantity
    assert free[-1] == last


@hundred
@given(day=days, quantity=st.integers(0, 90), unit=st.sampled_from([DAY, MONTH, WORKDAY]))
def test_it_never_ends_on_a_day_of_rest_nor_later_than_need_be(day, quantity, unit):
    last = compute((quantity % 13 if unit == MONTH else quantity, unit), begin(day)).due_at.date()
    assert calendars.is_workday(last)
    if unit == DAY:
        between = counted(day + timedelta(days=quantity - 1), last)[:-1]
        assert not any(calendars.is_workday(d) for d in between)


@hundred
@given(day=days, unit=st.sampled_from([HOUR, DAY, MONTH, WORKDAY]), cuts=st.lists(st.integers(0, 500), min_size=2, max_size=6))  # fmt: skip
def test_a_pause_in_pieces_is_the_same_pause(day, unit, cuts):
    start = begin(day, 8)
    moments = sorted(start + timedelta(hours=cut) for cut in cuts)
    pieces = list(pairwise(moments))
    whole = compute((4, unit), start, [(moments[0], moments[-1])])
    assert compute((4, unit), start, reversed(pieces)).due_at == whole.due_at
    assert whole.due_at >= compute((4, unit), start).due_at
