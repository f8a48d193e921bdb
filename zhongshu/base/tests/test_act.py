"""Act: one transaction, done once, with its trail or not at all."""

import contextlib
import logging
import threading

import pytest
from django.db import transaction

from zhongshu.base import acts, chain, trail
from zhongshu.base.acts import act
from zhongshu.base.models import ActKey, NumberSequence, TrailEntry
from zhongshu.base.refusals import NotFoundHere, Refused, Repeated, Stale

from .samples import at_once, open_each, open_series, open_two

pytestmark = pytest.mark.django_db


def series() -> list[str]:
    return list(NumberSequence.objects.order_by("scope").values_list("scope", flat=True))


def outcomes() -> list[tuple[str, str]]:
    return list(TrailEntry.objects.values_list("verb", "outcome"))


def test_an_act_writes_its_row_and_its_trail(clerk):
    open_series("收文", by=clerk)
    entry = TrailEntry.objects.get()
    assert series() == ["收文"]
    assert (entry.who, entry.unit_name, entry.ip, entry.label) == ("林小禾", "秘书科", "10.1.2.3", "开立")


def test_a_refused_act_writes_nothing_but_that_it_was_refused(clerk):
    with pytest.raises(Refused) as refused:
        open_series("收文", by=clerk, refuse=True)
    assert refused.value.codes == ["T-01"]
    assert series() == []
    entry = TrailEntry.objects.get()
    assert (entry.outcome, entry.text, entry.data) == ("refused", "样例不许这样", {"codes": ["T-01"]})


def test_a_refusal_names_the_thing_it_was_about(clerk):
    @act("rename")
    def rename(sequence: NumberSequence, *, by):
        raise NotFoundHere

    open_series("收文", by=clerk)
    sequence = NumberSequence.objects.get()
    with pytest.raises(NotFoundHere):
        rename(sequence, by=clerk)
    entry = TrailEntry.objects.last()
    assert (entry.object_kind, entry.object_id) == ("numbersequence", str(sequence.pk))


def test_an_event_is_kept_even_if_its_act_comes_to_nothing(clerk):
    @act("take_in", "收件")
    def take_in(*, by, error):
        open_series("收文", by=by)
        trail.log_event("suspect_file", by=by, label="疑似涉密文件", outcome="refused")
        raise error

    with pytest.raises(Refused):
        take_in(by=clerk, error=Refused.one("DOC-01", "疑似涉密"))
    assert [entry.label for entry in TrailEntry.objects.all()] == ["收件被拒绝", "疑似涉密文件"]
    with pytest.raises(ZeroDivisionError):
        take_in(by=clerk, error=ZeroDivisionError())
    assert outcomes()[2:] == [("suspect_file", "refused")]
    assert series() == []


def test_any_other_error_leaves_nothing(clerk):
    @act("stumble")
    def stumble(*, by):
        open_series("收文", by=by)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble(by=clerk)
    assert (series(), outcomes()) == ([], [])
    assert acts.current() is None


def test_acts_within_an_act_are_one(clerk):
    with pytest.raises(Refused):
        open_two(by=clerk, second_refuses=True)
    assert series() == []
    assert outcomes() == [("open_two", "refused")]
    open_two(by=clerk)
    assert series() == ["first", "second"]
    assert outcomes()[1:] == [("open_series", "done")] * 2


def test_a_swallowed_refusal_cannot_leave_half_an_act(clerk):
    @act("swallow")
    def swallow(*, by):
        with contextlib.suppress(Refused):
            open_series("收文", by=by, refuse=True)

    with pytest.raises(transaction.TransactionManagementError):
        swallow(by=clerk)
    assert series() == []


def test_an_attempt_undoes_only_itself(clerk):
    assert open_each(["一", "坏", "二"], by=clerk) == ["样例不许这样"]
    assert sorted(series()) == ["一", "二"]
    assert [entry.text for entry in TrailEntry.objects.all()] == ["一", "二"]


def test_without_its_trail_nothing_happens(clerk, monkeypatch):
    def broken(_entries):
        raise OSError("the key is gone")

    monkeypatch.setattr(chain, "append", broken)
    with pytest.raises(OSError, match="the key is gone"):
        open_series("收文", by=clerk)
    assert series() == []


