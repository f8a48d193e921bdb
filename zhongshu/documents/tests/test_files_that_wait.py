"""反馈里的扫描件: a form takes a scan only once every page of it was read, or another person confirmed what cannot be."""

from datetime import timedelta

import pytest
import typst
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from recognize.tests.drawing import SIZE, drawn, needs_font, saved
from zhongshu.base import clock
from zhongshu.base.models import TrailEntry
from zhongshu.documents import actions
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.tests.pages import told
from zhongshu.documents.tests.test_receive_at_night import RECEIVE, at_the_door
from zhongshu.files import blobs, quarantine
from zhongshu.files.models import Attachment, Drop
from zhongshu.files.tests import samples
from zhongshu.files.tests.seeing import confirm, send_seen
from zhongshu.matters import outbox

pytestmark = pytest.mark.django_db

WORDS = "已完成青石镇地质灾害隐患点排查，现将有关情况报告如下。"


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path):
    settings.ZHONGSHU_BLOBS_DIR = tmp_path / "blobs"
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path / "quarantine"
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "cache"
    cache.clear()


@pytest.fixture
def township(office):
    return office.townships[0]


@pytest.fixture
def paper(office, carrier, township):
    """A paper put to a township, whose liaison signed for it."""
    incoming = carrier.assigning()
    task = Assignment(township.unit.pk, [], clock.now() + timedelta(days=2))
    actions.assign(incoming, task, by=carrier.clerk)
    actions.sign_for_unit(incoming, by=office.actor(township.liaison))
    return incoming


@pytest.fixture
def signed_in(client, township):
    client.force_login(township.liaison)
    return client


def scan_of(*heads):
    pages = [drawn(((110, 120, 32, head), (110, 230, 24, WORDS))) for head in heads]
    return saved(*pages, form="PDF", resolution=100)


def file_of(data, name="排查反馈.pdf"):
    return SimpleUploadedFile(name, data)


def attach_url(paper):
    return reverse("files:attach", args=[paper.matter.public_id])


def hand_in(client, paper, *files, **more):
    """Send the form for attachments, as a browser without scripts does."""
    sent = {"file": list(files), "kind": "feedback", "promise": "on", **more}
    return client.post(attach_url(paper), sent)


def again(client, paper, *drops):
    """Send it again with what waits."""
    sent = {"file-handed": [drop.public_id for drop in drops], "kind": "feedback", "promise": "on"}
    return client.post(attach_url(paper), sent)


def stored():
    return list(blobs.listed())


@needs_font
def test_a_mark_on_the_ninth_of_ten_scanned_pages_never_comes_in(signed_in, office, paper):
    scan = scan_of(*["工作反馈"] * 8, "机密★10年", "附表")
    response = hand_in(signed_in, paper, file_of(scan))
    assert response.status_code == 422
    assert "FILE-58" in response.text
    drop = Drop.objects.get()
    assert (drop.state, drop.name, stored(), Attachment.objects.count()) == ("waiting", "", [], 0)
    assert again(signed_in, paper, drop).status_code == 422
    outbox.drain()
    drop.refresh_from_db()
    assert (drop.state, drop.refusal_code, drop.quarantine_id) == ("stopped", "DOC-01", "")
    response = again(signed_in, paper, drop)
    assert response.status_code == 422
    assert "DOC-01" in response.text
    assert (stored(), Attachment.objects.count()) == ([], 0)
    assert quarantine.listed(clock.now() + timedelta(days=1)) == []
    assert drop.sm3_digest[:16] in told(office.sec_admin, "secret_upload")[0]
    assert "排查反馈" not in str(list(TrailEntry.objects.values_list("text", "data")))


def with_words_over(tmp_path, head):
    """A scanned page on which a machine printed a line of real letters."""
    page = drawn(((110, 120, 32, head), (110, 230, 24, WORDS)))
    page.save(tmp_path / "scan.png")
    source = '#set page(width: 210mm, height: 297mm, background: image("scan.png", width: 100%))\n#lorem(30)'
    (tmp_path / "page.typ").write_text(source, encoding="utf-8")
    return typst.compile(tmp_path / "page.typ")


