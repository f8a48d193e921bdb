"""成 DOCX: a grid of 22 lines of 28 characters, real levels, odd and even page numbers, and the same bytes each time."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from lxml import etree
from PIL import Image

from typeset.checking.docx import check_docx
from typeset.checking.findings import failed
from typeset.layout.pictures import UnusablePicture
from typeset.model import (
    Attachment,
    Cell,
    Document,
    Figure,
    Formula,
    Head,
    Heading,
    Paragraph,
    Picture,
    Seal,
    Signature,
    Table,
    plain,
)
from typeset.profiles import load_profile
from typeset.reading import read
from typeset.reading.wordml import Para, open_word
from typeset.reading.wordml import Table as WordTable
from typeset.reading.words import close
from typeset.writing.docx import write_docx
from typeset.writing.docx.heads import signer_rows
from typeset.writing.docx.tests.papers import EVERY, LONG, joint, letter, notice, picture, table
from typeset.writing.docx.tests.words import words_of


def para(data: bytes, beginning: str) -> Para:
    return next(each for each in open_word(data).paras if each.text.startswith(beginning))


@pytest.mark.parametrize("name", EVERY)
def test_the_same_content_gives_the_same_bytes(name):
    assert write_docx(EVERY[name]()) == write_docx(EVERY[name]())


@pytest.mark.parametrize("name", EVERY)
def test_another_reader_opens_it(name):
    opened = docx.Document(io.BytesIO(write_docx(EVERY[name]())))
    assert opened.core_properties.title == EVERY[name]().title.replace("\n", "")
    assert "公文正文" in [style.name for style in opened.styles]


@pytest.mark.parametrize("name", EVERY)
def test_going_there_and_back_keeps_every_word(name):
    document = replace(EVERY[name](), attachment_notes=EVERY[name]().named_attachments)
    back = read(write_docx(document)).document
    assert sorted(close(words_of(back))) == sorted(close(words_of(document)))


@pytest.mark.parametrize("name", EVERY)
def test_going_there_and_back_twice_changes_nothing_more(name):
    once = read(write_docx(EVERY[name]())).document
    assert read(write_docx(once)).document == once


def test_headings_have_levels_and_chinese_styles():
    file = docx.Document(io.BytesIO(write_docx(notice())))
    names = {p.style.name: p.style.base_style.name for p in file.paragraphs if "级标题" in p.style.name}
    assert names == {f"公文{cn}级标题": f"Heading {at}" for at, cn in enumerate("一二三四", 1)}
    outlines = [each.outline for each in open_word(write_docx(notice())).paras if each.outline is not None]
    assert outlines[:5] == [0, 1, 2, 3, 0]


def test_the_page_is_a_grid_of_22_by_28():
    section = open_word(write_docx(notice())).sections[0]
    assert (
        round(section.top),
        round(section.left),
        round(section.text_width),
        round(section.text_height),
    ) == (37, 28, 156, 225)
    assert (section.grid, section.pitch) == ("linesAndChars", 28.95)
    advance = 16 + section.char_space
    assert int(section.text_width / 25.4 * 72 / advance) == 28
    assert int(section.text_height / 25.4 * 72 / section.pitch) == 22


def test_page_numbers_stand_outside_and_a_letters_first_page_has_none():
    file = open_word(write_docx(notice()))
    odd, even = (file.sections[0].footers[which][0] for which in ("default", "even"))
    assert file.odd_and_even
    assert (odd.text, odd.align, odd.right, even.align, even.left) == ("— 1 —", "right", 1.0, "left", 1.0)
    first = open_word(write_docx(letter())).sections[0]
    assert first.has_title_page
    assert not any(each.has_page_number for each in first.footers["first"])


def test_attachments_begin_pages_and_tables_repeat_their_heads():
    file = open_word(write_docx(notice()))
    assert [each.breaks_before for each in file.paras if each.text in ("附件1", "附件2")] == [True, True]
    tables = [each for each in file.blocks if isinstance(each, WordTable) and not each.floats]
    assert [each.header_rows for each in tables] == [1, 1]


def test_the_imprint_is_held_at_the_foot_with_two_thick_rules_and_a_thin_one():
    last = next(
        each for each in reversed(open_word(write_docx(notice())).blocks) if isinstance(each, WordTable)
    )
    assert last.floats
    assert [round(last.borders[side].width * 25.4 / 72, 2) for side in ("top", "insideH", "bottom")] == [
        0.35,
        0.26,
        0.35,
    ]


def test_a_seal_is_behind_the_signature_and_without_a_picture_a_ring_is_drawn():
    sealed = para(write_docx(notice()), "云岭县人民政府")
    signature = [
        each for each in open_word(write_docx(notice())).paras if each.pictures and each.pictures[0].floats
    ]
    assert sealed.text
    assert [round(each.pictures[0].width) for each in signature] == [42]
    assert sum(each.rings for each in open_word(write_docx(joint())).paras) == 3


def test_an_unsealed_date_begins_two_characters_right_of_the_signature():
    data = write_docx(
        notice(signatures=(Signature("云岭县发展和改革局"),), note="", attachments=(), imprint=None)
    )
    signature, day = (next(each for each in reversed(open_word(data).paras) if each.text == text)
                      for text in ("云岭县发展和改革局", "2026年6月9日"))  # fmt: skip
    assert signature.right == 2.0
    assert (signature.right + 9) - (day.right + 6) == 2.0
    short = write_docx(notice(signatures=(Signature("县政府"),), note="", attachments=(), imprint=None))
    assert para(short, "2026年6月9日").right == 2.0


def test_the_last_text_and_its_heading_stay_with_the_signature():
    body = (Paragraph(plain("一。")), Heading(1, plain("一、要求")), Paragraph(plain(LONG)))
    with zipfile.ZipFile(io.BytesIO(write_docx(notice(body=body)))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    held = {"".join(p.itertext())[:4] for p in root.iter("{*}p") if p.find("{*}pPr/{*}keepNext") is not None}
    assert {"一、要求", LONG[:4]} <= held
    assert "一。" not in held


def test_the_names_of_signers_stand_two_a_line_and_align():
    assert signer_rows(["王磊"]) == ["王\u3000磊"]
    assert signer_rows(["王磊", "李大山", "赵云"]) == [
        "王\u3000磊\u3000李大山",
        "赵\u3000云\u3000\u3000\u3000\u3000",
    ]


def test_a_merged_table_comes_back_as_it_was():
    rows = (
        (Cell(plain("甲"), columns=2), Cell(plain("乙"), rows=3)),
        (Cell(plain("丙"), rows=2), Cell(plain("丁"))),
        (Cell(plain("戊")),),
    )
    data = write_docx(
        Document(
            kind="plain", title="关于表格的通知", body=(Table(rows, 0, (1, 1, 2)), Paragraph(plain("完。")))
        )
    )
    back = read(data).document.body[0]
    assert isinstance(back, Table)
    assert [[(c.runs[0].text, c.columns, c.rows) for c in row] for row in back.rows] == [
        [(c.runs[0].text, c.columns, c.rows) for c in row] for row in rows
    ]


def test_a_wide_table_lies_on_a_page_of_its_own():
    body = (Paragraph(plain(LONG)), table(is_landscape=True), Paragraph(plain(LONG)))
    sections = open_word(write_docx(notice(body=body))).sections
    assert [each.width > each.height for each in sections] == [False, True, False]
    assert failed(check_docx(write_docx(notice(body=body)))) == []


def test_a_countys_own_rules_are_kept_and_named():
    profile = load_profile("example-county")
    data = write_docx(notice(), profile)
    assert [each.as_line() for each in check_docx(data, profile) if each.verdict in ("fail", "warn")] == []
    differing = {each.code for each in check_docx(data) if each.verdict == "fail"}
    assert "page.area.width" in differing


def test_a_picture_of_another_kind_is_made_one_that_word_knows():
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "blue").save(out, "WEBP")
    data = write_docx(notice(body=(Figure(Picture(out.getvalue())),)))
    assert b"media/image1.png" in data


def test_a_drawing_in_svg_is_drawn():
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50"/></svg>'
    )
    data = write_docx(notice(body=(Figure(Picture(svg), width_mm=100),)))
    shown = next(each.pictures[0] for each in open_word(data).paras if each.pictures)
    assert (shown.part, round(shown.width), round(shown.height)) == ("word/media/image1.png", 100, 50)
    with pytest.raises(UnusablePicture, match="画不出来"):
        write_docx(notice(body=(Figure(Picture(b"<svg broken")),)))


def test_what_is_no_picture_is_refused_in_plain_words():
    with pytest.raises(UnusablePicture, match="已损坏"):
        write_docx(notice(body=(Figure(Picture(b"\x89PNG\r\n\x1a\nrubbish")),)))


def test_a_tall_picture_keeps_within_the_page():
    data = write_docx(notice(body=(Figure(picture(10, 100), width_mm=150),)))
    shown = next(each.pictures[0] for each in open_word(data).paras if each.pictures)
    assert shown.height <= 200.5


@pytest.mark.parametrize(
    "text", ["<w:p>&amp;\"'", "\u3000两端有空白\u3000", "𠮷𡒄珺堃", "第一行\n第二行\t制表"]
)
def test_text_is_written_as_text(text):
    data = write_docx(notice(body=(Paragraph(plain(f"前{text}后")),)))
    assert any(text.split("\n")[0] in each.text for each in open_word(data).paras)


def test_a_bare_document_is_a_document():
    assert open_word(write_docx(Document(kind="plain"))).paras == []
    everything = Document(
        head=Head(("某局",)),
        attachments=(Attachment(""),),
        signatures=(Signature("", Seal()),),
        doc_date=date(2026, 1, 1),
    )
    assert open_word(write_docx(everything)).paras


def test_a_formula_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="公式"):
        write_docx(notice(body=(Formula(r"\frac{a"),)))
