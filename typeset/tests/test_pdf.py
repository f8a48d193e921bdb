"""PDF: searchable, bookmarked, the same bytes each time; nothing alone on a page; no character lost."""

import datetime
import io
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from bench.typeset_papers import paragraphs, special, table, usual
from typeset.fonts import Faces
from typeset.layout.pictures import UnusablePicture
from typeset.model import (
    Attachment,
    Figure,
    Formula,
    Heading,
    Paragraph,
    Picture,
    Run,
    Seal,
    Signature,
    plain,
)
from typeset.profiles import load_profile
from typeset.tests.reading import sheets
from typeset.writing.pdf import write_pdf, write_pdf_and_coverage
from typeset.writing.png import write_png, write_svg

pytestmark = pytest.mark.skipif(
    Faces.find().face("fangsong") is None, reason="没有中文字体，排不出公文；请运行 ./run --prepare"
)


def drawn(size: tuple[int, int] = (60, 60)) -> Picture:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "PNG")
    return Picture(out.getvalue())


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_words_can_be_read_back():
    pages = sheets(write_pdf(usual()))
    whole = squeezed("".join(page.text for page in pages))
    assert "云政办发〔2026〕12号" in whole
    for block in usual().body:
        assert squeezed("".join(run.text for run in block.runs)) in whole.replace("—2—", "").replace(
            "—3—", ""
        )


def test_the_same_content_gives_the_same_bytes():
    assert write_pdf(usual()) == write_pdf(usual())
    assert write_pdf(usual(note="此件不公开")) != write_pdf(usual())


def test_it_is_an_archival_pdf_with_title_and_bookmarks():
    made = write_pdf(usual(attachments=(Attachment("隐患排查表", paragraphs(1)),)))
    assert b"<pdfaid:part>2" in made
    with pypdfium2.PdfDocument(made) as document:
        assert document.get_metadata_dict()["Title"] == usual().title
        marks = [(mark.get_title(), mark.level) for mark in document.get_toc()]
    assert marks[0] == (usual().title, 0)
    assert ("一、压实工作责任", 1) in marks
    assert ("（二）全面排查隐患。", 2) in marks
    assert marks[-2][0] == "附件 隐患排查表"


def test_markup_is_only_text():
    words = '#set page(width: 1mm) $x$ *粗* _斜_ `码` <标签> @引用 \\ // 注释 #read("/etc/passwd") = 标题'
    pages = sheets(write_pdf(usual(body=(Paragraph(plain(words)),), title="关于#text的通知")))
    assert squeezed(words) in squeezed(pages[0].text)
    assert "关于#text的通知" in pages[0].text


@pytest.mark.parametrize("count", range(1, 13))
def test_signature_and_date_stand_with_text(count):
    """Whatever the length, the page of the date begins with text of the paper, and the last line but a 版记 is even."""
    text = "请各单位结合实际认真抓好贯彻落实，重大情况及时向县政府报告。"
    pages = sheets(write_pdf(usual(body=(*paragraphs(3), *[Paragraph(plain(text * 3))] * count), note="")))
    at = next(index for index, page in enumerate(pages) if "\n2026年6月9日" in page.text)
    first = pages[at].text.split("\n")[0]
    assert "云岭县人民政府办公室" not in first.replace("云岭县人民政府办公室文件", "")
    assert len(pages) % 2 == 0
    assert "印发" in pages[-1].text


def test_seal_date_and_name_lie_over_each_other():
    seal = Seal(drawn())
    made = write_pdf(usual(body=paragraphs(1), signatures=(Signature("云岭县人民政府", seal),), note=""))
    at, page = next(
        (at, page) for at, page in enumerate(sheets(made)) if "云岭县人民政府\n2026年" in page.text
    )
    left, _top, right, bottom = page.place("2026年6月9日")
    name = page.place("云岭县人民政府2026")
    with pypdfium2.PdfDocument(made) as document:
        image = next(each for each in document[at].get_objects() if each.type == 3)
        x0, y0, x1, y1 = (edge * 25.4 / 72 for edge in image.get_bounds())
    assert abs((x0 + x1) / 2 - (left + right) / 2) < 1
    assert 297 - y1 < name[1]
    assert 297 - y0 > bottom
    # The date ends four characters from the edge of the text area (7.3.5.1).
    assert abs(184 - right - 4 * 5.571) < 2


def test_page_numbers_stand_outside():
    pages = sheets(write_pdf(usual()))
    assert pages[0].place("—1—")[2] > 170
    assert pages[1].place("—2—")[0] < 40


def test_a_letter_has_no_number_on_its_first_page():
    pages = sheets(write_pdf(dict(special())["letter"]))
    assert "— 1 —" not in pages[0].text
    assert "— 2 —" in pages[1].text


