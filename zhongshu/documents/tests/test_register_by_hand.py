"""手工登记 with files: what is there already in nearly these words is laid side by side first, as in the basket."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhongshu.base.trail import TrailEntry
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.tests.dropped import as_docx, notice
from zhongshu.documents.tests.test_intake_page import dropped, other_notice
from zhongshu.files.models import Attachment
from zhongshu.matters.models import Part

URL = reverse("documents:incoming_new")
RELAYED = notice(number="云水转〔2026〕8号", verb="降低水位")


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path) -> None:
    """Give each test a store, a quarantine and a cache of its own."""
    settings.ZHONGSHU_BLOBS_DIR = tmp_path / "blobs"
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path / "quarantine"
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "cache"


def typed(number: str, text: str = "", **more):
    """Return the form as it is sent; with a text its file is attached."""
    values = {
        "channel": "exchange",
        "received_at": "2026-06-09T10:20",
        "issuer_name": "云岭县水利局" if "转" in number else "澜川市水利局",
        "direction": "downward",
        "doc_number": number,
        "title": "关于做好小型水库安全度汛工作的通知",
        "doc_type": "notice",
        "urgency": "normal",
        "label": "internal",
        "copies": "1",
        "handling_type": "action",
        "signer": "王磊",
        "not_classified": "on",
        **more,
    }
    return {**values, "body_file": SimpleUploadedFile("来文.docx", as_docx(text))} if text else values


def handed(answer) -> dict[str, list[str]]:
    """Return the files that wait with the form, as it sends them again."""
    return {"body_file-handed": re.findall(r'name="body_file-handed" value="([^"]+)" checked', answer.text)}


@pytest.fixture
def registered(client, office):
    """A notice that the clerk registered by hand, with its file."""
    client.force_login(office.clerk)
    answer = client.post(URL, typed("澜水发〔2026〕31号", notice()))
    assert answer.status_code == 302, answer.context["form"].errors
    return IncomingDocument.objects.get()


def test_nearly_the_same_words_are_laid_side_by_side_and_wait_for_a_reason(client, office, registered):
    refused = client.post(URL, typed("云水转〔2026〕8号", RELAYED))
    assert refused.status_code == 422
    assert "DOC-90" in refused.text
    assert registered.matter.number in refused.text
    assert "<mark>" in refused.text
    assert 'value="王磊"' in refused.text
    assert IncomingDocument.objects.count() == 1
    again = typed("云水转〔2026〕8号", distinct_reason="县局转发，要求不同", **handed(refused))
    assert client.post(URL, again).status_code == 302
    assert Attachment.objects.filter(kind="body", name="来文.docx").count() == 2
    assert TrailEntry.objects.filter(text__contains="县局转发，要求不同").exists()


def test_other_words_are_registered_at_once(client, office, registered):
    answer = client.post(URL, typed("澜水发〔2026〕45号", other_notice()))
    assert answer.status_code == 302
    assert IncomingDocument.objects.count() == 2


def test_what_was_registered_by_hand_is_known_to_the_basket(client, office, registered):
    dropped(office, RELAYED)
    assert "并排比对" in client.get(reverse("documents:drops")).text


def test_the_very_file_is_known_even_if_it_says_too_little_to_compare(client, office):
    client.force_login(office.clerk)
    few = as_docx("附件见纸质件")
    for number, status in (("澜水发〔2026〕31号", 302), ("云水转〔2026〕8号", 422)):
        sent = typed(number) | {"body_file": SimpleUploadedFile("来文.docx", few)}
        answer = client.post(URL, sent)
        assert answer.status_code == status
    assert "一个字节不差" in answer.text


def test_a_paper_one_may_not_see_is_not_told_of(client, office):
    client.force_login(office.clerk)
    assert client.post(URL, typed("澜水发〔2026〕31号", notice(), label="work_secret")).status_code == 302
    Part.objects.exclude(principal=office.clerk.principal).delete()
    assert client.post(URL, typed("云水转〔2026〕8号", RELAYED)).status_code == 422
    client.force_login(office.section_chief)
    assert client.post(URL, typed("云水转〔2026〕8号", RELAYED)).status_code == 302


def test_another_file_takes_the_place_of_the_one_that_waits(client, office, registered):
    refused = client.post(URL, typed("云水转〔2026〕8号", RELAYED))
    sent = typed("云水转〔2026〕8号", other_notice(), **handed(refused))
    assert client.post(URL, sent).status_code == 302
    newest = IncomingDocument.objects.order_by("-pk")[0]
    assert newest.matter.attachments.count() == 1


def test_what_waits_is_of_no_use_to_another(client, office, registered):
    refused = client.post(URL, typed("云水转〔2026〕8号", RELAYED))
    sent = typed("云水转〔2026〕8号", distinct_reason="县局转发", **handed(refused))
    client.force_login(office.section_chief)
    answer = client.post(URL, sent)
    assert answer.status_code == 422
    assert "FILE-20" in answer.text
    client.force_login(office.clerk)
    assert client.post(URL, sent).status_code == 302
