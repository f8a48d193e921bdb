"""转办、退回、加签、委派、催办、挂起、作废 … at the paper's own page: for whom, with what words, and not for others."""

from datetime import timedelta

import pytest

from zhongshu.base import clock
from zhongshu.documents import actions
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import (
    buttons,
    do,
    matter_verb,
    minute,
    sheet,
    task_of,
    task_verb,
    told,
)
from zhongshu.people.models import Absence


@pytest.fixture
def proposed(office, carrier):
    """A paper on the director's desk."""
    return carrier.proposed([office.county_head])


def test_handing_on_to_a_colleague(client, office, proposed):
    client.force_login(office.director)
    url = task_verb(task_of(proposed), "transfer")
    assert url in buttons(client, proposed)
    assert "交给" in client.get(url).text
    assert client.post(url, {"person": office.deputy.pk, "reason": ""}).status_code == 422
    assert client.post(url, {"person": office.deputy.pk, "reason": "我外出开会"}).status_code == 302
    assert task_of(proposed).assignee == office.deputy
    assert told(office.deputy)
    assert "我外出开会" in client.get(sheet(proposed)).text
    assert do(client, proposed, "check", text="同意").status_code == 409
    client.force_login(office.deputy)
    assert do(client, proposed, "check", text="同意").status_code == 302


def test_sending_back_with_a_reason_and_straight_return(client, office, carrier, proposed):
    client.force_login(office.director)
    url = task_verb(task_of(proposed), "send_back")
    page = client.get(url).text
    assert "拟办（林晓禾）" in page
    assert "登记" not in page.split("退到")[1].split("</select>")[0]
    assert client.post(url, {"to_node": "propose", "reason": " "}).status_code == 422
    assert client.post(url, {"to_node": "register", "reason": "重登"}).status_code == 422
    sent = {"to_node": "propose", "reason": "主办单位不对", "straight": "on"}
    assert client.post(url, sent).status_code == 302
    assert phase(proposed) == "reviewed"
    assert any("退回" in text for text in told(office.clerk))
    client.force_login(office.clerk)
    assert "主办单位不对" in client.get(sheet(proposed)).text
    sent = {"text": "改由财政局办。", "handling_type": "action", "leaders": [office.county_head.pk]}
    assert do(client, proposed, "propose", **sent).status_code == 302
    assert task_of(proposed).assignee == office.director
    assert [o.text for o in proposed.opinions.filter(box="proposal")][-1] == "改由财政局办。"


def test_asking_one_more_before_one_s_own(client, office, proposed):
    client.force_login(office.director)
    url = task_verb(task_of(proposed), "add_sign")
    sent = {"position": "before", "persons": [office.deputy.pk], "reason": "请先看"}
    assert client.post(url, {**sent, "persons": []}).status_code == 422
    assert client.post(url, sent).status_code == 302
    response = do(client, proposed, "check", text="同意")
    assert response.status_code == 422
    client.force_login(office.deputy)
    helper = task_of(proposed, assignee=office.deputy)
    assert task_verb(helper, "transfer") in buttons(client, proposed)
    assert do(client, proposed, "check", text="可行").status_code == 302
    client.force_login(office.director)
    assert do(client, proposed, "check", text="同意").status_code == 302
    assert phase(proposed) == "instructing"


def test_taking_the_one_asked_off_again(client, office, proposed):
    client.force_login(office.director)
    own = task_of(proposed)
    sent = {"position": "before", "persons": [office.deputy.pk], "reason": "请先看"}
    client.post(task_verb(own, "add_sign"), sent)
    helper = task_of(proposed, assignee=office.deputy)
    client.force_login(office.supervisor)
    assert client.post(task_verb(own, "drop_sign"), {"helper": helper.pk}).status_code == 404
    client.force_login(office.director)
    assert client.post(task_verb(own, "drop_sign"), {"helper": ""}).status_code == 422
    assert client.post(task_verb(own, "drop_sign"), {"helper": helper.pk}).status_code == 302
    assert do(client, proposed, "check", text="同意").status_code == 302