@needs_font
@pytest.mark.parametrize(("head", "state"), [("机密★10年", "stopped"), ("工作反馈", "clean")])
def test_words_printed_over_a_scan_do_not_hide_it(signed_in, paper, tmp_path, head, state):
    assert hand_in(signed_in, paper, file_of(with_words_over(tmp_path, head))).status_code == 422
    outbox.drain()
    drop = Drop.objects.get()
    assert drop.state == state
    assert again(signed_in, paper, drop).status_code == (302 if state == "clean" else 422)
    assert Attachment.objects.count() == (state == "clean")


@needs_font
def test_a_clean_scan_of_ten_pages_comes_in_once_it_was_read(signed_in, township, paper):
    response = hand_in(signed_in, paper, file_of(scan_of(*["工作反馈"] * 10)))
    assert response.status_code == 422
    assert "稍后再点提交" in response.text
    assert (stored(), Attachment.objects.count()) == ([], 0)
    outbox.drain()
    drop = Drop.objects.get()
    page = signed_in.get(attach_url(paper)).text
    assert f'value="{drop.public_id}">' in page
    assert "排查反馈.pdf" in page
    assert "检查通过，可以提交" in page
    assert again(signed_in, paper, drop).status_code == 302
    attachment = Attachment.objects.get()
    assert (attachment.kind, attachment.page_count, attachment.has_text) == ("feedback", 10, True)
    assert (attachment.uploaded_by, attachment.name) == (township.liaison, "排查反馈.pdf")
    assert "地质灾害" in attachment.words.words
    drop.refresh_from_db()
    assert drop.state == "taken"
    assert drop.public_id not in signed_in.get(attach_url(paper)).text


def test_what_nobody_can_read_needs_another_person(signed_in, client, office, township, paper):
    grey = Image.effect_noise(SIZE, 90).convert("RGB")
    hand_in(signed_in, paper, file_of(saved(grey, form="PDF", resolution=100)))
    outbox.drain()
    drop = Drop.objects.get()
    assert drop.state == "unread"
    response = again(signed_in, paper, drop)
    assert response.status_code == 422
    assert "FILE-59" in response.text
    judge = reverse("files:secrecy_judge", args=[drop.public_id])
    verdict = {"verdict": "harmless", "reason": "看过，是现场图纸"}
    assert signed_in.post(judge, verdict).status_code == 403
    assert stored() == []
    client.force_login(office.clerk)
    assert client.post(judge, verdict).status_code == 302
    outbox.drain()
    assert "请回到上传的那一页提交" in told(township.liaison, "drop_judged")[0]
    client.force_login(township.liaison)
    assert again(client, paper, drop).status_code == 302
    assert Attachment.objects.get().is_scan_without_text


def test_words_are_taken_at_once_and_stay_when_something_else_is_wrong(signed_in, paper):
    words = file_of("已完成排查".encode(), "反馈.txt")
    response = hand_in(signed_in, paper, words, kind="no such kind")
    assert response.status_code == 422
    drop = Drop.objects.get()
    assert drop.state == "clean"
    assert f'value="{drop.public_id}" checked' in response.text
    assert again(signed_in, paper, drop).status_code == 302
    assert Attachment.objects.get().name == "反馈.txt"


def test_without_the_promise_nothing_is_even_laid_down(signed_in, paper):
    response = hand_in(signed_in, paper, file_of(samples.scan_pdf_bytes()), promise="")
    assert response.status_code == 422
    assert "FILE-07" in response.text
    assert not Drop.objects.exists()


def test_the_same_file_sent_again_while_it_waits_is_the_same_drop(signed_in, paper):
    scan = samples.scan_pdf_bytes()
    for _ in range(2):
        assert hand_in(signed_in, paper, file_of(scan)).status_code == 422
    assert Drop.objects.count() == 1


