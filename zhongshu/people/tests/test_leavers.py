"""离任次日停用: who has left is disabled the day after, unless work is still open."""

from datetime import timedelta

from zhongshu.base import clock
from zhongshu.base.actors import SYSTEM
from zhongshu.people import alarms, checks
from zhongshu.people.actions.leavers import disable_leavers
from zhongshu.people.models import Appointment, Person


def leave(person):
    Appointment.objects.filter(person=person).update(end=clock.today() - timedelta(days=1))


def state(person):
    return Person.objects.get(pk=person.pk).account_state


def test_who_left_yesterday_is_disabled(office, last_entry):
    leave(office.clerk)
    assert disable_leavers(by=SYSTEM) == []
    assert state(office.clerk) == "disabled"
    assert state(office.drafter) == "enabled"
    assert last_entry().actor_name == "系统"


def test_with_open_work_the_account_stays_and_the_administrator_hears(office, monkeypatch):
    heard = []
    monkeypatch.setattr(alarms, "_listeners", [lambda alarm, text: heard.append(text)])
    leave(office.clerk)
    counter = checks.open_work.register(lambda _: 1)
    try:
        assert disable_leavers(by=SYSTEM) == ["林晓禾：该账号尚有1件待办，请先移交"]
    finally:
        checks.open_work.forget(counter)
    assert state(office.clerk) == "enabled"
    assert "林晓禾" in heard[0]


def test_administrators_need_no_post(office):
    leave(office.sys_admin)
    disable_leavers(by=SYSTEM)
    assert state(office.sys_admin) == "enabled"


def test_who_begins_tomorrow_stays(office):
    leave(office.clerk)
    tomorrow = clock.today() + timedelta(days=1)
    old = office.appointment(office.clerk)
    Appointment.objects.create(person=office.clerk, unit=office.tenant, post=old.post, start=tomorrow)
    disable_leavers(by=SYSTEM)
    assert state(office.clerk) == "enabled"
