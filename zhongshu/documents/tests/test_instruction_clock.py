"""批示件的时限: the clock runs from when the office received the 批示 or learned of it, and can be checked by hand."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from zhongshu.base import clock, deadlines
from zhongshu.base.deadlines import DeadlinePolicy
from zhongshu.documents import actions
from zhongshu.documents.actions.instructions import InstructionForm
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.tests.pages import do, minute

NEW = reverse("documents:instruction_new")


def page(row):
    return reverse("documents:instruction", args=[row.matter.public_id])


def register(office, **changes):
    given = {
        "leader_name": "省长 甲",
        "level": "province",
        "content": "请抓紧整改。",
        "instructed_at": clock.now() - timedelta(days=4),
        "received_at": clock.now() - timedelta(days=1),
        "owner_unit_id": office.depts[0].unit.pk,
        **changes,
    }
    return actions.register_instruction(InstructionForm(**given), by=office.actor(office.clerk))


def due_from(level: str, start: datetime) -> datetime:
    rule: DeadlinePolicy = deadlines.policy(f"documents.instruction.{level}")
    return deadlines.compute(rule, start).due_at


def test_from_the_province_it_runs_from_receipt_and_says_so(client, office):
    row = register(office)
    assert row.matter.due_at == due_from("province", row.received_at)
    client.force_login(office.depts[0].liaison)
    shown = client.get(page(row)).text
    for words in (
        "怎么算的",
        "省领导批示办结，15日",
        "收到（获悉），从收到之日起算",
        "起算：",
        "当日不计入",
        "到期：",
    ):
        assert words in shown
    client.force_login(office.depts[1].liaison)
    assert client.get(page(row)).status_code == 404


def test_days_of_rest_are_named(client, office):
    row = register(office, level="county")
    assert row.matter.due_at == due_from("county", row.received_at)
    client.force_login(office.depts[0].liaison)
    assert "扣除" in client.get(page(row)).text


def test_received_as_written_there_is_but_one_moment(client, office):
    at = clock.now() - timedelta(days=1)
    row = register(office, instructed_at=at, received_at=at)
    client.force_login(office.clerk)
    assert "收到（获悉）" not in client.get(page(row)).text


def test_one_for_reading_has_no_clock(client, office):
    row = register(office, action="read")
    client.force_login(office.clerk)
    shown = client.get(page(row)).text
    assert "不定时限" in shown
    assert "怎么算的" not in shown


def test_what_was_signed_on_paper_runs_from_when_the_office_learned_of_it(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    written = clock.now() - timedelta(days=6)
    client.force_login(office.clerk)
    sent = {
        "leader": office.county_head.pk,
        "box": "instruction",
        "given_as": "oral",
        "meaning": "words",
        "text": "请发改局抓紧办。",
        "instructed_at": minute(written),
    }
    answer = client.post(reverse("documents:incoming_record", args=[incoming.public_id]), sent)
    assert answer.status_code == 302, answer.text
    row = LeaderInstruction.objects.select_related("matter").get()
    assert row.received_at - row.instructed_at > timedelta(days=5)
    assert row.matter.due_at == due_from("county", row.received_at)
    assert "收到（获悉）" in client.get(page(row)).text


def test_typed_here_it_runs_from_when_it_was_written(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    do(client, incoming, "instruct", form="typed", meaning="words", text="请办。")
    row = LeaderInstruction.objects.select_related("matter").get()
    assert row.matter.due_at == due_from("county", row.instructed_at)
    assert "收到（获悉）" not in client.get(page(row)).text


def test_another_mind_does_not_start_the_clock_again(office, carrier):
    incoming = carrier.instructing([office.county_head, office.vice_head])
    head = office.actor(office.county_head)
    opinion = actions.instruct(incoming, Words(text="请办。"), by=head)
    before = LeaderInstruction.objects.select_related("matter").get()
    actions.amend_opinion(opinion, Words(text="请从速办。"), by=head)
    after = LeaderInstruction.objects.select_related("matter").get()
    assert (after.starts_at, after.matter.due_at) == (before.starts_at, before.matter.due_at)


@pytest.mark.parametrize(
    ("received", "words"),
    [(timedelta(days=-5), "收到时间不能早于批示时间"), (timedelta(days=1), "不能晚于现在")],
)
def test_received_before_it_was_written_or_after_today_is_refused(client, office, received, words):
    client.force_login(office.clerk)
    sent = {
        "level": "province",
        "leader_name": "省长 甲",
        "action": "do",
        "instructed_at": minute(clock.now() - timedelta(days=4)),
        "received_at": minute(clock.now() + received),
        "content": "请抓紧整改。",
        "owner_unit": office.depts[0].unit.pk,
    }
    answer = client.post(NEW, sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert not LeaderInstruction.objects.exists()
