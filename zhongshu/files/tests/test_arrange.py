"""整理附件: rename, reorder, remove from a draft, declare void afterwards with a reason."""

import pytest
from django.urls import reverse

from zhongshu.base.models import TrailEntry
from zhongshu.base.refusals import Refusal
from zhongshu.files.actions import attach
from zhongshu.files.models import Attachment
from zhongshu.files.queries import attachments_of, body_of
from zhongshu.files.rules import register_guard
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import codes_of
from zhongshu.matters import spine
from zhongshu.matters.models import Matter

pytestmark = pytest.mark.django_db


def address(name, thing):
    return reverse(f"files:{name}", args=[thing.public_id])


def test_the_uploader_removes_it_from_a_draft(client, office, attachment):
    client.force_login(office.clerk)
    assert client.post(address("remove", attachment)).status_code == 302
    assert not Attachment.objects.exists()
    assert TrailEntry.objects.get(verb="remove_attachment").data["sm3"] == attachment.sm3_digest


def test_after_registration_it_can_only_be_declared_void(client, office, attachment):
    Matter.objects.update(phase="registered", number="收〔2026〕1号")
    client.force_login(office.clerk)
    assert codes_of(client.post(address("remove", attachment))) == ["FILE-15"]
    assert client.post(address("void", attachment), {"reason": " "}).status_code == 422
    assert client.post(address("void", attachment), {"reason": "扫描缺页"}).status_code == 302
    attachment.refresh_from_db()
    assert attachment.is_void
    assert (attachment.void_reason, attachment.voided_by_name) == ("扫描缺页", "林晓禾")
    page = client.get(address("pane", attachment.matter), {"file": attachment.public_id}).content.decode()
    assert "扫描缺页" in page


def test_a_reader_of_another_unit_cannot_touch_it(client, office, attachment):
    client.force_login(office.depts[0].liaison)
    assert codes_of(client.post(address("remove", attachment))) == ["FILE-14"]
    assert codes_of(client.post(address("rename", attachment), {"name": "改"})) == ["FILE-14"]
    assert codes_of(client.post(address("void", attachment), {"reason": "改"})) == ["FILE-14"]
    assert Attachment.objects.filter(voided_at=None, name="来文.pdf").exists()


def test_a_new_name_keeps_the_extension(client, office, attachment):
    client.force_login(office.clerk)
    client.post(address("rename", attachment), {"name": "../防汛通知.exe"})
    attachment.refresh_from_db()
    assert attachment.name == "防汛通知.exe.pdf"
    assert TrailEntry.objects.get(verb="rename_attachment").text == "来文.pdf → 防汛通知.exe.pdf"


def test_the_order_of_tabs_is_chosen(client, office, matter):
    by = office.actor(office.clerk)
    one = attach(matter, b"1", "attachment", by=by, name="一.txt")
    two = attach(matter, b"2", "attachment", by=by, name="二.txt")
    body = attach(matter, b"3", "body", by=by, name="正文.txt")
    client.force_login(office.clerk)
    client.post(address("reorder", matter), {"attachment": [two.public_id, one.public_id]})
    assert list(attachments_of(matter)) == [body, two, one]
    assert body_of(matter) == body


def test_a_room_may_say_no(client, office, attachment, upload, matter, monkeypatch):
    monkeypatch.setattr("zhongshu.files.rules._guards", {})
    register_guard("paper", lambda matter, by: [Refusal("DOC-99", "不在您手上")])
    spine.give_part(matter, office.drafter.principal_id, "handler")
    client.force_login(office.drafter)
    assert codes_of(upload("b.pdf", samples.pdf_bytes("b"))) == ["DOC-99"]


def test_who_only_reads_adds_nothing(client, office, upload, matter, monkeypatch):
    monkeypatch.setattr("zhongshu.files.rules._guards", {})
    client.force_login(office.depts[0].liaison)
    assert codes_of(upload("b.pdf", samples.pdf_bytes("b"))) == ["FILE-26"]
    assert "整理附件" not in client.get(address("pane", matter)).content.decode()
    spine.give_part(matter, office.depts[1].liaison.principal_id, "handler")
    client.force_login(office.depts[1].liaison)
    assert upload("b.pdf", samples.pdf_bytes("b")).status_code == 302


def test_the_list_offers_what_may_be_done(client, office, attachment):
    client.force_login(office.clerk)
    page = client.get(address("arrange", attachment.matter)).content.decode()
    assert address("remove", attachment) in page
    assert attachment.sm3_digest in page
    client.force_login(office.depts[0].liaison)
    page = client.get(address("arrange", attachment.matter)).content.decode()
    assert address("remove", attachment) not in page
