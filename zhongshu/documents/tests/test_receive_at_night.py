"""值班收文: what comes at night is taken in, told to leaders, signed and registered in the morning by who answers for it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.documents import actions
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import act, buttons, do, matter_verb, minute, sheet, told
from zhongshu.flow import queries as flow
from zhongshu.flow.overview import Overview

RECEIVE = reverse("documents:incoming_receive")


def at_the_door(**changes):
    return {
        "channel": "duty",
        "received_at": minute(clock.now()),
        "issuer_name": "澜川市应急管理局",
        "direction": "downward",
        "title": "关于做好强降雨防范的紧急通知",
        "urgency": "extra_urgent",
        "label": "internal",
        "copies": 1,
        "body": "今夜有暴雨。",
        "not_classified": "on",
        **changes,
    }


def entry(incoming, **changes):
    """Return what the clerk adds in the morning."""
    return {
        "issuer_name": incoming.issuer_name,
        "direction": "downward",
        "doc_number": "澜应急〔2026〕88号",
        "title": incoming.matter.title,
        "doc_type": "notice",
        "urgency": incoming.matter.urgency,
        "label": "internal",
        "copies": 1,
        "handling_type": "action",
        "not_classified": "on",
        **changes,
    }


@pytest.fixture
def at_night(client, office):
    """A paper the duty officer took in."""
    client.force_login(office.duty)
    assert client.post(RECEIVE, at_the_door()).status_code == 302
    return IncomingDocument.objects.select_related("matter").get()


def test_it_waits_for_the_secretariat_which_is_told(client, office, at_night):
    assert phase(at_night) == "arrived"
    assert at_night.matter.number == ""
    assert at_night.channels.get().kind == "duty"
    assert told(office.clerk)
    assert told(office.section_chief)
    assert flow.todo(office.actor(office.section_chief)).rows[0].public_id == at_night.matter.public_id
    client.force_login(office.duty)
    assert client.get(sheet(at_night)).status_code == 200


def test_what_came_at_night_is_taken_in_with_its_files_and_is_then_the_secretariats(client, office):
    client.force_login(office.duty)
    fax = SimpleUploadedFile("传真.txt", "今夜有暴雨，请做好防范。".encode())
    assert client.post(RECEIVE, at_the_door(body_file=fax)).status_code == 302
    incoming = IncomingDocument.objects.select_related("matter").get()
    assert incoming.matter.attachments.get().name == "传真.txt"
    actions.sign_for(incoming, by=office.actor(office.clerk))
    attach = reverse("files:attach", args=[incoming.matter.public_id])
    assert "不在您手上" in client.get(attach).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"title": " "}, "标题"), ({"issuer_name": ""}, "来文机关"), ({"not_classified": ""}, "不涉及国家秘密")],
)
def test_who_sent_it_what_it_is_and_that_it_is_no_state_secret(client, office, changes, words):
    client.force_login(office.duty)
    response = client.post(RECEIVE, at_the_door(**changes))
    assert response.status_code == 422
    assert words in response.text
    assert "今夜有暴雨。" in response.text
    assert not IncomingDocument.objects.exists()


def test_a_unit_or_a_leader_takes_nothing_in(client, office):
    for person in (office.depts[0].liaison, office.county_head, office.drafter, office.sys_admin):
        client.force_login(person)
        assert client.post(RECEIVE, at_the_door()).status_code == 403
    assert not IncomingDocument.objects.exists()


def test_the_duty_officer_tells_leaders_at_once_but_does_not_sign_for_the_office(client, office, at_night):
    client.force_login(office.duty)
    whom = {"persons": [office.county_head.pk, office.director.pk], "note": "已电话报告"}
    assert client.post(matter_verb(at_night, "circulate"), whom).status_code == 302
    assert do(client, at_night, "sign").status_code == 422
    assert act(at_night, "sign") not in buttons(client, at_night)


def test_who_signs_answers_for_it_to_the_end(client, office, at_night):
    client.force_login(office.section_chief)
    assert do(client, at_night, "sign").status_code == 302
    at_night.refresh_from_db()
    assert at_night.first_receiver == office.section_chief
    assert Overview(office.actor(office.section_chief)).counters().todo == 1
    assert Overview(office.actor(office.clerk)).counters().todo == 0
    client.force_login(office.clerk)
    response = do(client, at_night, "register", **entry(at_night))
    assert response.status_code == 422
    assert "许清和" in response.text
    client.force_login(office.section_chief)
    assert do(client, at_night, "register", **entry(at_night)).status_code == 302
    at_night.matter.refresh_from_db()
    assert at_night.matter.number.startswith("收〔")
    assert phase(at_night) == "registered"
    assert "首接责任人" in client.get(sheet(at_night)).text


def test_the_form_of_the_morning_knows_what_the_night_wrote(client, office, at_night):
    client.force_login(office.clerk)
    do(client, at_night, "sign")
    page = client.get(act(at_night, "register")).text
    assert "关于做好强降雨防范的紧急通知" in page
    assert "澜川市应急管理局" in page
    response = do(client, at_night, "register", **entry(at_night, title="", body="补的摘要"))
    assert response.status_code == 422
    assert "补的摘要" in response.text


def test_what_is_there_already_is_joined_not_registered_twice(client, office, carrier, at_night):
    carrier.registered(issuer_name="澜川市应急管理局", doc_number="澜应急〔2026〕88号")
    client.force_login(office.clerk)
    do(client, at_night, "sign")
    response = do(client, at_night, "register", **entry(at_night))
    assert response.status_code == 422
    assert "DOC-10" in response.text
    assert 'name="distinct_reason"' in response.text
    sent = entry(at_night, distinct_reason="内容不同，来文机关重号")
    assert do(client, at_night, "register", **sent).status_code == 302


def test_registered_it_is_not_signed_or_registered_again(client, office, at_night):
    client.force_login(office.clerk)
    do(client, at_night, "sign")
    do(client, at_night, "register", **entry(at_night))
    number = IncomingDocument.objects.get(pk=at_night.pk).matter.number
    assert do(client, at_night, "register", **entry(at_night)).status_code == 409
    assert IncomingDocument.objects.get(pk=at_night.pk).matter.number == number
