"""承办: a unit signs, works among its own people, reports, and its head answers; it may give the paper back (退办)."""

import pytest

from zhongshu.documents import actions
from zhongshu.documents.models import Feedback
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import (
    act,
    buttons,
    do,
    matter_verb,
    minute,
    sheet,
    task_of,
    task_verb,
    told,
)

RESULT = "已完成排查，发现隐患五处，均已落实监测人。"


def final(text=RESULT):
    return {"text": text, "is_final": "1"}


@pytest.fixture
def first(office):
    return office.depts[0]


def test_a_liaison_signs_the_b_post_may_too_a_member_may_not(client, office, carrier, first):
    incoming = carrier.handling(1)
    client.force_login(first.member)
    assert client.get(sheet(incoming)).status_code == 404
    assert do(client, incoming, "unit_sign").status_code == 404
    client.force_login(first.b_liaison)
    assert act(incoming, "unit_sign") in buttons(client, incoming)
    assert do(client, incoming, "unit_sign").status_code == 302
    row = incoming.handlings.get()
    assert (row.state, row.handler) == ("signed", first.b_liaison)
    client.force_login(first.liaison)
    response = do(client, incoming, "unit_sign")
    assert response.status_code == 409
    assert "钱乙" in response.text or first.b_liaison.name in response.text


def test_another_unit_of_the_same_paper_cannot_act_for_this_one(client, office, carrier):
    incoming = carrier.handling(2)
    first, second = office.depts[:2]
    actions.sign_for_unit(incoming, by=office.actor(first.liaison))
    client.force_login(second.liaison)
    response = do(client, incoming, "feed_back", **final())
    assert response.status_code == 422
    assert RESULT in response.text
    assert not Feedback.objects.exists()


def test_progress_keeps_the_task_and_tells_who_answers_for_the_paper(client, office, carrier, first):
    incoming = carrier.handling(1)
    actions.sign_for_unit(incoming, by=office.actor(first.liaison))
    client.force_login(first.liaison)
    assert do(client, incoming, "feed_back", text="已排查三成。", is_final="0").status_code == 302
    assert task_of(incoming, node="unit_handle")
    assert told(office.clerk, "unit_progress")
    client.force_login(office.clerk)
    assert "已排查三成。" in client.get(sheet(incoming)).text


def test_a_result_says_what_was_done_and_the_head_answers(client, office, carrier, first):
    incoming = carrier.handling(1)
    actions.sign_for_unit(incoming, by=office.actor(first.liaison))
    client.force_login(first.liaison)
    response = do(client, incoming, "feed_back", **final("已办"))
    assert response.status_code == 422
    assert "办理结果至少写10个字" in response.text
    assert "DOC-58" in response.text
    assert do(client, incoming, "feed_back", **final()).status_code == 302
    assert do(client, incoming, "approve_feedback", text="同意").status_code == 422
    assert incoming.handlings.get().state == "signed"
    client.force_login(first.head)
    assert do(client, incoming, "send_feedback_back", text="").status_code == 422
    assert do(client, incoming, "send_feedback_back", text="数字不实，重核。").status_code == 302
    client.force_login(first.liaison)
    assert "数字不实，重核。" in client.get(sheet(incoming)).text
    do(client, incoming, "feed_back", **final("经重核，隐患四处，均已落实监测人。"))
    client.force_login(first.head)
    assert do(client, incoming, "approve_feedback", text="").status_code == 302
    row = incoming.handlings.get()
    assert row.state == "fed_back"
    assert row.feedbacks.filter(is_final=True).last().approved_by_name == first.head.name
    assert phase(incoming) == "collating"


def test_inside_the_unit_the_work_may_be_handed_on_and_lent(client, office, carrier, first):
    incoming = carrier.handling(1)
    actions.sign_for_unit(incoming, by=office.actor(first.liaison))
    client.force_login(first.liaison)
    lent = {"person": first.member.pk, "reason": "请先起草"}
    assert client.post(task_verb(task_of(incoming, node="unit_handle"), "delegate"), lent).status_code == 302
    client.force_login(first.member)
    assert client.get(sheet(incoming)).status_code == 200
    task = task_of(incoming, kind="delegate")
    assert task.assignee == first.member
    assert do(client, incoming, "feed_back", **final()).status_code == 302
    client.force_login(first.liaison)
    handed = {"person": first.b_liaison.pk, "reason": "外出"}
    task = task_of(incoming, node="unit_handle", kind="do")
    assert not task.parked
    assert client.post(task_verb(task, "transfer"), handed).status_code == 302
    client.force_login(first.b_liaison)
    assert do(client, incoming, "feed_back", **final("已由乙岗接办，排查完毕并整改。")).status_code == 302
    assert task_of(incoming, node="unit_check")


def test_handing_on_needs_a_reason_and_someone(client, office, carrier, first):
    incoming = carrier.handling(1)
    actions.sign_for_unit(incoming, by=office.actor(first.liaison))
    client.force_login(first.liaison)
    url = task_verb(task_of(incoming, node="unit_handle"), "transfer")
    assert client.post(url, {"person": first.member.pk, "reason": ""}).status_code == 422
    assert client.post(url, {"person": "", "reason": "外出"}).status_code == 422
    response = client.post(url, {"person": office.sys_admin.pk, "reason": "管理员代办"})
    assert response.status_code == 422
    assert "管理员账号不得办理业务" in response.text


# 退办、改派、增加