def test_nobody_else_can_use_or_see_what_waits(signed_in, client, office, township, paper):
    hand_in(signed_in, paper, file_of("已完成排查".encode(), "反馈.txt"), kind="")
    drop = Drop.objects.get()
    for other, status in ((township.b_liaison, 404), (office.depts[0].liaison, 404)):
        client.force_login(other)
        assert client.get(drop.get_absolute_url()).status_code == status
    client.force_login(township.b_liaison)
    assert again(client, paper, drop).status_code == 422
    assert "反馈.txt" not in client.get(attach_url(paper)).text
    client.force_login(office.clerk)
    assert again(client, paper, drop).status_code == 422
    assert drop.public_id not in client.get(reverse("documents:drops")).text
    assert not Attachment.objects.exists()


def test_the_browser_hands_in_what_is_chosen_and_follows_it(signed_in, client, office, paper):
    sent = {"promise": "on", "place": "AttachForm::file", "matter": paper.matter.public_id}
    url = reverse("files:drop")
    answer = signed_in.post(url, {**sent, "file": file_of(samples.scan_pdf_bytes())})
    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["label"]) == ("waiting", "等待检查")
    drop = Drop.objects.get()
    assert (drop.source, drop.tenant) == ("form", paper.matter.tenant)
    confirm(office, drop)
    said = signed_in.get(drop.get_absolute_url()).json()
    assert (said["label"], said["advice"]) == ("可以提交", "检查通过，可以提交")
    refused = signed_in.post(
        url,
        {**sent, "promise": "", "file": file_of(samples.scan_pdf_bytes("two"))},
        headers={"Accept": "application/json"},
    )
    assert [one["code"] for one in refused.json()["refusals"]] == ["FILE-07"]
    client.force_login(office.outsider)
    assert client.post(url, {**sent, "file": file_of(samples.scan_pdf_bytes("three"))}).status_code == 404
    assert Drop.objects.count() == 1


def test_what_is_taken_in_at_night_waits_like_everything_else(client, office):
    client.force_login(office.duty)
    fax = file_of(samples.scan_pdf_bytes(), "传真.pdf")
    assert client.post(RECEIVE, at_the_door(body_file=fax)).status_code == 422
    assert (IncomingDocument.objects.count(), stored()) == (0, [])
    drop = Drop.objects.get()
    confirm(office, drop)
    assert client.post(RECEIVE, at_the_door(**{"body_file-handed": drop.public_id})).status_code == 302
    [attachment] = IncomingDocument.objects.get().matter.attachments.all()
    assert (attachment.name, attachment.kind) == ("传真.pdf", "body")


def test_of_one_file_the_last_chosen_counts(client, office):
    client.force_login(office.duty)
    client.post(RECEIVE, at_the_door(title="", body_file=file_of("一".encode(), "一.txt")))
    first = Drop.objects.get()
    sent = at_the_door(**{"body_file-handed": first.public_id, "body_file": file_of("二".encode(), "二.txt")})
    assert client.post(RECEIVE, sent).status_code == 302
    assert list(Attachment.objects.values_list("name", flat=True)) == ["二.txt"]
    first.refresh_from_db()
    assert first.state == "clean"


def test_a_leaders_page_recorded_by_the_secretary_waits_too(client, office, carrier):
    waiting = carrier.instructing([office.county_head])
    client.force_login(office.clerk)
    sent = {
        "leader": office.county_head.pk,
        "box": "instruction",
        "given_as": "paper",
        "meaning": "words",
        "text": "请水利局抓紧整改。",
        "instructed_at": clock.local(clock.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "original_holder": "秘书科林晓禾",
    }
    url = reverse("documents:incoming_record", args=[waiting.matter.public_id])
    response = send_seen(client, office, url, "scan", file_of(samples.scan_pdf_bytes(), "签批页.pdf"), **sent)
    assert response.status_code == 302
    assert waiting.opinions.get(box="instruction").scan.name == "签批页.pdf"
