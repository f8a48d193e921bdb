"""退文: a slip approved by the deputy director, never to a superior; corrected and sent again it is a new paper."""

import pytest

from zhongshu.base import clock
from zhongshu.base.refusals import Refused
from zhongshu.documents import actions
from zhongshu.documents.actions.closing import Call
from zhongshu.documents.actions.receiving import Arrival
from zhongshu.documents.models import ReturnSlip
from zhongshu.documents.tests.conftest import passed, phase, registration

UP = {
    "doc_type": "request_for_instructions",
    "direction": "upward",
    "title": "关于拨付污水管网改造资金的请示",
    "issuer_name": "白水乡人民政府",
    "doc_number": "白政〔2026〕31号",
    "main_recipients": "县人民政府、县委",
}
FAULTY = {
    "conclusion": "return",
    "faults": ["DOC-02"],
    "conforms_rules": False,
    "advice": "请只主送县人民政府",
}


@pytest.fixture
def waiting(carrier):
    incoming = carrier.registered(**UP)
    return actions.review(incoming, passed(**FAULTY), by=carrier.clerk)


def test_the_deputy_director_approves_and_the_slip_gets_its_number(waiting, office):
    assert phase(waiting) == "returning"
    actions.approve_return(waiting, by=office.actor(office.deputy))
    assert phase(waiting) == "returned_to_sender"
    slip = ReturnSlip.objects.get(incoming=waiting)
    assert slip.number.startswith("退〔")
    assert slip.reasons[0]["code"] == "DOC-02"
    assert waiting.matter.closed_at


def test_the_clerk_cannot_approve_her_own_return(waiting, carrier):
    with pytest.raises(Refused) as refused:
        actions.approve_return(waiting, by=carrier.clerk)
    assert "DOC-41" in refused.value.codes
    assert phase(waiting) == "returning"


def test_refused_it_goes_back_to_review_with_the_reason(waiting, office):
    deputy = office.actor(office.deputy)
    with pytest.raises(Refused):
        actions.refuse_return(waiting, opinion=" ", by=deputy)
    actions.refuse_return(waiting, opinion="属县长当面交办，照办", by=deputy)
    assert phase(waiting) == "registered"
    assert ReturnSlip.objects.get(incoming=waiting).state == ReturnSlip.State.REFUSED


def test_a_superiors_paper_is_never_returned(carrier):
    incoming = carrier.registered()
    with pytest.raises(Refused) as refused:
        actions.review(incoming, passed(**FAULTY), by=carrier.clerk)
    assert refused.value.codes == ["DOC-25"]


def test_a_fault_of_a_superior_is_telephoned_and_recorded(carrier):

    incoming = carrier.registered()
    told = passed(conclusion="told_superior", faults=["DOC-24"])
    with pytest.raises(Refused) as refused:
        actions.review(incoming, told, by=carrier.clerk)
    assert refused.value.codes == ["DOC-36"]
    call = Call("superior", "市政府办公室", "王科长", clock.now(), "附件2缺页，请补发")
    actions.note_call(incoming, call, by=carrier.clerk)
    actions.review(incoming, told, by=carrier.clerk)
    assert phase(incoming) == "reviewed"


def test_sent_again_after_correction_it_is_no_duplicate(waiting, office, carrier):
    actions.approve_return(waiting, by=office.actor(office.deputy))
    again = registration(**{**UP, "main_recipients": "县人民政府", "previous_id": waiting.pk})
    assert actions.register(again, Arrival(), by=carrier.clerk).previous_id == waiting.pk
