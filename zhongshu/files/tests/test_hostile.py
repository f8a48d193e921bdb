"""来者不善: each kind of hostile file gets its own plain word, within bounded time and memory."""

import io
import struct

import pytest
from PIL import Image

from recognize.tests import makers
from recognize.troubles import MESSAGES
from zhongshu.base.refusals import Refused
from zhongshu.files import checks, sandbox
from zhongshu.files.checks import TROUBLES
from zhongshu.files.handing import receive
from zhongshu.files.limits import PHONE_PHOTOS
from zhongshu.files.tests import samples
from zhongshu.files.tests.seeing import seen_by_two
from zhongshu.matters import settings

pytestmark = pytest.mark.django_db


def nested(depth: int) -> bytes:
    data = samples.zip_bytes({"a.txt": b"words"})
    for number in range(depth):
        data = samples.zip_bytes({f"{number}.zip": data})
    return data


def many_pages(count: int) -> bytes:
    """A PDF whose tree of pages names one page ten thousand times."""
    kids = " ".join(["4 0 R"] * count)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    return samples._assembled(objects)


def locked_zip() -> bytes:
    """A DOCX whose parts ask for a password: the bit in each header."""
    data = bytearray(samples.zip_bytes({"word/document.xml": b"<x/>"}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic) + offset
        data[at : at + 2] = struct.pack("<H", 1)
    return bytes(data)


HOSTILE = {
    "bomb in a package": ("通知.docx", samples.bomb_docx_bytes(300), "FILE-06", "异常庞大"),
    "bomb beside the text": (
        "通知.docx",
        samples.zip_bytes({"word/document.xml": b"<x/>", "word/media/a.bin": b"\0" * (200 * 2**20)}),
        "FILE-06",
        "异常庞大",
    ),
    "entities": ("实体.docx", samples.entity_docx_bytes(), "FILE-05", "文档类型声明"),
    "deep nesting": (
        "深.ofd",
        makers.package({"OFD.xml": "<a>" * 300 + "</a>" * 300, "Doc_0/Pages/Page_0/Content.xml": "<a/>"}),
        "",
        "",
    ),
    "macro renamed": (
        "报表.docx",
        samples.zip_bytes({"word/document.xml": b"<x/>", "word/VBAPROJECT.BIN": b"x"}),
        "FILE-01",
        "宏程序",
    ),
    "macro of 1997": ("报表.doc", samples.ole_bytes("_VBA_PROJECT"), "FILE-01", "宏程序"),
    "macro sheet": (
        "报表.xlsx",
        samples.zip_bytes({"xl/workbook.xml": b"<x/>", "xl/macrosheets/sheet1.xml": b"<x/>"}),
        "FILE-01",
        "宏程序",
    ),
    "pdf and zip": (
        "来文.pdf",
        samples.pdf_bytes("x") + samples.zip_bytes({"a.txt": b"x"}),
        "FILE-04",
        "两种格式",
    ),
    "picture and zip": (
        "图.png",
        samples.image_bytes() + samples.zip_bytes({"a.txt": b"x"}),
        "FILE-04",
        "两种格式",
    ),
    "page of the web and pdf": (
        "来文.pdf",
        b"<script>x</script>" + samples.pdf_bytes("x"),
        "FILE-04",
        "两种格式",
    ),
    "program and pdf": ("来文.pdf", b"MZ" + b"\0" * 64 + samples.pdf_bytes("x"), "FILE-04", "两种格式"),
    "picture and script": ("图.gif", b"GIF89a=1;alert(1)//", "FILE-05", "打不开"),
    "ten thousand pages": ("厚.pdf", many_pages(10_000), "FILE-06", "页数过多"),
    "locked pdf": ("锁.pdf", samples.locked_pdf_bytes(), "FILE-05", "打开密码"),
    "locked package": ("锁.docx", locked_zip(), "FILE-05", "打开密码"),
    "hollow ofd": ("空.ofd", samples.zip_bytes({"OFD.xml": b"<x"}), "FILE-05", "打不开"),
    "huge picture": ("大.png", samples.monstrous_png_bytes(), "FILE-06", "异常庞大"),
    "archive in archive": ("材料.zip", nested(3), "FILE-01", "解压后逐个上传"),
    "archives without end": ("材料.zip", nested(40), "FILE-01", "解压后逐个上传"),
}


@pytest.mark.parametrize("case", [case for case, (_, _, code, _) in HOSTILE.items() if code])
def test_each_gets_its_own_word(office, case, empty_store):
    name, data, code, words = HOSTILE[case]
    with pytest.raises(Refused, match=words) as refused:
        receive(data, tenant_id=office.tenant.pk, by=office.actor(office.clerk), name=name)
    assert refused.value.codes == [code]
    assert not empty_store.exists()


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "ofd", "png", "jpeg", "tiff", "doc"])
def test_what_is_cut_anywhere_is_read_or_plainly_refused(kind):
    whole = {
        "pdf": samples.pdf_bytes("words"),
        "docx": samples.docx_bytes(),
        "xlsx": samples.xlsx_bytes([["a"]]),
        "ofd": samples.ofd_bytes("a"),
        "png": samples.image_bytes("PNG", (300, 300)),
        "jpeg": samples.image_bytes("JPEG", (300, 300)),
        "tiff": samples.tiff_bytes(2),
        "doc": samples.ole_bytes("WordDocument", "words"),
    }[kind]
    for share in (0.02, 0.5, 0.97):
        assert outcome_of(whole[: int(len(whole) * share)]) in {"read", "unknown", *TROUBLES}


