"""批示: leaders in turn; typed or in ink with 录文, 常用批语, 圈阅 with its three meanings; the last one may relay."""

import json
from datetime import timedelta

import pytest

from zhongshu.base import clock
from zhongshu.documents.models import LeaderInstruction, OpinionDraft, TypicalPhrase, UnitHandling
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import act, buttons, do, minute, sheet, told
from zhongshu.people.models import Delegation, DelegationState

STROKES = {"w": 300, "h": 120, "s": [[[10, 20, 0, 0.5], [40, 60, 30, 0.7], [90, 40, 60, 0.6]]]}
INK = json.dumps(STROKES)
REQUEST = {"doc_type": "request_for_instructions", "direction": "upward", "issuer_name": "白水乡人民政府"}


def typed(text, **more):
    return {"form": "typed", "meaning": "words", "text": text, **more}


def relay(office, **more):
    return {
        "relay": "on",
        "lead_unit": office.depts[0].unit.pk,
        "co_units": [office.depts[1].unit.pk],
        "due_at": minute(days=2),
        **more,
    }


def test_leaders_write_in_their_order_and_nobody_out_of_turn(client, office, carrier):
    incoming = carrier.instructing([office.county_head, office.vice_head])
    client.force_login(office.vice_head)
    response = do(client, incoming, "instruct", **typed("按县长批示办。"))
    assert response.status_code == 422
    assert "在陆承安手里" in response.text
    assert "DOC-41" in response.text
    assert "按县长批示办。" in response.text
    client.force_login(office.county_head)
    assert do(client, incoming, "instruct", **typed("请怀川同志阅办。")).status_code == 302
    client.force_login(office.vice_head)
    assert do(client, incoming, "instruct", **typed("按陆县长批示落实。")).status_code == 302
    assert phase(incoming) == "assigning"
    said = incoming.opinions.filter(box="instruction").values_list("author_name", "author_post", "text")
    assert list(said) == [("陆承安", "县长", "请怀川同志阅办。"), ("顾怀川", "副县长", "按陆县长批示落实。")]
    text = client.get(sheet(incoming)).text
    assert text.index("请怀川同志阅办。") < text.index("按陆县长批示落实。")


def test_a_clerk_a_unit_and_an_outsider_cannot_write_in_the_leader_s_box(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.clerk)
    assert do(client, incoming, "instruct", **typed("同意")).status_code == 422
    for stranger in (office.outsider, office.depts[0].head, *office.admins):
        client.force_login(stranger)
        assert do(client, incoming, "instruct", **typed("同意")).status_code == 404
    assert not incoming.opinions.filter(box="instruction").exists()