def test_a_long_table_repeats_its_head():
    pages = sheets(write_pdf(usual(attachments=(Attachment("分解表", (table(60),)),))))
    with_rows = [page for page in pages if "县自然资源局、各乡镇" in page.text]
    assert len(with_rows) > 2
    assert all("工作任务" in page.text and "完成时限" in page.text for page in with_rows)
    # No row is parted: each page has its rows whole.
    assert all(page.text.count("逐点") == page.text.count("各乡镇人") for page in with_rows)


def test_a_table_set_crosswise_runs_up_the_page_on_pages_of_the_same_size():
    made = write_pdf(usual(attachments=(Attachment("分解表", (table(30, is_landscape=True),)),)))
    with pypdfium2.PdfDocument(made) as document:
        assert {tuple(round(edge) for edge in page.get_size()) for page in document} == {(595, 842)}
    page = next(page for page in sheets(made) if "工作任务" in page.text)
    left, top, right, bottom = page.place("责任单位")
    assert bottom - top > right - left


def test_text_goes_on_in_the_grid_after_a_table_figure_and_formula():
    blocks = (
        Paragraph(plain("前文。")),
        Figure(drawn((300, 120)), "图1　流程"),
        Formula(r"得分=\frac{甲_{1}+乙}{\sqrt{丙}}\times100\percent", "（1）"),
        table(2),
        Paragraph(plain("后文落在行上。")),
    )
    pages = sheets(write_pdf(usual(kind="plain", title="", main_recipients="", body=blocks, imprint=None)))
    page = next(page for page in pages if "后文" in page.text)
    lines = (page.place("后文落在行上")[1] - 37) / 10.449
    assert abs(lines - round(lines)) < 0.12
    assert "得分" in pages[0].text


def test_rare_characters_are_drawn_and_reported():
    made, coverage = write_pdf_and_coverage(usual(body=(Paragraph(plain("李𬭎、王𠮷、张\U0003fffd参加。")),)))
    text = "".join(page.text for page in sheets(made))
    assert "𬭎" in text or "𬭎" in coverage.missing
    assert "\U0003fffd" in coverage.missing
    assert "3FFFD" in text


def test_the_looks_of_runs():
    runs = (
        Run("面积10 m"),
        Run("2", position="super"),
        Run("必须", bold=True),
        Run("注", footnote="据统计局资料。"),
    )
    text = "".join(page.text for page in sheets(write_pdf(usual(body=(Paragraph(runs),)))))
    assert "据统计局资料" in text
    assert "必须" in text


def test_a_county_profile_moves_the_text():
    left = sheets(write_pdf(usual(), load_profile("example-county")))[1].places[0][1]
    assert left < sheets(write_pdf(usual()))[1].places[0][1]


@pytest.mark.parametrize("more", range(6))
def test_no_page_is_left_blank_before_the_imprint(more):
    """Where it finds no room under the text of an even page, the last lines go on to the next one."""
    rows = tuple(Paragraph(plain("短行。")) for _ in range(26 + more))
    pages = sheets(write_pdf(usual(body=rows, note="", signatures=(), doc_date=None)))
    assert len(pages) % 2 == 0
    assert "印发" in pages[-1].text
    assert [f"— {number} —" in page.text for number, page in enumerate(pages, start=1)] == [True] * len(pages)
    assert all("短行" in page.text for page in pages[:-1])


def test_images_of_pages():
    assert write_png(usual(), ppi=72)[0].startswith(b"\x89PNG")
    assert write_svg(usual())[0].startswith(b"<svg")
    assert len(write_png(usual(), ppi=40)) == len(sheets(write_pdf(usual())))


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\nbroken",
        drawn().data[:-30],
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
    ],
)
def test_a_broken_picture_is_refused(data):
    with pytest.raises(UnusablePicture):
        write_pdf(usual(body=(Figure(Picture(data)),)))
    assert write_pdf(usual())


def test_words_without_end_stay_on_the_paper():
    body = (
        Paragraph(plain("汉" * 3000)),
        Paragraph(plain("x" * 3000)),
        Heading(1, plain("一、" + "长" * 200)),
    )
    for page in sheets(write_pdf(usual(body=body, title="题" * 120))):
        assert all(left > -1 and right < 211 for _letter, left, _top, right, _bottom in page.places)


def test_an_order_names_the_post_before_the_name():
    page = sheets(write_pdf(dict(special())["order"]))[0]
    post, name = page.place("县长"), page.place("陆承安")
    assert post[2] < name[0]
    assert abs(184 - name[2] - 4 * 5.571) < 3


def test_organs_of_a_joint_paper_stand_under_each_other_in_one_width():
    page = sheets(write_pdf(dict(special())["joint"]))[0]
    first, second = page.place("云岭县人民政府办公室"), page.place("云岭县发展和改革局")
    assert first[3] <= second[1] + 1
    assert abs(first[0] - second[0]) < 1
    assert abs(first[2] - second[2]) < 1.5


def test_a_date_of_one_digit_has_no_nought():
    text = "".join(
        page.text for page in sheets(write_pdf(replace(usual(), doc_date=datetime.date(2026, 1, 2))))
    )
    assert "2026年1月2日" in text
