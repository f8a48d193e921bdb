"""接收检查: what is refused, with its code and the way out, and that nothing of it is kept."""

import time

import pytest

from zhongshu.base.models import TrailEntry
from zhongshu.base.refusals import Refused
from zhongshu.files import names
from zhongshu.files.handing import receive
from zhongshu.files.models import Attachment
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import codes_of
from zhongshu.files.tests.seeing import seen_by_two

pytestmark = pytest.mark.django_db

SOUND = {
    "来文.pdf": (samples.pdf_bytes("ok"), "application/pdf"),
    "纪要.docx": (
        samples.docx_bytes(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "名单.xlsx": (
        samples.xlsx_bytes([["姓名"], ["张三"]]),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "版式.ofd": (samples.ofd_bytes("正文"), "application/ofd"),
    "照片.jpg": (samples.image_bytes("JPEG"), "image/jpeg"),
    "扫描.tif": (samples.tiff_bytes(2), "image/tiff"),
    "说明.txt": ("中文说明".encode("gbk"), "text/plain"),
    "旧文.doc": (samples.ole_bytes("WordDocument"), "application/msword"),
    "旧文.wps": (samples.ole_bytes("WordDocument"), "application/msword"),
}
REFUSED = {
    "empty": ("空.pdf", b"", "FILE-03"),
    "program": ("工具.exe", b"MZ" + b"\0" * 100, "FILE-01"),
    "archive": ("材料.zip", samples.zip_bytes({"a.txt": b"a"}), "FILE-01"),
    "page of the web": ("网页.html", b"<html></html>", "FILE-01"),
    "no extension": ("无扩展名", b"text", "FILE-01"),
    "program named pdf": ("程序.pdf", b"MZ\x90\0" + b"\0" * 100, "FILE-04"),
    "picture named pdf": ("图.pdf", samples.image_bytes(), "FILE-04"),
    "pdf named docx": ("文.docx", samples.pdf_bytes("x"), "FILE-04"),
    "sheet named docx": ("表.docx", samples.xlsx_bytes([["a"]]), "FILE-04"),
    "macro": (
        "宏.docx",
        samples.zip_bytes({"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"}),
        "FILE-01",
    ),
    "cut docx": ("断.docx", samples.docx_bytes()[:2000], "FILE-05"),
    "hollow docx": ("坏.docx", samples.zip_bytes({"word/document.xml": b"not xml"}), "FILE-05"),
    "entities": ("实体.docx", samples.entity_docx_bytes(), "FILE-05"),
    "cut pdf": ("断.pdf", b"%PDF-1.4\n1 0 obj\n<<", "FILE-05"),
    "locked pdf": ("锁.pdf", samples.locked_pdf_bytes(), "FILE-05"),
    "locked docx": ("锁.docx", samples.ole_bytes("EncryptedPackage"), "FILE-05"),
    "cut image": ("断.png", samples.image_bytes(size=(900, 900))[:300], "FILE-05"),
    "monstrous image": ("大.png", samples.monstrous_png_bytes(), "FILE-06"),
    "too many parts": (
        "碎.docx",
        samples.zip_bytes({"word/document.xml": b"<x/>"} | {f"p{n}": b"" for n in range(5001)}),
        "FILE-06",
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_an_office_works_with_is_taken(office, name):
    data, content_type = SOUND[name]
    received = seen_by_two(office, data, name)
    assert (received.name, received.file_type.content_type) == (name, content_type)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_leaves_no_bytes_and_a_line_in_the_trail(office, case, empty_store):
    name, data, code = REFUSED[case]
    with pytest.raises(Refused) as refused:
        receive(data, tenant_id=office.tenant.pk, by=office.actor(office.clerk), name=name)
    assert refused.value.codes == [code]
    assert not empty_store.exists()
    entry = TrailEntry.objects.get(verb__in=("refuse_file", "refuse_drop"))
    assert entry.data["codes"] == [code]


def test_a_zip_bomb_gets_a_clear_answer_in_bounded_time(client, office, upload, empty_store):
    client.force_login(office.clerk)
    bomb = samples.bomb_docx_bytes(300)
    assert len(bomb) < 2**20
    began = time.monotonic()
    response = upload("通知.docx", bomb)
    assert time.monotonic() - began < 20
    assert codes_of(response) == ["FILE-06"]
    assert "异常庞大" in response.content.decode()
    assert not Attachment.objects.exists()


def test_an_endless_parser_is_stopped(office, monkeypatch):
    monkeypatch.setattr("zhongshu.files.sandbox.WALL_SECONDS", 0.01)
    with pytest.raises(Refused) as refused:
        receive(
            samples.pdf_bytes("x"), tenant_id=office.tenant.pk, by=office.actor(office.clerk), name="a.pdf"
        )
    assert refused.value.codes == ["FILE-06"]


def test_a_type_the_office_refuses_is_named(office, monkeypatch):
    monkeypatch.setattr(
        "zhongshu.files.limits.settings.get",
        lambda key, tenant: {"files.refused_types": ["txt"]}.get(key, 100),
    )
    with pytest.raises(Refused, match=r"不能上传 \.txt 文件。可以上传：PDF"):
        receive(b"words", tenant_id=office.tenant.pk, by=office.actor(office.clerk), name="a.txt")


def test_a_type_has_its_own_limit(office):
    with pytest.raises(Refused, match="文本最大 10 MB"):
        receive(b"a" * (11 * 2**20), tenant_id=office.tenant.pk, by=office.actor(office.clerk), name="a.txt")


def test_a_png_called_jpg_is_renamed_not_refused(office):
    received = seen_by_two(office, samples.image_bytes("PNG"), "截图.jpg")
    assert (received.name, received.file_type.code) == ("截图.png", "png")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\文件\\来文.PDF", "来文.pdf"),
        ("通知\u202efdp.exe.txt", "通知fdp.exe.txt"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ('问"号"?<b>.docx', "问_号___b_.docx"),
        ("...", "未命名"),
        ("con.txt", "_con.txt"),
        ("字" * 300 + ".pdf", "字" * 116 + ".pdf"),
    ],
)
def test_names_are_made_harmless(given, kept):
    assert names.clean(given) == kept


@pytest.mark.parametrize(
    ("scanner", "codes"),
    [
        ("grep -q harmless", []),
        ("sh -c '! grep -q harmless'", ["FILE-25"]),
        ("sh -c 'exit 2'", ["FILE-08"]),
        ("/no/such/scanner", ["FILE-08"]),
    ],
)
def test_the_offices_virus_scanner_has_the_last_word(office, settings, scanner, codes, empty_store):
    settings.ZHONGSHU_VIRUS_SCANNER = scanner
    found = []
    try:
        receive(b"harmless", tenant_id=office.tenant.pk, by=office.actor(office.clerk), name="a.txt")
    except Refused as refused:
        found = refused.codes
    assert found == codes
    assert empty_store.exists() == (not codes)