def test_a_stranger_to_the_task_may_do_none_of_it(client, office, proposed):
    task = task_of(proposed)
    sent = {
        "person": office.drafter.pk,
        "persons": [office.drafter.pk],
        "position": "before",
        "to_node": "propose",
        "reason": "越权",
    }
    for verb in ("transfer", "send_back", "add_sign", "delegate", "decline", "claim", "release", "withdraw"):
        client.force_login(office.section_chief)
        assert client.post(task_verb(task, verb), sent).status_code == 422, verb
        client.force_login(office.outsider)
        assert client.post(task_verb(task, verb), sent).status_code == 404, verb
    assert task_of(proposed).assignee == office.director


@pytest.mark.parametrize("verb", ["jump", "suspend", "stop", "extend", "add_units"])
def test_steering_is_for_those_who_may(client, office, proposed, verb):
    task = task_of(proposed)
    sent = {
        "node": "review",
        "reason": "试试",
        "which": task.pk,
        "due_at": minute(days=20),
        "units": [office.depts[0].unit.pk],
        "duty": "协办",
    }
    client.force_login(office.county_head)
    assert client.post(matter_verb(proposed, verb), sent).status_code == 404
    actions.check(proposed, Words(text="同意。"), by=office.actor(office.director))
    assert client.post(matter_verb(proposed, verb), sent).status_code == 422
    client.force_login(office.outsider)
    assert client.post(matter_verb(proposed, verb), sent).status_code == 404
    assert phase(proposed) == "instructing"


def test_suspended_nothing_moves_until_resumed(client, office, proposed):
    client.force_login(office.clerk)
    assert client.post(matter_verb(proposed, "suspend"), {"reason": ""}).status_code == 422
    assert client.post(matter_verb(proposed, "suspend"), {"reason": "等上级明确"}).status_code == 302
    client.force_login(office.director)
    response = do(client, proposed, "check", text="同意")
    assert response.status_code == 422
    assert "已挂起，请先恢复再办" in response.text
    client.force_login(office.clerk)
    assert client.post(matter_verb(proposed, "resume"), {}).status_code == 302
    client.force_login(office.director)
    assert do(client, proposed, "check", text="同意").status_code == 302


def test_void_it_keeps_its_number_and_takes_no_more_acts(client, office, proposed):
    number = proposed.matter.number
    client.force_login(office.clerk)
    assert client.post(matter_verb(proposed, "stop"), {"reason": "重复登记"}).status_code == 302
    proposed.matter.refresh_from_db()
    assert (proposed.matter.number, proposed.matter.outcome) == (number, "voided")
    client.force_login(office.director)
    assert do(client, proposed, "check", text="同意").status_code == 409


def test_a_jump_says_where_from_and_why_and_who_lost_work(client, office, proposed):
    client.force_login(office.director)
    assert client.post(matter_verb(proposed, "jump"), {"node": "nowhere", "reason": "x"}).status_code == 422
    assert (
        client.post(matter_verb(proposed, "jump"), {"node": "review", "reason": "漏审一项"}).status_code
        == 302
    )
    assert phase(proposed) == "registered"
    assert "漏审一项" in client.get(sheet(proposed)).text
    assert client.post(matter_verb(proposed, "jump"), {"node": "sign", "reason": "重来"}).status_code == 422


def test_who_is_away_is_stood_in_for_and_it_shows(client, office, carrier):
    Absence.objects.create(
        person=office.vice_head,
        start=clock.now() - timedelta(hours=1),
        end=clock.now() + timedelta(days=2),
        reason="出差",
    )
    incoming = carrier.instructing([office.vice_head])
    assert task_of(incoming).assignee == office.other_vice_head
    client.force_login(office.other_vice_head)
    sent = {"form": "typed", "meaning": "words", "text": "同意。"}
    assert do(client, incoming, "instruct", **sent).status_code == 302
    assert "岳清和（代顾怀川）" in client.get(sheet(incoming)).text


@pytest.mark.parametrize("verb", ["transfer", "send_back"])
def test_the_same_dialog_twice_is_done_once(client, office, proposed, verb):
    task = task_of(proposed)
    client.force_login(office.director)
    sent = {"person": office.deputy.pk, "to_node": "propose", "reason": "改", "_key": "dialog-1"}
    assert client.post(task_verb(task, verb), sent).status_code == 302
    assert client.post(task_verb(task, verb), sent).status_code == 302
    assert client.post(task_verb(task, verb), {**sent, "_key": "dialog-2"}).status_code == 409