def test_ink_is_drawn_with_its_transcription(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    do(client, incoming, "instruct", **typed("请抓紧。", ink=INK))
    opinion = incoming.opinions.get(box="instruction")
    assert (opinion.form, opinion.text, opinion.strokes) == ("ink", "请抓紧。", STROKES)
    text = client.get(sheet(incoming)).text
    assert 'alt="手写：请抓紧。"' in text
    drawn = client.get(f"{sheet(incoming)}opinions/{opinion.pk}/ink.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<path" in drawn.content


@pytest.mark.parametrize("broken", ["nonsense", '{"s": 3}', '{"w":0,"h":0,"s":[[[1,2,3,4]]]}'])
def test_broken_ink_is_refused_not_lost_in_silence(client, office, carrier, broken):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    response = do(client, incoming, "instruct", **typed("", ink=broken))
    assert response.status_code == 422
    assert "笔迹没有读出来，请重写或改为键入" in response.text
    assert not incoming.opinions.filter(box="instruction").exists()


def test_nothing_written_and_no_circle_is_no_instruction(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    response = do(client, incoming, "instruct", **typed("  "))
    assert response.status_code == 422
    assert "请写出批示内容，或选择圈阅（DOC-26）" in response.text


@pytest.mark.parametrize(
    ("meaning", "words"), [("agreed", "同意。"), ("read", "已阅。"), ("noted", "圈阅。")]
)
def test_a_circle_says_what_it_means(client, office, carrier, meaning, words):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    assert do(client, incoming, "instruct", form="typed", meaning=meaning, text="").status_code == 302
    opinion = incoming.opinions.get(box="instruction")
    assert (opinion.meaning, opinion.text) == (meaning, words)
    assert opinion.get_meaning_display() in client.get(sheet(incoming)).text
    assert not LeaderInstruction.objects.exists()


def test_on_a_request_the_main_approver_writes_words_others_may_circle(client, office, carrier):
    incoming = carrier.instructing([office.vice_head, office.county_head], **REQUEST)
    client.force_login(office.vice_head)
    assert do(client, incoming, "instruct", form="typed", meaning="agreed", text="").status_code == 302
    client.force_login(office.county_head)
    response = do(client, incoming, "instruct", form="typed", meaning="agreed", text="")
    assert response.status_code == 422
    assert "请示的主批人必须写明意见" in response.text
    assert do(client, incoming, "instruct", **typed("同意拨付30万元。")).status_code == 302
    assert phase(incoming) == "assigning"


def test_phrases_of_the_office_and_one_s_own_never_another_s(client, office, carrier):
    for person, text in (
        (None, "请阅处。"),
        (office.county_head, "抓实抓细。"),
        (office.vice_head, "别人的"),
    ):
        TypicalPhrase.objects.create(tenant=office.tenant, person=person, box="instruction", text=text)
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    text = client.get(act(incoming, "instruct")).text
    assert "请阅处。" in text
    assert "抓实抓细。" in text
    assert "别人的" not in text


def test_the_last_leader_signs_and_puts_it_to_the_units(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    assert "签名并转办" in client.get(act(incoming, "instruct")).text
    assert do(client, incoming, "instruct", **typed("请办理。", **relay(office))).status_code == 302
    assert phase(incoming) == "handling"
    rows = {row.unit_name: row.role for row in incoming.handlings.all()}
    assert rows == {office.depts[0].unit.label: "lead", office.depts[1].unit.label: "co"}
    assert told(office.depts[0].liaison)


def test_one_who_is_not_the_last_cannot_pass_the_others_by(client, office, carrier):
    incoming = carrier.instructing([office.county_head, office.vice_head])
    client.force_login(office.county_head)
    page = client.get(act(incoming, "instruct")).text
    assert "签名并转办</button>" not in page
    assert "后面还有顾怀川批示" in page
    response = do(client, incoming, "instruct", **typed("请办理。", **relay(office)))
    assert response.status_code == 422
    assert "DOC-69" in response.text
    assert not UnitHandling.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lead_unit": ""}, "DOC-28"),
        ({"lead_unit": "", "co_units": []}, "DOC-28"),
        ({"co_units": "lead"}, "DOC-29"),
        ({"due_at": "2001-01-01T08:00"}, "DOC-46"),
    ],
)
def test_a_relay_that_lacks_something_is_refused_and_nothing_is_lost(client, office, carrier, changes, code):
    incoming = carrier.instructing([office.county_head])
    if changes.get("co_units") == "lead":
        changes = {"co_units": [office.depts[0].unit.pk]}
    client.force_login(office.county_head)
    response = do(client, incoming, "instruct", **typed("请抓紧办理，月底前报。", **relay(office, **changes)))
    assert response.status_code == 422
    assert code in response.text
    assert "请抓紧办理，月底前报。" in response.text
    assert phase(incoming) == "instructing"
    assert not incoming.opinions.filter(box="instruction").exists()


def test_an_urgent_paper_is_not_relayed_without_a_time(client, office, carrier):
    incoming = carrier.instructing([office.county_head], urgency="urgent")
    client.force_login(office.county_head)
    response = do(client, incoming, "instruct", **typed("速办。", **relay(office, due_at="")))
    assert "紧急公文必须明确办理时限（DOC-30）" in response.text


def test_what_was_put_by_is_there_again_and_only_for_its_writer(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    url = f"{sheet(incoming)}draft/instruction/"
    assert client.post(url, {"text": "想想再说", "ink": "", "meaning": "words"}).status_code == 200
    assert "想想再说" in client.get(act(incoming, "instruct")).text
    client.force_login(office.director)
    assert "想想再说" not in client.get(act(incoming, "instruct")).text
    client.force_login(office.county_head)
    do(client, incoming, "instruct", **typed("请办理。"))
    assert not OpinionDraft.objects.filter(incoming=incoming).exists()
    client.force_login(office.outsider)
    assert client.post(url, {"text": "x"}).status_code == 404


def test_an_agent_signs_as_such(client, office, carrier):
    Delegation.objects.create(
        principal_person=office.county_head,
        agent=office.exec_vice_head,
        scope=["documents"],
        can_sign=True,
        start=clock.now() - timedelta(hours=1),
        end=clock.now() + timedelta(days=1),
        reason="外出",
        state=DelegationState.ACTIVE,
    )
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.exec_vice_head)
    assert client.get(sheet(incoming)).status_code == 200
    assert do(client, incoming, "instruct", **typed("同意。")).status_code == 302
    assert incoming.opinions.get(box="instruction").author_name == "沈知衡（代陆承安）"


def test_the_button_is_the_leader_s_whose_turn_it_is(client, office, carrier):
    incoming = carrier.instructing([office.county_head, office.vice_head])
    client.force_login(office.county_head)
    assert act(incoming, "instruct") in buttons(client, incoming)
    client.force_login(office.clerk)
    assert act(incoming, "instruct") not in buttons(client, incoming)
