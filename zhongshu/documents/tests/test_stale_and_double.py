"""一件两手: a form sent twice counts once; who comes late is told who was faster; two at once have one winner."""

import threading

import pytest
from django.db import connections

from zhongshu.base import clock
from zhongshu.base.refusals import Refused, Repeated
from zhongshu.documents import actions
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.actions.receiving import Arrival
from zhongshu.documents.models import IncomingDocument, Opinion
from zhongshu.documents.tests.conftest import phase, registration
from zhongshu.documents.tests.pages import act, do, minute, task_of, task_verb
from zhongshu.documents.tests.test_extra_urgent import call
from zhongshu.flow.models import FlowTask

WORDS = {"form": "typed", "meaning": "words", "text": "请抓紧办理。"}
RESULT = "已完成排查，发现隐患五处，均已落实监测人。"


def arrived(office, carrier):
    by = office.actor(office.duty)
    return actions.receive(registration(), Arrival("duty"), by=by), office.clerk, {}


def reviewing(office, carrier):
    points = ("is_ours", "conforms_rules", "conforms_format", "was_consulted")
    sent = {**dict.fromkeys(points, "on"), "conclusion": "passed", "handling_type": "action"}
    return carrier.registered(), office.clerk, sent


def proposing(office, carrier):
    sent = {"text": "建议办理。", "handling_type": "action", "leaders": [office.county_head.pk]}
    return carrier.reviewed(), office.clerk, sent


def under_review(office, carrier):
    return (
        carrier.reviewed(is_litigation_related=True),
        office.legal,
        {"conclusion": "pass", "text": "可以。"},
    )


def joining(office, carrier):
    return (
        carrier.registered(),
        office.clerk,
        {"channel": "fax", "received_at": minute(minutes=-5), "copies": 1},
    )


def assigning(office, carrier):
    sent = {"lead_unit": office.depts[0].unit.pk, "due_at": minute(days=2)}
    return carrier.assigning(), office.clerk, sent


def answering(office, carrier):
    incoming, liaison = carrier.handling(1), office.depts[0].liaison
    actions.sign_for_unit(incoming, by=office.actor(liaison))
    return incoming, liaison, {"text": RESULT, "is_final": "1"}


def approving(office, carrier):
    incoming, liaison, sent = answering(office, carrier)
    actions.feed_back(incoming, text=sent["text"], by=office.actor(liaison))
    return incoming, office.depts[0].head, {"text": "同意"}


def returning(office, carrier):
    return carrier.fed_back(2), office.clerk, {"units": [office.depts[0].unit.pk], "text": "不一致"}


def closing(office, carrier):
    incoming = carrier.fed_back(2)
    actions.collate(incoming, text="均已办结。", by=carrier.clerk)
    return incoming, office.clerk, {}


# A step: a paper brought to it, who does it, and what is sent.
AT = {
    "sign": arrived,
    "review": reviewing,
    "legal": under_review,
    "propose": proposing,
    "check": lambda o, c: (c.proposed([o.county_head]), o.director, {"text": "同意"}),
    "instruct": lambda o, c: (c.instructing([o.county_head]), o.county_head, WORDS),
    "late": lambda o, c: (c.handling(1), o.county_head, WORDS),
    "call": lambda o, c: (c.registered(), o.clerk, call()),
    "channel": joining,
    "litigation": lambda o, c: (c.proposed([o.county_head]), o.clerk, {"text": "涉及在审案件"}),
    "assign": assigning,
    "unit_sign": lambda o, c: (c.handling(2), o.depts[0].liaison, {}),
    "feed_back": answering,
    "approve_feedback": approving,
    "return_feedback": returning,
    "collate": lambda o, c: (c.fed_back(2), o.clerk, {"text": "均已办结。"}),
    "close": closing,
}


@pytest.mark.parametrize("step", AT)
def test_the_same_form_twice_is_done_once(client, office, carrier, step):
    incoming, person, sent = AT[step](office, carrier)
    client.force_login(person)
    assert do(client, incoming, step, **sent, _key="form-1").status_code == 302
    counts = _counts(incoming)
    again = do(client, incoming, step, **sent, _key="form-1")
    assert again.status_code == 302, again.text
    assert _counts(incoming) == counts


