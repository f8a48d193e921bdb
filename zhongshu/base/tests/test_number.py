"""编号: from 1 without a gap, never twice, kept when void, begun anew with the year."""

import multiprocessing
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection, connections

from zhongshu.base import clock, numbers, trail
from zhongshu.base.actors import SYSTEM
from zhongshu.base.acts import act
from zhongshu.base.models import NumberSequence, NumberUse, TrailEntry
from zhongshu.base.numbers import (
    close_year,
    declare_series,
    draw,
    draw_reserved,
    gaps,
    reserve,
    set_format,
    void,
)
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record

from .samples import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    monkeypatch.setattr(numbers, "_series", {})
    declare_series("incoming", "收文", format="收〔{year}〕{no}号")


@act("register")
def register(*, by, year=2026, tenant_id=1, refuse=False) -> str:
    number = draw("incoming", tenant_id=tenant_id, year=year, by=by, object_kind="incoming", object_id=1)
    record("register", by=by, object_kind="incoming", object_id=1, label="登记", text=number.text)
    if refuse:
        raise Refused.one("T-01", "登记不成")
    return number.text


@act("register_kept")
def register_kept(use: NumberUse, *, by) -> str:
    number = draw_reserved(use, by=by, object_kind="incoming", object_id=2)
    record("register_kept", by=by, object_kind="incoming", object_id=2, label="登记", text=number.text)
    return number.text


def sequence() -> NumberSequence:
    return NumberSequence.objects.get(scope="incoming", year=2026, tenant_id=1)


def test_numbers_follow_one_another(clerk):
    assert [register(by=clerk) for _ in range(3)] == ["收〔2026〕1号", "收〔2026〕2号", "收〔2026〕3号"]


def test_a_refused_act_uses_no_number(clerk):
    register(by=clerk)
    with pytest.raises(Refused):
        register(by=clerk, refuse=True)
    assert register(by=clerk) == "收〔2026〕2号"


def test_a_number_is_drawn_inside_an_act_only(clerk):
    with pytest.raises(RuntimeError, match="inside an @act"):
        draw("incoming", tenant_id=1, by=clerk)


def test_each_office_and_each_year_counts_for_itself(clerk):
    register(by=clerk)
    assert register(by=clerk, tenant_id=2) == "收〔2026〕1号"
    assert register(by=clerk, year=2027) == "收〔2027〕1号"


def test_the_year_turns_at_midnight_of_the_office(clerk):
    @act("draw_now")
    def draw_now(*, by):
        record("draw_now", by=by, object_kind="x", object_id=1, label="取号")
        return draw("incoming", tenant_id=1, by=by).text

    with clock.fixed(datetime(2026, 12, 31, 23, 59, tzinfo=clock.ZONE)):
        assert draw_now(by=clerk) == "收〔2026〕1号"
    with clock.fixed(datetime(2027, 1, 1, 0, 0, tzinfo=clock.ZONE)):
        assert draw_now(by=clerk) == "收〔2027〕1号"


def test_what_was_signed_last_year_may_still_be_numbered_in_it_until_it_is_sealed(clerk):
    register(by=clerk)
    with clock.fixed(datetime(2027, 1, 5, 9, 0, tzinfo=clock.ZONE)):
        assert register(by=clerk, year=2026) == "收〔2026〕2号"
        close_year("incoming", tenant_id=1, year=2026, by=clerk)
        with pytest.raises(Refused) as refused:
            register(by=clerk, year=2026)
    assert refused.value.codes == ["NUM-01"]


def test_a_void_number_is_kept_with_its_reason_and_not_given_again(clerk):
    register(by=clerk)
    void(NumberUse.objects.get(), "登记有误，来文已退", by=clerk)
    assert register(by=clerk) == "收〔2026〕2号"
    assert (NumberUse.objects.get(no=1).state, NumberUse.objects.get(no=1).reason) == (
        "void",
        "登记有误，来文已退",
    )
    assert "收〔2026〕1号：登记有误" in TrailEntry.objects.get(verb="void_number").text


def test_voiding_needs_a_reason_and_happens_once(clerk):
    register(by=clerk)
    use = NumberUse.objects.get()
    with pytest.raises(Refused) as refused:
        void(use, " ", by=clerk)
    assert refused.value.codes == ["NUM-05"]
    void(use, "有误", by=clerk)
    with pytest.raises(Refused) as refused:
        void(use, "又错", by=clerk)
    assert refused.value.codes == ["NUM-02"]