def test_a_unit_gives_it_back_the_others_work_on(client, office, carrier):
    incoming = carrier.handling(2)
    first, second = office.depts[:2]
    client.force_login(first.liaison)
    url = task_verb(task_of(incoming, node="unit_sign", unit=first.unit), "decline")
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "不属我局职责"}).status_code == 302
    assert incoming.handlings.get(unit=first.unit).state == "declined"
    client.force_login(second.liaison)
    assert do(client, incoming, "unit_sign").status_code == 302
    client.force_login(office.clerk)
    bar = buttons(client, incoming)
    assert "改派" in bar
    assert act(incoming, "leave_unassigned") in bar
    assert "不属我局职责" in client.get(sheet(incoming)).text


def test_what_was_given_back_goes_to_another_unit_with_its_lead(client, office, carrier):
    incoming = carrier.handling(2)
    first, third = office.depts[0], office.depts[2]
    actions_decline(client, incoming, first)
    client.force_login(office.clerk)
    task = task_of(incoming, kind="reassign")
    url = task_verb(task, "transfer")
    page = client.get(url).text
    assert "改派给" in page
    assert 'name="person"' not in page
    assert (
        client.post(url, {"unit": third.unit.pk, "due_at": "2001-01-01T08:00", "reason": "改"}).status_code
        == 422
    )
    later = minute(days=5)
    assert (
        client.post(url, {"unit": third.unit.pk, "due_at": later, "reason": "属该局职责"}).status_code == 302
    )
    row = incoming.handlings.get(unit=third.unit)
    assert (row.role, row.state, minute(row.due_at)) == ("lead", "assigned", later)
    incoming.refresh_from_db()
    assert incoming.lead_unit == third.unit
    assert told(third.liaison)
    carrier.answer(incoming, third)
    carrier.answer(incoming, office.depts[1])
    assert phase(incoming) == "collating"


def actions_decline(client, incoming, group):
    """Let a unit give the paper back."""
    client.force_login(group.liaison)
    url = task_verb(task_of(incoming, node="unit_sign", unit=group.unit), "decline")
    assert client.post(url, {"reason": "不属我局职责"}).status_code == 302


def test_or_nobody_takes_its_place(client, office, carrier):
    incoming = carrier.handling(2)
    actions_decline(client, incoming, office.depts[1])
    client.force_login(office.clerk)
    assert do(client, incoming, "leave_unassigned", text="").status_code == 422
    assert do(client, incoming, "leave_unassigned", text="发改局一家即可办理").status_code == 302
    carrier.answer(incoming, office.depts[0])
    assert phase(incoming) == "collating"


def test_after_sign_and_relay_it_comes_back_to_who_signed_not_to_the_leader(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    actions.instruct(
        incoming,
        actions.Words(text="请办理。"),
        assignment=carrier.assignment(1),
        by=office.actor(office.county_head),
    )
    actions_decline(client, incoming, office.depts[0])
    assert task_of(incoming, kind="reassign").assignee == office.clerk


def test_the_same_unit_may_be_asked_again(client, office, carrier):
    incoming = carrier.handling(2)
    first = office.depts[0]
    actions_decline(client, incoming, first)
    client.force_login(office.clerk)
    url = task_verb(task_of(incoming, kind="reassign"), "transfer")
    sent = {"unit": first.unit.pk, "reason": "经协调仍由你局办", "due_at": minute(days=3)}
    assert client.post(url, sent).status_code == 302
    assert incoming.handlings.get(unit=first.unit).state == "assigned"
    carrier.answer(incoming, first)


def test_a_unit_cannot_hand_its_paper_to_another_unit(client, office, carrier):
    incoming = carrier.handling(1)
    first, second = office.depts[:2]
    client.force_login(first.liaison)
    for whom in (first, second):
        outer = task_of(incoming, node="handle")
        response = client.post(task_verb(outer, "transfer"), {"person": whom.liaison.pk, "reason": "转"})
        assert response.status_code == 422


def test_one_more_unit_while_others_work(client, office, carrier):
    incoming = carrier.handling(2)
    third = office.depts[2]
    url = matter_verb(incoming, "add_units")
    sent = {"units": [third.unit.pk], "duty": "协办", "due_at": minute(days=4), "reason": "涉及水利"}
    client.force_login(office.depts[0].liaison)
    assert client.post(url, sent).status_code == 422
    client.force_login(office.clerk)
    assert client.post(url, {**sent, "duty": "主办"}).status_code == 422
    assert client.post(url, {**sent, "units": [office.depts[0].unit.pk]}).status_code == 422
    assert client.post(url, {**sent, "due_at": "2001-01-01T08:00"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    row = incoming.handlings.get(unit=third.unit)
    assert (row.role, minute(row.due_at)) == ("co", sent["due_at"])
    actions.sign_for_unit(incoming, by=office.actor(third.liaison))
    assert minute(task_of(incoming, node="unit_handle").due_at) == sent["due_at"]
    for group in office.depts[:2]:
        carrier.answer(incoming, group)
    assert phase(incoming) == "handling"


def test_a_unit_is_reminded_where_its_paper_stands(client, office, carrier):
    incoming = carrier.handling(2)
    first = office.depts[0]
    actions.sign_for_unit(incoming, by=office.actor(first.liaison))
    task = task_of(incoming, node="unit_handle")
    client.force_login(office.clerk)
    url = matter_verb(incoming, "remind")
    assert client.post(url, {"tasks": [task.pk], "text": "明天上会要用"}).status_code == 302
    assert any("明天上会要用" in text for text in told(first.liaison, "flow.remind"))
    response = client.post(url, {"tasks": [task.pk], "text": "再催"})
    assert response.status_code == 422
    assert "刚刚催过" in response.text
    client.force_login(office.depts[1].liaison)
    assert client.post(url, {"tasks": [task.pk], "text": "催"}).status_code == 422
