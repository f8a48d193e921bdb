"""添加附件: a file that passes the screening joins a matter; its bytes lie under their digest."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhongshu.base.crypto import sm3
from zhongshu.base.models import TrailEntry
from zhongshu.files import blobs
from zhongshu.files.actions import attach
from zhongshu.files.models import Attachment
from zhongshu.files.queries import words_of
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import codes_of
from zhongshu.files.upkeep import register_indexer
from zhongshu.matters import outbox, search
from zhongshu.matters.models import Matter, Setting

pytestmark = pytest.mark.django_db


def test_the_clerk_attaches_a_pdf(client, office, matter, upload):
    client.force_login(office.clerk)
    data = samples.pdf_bytes("Flood notice")
    response = upload("../../来文 关于防汛.pdf", data, kind="body")
    assert response.status_code == 302
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.content_type) == ("来文 关于防汛.pdf", "application/pdf")
    assert (attachment.sm3_digest, attachment.size) == (sm3(data), len(data))
    assert (attachment.page_count, attachment.has_text) == (1, True)
    with blobs.opened(office.tenant.pk, attachment.sm3_digest) as file:
        assert file.read() == data
    entry = TrailEntry.objects.get(verb="attach")
    assert (entry.matter_id, entry.actor_name, entry.after_digest) == (matter.pk, "林晓禾", sm3(data))


def test_an_outsider_cannot_tell_that_the_matter_exists(client, office, matter, upload):
    client.force_login(office.outsider)
    assert upload("a.pdf", samples.pdf_bytes("x")).status_code == 404
    assert client.get(reverse("files:attach", args=[matter.public_id])).status_code == 404
    assert not Attachment.objects.exists()


def test_a_stranger_is_sent_to_sign_in_and_leaves_no_bytes(client, office, matter, upload, empty_store):
    response = upload("a.pdf", samples.pdf_bytes("x"))
    assert response.status_code == 302
    assert "next=" in response.headers["Location"]
    assert not empty_store.exists()


def test_without_the_promise_nothing_is_taken(client, office, upload, empty_store):
    client.force_login(office.clerk)
    response = upload("a.pdf", samples.pdf_bytes("x"), promise=False)
    assert response.status_code == 422
    assert codes_of(response) == ["FILE-07"]
    assert not Attachment.objects.exists()
    assert not empty_store.exists()


def test_the_same_form_sent_twice_attaches_once(client, office, upload):
    client.force_login(office.clerk)
    for _ in range(2):
        assert upload("a.pdf", samples.pdf_bytes("x"), _key="form-1").status_code == 302
    assert Attachment.objects.count() == 1


def test_the_same_content_is_not_attached_again(client, office, upload):
    client.force_login(office.clerk)
    upload("a.pdf", samples.pdf_bytes("x"))
    response = upload("b.pdf", samples.pdf_bytes("x"))
    assert codes_of(response) == ["FILE-11"]
    assert Attachment.objects.count() == 1


def test_a_closed_matter_takes_no_file(client, office, matter, upload):
    Matter.objects.filter(pk=matter.pk).update(closed_at=matter.created_at)
    client.force_login(office.clerk)
    assert codes_of(upload("a.pdf", samples.pdf_bytes("x"))) == ["FILE-13"]


def test_a_matter_takes_only_so_many(client, office, matter, upload):
    Setting.objects.create(tenant=office.tenant, key="files.most_a_matter", value=1)
    cache.clear()
    client.force_login(office.clerk)
    assert upload("1.txt", b"one").status_code == 302
    assert codes_of(upload("2.txt", b"two")) == ["FILE-09"]
    cache.clear()


def test_several_files_join_in_one_act_or_none_does(client, office, matter):
    client.force_login(office.clerk)
    good = SimpleUploadedFile("一.txt", "第一份".encode())
    bad = SimpleUploadedFile("二.pdf", b"not a pdf at all")
    url = reverse("files:attach", args=[matter.public_id])
    response = client.post(url, {"file": [good, bad], "kind": "attachment", "promise": "on"})
    assert codes_of(response) == ["FILE-04"]
    assert not Attachment.objects.exists()
    good.seek(0)
    other = SimpleUploadedFile("三.txt", "第三份".encode())
    client.post(url, {"file": [good, other], "kind": "attachment", "promise": "on"})
    assert list(Attachment.objects.order_by("position").values_list("name", flat=True)) == [
        "一.txt",
        "三.txt",
    ]
    assert TrailEntry.objects.filter(verb="attach", outcome="done").count() == 2


def test_the_words_of_an_attachment_become_findable(office, matter):
    by = office.actor(office.clerk)
    attach(matter, "隐患排查清单见附表".encode(), "attachment", by=by, name="清单.txt")
    outbox.drain()
    assert [hit.matter.pk for hit in search.search(by, "隐患排查").rows] == [matter.pk]
    assert not search.search(office.actor(office.outsider), "隐患排查").rows


def test_a_room_indexes_its_matter_anew_with_the_words_of_its_files(office, matter, monkeypatch):
    monkeypatch.setattr("zhongshu.files.upkeep._indexers", {})
    register_indexer("paper", lambda found: search.index(found, words_of(found)))
    by = office.actor(office.clerk)
    attach(matter, "隐患排查清单见附表".encode(), "attachment", by=by, name="清单.txt")
    attach(matter, samples.docx_bytes("值班安排另发"), "attachment", by=by, name="通知.docx")
    outbox.drain()
    for words in ("隐患排查", "值班安排", "清单", "防汛工作"):
        assert [hit.matter.pk for hit in search.search(by, words).rows] == [matter.pk]


def test_the_form_asks_for_the_promise(client, office, matter):
    client.force_login(office.clerk)
    page = client.get(reverse("files:attach", args=[matter.public_id])).content.decode()
    assert "我确认上传的文件不涉及国家秘密" in page
    assert 'enctype="multipart/form-data"' in page


def test_a_form_opened_elsewhere_does_not_become_stale(office, matter):
    version = matter.version
    attach(matter, b"words", "attachment", by=office.actor(office.clerk), name="a.txt")
    assert Matter.objects.get(pk=matter.pk).version == version
