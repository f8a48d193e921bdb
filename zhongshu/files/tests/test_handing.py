"""表单交文件: what needs no eye is given at once, all else waits; nothing a machine left out passes by itself."""

import io

import docx
import pytest
from PIL import Image

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.files import blobs, handing, sandbox
from zhongshu.files.limits import EYE_PAGES, MOST_DROPS
from zhongshu.files.models import Drop
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import set_to
from zhongshu.matters import outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand_in(office):
    """Return a callable that hands a file in as a liaison."""
    by = office.actor(office.depts[0].liaison)

    def handed(data: bytes, name: str) -> Drop:
        return handing.hand_in(data, tenant_id=office.tenant.pk, name=name, by=by)

    return handed


def with_pictures(count: int) -> bytes:
    """Write a document of words with pictures large enough to be scanned pages."""
    document = docx.Document()
    document.add_paragraph("现将排查情况和现场照片报告如下，请审阅。" * 10)
    for number in range(count):
        out = io.BytesIO()
        Image.effect_noise((300, 400 + number), 60).save(out, "PNG")
        out.seek(0)
        document.add_picture(out)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("反馈.pdf", samples.pdf_bytes("A printed page of words, long enough to be one")),
        ("反馈.docx", samples.docx_bytes("已完成排查。")),
        ("名单.xlsx", samples.xlsx_bytes([["姓名"], ["张三"]])),
        ("反馈.ofd", samples.ofd_bytes("已完成排查")),
        ("反馈.txt", "已完成排查".encode()),
    ],
)
def test_what_a_machine_reads_whole_passes_at_once(hand_in, name, data):
    drop = hand_in(data, name)
    assert (drop.state, drop.name, drop.quarantine_id) == ("clean", name, "")
    assert blobs.is_there(drop.tenant_id, drop.sm3_digest)
    assert outbox.pending().filter(topic="files.inspect").count() == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("扫描.pdf", samples.scan_pdf_bytes()),
        ("扫描.png", samples.image_bytes("PNG")),
        ("扫描.tif", samples.tiff_bytes(2)),
        ("照片.docx", with_pictures(1)),
    ],
)
def test_what_needs_an_eye_is_left_to_the_worker(hand_in, empty_store, name, data):
    drop = hand_in(data, name)
    assert (drop.state, drop.name, bool(drop.quarantine_id)) == ("waiting", "", True)
    assert not empty_store.exists()
    assert outbox.pending().filter(topic="files.inspect").count() == 1
    with pytest.raises(Refused) as refused:
        handing.received(drop, by=Actor(drop.owner_id, "", tenant_id=drop.tenant_id))
    assert refused.value.codes == ["FILE-58"]


def test_without_a_turn_it_is_left_to_the_worker(hand_in, empty_store, monkeypatch):
    def busy(*_: object, **__: object) -> None:
        raise sandbox.Busy

    monkeypatch.setattr(sandbox, "read", busy)
    drop = hand_in("已完成排查".encode(), "反馈.txt")
    assert drop.state == "waiting"
    assert not empty_store.exists()
    monkeypatch.undo()
    outbox.drain()
    drop.refresh_from_db()
    assert drop.state == "clean"


def test_pictures_beyond_those_that_are_read_ask_for_a_person(office, hand_in, empty_store):
    set_to(office, EYE_PAGES, 1)
    drop = hand_in(with_pictures(2), "照片.docx")
    outbox.drain()
    drop.refresh_from_db()
    assert drop.state == "unread"
    assert not empty_store.exists()


def test_all_pictures_read_ask_for_nobody(hand_in):
    drop = hand_in(with_pictures(2), "照片.docx")
    outbox.drain()
    drop.refresh_from_db()
    assert drop.state == "clean"


def test_a_name_that_is_marked_is_stopped_before_it_is_shown(hand_in, empty_store):
    drop = hand_in(samples.scan_pdf_bytes(), "机密★10年 名单.pdf")
    assert (drop.state, drop.quarantine_id) == ("stopped", "")
    assert not empty_store.exists()
    with pytest.raises(Refused) as refused:
        handing.received(drop, by=Actor(drop.owner_id, "", tenant_id=drop.tenant_id))
    assert refused.value.codes == ["DOC-01"]
    assert handing.name_of(drop) == "未命名文件"


def test_forms_do_not_fill_the_quarantine_either(office, hand_in):
    set_to(office, MOST_DROPS, 1)
    hand_in(samples.scan_pdf_bytes("one"), "一.pdf")
    with pytest.raises(Refused) as refused:
        hand_in(samples.scan_pdf_bytes("two"), "二.pdf")
    assert refused.value.codes == ["FILE-40"]
