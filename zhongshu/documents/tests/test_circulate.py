"""传阅: a reading paper goes to its readers; a circle means read and nothing more; copies go to whom one names."""

import pytest

from zhongshu.documents import actions
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import act, buttons, do, matter_verb, sheet, task_of, task_verb, told
from zhongshu.documents.tests.test_instruct import INK
from zhongshu.flow import queries as flow
from zhongshu.flow.models import FlowTask


@pytest.fixture
def reading(office, carrier):
    """A reading paper with two leaders."""
    incoming = carrier.reviewed(handling_type="read")
    form = carrier.proposal(
        [office.county_head, office.vice_head], handling_type="read", lead_unit_id=None, co_units=[]
    )
    actions.propose(incoming, form, by=carrier.clerk)
    return actions.check(incoming, Words(text="同意。"), by=office.actor(office.director))


def test_all_readers_have_it_at_once_and_it_goes_on_when_all_have_read(client, office, reading):
    assert phase(reading) == "circulating"
    client.force_login(office.vice_head)
    assert do(client, reading, "read", form="typed", meaning="read", text="").status_code == 302
    assert phase(reading) == "circulating"
    client.force_login(office.county_head)
    assert do(client, reading, "read", form="typed", meaning="words", text="").status_code == 302
    assert phase(reading) == "replied"
    assert [o.text for o in reading.opinions.filter(box="reading")] == ["已阅。", "已阅。"]


@pytest.mark.parametrize("meaning", ["agreed", "noted", "read", "words"])
def test_a_circle_only_means_read_whatever_was_ticked(client, office, reading, meaning):
    client.force_login(office.county_head)
    assert "圈阅（同意）" not in client.get(act(reading, "read")).text
    do(client, reading, "read", form="typed", meaning=meaning, text="")
    assert reading.opinions.get(box="reading").meaning == "read"
    assert not LeaderInstruction.objects.exists()


@pytest.mark.parametrize("meaning", ["words", "read"])
def test_words_on_it_are_an_instruction_to_be_read(client, office, reading, meaning):
    client.force_login(office.county_head)
    do(client, reading, "read", form="typed", meaning=meaning, text="请农业口参考。")
    row = LeaderInstruction.objects.get()
    assert (row.kind, row.action, row.content) == ("reading", "read", "请农业口参考。")
    assert row.matter.due_at is None


def test_handwriting_on_it_is_words_not_a_circle(client, office, reading):
    client.force_login(office.county_head)
    do(client, reading, "read", form="typed", meaning="words", text="", ink=INK)
    assert reading.opinions.get(box="reading").meaning == "words"
    assert LeaderInstruction.objects.get().content == "（手写批示，待录文）"


def test_who_is_not_asked_does_not_circle(client, office, reading):
    for person, status in ((office.clerk, 422), (office.other_vice_head, 404), (office.outsider, 404)):
        client.force_login(person)
        assert do(client, reading, "read", form="typed", meaning="read", text="").status_code == status


def test_a_copy_is_read_by_saying_so_and_holds_nothing_up(client, office, carrier):
    incoming = carrier.proposed([office.county_head])
    client.force_login(office.clerk)
    whom = {"persons": [office.drafter.pk], "units": [office.depts[0].unit.pk], "note": "供参考"}
    assert client.post(matter_verb(incoming, "circulate"), whom).status_code == 302
    assert phase(incoming) == "proposed"
    client.force_login(office.drafter)
    task = FlowTask.objects.get(matter=incoming.matter, kind="cc", assignee=office.drafter)
    assert task_verb(task, "read") in buttons(client, incoming)
    assert client.post(task_verb(task, "read"), {}).status_code == 302
    assert task_verb(task, "read") not in buttons(client, incoming)
    names = {reader.name: bool(reader.read_at) for reader in flow.circulation(incoming.matter)}
    assert names[office.drafter.name]
    assert sum(names.values()) == 1
    client.force_login(office.depts[0].liaison)
    assert client.get(sheet(incoming)).status_code == 200
    assert told(office.depts[0].liaison, "flow.cc")


def test_somebody_must_be_named_once_and_be_able_to_read_it(client, office, carrier):
    incoming = carrier.proposed([office.county_head])
    client.force_login(office.clerk)
    url = matter_verb(incoming, "circulate")
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"persons": [office.audit_admin.pk]}).status_code == 422
    assert client.post(url, {"persons": [office.drafter.pk]}).status_code == 302
    response = client.post(url, {"persons": [office.drafter.pk]})
    assert response.status_code == 422
    assert "都已在传阅中" in response.text


def test_a_reader_cannot_do_what_only_the_holder_may(client, office, carrier):
    incoming = carrier.proposed([office.county_head])
    actions_circulate = matter_verb(incoming, "circulate")
    client.force_login(office.clerk)
    client.post(actions_circulate, {"persons": [office.drafter.pk]})
    client.force_login(office.drafter)
    assert do(client, incoming, "check", text="同意").status_code == 422
    other = task_of(incoming, node="check")
    assert (
        client.post(task_verb(other, "transfer"), {"person": office.drafter.pk, "reason": "给我"}).status_code
        == 422
    )
    assert act(incoming, "check") not in buttons(client, incoming)


def test_it_goes_on_after_the_paper_is_closed(client, office, carrier):
    incoming = carrier.fed_back(1)
    actions.collate(incoming, text="已办结。", by=carrier.clerk)
    actions.close(incoming, by=carrier.clerk)
    client.force_login(office.clerk)
    whom = {"persons": [office.drafter.pk]}
    assert client.post(matter_verb(incoming, "circulate"), whom).status_code == 302
    client.force_login(office.drafter)
    assert client.get(sheet(incoming)).status_code == 200
