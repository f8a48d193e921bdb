"""签收 登记: who signs answers to the end; the same paper by another way is joined, not registered twice (DOC-10)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.refusals import Refused, Stale
from zhongshu.base.trail import TrailEntry
from zhongshu.documents import actions
from zhongshu.documents.actions.receiving import Arrival
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.tests.conftest import registration

TYPED = {
    "channel": "exchange",
    "received_at": "2026-06-09T10:20",
    "issuer_name": "澜川市人民政府办公室",
    "direction": "downward",
    "doc_number": "澜政办发〔2026〕21号",
    "title": "关于开展汛期地质灾害隐患排查整治工作的通知",
    "doc_type": "notice",
    "urgency": "normal",
    "label": "internal",
    "copies": "1",
    "handling_type": "action",
    "not_classified": "on",
    "_key": "one-form",
}


def test_the_clerk_registers_at_the_page(client, office):
    client.force_login(office.clerk)
    answer = client.post(reverse("documents:incoming_new"), TYPED)
    assert answer.status_code == 302
    incoming = IncomingDocument.objects.get()
    assert incoming.first_receiver == office.clerk
    assert incoming.matter.number == f"收〔{clock.today().year}〕1号"
    assert incoming.matter.due_at


def test_a_double_click_registers_once(client, office):
    client.force_login(office.clerk)
    first = client.post(reverse("documents:incoming_new"), TYPED)
    second = client.post(reverse("documents:incoming_new"), TYPED)
    assert IncomingDocument.objects.count() == 1
    assert second.status_code == 302
    assert client.get(second["Location"])["Location"] == first["Location"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "标题"),
        ({"doc_date": "2026-02-30"}, "成文日期"),
        ({"stated_due": "2020-01-01T08:00"}, "早于现在"),
        ({"not_classified": ""}, "不涉及国家秘密"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, office, changes, said):
    client.force_login(office.clerk)
    answer = client.post(reverse("documents:incoming_new"), {**TYPED, **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert TYPED["issuer_name"] in page
    assert not IncomingDocument.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "director", "sys_admin"])
def test_others_do_not_register(client, office, who):
    client.force_login(getattr(office, who))
    assert client.post(reverse("documents:incoming_new"), TYPED).status_code == 403
    assert not IncomingDocument.objects.exists()


@pytest.mark.parametrize(
    "number",
    ["澜政办发〔2026〕21号", "澜政办发[2026]21号", "澜政办发（2026） 21 号", "澜政办发２０２６－２１"],
)
def test_the_same_number_in_any_spelling_is_offered_as_another_way(carrier, number):
    first = carrier.registered()
    with pytest.raises(Refused) as refused:
        actions.register(registration(doc_number=number), Arrival(), by=carrier.clerk)
    assert refused.value.codes == ["DOC-10"]
    assert first.matter.number in str(refused.value)


def test_joined_it_is_one_document_with_several_ways(carrier):
    incoming = carrier.registered()
    actions.join_channel(incoming, Arrival("fax", clock.now(), 1, "值班室转"), by=carrier.clerk)
    assert list(incoming.channels.values_list("kind", flat=True)) == ["exchange", "fax"]
    assert IncomingDocument.objects.count() == 1


def test_really_another_paper_registers_with_a_reason(carrier):
    carrier.registered()
    other = registration(distinct_reason="来文机关编号重复，已电话核实")
    actions.register(other, Arrival(), by=carrier.clerk)
    assert IncomingDocument.objects.count() == 2


def test_papers_without_a_number_register_as_usual(carrier):
    for _ in range(2):
        carrier.registered(doc_number="")
    assert IncomingDocument.objects.count() == 2


def test_numbers_of_the_year_have_no_gap_when_one_is_refused(carrier):
    carrier.registered(doc_number="")
    with pytest.raises(Refused):
        actions.register(registration(title=" "), Arrival(), by=carrier.clerk)
    second = carrier.registered(doc_number="")
    assert second.matter.number.endswith("〕2号")


def test_what_the_duty_office_let_in_waits_to_be_signed_for(carrier, office):
    incoming = actions.receive(registration(), Arrival("duty"), by=office.actor(office.duty))
    incoming.matter.refresh_from_db()
    assert incoming.matter.phase == "arrived"
    with pytest.raises(Refused):
        actions.sign_for(incoming, by=office.actor(office.outsider))
    actions.sign_for(incoming, by=carrier.clerk)
    incoming.refresh_from_db()
    assert incoming.first_receiver == office.clerk


def test_a_correction_is_seen_in_the_trail_and_a_stale_one_refused(carrier):
    incoming = carrier.registered()
    seen = incoming.matter.version
    incoming.matter.refresh_from_db()
    seen = incoming.matter.version
    changed = registration(issuer_name="澜川市人民政府")
    actions.correct(incoming, changed, seen=seen, by=carrier.clerk)
    assert "澜川市人民政府办公室 → 澜川市人民政府" in TrailEntry.objects.get(verb="correct_incoming").text
    with pytest.raises(Stale):
        actions.correct(incoming, registration(), seen=seen, by=carrier.clerk)


@pytest.mark.parametrize(
    ("changes", "hours"),
    [({"urgency": "extra_urgent"}, 24), ({"stated_due": timedelta(days=30)}, 30 * 24)],
)
def test_the_clock_follows_urgency_and_what_the_paper_states(carrier, changes, hours):
    if "stated_due" in changes:
        changes = {"stated_due": clock.now() + changes["stated_due"]}
    incoming = carrier.registered(**changes)
    incoming.matter.refresh_from_db()
    left = incoming.matter.due_at - clock.now()
    assert (
        timedelta(hours=hours) - timedelta(minutes=2) < left < timedelta(hours=hours) + timedelta(minutes=2)
    )
