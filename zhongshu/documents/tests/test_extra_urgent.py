"""特急: hours, not days; first on every desk; who telephoned whom and when is written down before it closes."""

from datetime import timedelta

import pytest

from zhongshu.base import clock
from zhongshu.documents import actions
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.models import TelephoneRecord
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import act, buttons, do, minute, sheet, task_of
from zhongshu.flow import queries as flow
from zhongshu.flow.models import FlowTask
from zhongshu.matters.models import Notification

URGENT = {"urgency": "extra_urgent", "doc_number": "澜政办电〔2026〕3号", "title": "关于紧急转移群众的通知"}


def call(**changes):
    return {
        "purpose": "confirm",
        "unit_name": "县水利局",
        "answered_by": "王值班",
        "called_at": minute(clock.now() - timedelta(minutes=5)),
        "content": "已收到，正在组织转移。",
        **changes,
    }


def hours(task):
    return round((task.due_at - task.created_at) / timedelta(hours=1))


def test_each_step_is_counted_in_hours(office, carrier):
    incoming = carrier.registered(**URGENT)
    assert hours(task_of(incoming)) == 1
    assert timedelta(hours=23) < incoming.matter.due_at - clock.now() <= timedelta(hours=24)
    incoming = carrier.instructing([office.county_head], **{**URGENT, "doc_number": "澜政办电〔2026〕4号"})
    assert hours(task_of(incoming)) == 2
    actions.instruct(incoming, actions.Words(text="速办。"), by=office.actor(office.county_head))
    assert hours(task_of(incoming)) == 1
    given = Assignment(office.depts[0].unit.pk, [], clock.now() + timedelta(hours=6))
    actions.assign(incoming, given, by=carrier.clerk)
    assert hours(task_of(incoming, node="unit_sign")) == 1


def test_it_is_first_on_every_desk_whatever_falls_due_before(office, carrier):
    ordinary = carrier.registered(stated_due=clock.now() + timedelta(minutes=30))
    FlowTask.objects.filter(matter=ordinary.matter).update(sort_due=clock.now() - timedelta(days=3))
    urgent = carrier.registered(**URGENT)
    rows = flow.todo(carrier.clerk).rows
    assert [row.public_id for row in rows] == [urgent.matter.public_id, ordinary.matter.public_id]
    first = flow.todo(carrier.clerk, size=1)
    assert first.rows[0].public_id == urgent.matter.public_id
    assert flow.todo(carrier.clerk, size=1, after=first.next_cursor).rows[0].public_id == (
        ordinary.matter.public_id
    )


def test_made_urgent_later_it_moves_up_at_once(client, office, carrier):
    carrier.registered()
    late = carrier.registered(doc_number="澜政办发〔2026〕99号", title="后来改急的")
    client.force_login(office.clerk)
    sent = {
        "issuer_name": late.issuer_name,
        "direction": "downward",
        "doc_number": late.doc_number,
        "title": late.matter.title,
        "doc_type": "notice",
        "urgency": "extra_urgent",
        "label": "internal",
        "copies": 1,
        "handling_type": "action",
    }
    assert client.post(f"{sheet(late)}correct/", sent).status_code == 302
    assert flow.todo(carrier.clerk).rows[0].public_id == late.matter.public_id


def test_the_notice_is_urgent_and_says_what_it_is(office, carrier):
    carrier.proposed([office.county_head], **URGENT)
    notice = Notification.objects.filter(person=office.director).latest("pk")
    assert notice.urgency == "extra_urgent"


def test_it_does_not_close_before_the_call_is_written_down(client, office, carrier):
    incoming = carrier.fed_back(1, **URGENT)
    actions.collate(incoming, text="群众已全部转移。", by=carrier.clerk)
    client.force_login(office.clerk)
    assert "尚无电话确认记录" in buttons(client, incoming)
    response = do(client, incoming, "close")
    assert response.status_code == 422
    assert "DOC-33" in response.text
    assert do(client, incoming, "call", **call(purpose="other")).status_code == 302
    assert do(client, incoming, "close").status_code == 422
    assert do(client, incoming, "call", **call()).status_code == 302
    text = client.get(sheet(incoming)).text
    assert "林晓禾致县水利局，王值班接：已收到，正在组织转移。" in text
    assert do(client, incoming, "close").status_code == 302
    assert phase(incoming) == "closed"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answered_by": " "}, "接电话的人"),
        ({"unit_name": ""}, "对方单位"),
        ({"called_at": "2999-01-01T08:00"}, "通话时间晚于现在"),
        ({"called_at": ""}, "通话时间"),
    ],
)
def test_who_when_and_who_answered(client, office, carrier, changes, words):
    incoming = carrier.registered(**URGENT)
    client.force_login(office.clerk)
    response = do(client, incoming, "call", **call(**changes))
    assert response.status_code == 422
    assert words in response.text
    assert "已收到，正在组织转移。" in response.text
    assert not TelephoneRecord.objects.exists()


def test_calls_are_written_by_the_office_not_by_a_unit(client, office, carrier):
    incoming = carrier.assigning(**URGENT)
    given = Assignment(office.depts[0].unit.pk, [], clock.now() + timedelta(hours=6))
    actions.assign(incoming, given, by=carrier.clerk)
    client.force_login(office.depts[0].liaison)
    assert act(incoming, "call") not in buttons(client, incoming)
    assert do(client, incoming, "call", **call()).status_code == 404
    client.force_login(office.director)
    assert do(client, incoming, "call", **call()).status_code == 302


def test_an_ordinary_paper_closes_without_a_call(client, office, carrier):
    incoming = carrier.fed_back(1)
    actions.collate(incoming, text="已办结。", by=carrier.clerk)
    client.force_login(office.clerk)
    assert do(client, incoming, "close").status_code == 302
