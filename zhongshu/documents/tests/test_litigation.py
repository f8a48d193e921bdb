"""涉法涉诉: nothing reaches any unit, by whatever way, before 合法性审核 has passed it; leaders may be told (A3)."""

import pytest

from zhongshu.base.refusals import Refused
from zhongshu.documents import actions
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.actions.receiving import Arrival
from zhongshu.documents.models import IncomingDocument, UnitHandling
from zhongshu.documents.tests.conftest import phase, registration
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
from zhongshu.flow import verbs

LAW = {"is_litigation_related": True, "title": "关于某行政诉讼案应诉事项的通知"}


@pytest.fixture
def at_review(carrier):
    """Registered as 涉法涉诉 and reviewed: it waits for the 法制科."""
    return carrier.reviewed(**LAW)


def legal(office, incoming, conclusion="pass", opinion="符合规定，可以办理。"):
    by = office.actor(office.legal)
    return actions.review_legality(incoming, conclusion=conclusion, opinion=opinion, by=by)


def unit_form(office, **more):
    unit = office.depts[0].unit.pk
    return {"lead_unit": unit, "due_at": minute(days=2), "requirement": "请办", **more}


def test_it_stops_at_the_review_and_says_so(client, office, at_review):
    assert phase(at_review) == "legal_review"
    client.force_login(office.clerk)
    text = client.get(sheet(at_review)).text
    assert "未经合法性审核，不得送签、不得批转到单位" in text
    assert task_of(at_review).holder_name
    client.force_login(office.legal)
    assert act(at_review, "legal") in buttons(client, at_review)


@pytest.mark.parametrize("conclusion", ["", "perhaps"])
def test_a_review_has_a_conclusion_and_an_opinion(client, office, at_review, conclusion):
    client.force_login(office.legal)
    response = do(client, at_review, "legal", conclusion=conclusion, text="看过")
    assert response.status_code == 422
    assert "看过" in response.text
    assert do(client, at_review, "legal", conclusion="pass", text=" ").status_code == 422
    assert phase(at_review) == "legal_review"


def test_only_the_legal_section_reviews(client, office, at_review):
    for person, status in ((office.clerk, 422), (office.director, 422), (office.outsider, 404)):
        client.force_login(person)
        assert do(client, at_review, "legal", conclusion="pass", text="可以").status_code == status
    assert not at_review.legal_reviews.exists()


def test_passed_it_goes_its_way(client, office, at_review):
    client.force_login(office.legal)
    assert do(client, at_review, "legal", conclusion="pass", text="可以办理。").status_code == 302
    assert phase(at_review) == "reviewed"
    assert "可以办理。" in client.get(sheet(at_review)).text


def test_rejected_it_stays_and_no_way_leads_on(client, office, at_review):
    client.force_login(office.legal)
    do(client, at_review, "legal", conclusion="reject", text="超出法定职权。")
    assert phase(at_review) == "legal_review"
    client.force_login(office.director)
    response = client.post(matter_verb(at_review, "jump"), {"node": "instruct", "reason": "急"})
    assert response.status_code == 422
    assert "合法性审核未通过：超出法定职权" in response.text
    client.force_login(office.legal)
    assert "合法性审核未通过" in client.get(sheet(at_review)).text
    do(client, at_review, "legal", conclusion="pass", text="已按意见修改，可以。")
    assert phase(at_review) == "reviewed"