def _counts(incoming):
    """Count what an act may have written."""
    row = IncomingDocument.objects.get(pk=incoming.pk)
    return (
        row.opinions.count(),
        row.handlings.count(),
        row.telephone_records.count(),
        row.channels.count(),
        row.reviews.count(),
        row.legal_reviews.count(),
        FlowTask.objects.filter(matter=incoming.matter).count(),
        sum(handling.feedbacks.count() for handling in row.handlings.all()),
        phase(incoming),
    )


ONCE = [step for step in AT if step not in ("late", "call", "channel", "litigation")]


@pytest.mark.parametrize("step", ONCE)
def test_another_form_for_what_is_done_says_who_did_it(client, office, carrier, step):
    incoming, person, sent = AT[step](office, carrier)
    client.force_login(person)
    assert do(client, incoming, step, **sent, _key="form-1").status_code == 302
    late = do(client, incoming, step, **sent, _key="form-2")
    assert late.status_code == 409, late.status_code
    assert "已由您" in late.text
    assert "DOC-40" in late.text
    for typed in (value for value in sent.values() if isinstance(value, str) and len(value) > 6):
        assert typed in late.text


def test_a_colleague_who_was_faster_is_named(client, office, carrier):
    incoming = actions.receive(registration(), Arrival("exchange"), by=office.actor(office.duty))
    client.force_login(office.clerk)
    page = client.get(act(incoming, "sign"))
    assert page.status_code == 200
    actions.sign_for(incoming, by=office.actor(office.section_chief))
    response = do(client, incoming, "sign")
    assert response.status_code == 409
    assert "许清和" in response.text
    assert "现在是“登记”" in response.text


def test_a_secretary_who_recorded_meanwhile_is_named_to_the_leader(client, office, carrier):
    incoming = carrier.instructing([office.county_head, office.vice_head])
    words = Words(text="请办。", form="telephone", instructed_at=clock.now())
    actions.instruct(incoming, words, for_leader=office.county_head, by=carrier.clerk)
    client.force_login(office.county_head)
    response = do(client, incoming, "instruct", **WORDS)
    assert response.status_code == 409
    assert "林晓禾（代陆承安）" in response.text
    assert WORDS["text"] in response.text


def test_a_stale_verb_says_who_was_faster_too(client, office, carrier):
    incoming = carrier.proposed([office.county_head])
    task = task_of(incoming)
    actions.check(incoming, Words(text="同意。"), by=office.actor(office.director))
    client.force_login(office.director)
    back = {"to_node": "propose", "reason": "改一改"}
    response = client.post(task_verb(task, "send_back"), back)
    assert response.status_code == 409
    assert "乔致远" in response.text


def test_the_htmx_answer_goes_into_the_form_s_message_area(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.clerk)
    response = client.post(act(incoming, "instruct"), WORDS, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert response["ZS-Refused"] == "1"
    assert "DOC-41" in response.text
    assert "<html" not in response.text


@pytest.mark.django_db(transaction=True)
def test_two_at_once_have_one_winner(office, carrier):
    incoming = carrier.assigning()
    unit = office.depts[0].unit.pk
    ends = _at_once(
        *(
            lambda n=n: actions.assign(
                IncomingDocument.objects.select_related("matter").get(pk=incoming.pk),
                Assignment(unit),
                by=office.actor(office.clerk, key=f"form-{n}"),
            )
            for n in range(4)
        )
    )
    assert ends.count("done") == 1, ends
    assert all(end in ("done", "DOC-40", "FLOW-STALE") for end in ends), ends
    assert incoming.handlings.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_at_once_counts_once(office, carrier):
    incoming = carrier.instructing([office.county_head])
    by = office.actor(office.county_head, key="form-1")
    ends = _at_once(
        *[
            lambda: actions.instruct(
                IncomingDocument.objects.select_related("matter").get(pk=incoming.pk),
                Words(text="请办。"),
                by=by,
            )
        ]
        * 4
    )
    assert sorted(ends) == ["done", "repeated", "repeated", "repeated"]
    assert Opinion.objects.filter(box="instruction").count() == 1


def _at_once(*works):
    """Start all at the same moment; return how they ended."""
    gate, ends = threading.Barrier(len(works)), []

    def run(work):
        gate.wait()
        try:
            work()
            ends.append("done")
        except Refused as refused:
            ends.append(refused.codes[0])
        except Repeated:
            ends.append("repeated")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends
