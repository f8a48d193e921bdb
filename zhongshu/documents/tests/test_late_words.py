"""补批、改批、录文: a changed mind stands beside the old words; the new ones reach those already at work, no restart."""

import json

import pytest
from django.urls import reverse

from zhongshu.base.refusals import Refused
from zhongshu.documents import actions
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import act, buttons, do, sheet, told
from zhongshu.documents.tests.test_instruct import INK, STROKES
from zhongshu.documents.tests.test_record_for_leader import filled, record
from zhongshu.flow.models import FlowStep
from zhongshu.matters.models import Notification


def amend(opinion):
    return reverse("documents:opinion_amend", args=[opinion.incoming.matter.public_id, opinion.pk])


def transcribe(opinion):
    return reverse("documents:opinion_transcribe", args=[opinion.incoming.matter.public_id, opinion.pk])


def late(client, incoming, text="周五前先报一次进展。"):
    return do(client, incoming, "late", form="typed", text=text)


def test_new_words_reach_the_units_at_work_without_a_restart(client, office, carrier):
    incoming = carrier.handling(2)
    first, second = office.depts[:2]
    actions.sign_for_unit(incoming, by=office.actor(first.liaison))
    steps = FlowStep.objects.count()
    Notification.objects.all().delete()
    client.force_login(office.county_head)
    assert late(client, incoming).status_code == 302
    for person in (first.liaison, first.b_liaison, second.liaison, office.clerk):
        assert told(person, "instruction_late"), person
    assert not told(office.outsider)
    assert not told(office.depts[2].liaison)
    assert FlowStep.objects.count() == steps
    assert phase(incoming) == "handling"
    client.force_login(first.liaison)
    text = client.get(sheet(incoming)).text
    assert "周五前先报一次进展。" in text
    assert "补批" in text


def test_it_is_a_paper_of_its_own_for_the_same_unit(client, office, carrier):
    incoming = carrier.handling(2)
    client.force_login(office.vice_head)
    assert client.get(sheet(incoming)).status_code == 404
    client.force_login(office.county_head)
    late(client, incoming)
    row = LeaderInstruction.objects.get(content="周五前先报一次进展。")
    assert row.owner_unit == office.depts[0].unit
    assert LeaderInstruction.objects.count() == 2


@pytest.mark.parametrize("text", ["", "   "])
def test_new_words_are_words(client, office, carrier, text):
    incoming = carrier.handling(1)
    client.force_login(office.county_head)
    response = late(client, incoming, text)
    assert response.status_code == 422
    assert "DOC-26" in response.text


def test_only_leaders_add_words_and_only_on_what_they_see(client, office, carrier):
    incoming = carrier.handling(1)
    for person in (office.clerk, office.depts[0].liaison, office.other_vice_head, office.outsider):
        client.force_login(person)
        assert late(client, incoming).status_code == 404
        assert client.get(act(incoming, "late")).status_code == 404


def test_whose_turn_it_is_gives_the_instruction_itself(client, office, carrier):
    incoming = carrier.instructing([office.county_head, office.vice_head])
    client.force_login(office.county_head)
    assert act(incoming, "late") not in buttons(client, incoming)
    response = late(client, incoming)
    assert response.status_code == 422
    assert "请用“批示”，不用补批" in response.text


def test_after_the_end_words_still_come_but_not_on_what_is_archived(client, office, carrier):
    incoming = carrier.fed_back(1)
    actions.collate(incoming, text="已办结。", by=carrier.clerk)
    actions.close(incoming, by=carrier.clerk)
    client.force_login(office.county_head)
    assert late(client, incoming).status_code == 302
    assert told(office.depts[0].liaison, "instruction_late")
    incoming.matter.refresh_from_db()
    incoming.matter.phase = "archived"
    incoming.matter.save(update_fields=["phase"])
    response = late(client, incoming)
    assert response.status_code == 422
    assert "新的批示请登记为批示件（DOC-68）" in response.text


def test_the_secretary_records_a_late_word_and_the_leader_confirms(client, office, carrier):
    incoming = carrier.handling(1)
    client.force_login(office.clerk)
    sent = filled(office.county_head, form="telephone", is_late="on", text="电话里说：先保供水。")
    assert client.post(record(incoming), sent).status_code == 302
    opinion = incoming.opinions.get(text="电话里说：先保供水。")
    assert opinion.is_late
    assert opinion.awaits_confirmation
    assert told(office.depts[0].liaison, "instruction_late")
    assert told(office.county_head, "opinion_confirm")


# 改批


def test_a_changed_mind_stands_beside_the_old_words(client, office, carrier):
    incoming = carrier.handling(1)
    old = incoming.opinions.get(box="instruction")
    client.force_login(office.county_head)
    assert amend(old) in client.get(sheet(incoming)).text
    assert "请抓紧办理。" in client.get(amend(old)).text
    assert client.post(amend(old), {"form": "typed", "text": "改由财政局牵头。"}).status_code == 302
    text = client.get(sheet(incoming)).text
    assert "请抓紧办理。" in text
    assert "改由财政局牵头。" in text
    assert "已改批" in text
    assert "取代" in text
    assert amend(old) not in text
    assert told(office.depts[0].liaison, "instruction_late")
    new = incoming.opinions.get(supersedes=old)
    assert amend(new) in text


def test_it_moves_the_same_paper_on_it_does_not_make_a_second(client, office, carrier):
    incoming = carrier.handling(1)
    old = incoming.opinions.get(box="instruction")
    row = LeaderInstruction.objects.get()
    client.force_login(office.county_head)
    client.post(amend(old), {"form": "typed", "text": "改由财政局牵头。"})
    row.refresh_from_db()
    assert LeaderInstruction.objects.count() == 1
    assert row.content == "改由财政局牵头。"
    assert row.opinion.text == "改由财政局牵头。"
    assert "改由财政局牵头" in row.matter.__class__.objects.get(pk=row.pk).title


def test_only_one_s_own_and_only_the_latest(client, office, carrier):
    incoming = carrier.handling(1)
    old = incoming.opinions.get(box="instruction")
    for person, status in ((office.clerk, 422), (office.director, 422), (office.outsider, 404)):
        client.force_login(person)
        response = client.post(amend(old), {"form": "typed", "text": "改"})
        assert response.status_code == status
        if status == 422:
            assert "只有陆承安本人可以改批" in response.text
    client.force_login(office.county_head)
    client.post(amend(old), {"form": "typed", "text": "改一次"})
    response = client.post(amend(old), {"form": "typed", "text": "又改一次"})
    assert response.status_code == 422
    assert "已经改过（改为“改一次”）" in response.text
    assert "又改一次" in response.text
    proposal = incoming.opinions.get(box="proposal")
    client.force_login(office.clerk)
    assert client.post(amend(proposal), {"form": "typed", "text": "改"}).status_code == 422


def test_an_amendment_says_something(client, office, carrier):
    incoming = carrier.handling(1)
    old = incoming.opinions.get(box="instruction")
    client.force_login(office.county_head)
    assert client.post(amend(old), {"form": "typed", "text": " "}).status_code == 422
    assert incoming.opinions.filter(box="instruction").count() == 1


# 录文


def test_ink_without_letters_is_transcribed_and_confirmed(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    do(client, incoming, "instruct", form="typed", meaning="words", text="", ink=INK)
    opinion = incoming.opinions.get(box="instruction")
    row = LeaderInstruction.objects.get()
    assert row.content == "（手写批示，待录文）"
    client.force_login(office.clerk)
    assert transcribe(opinion) in client.get(sheet(incoming)).text
    assert client.post(transcribe(opinion), {"text": ""}).status_code == 422
    assert client.post(transcribe(opinion), {"text": "请水利局抓紧。"}).status_code == 302
    opinion.refresh_from_db()
    row.refresh_from_db()
    assert (opinion.text, row.content, opinion.strokes) == ("请水利局抓紧。", "请水利局抓紧。", STROKES)
    assert opinion.awaits_confirmation
    client.force_login(office.county_head)
    assert "确认是我的意思" in client.get(sheet(incoming)).text


def test_what_has_letters_is_not_transcribed_again_nor_by_a_unit(client, office, carrier):
    incoming = carrier.handling(1)
    opinion = incoming.opinions.get(box="instruction")
    client.force_login(office.clerk)
    assert client.post(transcribe(opinion), {"text": "别的"}).status_code == 422
    opinion.text, opinion.strokes = "", json.loads(INK)
    opinion.save()
    client.force_login(office.depts[0].liaison)
    assert transcribe(opinion) not in client.get(sheet(incoming)).text
    assert client.post(transcribe(opinion), {"text": "别的"}).status_code == 422


def test_an_agent_cannot_confirm_or_amend_for_the_leader(office, carrier):
    incoming = carrier.handling(1)
    opinion = incoming.opinions.get(box="instruction")
    with pytest.raises(Refused) as refused:
        actions.amend_opinion(opinion, Words(text="改"), by=office.actor(office.exec_vice_head))
    assert refused.value.codes == ["DOC-53"]