def outcome_of(data: bytes) -> str:
    try:
        sandbox.read("look", io.BytesIO(data))
    except checks.Trouble as trouble:
        return trouble.code
    return "read"


def test_markup_in_a_text_stays_text(office):
    data = b"<script>alert(1)</script>"
    received = receive(data, tenant_id=office.tenant.pk, by=office.actor(office.clerk), name="a.txt")
    assert received.file_type.content_type == "text/plain"


def test_every_trouble_has_its_word(office):
    """Whatever the library calls a trouble is refused in the office's words, with a code."""
    for code in MESSAGES:
        refused = checks.refused_for(checks.Trouble(code), "pdf", office.tenant.pk)
        assert refused.codes[0].startswith("FILE-")


def photo(maker: str = "", **lens: object) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    if maker:
        exif[0x010F] = maker
    if lens:
        exif.get_ifd(0x8769)[0x829D] = 1.8
    Image.new("RGB", (60, 60), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


PHOTOS = {"telephone": photo("HUAWEI"), "lens": photo("NIKON", f=1.8)}


@pytest.mark.parametrize("kind", PHOTOS)
def test_a_photograph_is_refused_until_the_office_opens_to_it(office, kind):
    given = {"tenant_id": office.tenant.pk, "by": office.actor(office.clerk), "name": "照片.jpg"}
    with pytest.raises(Refused, match="扫描仪") as refused:
        receive(PHOTOS[kind], **given)
    assert refused.value.codes == ["FILE-32"]
    settings.change(PHONE_PHOTOS, True, tenant=office.tenant, by=office.actor(office.sys_admin))
    assert seen_by_two(office, PHOTOS[kind], "照片.jpg").file_type.code == "jpeg"


def test_a_scanners_picture_passes(office):
    assert seen_by_two(office, photo("EPSON"), "扫描.jpg").file_type.code == "jpeg"


@pytest.mark.long
def test_a_minute_of_mutated_files_ends_in_verdicts_and_plain_troubles():
    from bench import fuzz  # noqa: PLC0415 - makes its seeds when it is loaded

    result = fuzz.run(60, seed=7)
    assert result["broken"] == []
    assert result["files"] > 20