def test_a_refusal_is_heard_even_if_it_cannot_be_written(clerk, monkeypatch, caplog):
    def broken(_entries):
        raise OSError("the disk is full")

    monkeypatch.setattr(chain, "append", broken)
    with caplog.at_level(logging.ERROR), pytest.raises(Refused):
        open_series("收文", by=clerk, refuse=True)
    assert "could not be written" in caplog.text


def test_an_act_that_records_nothing_is_a_mistake(clerk):
    @act("forget")
    def forget(*, by):
        NumberSequence.objects.create(tenant_id=1, scope="x", year=2026, format="{no}")

    with pytest.raises(RuntimeError, match="leaves a trail"):
        forget(by=clerk)
    assert series() == []


def test_an_act_that_changed_nothing_says_so(clerk):
    @act("read")
    def read(*, by):
        acts.nothing_done()

    read(by=clerk)
    assert outcomes() == []


def test_an_act_has_an_actor():
    with pytest.raises(TypeError, match="by=Actor"):
        open_series("收文", by=None)  # type: ignore[arg-type]


def test_what_belongs_into_an_act_is_refused_outside(clerk):
    with pytest.raises(RuntimeError, match="inside an @act"):
        trail.record("x", by=clerk, object_kind="x", object_id=1, label="x")


def test_the_same_form_twice_is_done_once(clerk):
    form = clerk.with_key("form-1")
    open_series("收文", by=form)
    with pytest.raises(Repeated) as repeated:
        open_series("收文", by=form)
    assert repeated.value.reference == "id-of-收文"
    assert len(series()) == TrailEntry.objects.count() == 1


def test_a_refused_form_may_come_again_corrected(clerk):
    form = clerk.with_key("form-1")
    with pytest.raises(Refused):
        open_series("收文", by=form, refuse=True)
    open_series("收文", by=form)
    assert series() == ["收文"]


def test_an_act_may_say_where_its_result_is(clerk):
    @act("point")
    def point(*, by):
        open_series("收文", by=by)
        acts.remember("/somewhere/")

    point(by=clerk.with_key("form-2"))
    with pytest.raises(Repeated) as repeated:
        point(by=clerk.with_key("form-2"))
    assert repeated.value.reference == "/somewhere/"


def test_old_form_keys_can_be_forgotten(clerk):
    open_series("收文", by=clerk.with_key("form-1"))
    key = ActKey.objects.get()
    assert acts.forget_keys(before=key.at) == 0
    assert acts.forget_keys(before=key.at.replace(year=key.at.year + 1)) == 1


def test_what_follows_runs_once_the_act_stands_and_cannot_undo_it(clerk, caplog):
    told = []

    @act("announce")
    def announce(*, by, refuse=False):
        acts.after_commit(lambda: told.append(acts.current()))
        acts.after_commit(lambda: 1 / 0)
        open_series("收文", by=by, refuse=refuse)

    with pytest.raises(Refused):
        announce(by=clerk, refuse=True)
    assert told == []
    announce(by=clerk)
    assert told == [None]
    assert "announce" in caplog.text
    assert series() == ["收文"]


@pytest.mark.django_db(transaction=True)
def test_an_act_opens_the_outermost_transaction(clerk):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        open_series("收文", by=clerk)


@pytest.mark.django_db(transaction=True)
def test_what_follows_may_be_an_act_itself(clerk):
    @act("lead")
    def lead(*, by):
        acts.after_commit(lambda: open_series("after", by=by))
        open_series("before", by=by)

    lead(by=clerk)
    assert series() == ["after", "before"]


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_on_one_button_are_one_act(clerk):
    form, together = clerk.with_key("one-form"), threading.Barrier(8)

    def click(_n: int) -> str:
        together.wait()
        try:
            return open_series("收文", by=form).public_id
        except Repeated as repeated:
            return repeated.reference

    assert at_once(click) == ["id-of-收文"] * 8
    assert series() == ["收文"]


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_one_chain(clerk):
    at_once(lambda n: [open_series(f"{n}-{i}", by=clerk) for i in range(5)])
    assert TrailEntry.objects.count() == 40
    assert trail.verify().is_whole


def test_stale_says_who_was_faster():
    assert (Stale.by("周明").status, str(Stale.by("周明"))) == (409, "已由周明处理，请刷新后再看")