def test_passed_with_changes_it_waits_for_the_answers(client, office, carrier, at_review):
    legal(office, at_review, "pass_with_changes", "一、主体不符；二、期限不足。")
    proposal = {"text": "建议由发改局办理。", "handling_type": "action", "leaders": [office.county_head.pk]}
    client.force_login(office.clerk)
    assert act(at_review, "answer_legal") in buttons(client, at_review)
    response = do(client, at_review, "propose", **proposal)
    assert response.status_code == 422
    assert "请先用“回应法制意见”逐条回应（DOC-06）" in response.text
    assert do(client, at_review, "answer_legal", text="").status_code == 422
    assert do(client, at_review, "answer_legal", text="一、已改主体；二、已延期限。").status_code == 302
    assert act(at_review, "answer_legal") not in buttons(client, at_review)
    assert do(client, at_review, "answer_legal", text="再答").status_code == 422
    assert do(client, at_review, "propose", **proposal).status_code == 302
    actions.check(at_review, Words(text="同意。"), by=office.actor(office.director))
    assert phase(at_review) == "instructing"


def test_who_has_nothing_to_do_with_it_does_not_answer_for_the_office(client, office, at_review):
    legal(office, at_review, "pass_with_changes", "主体不符。")
    verbs.circulate(at_review.matter, [office.drafter], by=office.actor(office.clerk))
    client.force_login(office.drafter)
    response = do(client, at_review, "answer_legal", text="我来答")
    assert response.status_code == 422
    assert "DOC-67" in response.text


# Every way to a unit


def test_not_by_assigning(client, office, carrier):
    incoming = carrier.assigning()
    IncomingDocument.objects.filter(pk=incoming.pk).update(is_litigation_related=True)
    client.force_login(office.clerk)
    response = do(client, incoming, "assign", **unit_form(office))
    assert response.status_code == 422
    assert "DOC-06" in response.text
    assert "请办" in response.text
    assert not UnitHandling.objects.exists()