def test_reserved_numbers_are_stepped_over_and_used_later(clerk):
    register(by=clerk)
    kept = reserve("incoming", tenant_id=1, year=2026, count=2, reason="等签发", by=clerk)
    assert [number.no for number in kept] == [2, 3]
    assert register(by=clerk) == "收〔2026〕4号"
    use = NumberUse.objects.get(no=3)
    assert register_kept(use, by=clerk) == "收〔2026〕3号"
    with pytest.raises(Refused) as refused:
        register_kept(use, by=clerk)
    assert refused.value.codes == ["NUM-02"]
    assert gaps(sequence()) == []


def test_a_chosen_number_can_be_reserved_ahead(clerk):
    reserve("incoming", tenant_id=1, year=2026, nos=[3], reason="留给年度一号文件", by=clerk)
    assert [register(by=clerk) for _ in range(3)] == ["收〔2026〕1号", "收〔2026〕2号", "收〔2026〕4号"]
    with pytest.raises(Refused) as refused:
        reserve("incoming", tenant_id=1, year=2026, nos=[3, 4], reason="再留", by=clerk)
    assert refused.value.codes == ["NUM-04"]
    assert "3、4号" in str(refused.value)
    assert gaps(sequence()) == []


def test_a_new_format_goes_over_the_year_and_leaves_old_numbers(clerk):
    register(by=clerk)
    set_format("incoming", tenant_id=1, year=2026, format="{prefix}〔{year}〕{no}", prefix="云政收", by=clerk)
    assert register(by=clerk) == "云政收〔2026〕2"
    assert register(by=clerk, year=2027) == "云政收〔2027〕1"
    assert NumberUse.objects.get(sequence=sequence(), no=1).text == "收〔2026〕1号"


@pytest.mark.parametrize("pattern", ["没有序号", "{no", "{no}{person}", "{no.__class__}", "{no:x!}", "{0}"])
def test_a_format_that_cannot_be_filled_is_refused(pattern):
    with pytest.raises(Refused) as refused:
        numbers.check_format(pattern)
    assert refused.value.codes == ["NUM-03"]


def test_numbers_may_be_padded_where_the_office_wants_it():
    assert numbers.check_format("诉{year}-{no:04}").format(year=2026, no=7) == "诉2026-0007"


def proof_of(total: int) -> None:
    numbers_drawn = list(NumberUse.objects.order_by("no").values_list("no", flat=True))
    assert numbers_drawn == list(range(1, total + 1))
    assert sequence().last_no == total
    assert gaps(sequence()) == []
    assert trail.verify().checked == TrailEntry.objects.count() == total


@pytest.mark.django_db(transaction=True)
def test_eight_threads_draw_at_once():
    texts = at_once(lambda _n: [register(by=SYSTEM) for _ in range(6)])
    assert len({text for drawn in texts for text in drawn}) == 48
    proof_of(48)


def draw_in_a_process(path: str, times: int) -> None:
    """Work on the database of the test through a connection of its own."""
    given = {**connection.settings_dict, **({"NAME": path} if path else {})}
    connections["default"] = type(connections["default"])(given, "default")
    for _ in range(times):
        register(by=SYSTEM)
    connections["default"].close()


@pytest.mark.django_db(transaction=True)
def test_eight_processes_draw_at_once(tmp_path: Path):
    path = shared_copy(tmp_path / "office.sqlite3") if connection.vendor == "sqlite" else ""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=draw_in_a_process, args=(path, 6)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 8
    if path:
        with connection.cursor() as cursor:
            cursor.execute("ATTACH DATABASE %s AS other", [path])
        read_back()
    proof_of(48)


def shared_copy(path: Path) -> str:
    """Put the test database, which lives in memory, into a file that other processes can open."""
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.close()
    return str(path)


def read_back() -> None:
    """Bring what the processes wrote into the test database."""
    tables = [NumberSequence, NumberUse, TrailEntry]
    with connection.cursor() as cursor:
        for table in [model._meta.db_table for model in tables] + ["base_trailhead"]:
            cursor.execute(f"INSERT INTO main.{table} SELECT * FROM other.{table}")
        cursor.execute("DETACH DATABASE other")
