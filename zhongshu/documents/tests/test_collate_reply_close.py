"""汇总、退回重报、答复、办结: one unit is sent back alone; nothing closes while something is left undone."""

import pytest

from zhongshu.archive.models import ArchivalFile
from zhongshu.documents import actions
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import act, buttons, do, minute, sheet, task_of, task_verb, told

SUMMARY = "两家单位均已办结，隐患全部落实监测人。"


@pytest.fixture
def answered(carrier):
    """Two units have answered; it waits to be put together."""
    return carrier.fed_back(2)


def test_one_is_sent_back_alone_the_other_stands(client, office, carrier, answered):
    first, second = office.depts[:2]
    client.force_login(office.clerk)
    sent = {"units": [first.unit.pk], "text": "数字前后不一致。", "due_at": minute(days=3)}
    assert do(client, answered, "return_feedback", **sent).status_code == 302
    states = dict(answered.handlings.values_list("unit_id", "state"))
    assert states == {first.unit.pk: "assigned", second.unit.pk: "fed_back"}
    row = answered.handlings.get(unit=first.unit)
    assert (row.times_sent_back, minute(row.due_at)) == (1, sent["due_at"])
    assert any("退回" in text for text in told(first.liaison))
    client.force_login(second.liaison)
    assert act(answered, "unit_sign") not in buttons(client, answered)
    client.force_login(first.liaison)
    assert "数字前后不一致。" in client.get(sheet(answered)).text
    carrier.answer(answered, first)
    assert phase(answered) == "collating"
    assert answered.handlings.get(unit=second.unit).feedbacks.count() == 1


@pytest.mark.parametrize(
    ("units", "text", "due"),
    [
        ([], "不一致", ""),
        ("first", "", ""),
        ("outsider", "不一致", ""),
        ("first", "不一致", "2001-01-01T08:00"),
    ],
)
def test_whom_why_and_a_time_ahead(client, office, answered, units, text, due):
    named = {"first": office.depts[0].unit, "outsider": office.units["县文化和旅游局"]}
    sent = {"units": [named[units].pk] if units else [], "text": text, "due_at": due}
    client.force_login(office.clerk)
    assert do(client, answered, "return_feedback", **sent).status_code == 422
    assert phase(answered) == "collating"


def test_a_unit_cannot_put_the_results_together(client, office, answered):
    client.force_login(office.depts[0].liaison)
    assert do(client, answered, "collate", text=SUMMARY).status_code == 422
    client.force_login(office.outsider)
    assert do(client, answered, "collate", text=SUMMARY).status_code == 404
    client.force_login(office.clerk)
    assert do(client, answered, "collate", text=" ").status_code == 422
    assert do(client, answered, "collate", text=SUMMARY).status_code == 302
    assert SUMMARY in client.get(sheet(answered)).text


def test_what_asks_for_an_answer_is_answered_before_it_closes(client, office, carrier):
    incoming = carrier.fed_back(1, requires_feedback=True)
    client.force_login(office.clerk)
    do(client, incoming, "collate", text=SUMMARY)
    assert phase(incoming) == "replying"
    assert do(client, incoming, "close").status_code == 409
    assert do(client, incoming, "reply", kind="", text="已办结").status_code == 422
    response = do(client, incoming, "reply", kind="letter", text="  ")
    assert response.status_code == 422
    assert do(client, incoming, "reply", kind="letter", text="情况已函复。").status_code == 302
    assert "情况已函复。" in client.get(sheet(incoming)).text
    assert do(client, incoming, "close").status_code == 302
    assert phase(incoming) == "closed"
    assert ArchivalFile.objects.filter(matter=incoming.matter).exists()


def test_what_asks_for_none_goes_straight_to_its_end(client, office, answered):
    client.force_login(office.clerk)
    do(client, answered, "collate", text=SUMMARY)
    assert phase(answered) == "replied"
    assert do(client, answered, "close").status_code == 302


def corrected(incoming, **changes):
    """Return the registration as it stands, with changes."""
    return {
        "issuer_name": incoming.issuer_name,
        "direction": incoming.direction,
        "doc_number": incoming.doc_number,
        "title": incoming.matter.title,
        "doc_type": incoming.doc_type,
        "urgency": "normal",
        "label": "internal",
        "copies": 1,
        "handling_type": "action",
        **changes,
    }


def test_corrected_into_a_request_it_must_be_answered_after_all(client, office, answered):
    client.force_login(office.clerk)
    sent = corrected(answered, doc_type="request_for_instructions", direction="upward")
    assert client.post(f"{sheet(answered)}correct/", sent).status_code == 302
    do(client, answered, "collate", text=SUMMARY)
    assert phase(answered) == "replying"


def test_corrected_too_late_the_end_says_what_to_do_and_there_is_a_way(client, office, answered):
    client.force_login(office.clerk)
    do(client, answered, "collate", text=SUMMARY)
    client.post(f"{sheet(answered)}correct/", corrected(answered, requires_feedback="on"))
    assert "尚未答复来文单位" in buttons(client, answered)
    response = do(client, answered, "close")
    assert response.status_code == 422
    assert "请退回“汇总反馈”" in response.text
    back = {"to_node": "collate", "reason": "须答复"}
    assert client.post(task_verb(task_of(answered, node="close"), "send_back"), back).status_code == 302
    do(client, answered, "collate", text=SUMMARY)
    assert do(client, answered, "reply", kind="letter", text="已函复。").status_code == 302
    assert do(client, answered, "close").status_code == 302


def test_only_who_answers_for_it_closes_it(client, office, answered):
    actions.collate(answered, text=SUMMARY, by=office.actor(office.clerk))
    for person, status in ((office.section_chief, 422), (office.director, 422), (office.outsider, 404)):
        client.force_login(person)
        assert do(client, answered, "close").status_code == status
    assert phase(answered) == "replied"


def test_what_is_closed_is_neither_done_again_nor_taken_back(client, office, answered):
    client.force_login(office.clerk)
    do(client, answered, "collate", text=SUMMARY)
    closing = task_of(answered, node="close")
    do(client, answered, "close")
    response = do(client, answered, "close")
    assert response.status_code == 409
    assert "已由您" in response.text
    assert client.post(task_verb(closing, "withdraw"), {}).status_code == 422
    assert "撤回" not in buttons(client, answered)
    correct = client.post(f"{sheet(answered)}correct/", {"title": "改"})
    assert correct.status_code == 422


def test_the_result_goes_back_to_the_leader_who_gave_the_instruction(client, office, answered):
    client.force_login(office.clerk)
    do(client, answered, "collate", text=SUMMARY)
    do(client, answered, "close")
    row = LeaderInstruction.objects.get()
    assert row.result == SUMMARY
    row.matter.refresh_from_db()
    assert row.matter.phase == "reported"
    assert told(office.county_head, "instruction_result")


def test_sent_back_whole_to_the_leader_and_again_by_another_way(client, office, carrier, answered):
    client.force_login(office.clerk)
    back = {"to_node": "instruct", "reason": "结果与批示不符，请再批"}
    assert client.post(task_verb(task_of(answered, node="collate"), "send_back"), back).status_code == 302
    assert phase(answered) == "instructing"
    client.force_login(office.county_head)
    assert (
        do(client, answered, "instruct", form="typed", meaning="words", text="再办一次。").status_code == 302
    )
    assert phase(answered) == "assigning"
