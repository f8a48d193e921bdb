"""批示件: who may know, who may move it on, the 15-day clock, and the 提请立项 that waits for the 督查室."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.models import TrailEntry
from zhongshu.documents import actions
from zhongshu.documents.actions.instructions import InstructionForm
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.tests.papers import rows_of
from zhongshu.matters.models import Handover, Notification

BOOK = reverse("documents:instruction_register")
NEW = reverse("documents:instruction_new")


@pytest.fixture
def from_province(office):
    """A 批示 of a provincial leader, put to the first department."""
    form = InstructionForm(
        leader_name="省长 甲",
        level="province",
        content="请云岭县抓紧整改，举一反三。",
        instructed_at=clock.now() - timedelta(days=2),
        received_at=clock.now(),
        owner_unit_id=office.depts[0].unit.pk,
    )
    return actions.register_instruction(form, by=office.actor(office.clerk))


def page(row):
    return reverse("documents:instruction", args=[row.matter.public_id])


def step(row, to):
    return reverse("documents:instruction_step", args=[row.matter.public_id, to])


def phase(row):
    row.matter.refresh_from_db()
    return row.matter.phase


def filled(office, **changes):
    at = clock.local(clock.now() - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M")
    return {
        "level": "province",
        "leader_name": "省长 甲",
        "action": "do",
        "instructed_at": at,
        "received_at": at,
        "content": "请抓紧整改。",
        "owner_unit": office.depts[0].unit.pk,
        **changes,
    }


def test_a_superior_leader_s_words_start_the_clock_of_fifteen_days(client, office):
    client.force_login(office.clerk)
    response = client.post(NEW, filled(office), follow=True)
    row = LeaderInstruction.objects.get()
    assert "请抓紧整改" in response.text
    assert row.matter.number.startswith("批〔")
    received = clock.local(clock.now() - timedelta(hours=3)).date()
    assert (clock.local(row.matter.due_at).date() - received).days >= 15
    client.force_login(office.drafter)
    assert client.get(NEW).status_code == 403


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"content": " "}, "必填"),
        ({"owner_unit": ""}, "请办的批示须明确责任单位"),
        ({"source": "收〔2026〕999号"}, "没有这个编号的收文"),
        ({"instructed_at": "2999-01-01T08:00"}, "不能晚于现在"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(client, office, changes, words):
    client.force_login(office.clerk)
    response = client.post(NEW, filled(office, **changes))
    assert response.status_code == 422
    assert words in response.text
    assert not LeaderInstruction.objects.exists()


def test_only_the_circle_knows(client, office, from_province):
    for person in (office.clerk, office.director, office.supervisor, office.depts[0].liaison):
        client.force_login(person)
        assert client.get(page(from_province)).status_code == 200
        assert rows_of(client.get(BOOK)) == [from_province.content]
    for person in (office.deputy, office.depts[1].liaison, office.county_head):
        client.force_login(person)
        assert client.get(page(from_province)).status_code == 404
        assert rows_of(client.get(BOOK)) == []
        assert rows_of(client.get(BOOK, {"q": "整改"})) == []
    client.force_login(office.drafter)
    assert client.get(BOOK).status_code == 403


def test_one_more_may_know_for_a_reason(client, office, from_province):
    url = reverse("documents:instruction_circle", args=[from_province.matter.public_id])
    client.force_login(office.depts[0].liaison)
    assert client.post(url, {"person": office.deputy.pk, "reason": "分管"}).status_code == 403
    client.force_login(office.clerk)
    assert client.post(url, {"person": office.deputy.pk, "reason": ""}).status_code == 422
    assert client.post(url, {"person": office.deputy.pk, "reason": "分管整改"}).status_code == 302
    assert client.post(url, {"person": office.deputy.pk, "reason": "分管整改"}).status_code == 422
    assert "分管整改" in TrailEntry.objects.get(verb="widen_circle", outcome="done").text
    client.force_login(office.deputy)
    assert client.get(page(from_province)).status_code == 200


def test_the_whole_way(client, office, from_province):
    row, liaison = from_province, office.depts[0].liaison
    client.force_login(liaison)
    assert client.post(step(row, "relayed"), {}).status_code == 422
    client.force_login(office.clerk)
    assert client.post(step(row, "relayed"), {}).status_code == 302
    client.post(step(row, "assigned"), {"owner_unit": office.depts[0].unit.pk, "text": "十日内报"})
    assert phase(row) == "assigned"
    assert Notification.objects.filter(person=liaison, event="instruction_assigned").exists()
    assert client.post(step(row, "handling"), {}).status_code == 422
    client.force_login(liaison)
    client.post(step(row, "handling"), {})
    assert client.post(step(row, "reported"), {"result": ""}).status_code == 422
    client.post(step(row, "reported"), {"result": "已整改到位。"})
    assert phase(row) == "reported"
    assert client.post(step(row, "leader_read"), {}).status_code == 422
    client.force_login(office.clerk)
    assert client.post(step(row, "closed"), {}).status_code == 409
    client.post(step(row, "leader_read"), {"text": "已呈报"})
    client.post(step(row, "closed"), {})
    assert phase(row) == "closed"
    assert rows_of(client.get(BOOK)) == []
    assert rows_of(client.get(BOOK, {"view": "closed"})) == [row.content]


def test_buttons_are_those_one_may_press(client, office, from_province):
    client.force_login(office.clerk)
    assert "转达" in client.get(page(from_province)).text
    client.force_login(office.depts[0].liaison)
    assert step(from_province, "relayed") not in client.get(page(from_province)).text


def test_it_proposes_a_supervision_that_only_the_supervisors_accept(client, office, from_province):
    accept = reverse("documents:instruction_accept")
    client.force_login(office.clerk)
    assert client.post(accept, {"id": from_province.matter.public_id}).status_code == 403
    client.force_login(office.supervisor)
    assert rows_of(client.get(BOOK, {"view": "offered"})) == [from_province.content]
    assert client.post(accept, {"id": from_province.matter.public_id}).status_code == 302
    assert Handover.objects.get(kind="supervision.propose").state == "taken"
    assert rows_of(client.get(BOOK, {"view": "offered"})) == []
    assert client.post(accept, {"id": from_province.matter.public_id}).status_code == 422


def test_or_decline_with_a_reason(client, office, from_province):
    url = reverse("documents:instruction_decline", args=[from_province.matter.public_id])
    client.force_login(office.supervisor)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "已有同类督办"}).status_code == 302
    assert "已有同类督办" in client.get(page(from_province)).text


def test_one_who_is_not_in_the_circle_cannot_accept(client, office, from_province):
    from_province.matter.parts.filter(principal_id=office.supervisor.principal_id).delete()
    client.force_login(office.supervisor)
    accept = reverse("documents:instruction_accept")
    assert client.post(accept, {"id": from_province.matter.public_id}).status_code == 422
    assert Handover.objects.get(kind="supervision.propose").state == "offered"


@pytest.mark.parametrize(
    ("filters", "count"),
    [({"level": "province"}, 1), ({"level": "city"}, 0), ({"action": "do"}, 1), ({"leader": "省长"}, 1),
     ({"leader": "市长"}, 0), ({"year": "2001"}, 0), ({"q": "举一反三"}, 1)],
)  # fmt: skip
def test_filters(client, office, from_province, filters, count):
    client.force_login(office.clerk)
    assert len(rows_of(client.get(BOOK, filters))) == count


def test_the_page_tells_no_one_of_a_source_they_may_not_see(client, office, carrier):
    incoming = carrier.instructing([office.county_head], label="work_secret", title="不便外传的通知")
    actions.instruct(incoming, actions.Words(text="请办。"), by=office.actor(office.county_head))
    row = LeaderInstruction.objects.get()
    client.force_login(office.county_head)
    assert "不便外传的通知" in client.get(page(row)).text
    client.force_login(office.supervisor)
    text = client.get(page(row)).text
    assert "不便外传的通知" not in text
    assert "不在您的知悉范围" in text


def test_few_statements(client, office, from_province, django_assert_max_num_queries):
    client.force_login(office.clerk)
    client.get(BOOK)
    with django_assert_max_num_queries(25):
        client.get(BOOK)
    with django_assert_max_num_queries(30):
        client.get(page(from_province))
