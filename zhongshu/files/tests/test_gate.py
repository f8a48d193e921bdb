"""涉密标志: found in every corner of a file, and not seen in the words that only speak of secrets."""

import io

import docx
import pypdfium2 as pdfium
import pytest
from PIL import Image

from bench.gate import judged, pictures
from bench.gate_papers import CARRIERS, TABLES, TEMPTING, harmless, marked
from zhongshu.files import gate, sandbox
from zhongshu.files.handing import hand_in, receive
from zhongshu.files.reading.troubles import Trouble
from zhongshu.files.tests import samples
from zhongshu.matters import outbox


def reasons_of(data: bytes, name: str = "") -> list[gate.Reason]:
    """Ask the limited process, as an upload does."""
    try:
        found = sandbox.read("look", io.BytesIO(data))["reasons"]
    except Trouble as trouble:
        found = trouble.reasons
    return [*gate.in_name(name), *(gate.Reason(**reason) for reason in found)]


@pytest.mark.parametrize("place", CARRIERS)
def test_a_mark_is_found_in_every_corner(place):
    case = CARRIERS[place]("机密★10年", place)
    assert gate.kind_of(reasons_of(case.data, case.name)) == "classified"


def test_reasons_name_places_and_rules_and_no_word_of_the_file():
    case = CARRIERS["DOCX 页眉"]("机密★10年", "")
    said = str([reason.as_json() for reason in reasons_of(case.data)])
    assert "页眉页脚" in said
    assert "机密" not in said


@pytest.mark.parametrize("words", [*TEMPTING, *TABLES])
def test_words_about_secrets_are_no_mark(words):
    assert list(gate.in_text("正文", words)) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("机 密 ★ 20 年", "classified"),
        ("机\n密\n★\n十年", "classified"),
        ("机密\n★10年", "classified"),
        ("密级\n秘密\n保密期限", "classified"),
        ("机\u200b密★", "classified"),
        ("秘密 5年 特急", "classified"),
        ("000001 绝密・长期", "classified"),
        ("密级：□绝密 ☑机密 □秘密", "classified"),
        ("本材料属于国家秘密", "classified"),
        ("关于演练的通知（秘密）", "classified"),
        ("机密", "doubtful"),
        ("标志写作“机密★10年”，用3号黑体", "doubtful"),
        ("绝密\n机密\n秘密", "clean"),
        ("商业秘密★", "clean"),
        ("泄露国家秘密三年以下有期徒刑", "clean"),
        ("这是一次秘密\n三天内完成", "clean"),
    ],
)
def test_how_a_mark_is_written(words, kind):
    assert gate.kind_of(gate.in_text("正文", words)) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("机密★10年 通知.pdf", "classified"),
        ("【秘密】通知.txt", "classified"),
        ("机密.pdf", "classified"),
        ("来文-秘密.docx", "classified"),
        ("通知（机密）.docx", "classified"),
        ("机密文件管理办法.docx", "clean"),
        ("商业秘密保护.docx", "clean"),
        ("学习保守国家秘密法.pdf", "clean"),
    ],
)
def test_names(name, kind):
    assert gate.kind_of(gate.in_name(name)) == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("秘密大5年", "classified"),
        ("机蜜女1O年", "classified"),
        ("绝密 长期", "classified"),
        ("机密", "doubtful"),
        ("机蜜", "doubtful"),
        ("保守秘密是公民的义务", "clean"),
        ("秘书科10年总结", "clean"),
    ],
)
def test_what_a_poor_picture_makes_of_a_mark(words, kind):
    assert gate.kind_of(gate.in_text("识别文字", words, is_blurred=True)) == kind


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("工作秘密★3年\n通知", "work_secret"),
        ("内部资料 注意保存\n简报", "internal"),
        ("内部", "internal"),
        ("内部管理办法\n工作秘密应当保护", ""),
    ],
)
def test_marks_of_the_office_suggest_a_label(words, label):
    assert gate.suggested_label([words]) == label


def test_an_archive_shows_the_names_inside_before_it_is_refused():
    data = samples.zip_bytes({"通知/机密★10年 名单.txt": b"words"})
    assert gate.kind_of(reasons_of(data)) == "classified"
    assert reasons_of(samples.zip_bytes({"通知/名单.txt": b"words"})) == []


def test_what_is_written_into_a_picture_about_itself_counts():
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "机密★10年".encode()
    Image.new("RGB", (40, 40)).save(out, "JPEG", exif=exif)
    assert gate.kind_of(reasons_of(out.getvalue())) == "classified"


def seen_by_eye(data: bytes) -> str:
    answer = sandbox.read("layer", io.BytesIO(data), room=sandbox.ROOMY, wall=120, eyes=True)
    return gate.kind_of(gate.Reason(**reason) for reason in answer["reasons"])


def test_a_mark_on_a_picture_is_read_alone_or_pasted_into_a_document():
    scan = next(pictures(1), None)
    if scan is None:
        pytest.skip("没有中文字体，画不出标志")
    assert seen_by_eye(scan.data) == "classified"
    document = docx.Document()
    document.add_paragraph("会议照片如下。")
    document.add_picture(io.BytesIO(scan.data))
    out = io.BytesIO()
    document.save(out)
    assert seen_by_eye(out.getvalue()) == "classified"


@pytest.mark.long
def test_none_of_the_made_papers_is_missed_and_none_alarms():
    """What `python -m bench.gate` counts, without the real papers and the pictures."""
    missed = [case for case in marked() if gate.kind_of(judged(case)) != "classified"]
    alarms = [case for case in harmless(500) if judged(case)]
    assert [(case.name, case.about) for case in (*missed, *alarms)] == []


@pytest.mark.django_db
def test_a_marked_scan_behind_a_printed_page_does_not_come_in_by_a_form(office, settings, tmp_path):
    settings.ZHONGSHU_BLOBS_DIR = tmp_path / "blobs"
    scan = next(pictures(1), None)
    if scan is None:
        pytest.skip("没有中文字体，画不出标志")
    page = io.BytesIO()
    Image.open(io.BytesIO(scan.data)).convert("RGB").save(page, "PDF", resolution=150)
    both = pdfium.PdfDocument(samples.pdf_bytes("A printed page of words"))
    both.import_pages(pdfium.PdfDocument(page.getvalue()))
    out = io.BytesIO()
    both.save(out)
    by = office.actor(office.clerk)
    drop = hand_in(out.getvalue(), tenant_id=by.office, by=by, name="反馈.pdf")
    assert drop.state == "waiting"
    outbox.drain()
    drop.refresh_from_db()
    assert drop.state == "stopped"
    assert receive(
        samples.pdf_bytes("A printed page of words"), tenant_id=by.office, by=by, name="反馈.pdf"
    ).has_text
