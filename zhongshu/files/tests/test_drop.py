"""上传篮: laid encrypted, inspected by the worker, taken once by registration, discarded, expired."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recognize.tests.drawing import drawn, needs_font, saved
from zhongshu.base import clock
from zhongshu.base.models import TrailEntry
from zhongshu.base.refusals import Refused
from zhongshu.files import actions, blobs, drops, expiry, integrity, quarantine, texts
from zhongshu.files.limits import MOST_DROPS
from zhongshu.files.models import Attachment, Drop
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import grown
from zhongshu.matters import outbox
from zhongshu.matters import settings as office_settings
from zhongshu.matters.models import Notification

pytestmark = pytest.mark.django_db

NOTICE = ("澜川市水利局文件", "澜水发〔2026〕31号", "关于做好小型水库安全度汛工作的通知", "各县人民政府：")


@pytest.fixture
def lay(office):
    """Return a callable that lays a file as the clerk and lets the worker look at it."""

    def laid(data: bytes, name: str = "来文.docx", *, worker: bool = True, by=None, **more) -> Drop:
        drop = drops.lay(data, name=name, by=by or office.actor(office.clerk), **more)
        if worker:
            outbox.drain()
            drop.refresh_from_db()
        return drop

    return laid


def stored_below(path) -> list[bytes]:
    return [each.read_bytes() for each in path.rglob("*") if each.is_file()]


def test_until_the_verdict_the_table_knows_neither_name_nor_words(office, lay, tmp_path):
    drop = lay("关于防汛工作的秘而不宣的通知".encode(), "防汛通知.txt", worker=False)
    assert (drop.state, drop.name, drop.type_code) == ("waiting", "", "")
    assert drop.sm3_digest
    assert drop.size == len("关于防汛工作的秘而不宣的通知".encode())
    kept = stored_below(tmp_path)
    assert kept
    assert not any("防汛".encode() in data for data in kept)
    with quarantine.opened(drop.quarantine_id) as file:
        assert file.read().decode() == "关于防汛工作的秘而不宣的通知"
    assert quarantine.name_of(drop.quarantine_id) == "防汛通知.txt"
    assert "防汛" not in str(list(TrailEntry.objects.values_list("text", "data", "label")))


def test_a_clean_drop_can_be_registered_once(office, lay, matter):
    drop = lay(samples.docx_bytes(*NOTICE))
    assert (drop.state, drop.name, drop.type_code, drop.quarantine_id) == ("clean", "来文.docx", "docx", "")
    by = office.actor(office.clerk)
    received = drops.received_of(drop, by=by)
    [attachment] = actions.attach_all(matter, [received], "body", by=by)
    assert (attachment.name, attachment.sm3_digest) == ("来文.docx", drop.sm3_digest)
    drop.refresh_from_db()
    assert drop.state == "taken"
    with pytest.raises(Refused) as refused:
        actions.attach_all(grown(office, matter), [received], "body", by=by)
    assert refused.value.codes == ["FILE-31"]
    with pytest.raises(Refused):
        drops.received_of(drop, by=by)
    assert Attachment.objects.count() == 1


def test_an_act_that_fails_leaves_the_drop_in_the_basket(office, lay, attachment, matter):
    drop = lay(samples.pdf_bytes("Flood notice", "Second page"), "又一份.pdf")
    received = drops.received_of(drop, by=office.actor(office.clerk))
    with pytest.raises(Refused):
        actions.attach_all(matter, [received], "body", by=office.actor(office.clerk))
    drop.refresh_from_db()
    assert drop.state == "clean"


def test_what_was_recognized_lies_beside_and_is_read_again_when_swept(office, lay, settings, tmp_path):
    drop = lay(samples.docx_bytes(*NOTICE))
    found = drops.recognition_of(drop)
    assert found["fields"]["doc_number"]["value"] == "澜水发〔2026〕31号"
    assert [line["text"] for page in found["layer"]["pages"] for line in page["lines"]][1:3] == list(
        NOTICE[:2]
    )
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "another"
    assert drops.recognition_of(drop) == found


@needs_font
def test_a_scan_is_read_by_eye_again_when_its_reading_was_swept(lay, settings, tmp_path):
    drop = lay(saved(drawn(), form="PDF", resolution=100), "请示.pdf")
    found = drops.recognition_of(drop)
    assert (drop.read_by_ocr, found["fields"]["doc_number"]["value"]) == (True, "云水发〔2026〕18号")
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "another"
    assert drops.recognition_of(drop) is None
    outbox.drain()
    assert drops.recognition_of(drop)["fields"] == found["fields"]


def test_a_label_is_suggested_and_no_secret_seen(lay):
    drop = lay(samples.docx_bytes("工作秘密★3年", *NOTICE))
    assert drop.state == "clean"
    assert drops.recognition_of(drop)["suggested_label"] == "work_secret"


def test_what_cannot_be_taken_says_why_and_is_wiped(lay):
    drop = lay(samples.docx_bytes()[:2000])
    assert (drop.state, drop.refusal_code) == ("refused", "FILE-05")
    assert "打不开" in drop.refusal_text
    assert quarantine.listed(clock.now() + timedelta(days=1)) == []


def test_a_marked_drop_is_wiped_and_leaves_a_digest(office, lay, empty_store, tmp_path):
    drop = lay(samples.docx_bytes("机密★20年", "某事"), "某事.docx")
    assert (drop.state, drop.refusal_code, drop.name) == ("stopped", "DOC-01", "")
    assert quarantine.listed(clock.now() + timedelta(days=1)) == []
    assert not empty_store.exists()
    entry = TrailEntry.objects.get(verb="refuse_secret_file")
    assert entry.data["sm3"] == drop.sm3_digest
    assert "某事" not in str(list(TrailEntry.objects.values_list("text", "data")))
    assert drop.sm3_digest[:16] in Notification.objects.get(person=office.sec_admin).text
    assert "机要渠道" in Notification.objects.get(person=office.clerk).text


def test_strangers_find_no_drop(client, office, lay):
    drop = lay(samples.docx_bytes(*NOTICE), by=office.actor(office.drafter))
    for person, status in (
        (office.drafter, 200),
        (office.clerk, 200),
        (office.legal, 404),
        (office.outsider, 404),
        (office.sec_admin, 404),
    ):
        client.force_login(person)
        assert client.get(reverse("files:drop_state", args=[drop.public_id])).status_code == status
        if status == 404:
            assert client.post(reverse("files:drop_discard", args=[drop.public_id])).status_code in (403, 404)
    assert list(drops.mine(office.actor(office.clerk))) == []
    assert list(drops.mine(office.actor(office.drafter))) == [drop]


def test_mailbox_and_folder_are_everybodys_who_registers(office, lay):
    drop = lay(samples.docx_bytes(*NOTICE), source="folder", by=office.actor(office.legal))
    assert list(drops.mine(office.actor(office.clerk))) == [drop]
    assert list(drops.mine(office.actor(office.drafter))) == []


def test_a_file_is_laid_and_followed_from_the_browser(client, office):
    client.force_login(office.clerk)
    form = {"file": SimpleUploadedFile("来文.docx", samples.docx_bytes(*NOTICE)), "promise": "on"}
    response = client.post(reverse("files:drop"), form)
    assert (response.status_code, response.json()["state"]) == (201, "waiting")
    assert response.json()["name"] == ""
    outbox.drain()
    state = client.get(response.json()["url"]).json()
    assert (state["state"], state["label"], state["name"]) == ("clean", "可登记", "来文.docx")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"promise": "on"}, "FILE-24"),
        ({"file": b"words"}, "FILE-07"),
        ({"file": b"", "promise": "on"}, "FILE-03"),
    ],
)
def test_what_is_laid_wrongly_is_refused_with_a_code(client, office, form, code):
    client.force_login(office.clerk)
    form = {
        key: SimpleUploadedFile("a.txt", value) if key == "file" else value for key, value in form.items()
    }
    response = client.post(reverse("files:drop"), form, headers={"Accept": "application/json"})
    assert (response.status_code, [r["code"] for r in response.json()["refusals"]]) == (422, [code])
    assert not Drop.objects.exists()
    assert quarantine.listed(clock.now() + timedelta(days=1)) == []


def test_nobody_fills_the_quarantine(office, lay):
    office_settings.change(MOST_DROPS, 1, tenant=office.tenant, by=office.actor(office.sys_admin))
    lay(b"one", "a.txt", worker=False)
    with pytest.raises(Refused) as refused:
        lay(b"two", "b.txt", worker=False)
    assert refused.value.codes == ["FILE-40"]
    assert len(quarantine.listed(clock.now() + timedelta(days=1))) == 1
    assert lay(b"three", "c.txt", worker=False, by=office.actor(office.section_chief)).state == "waiting"


def test_words_read_by_eye_outlive_the_cache(office, lay, matter, settings, tmp_path):
    drop = lay(samples.scan_pdf_bytes(), "扫描.pdf")
    Drop.objects.filter(pk=drop.pk).update(
        state="clean", name="扫描.pdf", type_code="pdf", page_count=1, has_text=True, read_by_ocr=True
    )
    drop.refresh_from_db()
    blobs.put(drop.tenant_id, drop.sm3_digest, io.BytesIO(samples.scan_pdf_bytes()), drop.size)
    texts.keep(drop.tenant_id, drop.sm3_digest, "识别出来的文字")
    by = office.actor(office.clerk)
    [attachment] = actions.attach_all(matter, [drops.received_of(drop, by=by)], "scan", by=by)
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "another"
    assert texts.text_of(attachment) == "识别出来的文字"


def test_the_same_form_sent_twice_is_one_drop(client, office):
    client.force_login(office.clerk)
    for _ in range(2):
        form = {"file": SimpleUploadedFile("a.txt", "通知".encode()), "promise": "on", "_key": "one-key"}
        client.post(reverse("files:drop"), form, follow=True)
    assert Drop.objects.count() == 1
    assert len(quarantine.listed(clock.now() + timedelta(days=1))) == 1


def test_a_discarded_drop_is_wiped_and_stays_discarded(client, office, lay):
    drop = lay(b"words", "a.txt", worker=False)
    client.force_login(office.clerk)
    for _ in range(2):
        response = client.post(reverse("files:drop_discard", args=[drop.public_id]))
        assert response.status_code == 302
    drop.refresh_from_db()
    assert (drop.state, drop.quarantine_id) == ("discarded", "")
    assert quarantine.listed(clock.now() + timedelta(days=1)) == []
    outbox.drain()
    drop.refresh_from_db()
    assert drop.state == "discarded"


def test_old_drops_expire_and_young_ones_stay(lay):
    old, young = lay(b"words", "a.txt", worker=False), lay(b"others", "b.txt", worker=False)
    Drop.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=8))
    assert expiry.expire_drops(clock.now()) == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, young.state) == ("expired", "waiting")
    assert quarantine.listed(clock.now() + timedelta(days=1)) == [young.quarantine_id]


def test_what_is_stuck_or_left_over_is_wiped(lay):
    drop = lay(b"words", "a.txt", worker=False)
    left = quarantine.put(samples_file(b"left"), name="left.txt")
    outbox.pending().delete()
    later = clock.now() + timedelta(hours=7)
    assert expiry.expire_drops(later) == 1
    drop.refresh_from_db()
    assert (drop.state, drop.refusal_code) == ("refused", "FILE-34")
    with pytest.raises(quarantine.Lost):
        quarantine.name_of(left)


def samples_file(data: bytes):
    return SimpleUploadedFile("x", data).file


def test_bytes_that_another_key_sealed_are_asked_for_again(lay, monkeypatch):
    drop = lay(b"words", "a.txt", worker=False)
    monkeypatch.setenv("ZHONGSHU_QUARANTINE_KEY", "00" * 16)
    outbox.drain()
    drop.refresh_from_db()
    assert (drop.state, drop.refusal_code) == ("refused", "FILE-33")


def test_a_clean_drop_that_waits_for_days_keeps_its_bytes(office, lay):
    drop = lay(samples.docx_bytes(*NOTICE))
    integrity.sweep_blobs(clock.now() + timedelta(days=3))
    assert blobs.is_there(drop.tenant_id, drop.sm3_digest)
    drops.discard(drop, by=office.actor(office.clerk))
    integrity.sweep_blobs(clock.now() + timedelta(days=3))
    assert not blobs.is_there(drop.tenant_id, drop.sm3_digest)