def test_not_by_sign_and_relay(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    IncomingDocument.objects.filter(pk=incoming.pk).update(is_litigation_related=True)
    client.force_login(office.county_head)
    sent = {"form": "typed", "meaning": "words", "text": "速转。", "relay": "on", **unit_form(office)}
    response = do(client, incoming, "instruct", **sent)
    assert response.status_code == 422
    assert "DOC-06" in response.text
    assert not UnitHandling.objects.exists()


@pytest.mark.parametrize("node", ["instruct", "handle"])
def test_not_by_a_jump(client, office, at_review, node):
    client.force_login(office.director)
    response = client.post(matter_verb(at_review, "jump"), {"node": node, "reason": "领导催"})
    assert response.status_code == 422
    assert "未经合法性审核" in response.text
    assert phase(at_review) == "legal_review"


def test_not_by_circulating_to_a_unit_or_to_its_people(client, office, at_review):
    client.force_login(office.clerk)
    url = matter_verb(at_review, "circulate")
    for whom in (
        {"units": [office.depts[0].unit.pk]},
        {"units": [office.townships[0].unit.pk]},
        {"persons": [office.depts[0].liaison.pk]},
        {"persons": [office.county_head.pk, office.townships[0].head.pk]},
    ):
        response = client.post(url, whom)
        assert response.status_code == 422, whom
        assert "未经合法性审核" in response.text
    for person in (office.depts[0].liaison, office.townships[0].head):
        client.force_login(person)
        assert client.get(sheet(at_review)).status_code == 404
        assert not told(person)


def test_leaders_and_the_office_s_own_people_may_be_told_before(client, office, at_review):
    client.force_login(office.clerk)
    url = matter_verb(at_review, "circulate")
    persons = [office.county_head.pk, office.director.pk, office.drafter.pk]
    assert client.post(url, {"persons": persons, "note": "先报告情况"}).status_code == 302
    client.force_login(office.county_head)
    assert client.get(sheet(at_review)).status_code == 200


@pytest.mark.parametrize("verb", ["transfer", "delegate", "add_sign"])
def test_not_by_handing_the_work_to_a_unit_s_person(client, office, at_review, verb):
    client.force_login(office.legal)
    task = task_of(at_review)
    stranger = office.depts[0].liaison.pk
    sent = {"person": stranger, "persons": [stranger], "position": "before", "reason": "请你局办"}
    response = client.post(task_verb(task, verb), sent)
    assert response.status_code == 422
    assert "未经合法性审核" in response.text


def test_not_at_night_by_the_duty_office_either(client, office, at_review):
    duty = office.actor(office.duty)
    incoming = actions.receive(registration(doc_number="澜法〔2026〕9号", **LAW), Arrival("duty"), by=duty)
    client.force_login(office.duty)
    for whom in ({"units": [office.depts[0].unit.pk]}, {"persons": [office.depts[0].head.pk]}):
        assert client.post(matter_verb(incoming, "circulate"), whom).status_code == 422
    told_first = client.post(matter_verb(incoming, "circulate"), {"persons": [office.director.pk]})
    assert told_first.status_code == 302


def test_after_the_review_units_may_know(client, office, at_review):
    legal(office, at_review)
    client.force_login(office.clerk)
    whom = {"units": [office.depts[0].unit.pk]}
    assert client.post(matter_verb(at_review, "circulate"), whom).status_code == 302


# Marked on the way


@pytest.mark.parametrize("step", ["proposed", "assigning"])
def test_marked_late_it_goes_to_the_review_and_comes_straight_back(client, office, carrier, step):
    incoming = getattr(carrier, step)()
    was = phase(incoming)
    client.force_login(office.clerk)
    assert act(incoming, "litigation") in buttons(client, incoming)
    assert do(client, incoming, "litigation", text="涉及在审案件").status_code == 302
    assert phase(incoming) == "legal_review"
    assert told(office.legal)
    assert act(incoming, "litigation") not in buttons(client, incoming)
    legal(office, incoming)
    assert phase(incoming) == was


def test_marked_before_the_leader_it_is_reviewed_first(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.clerk)
    do(client, incoming, "litigation", text="涉及在审案件")
    assert phase(incoming) == "legal_review"
    client.force_login(office.county_head)
    response = do(client, incoming, "instruct", form="typed", meaning="words", text="请办。")
    assert response.status_code == 409
    assert "林晓禾" in response.text
    legal(office, incoming)
    assert phase(incoming) == "reviewed"


def test_marked_needs_a_reason_and_someone_whose_post_it_is(client, office, carrier):
    incoming = carrier.assigning()
    client.force_login(office.clerk)
    assert do(client, incoming, "litigation", text="").status_code == 422
    client.force_login(office.county_head)
    assert do(client, incoming, "litigation", text="涉诉").status_code == 404
    with pytest.raises(Refused) as refused:
        actions.set_litigation(incoming, reason="涉诉", by=office.actor(office.county_head))
    assert refused.value.codes == ["DOC-67"]
    client.force_login(office.clerk)
    do(client, incoming, "litigation", text="涉诉")
    with pytest.raises(Refused) as refused:
        actions.set_litigation(IncomingDocument.objects.get(pk=incoming.pk), reason="又", by=carrier.clerk)
    assert refused.value.codes == ["DOC-65"]


def test_what_units_already_have_is_called_back_first(client, office, carrier):
    incoming = carrier.handling(1)
    client.force_login(office.clerk)
    assert act(incoming, "litigation") not in buttons(client, incoming)
    response = do(client, incoming, "litigation", text="涉诉")
    assert response.status_code == 422
    assert "请先退回交办环节" in response.text


def test_a_correction_cannot_take_the_mark_off(client, office, at_review):
    client.force_login(office.clerk)
    url = f"{sheet(at_review)}correct/"
    page = client.get(url)
    assert "is_litigation_related" not in page.text
    sent = {
        "issuer_name": "澜川市司法局",
        "direction": "downward",
        "doc_number": at_review.doc_number,
        "title": at_review.matter.title,
        "doc_type": "notice",
        "urgency": "normal",
        "label": "internal",
        "copies": 1,
        "handling_type": "action",
    }
    assert client.post(url, sent).status_code == 302
    at_review.refresh_from_db()
    assert at_review.issuer_name == "澜川市司法局"
    assert at_review.is_litigation_related
