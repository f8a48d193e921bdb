"""读文字层: each format gives the same pages and lines, with boxes where it has them."""

import io

import pypdfium2 as pdfium
import pytest
import xlsxwriter

from recognize import read
from recognize.tests.makers import docx, ofd, paragraphs, pdf


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_text_in_every_encoding_of_the_office(encoding):
    layer = read("云岭县人民政府\n关于防汛的通知〔2026〕".encode(encoding))
    assert [line.text for line in layer.lines] == ["云岭县人民政府", "关于防汛的通知〔2026〕"]


def test_a_form_feed_begins_a_page():
    assert [(line.page, line.number) for line in read("一\n二\f三".encode()).lines] == [
        (1, 0),
        (1, 1),
        (2, 2),
    ]


def test_pdf_gives_a_box_for_each_line_and_word():
    layer = read(
        pdf([[(79.4, 700, 16, "云岭县财政局"), (300, 700, 16, "签发人")], [(79.4, 600, 16, "第二页")]])
    )
    first, second = layer.lines
    assert (first.text, first.page, second.text, second.page) == ("云岭县财政局 签发人", 1, "第二页", 2)
    assert [word.text for word in first.words] == ["云岭县财政局", "签发人"]
    assert first.words[0].box.left == pytest.approx(79.4 / 595.28, abs=0.01)
    assert first.words[0].box.right == pytest.approx((79.4 + 6 * 16) / 595.28, abs=0.01)
    assert first.box.top < (841.89 - 700) / 841.89 < first.box.bottom + 0.01


@pytest.mark.parametrize(
    ("rotation", "corner"), [(0, (0.13, 0.05)), (90, (0.95, 0.13)), (180, (0.87, 0.95)), (270, (0.05, 0.87))]
)
def test_boxes_of_a_turned_pdf_are_on_the_page_as_it_is_shown(rotation, corner):
    """The first letter of a line in the upper left, wherever the page's turn takes it."""
    document = pdfium.PdfDocument(pdf([[(80, 790, 20, "云")]]))
    document[0].set_rotation(rotation)
    file = io.BytesIO()
    document.save(file)
    box = read(file.getvalue()).lines[0].words[0].box
    assert box.left - 0.03 < corner[0] < box.right + 0.03
    assert box.top - 0.03 < corner[1] < box.bottom + 0.03


def test_pdf_lines_come_from_top_to_bottom_whatever_their_order_in_the_file():
    layer = read(pdf([[(80, 300, 16, "下"), (80, 500, 16, "上"), (80, 400, 16, "中")]]))
    assert [line.text for line in layer.lines] == ["上", "中", "下"]


def test_a_page_without_text_is_named():
    assert read(pdf([[(80, 300, 16, "字")], []])).pages_without_text == (2,)


def test_ofd_gives_boxes_in_fractions_of_the_page():
    layer = read(ofd([(28.0, 37.0, "云岭县水务局"), (28.0, 47.4, "关于巡查的函")]))
    assert [line.text for line in layer.lines] == ["云岭县水务局", "关于巡查的函"]
    box = layer.lines[0].box
    assert box.left == pytest.approx(28 / 210, abs=0.002)
    assert box.right == pytest.approx((28 + 6 * 5.6) / 210, abs=0.002)
    assert box.top == pytest.approx(37 / 297, abs=0.003)


def test_ofd_letters_go_through_their_matrix():
    scaled = (
        '<ofd:TextObject Boundary="100 100 50 10" CTM="0.5 0 0 0.5 0 0" Size="10">'
        '<ofd:TextCode X="20" Y="10" DeltaX="10">放大</ofd:TextCode></ofd:TextObject>'
    )
    box = read(ofd([(28.0, 37.0, "字")], extra=scaled)).lines[1].box
    assert (box.left * 210, box.right * 210) == (pytest.approx(110), pytest.approx(120))


def test_docx_counts_automatic_numbers_and_leaves_out_what_was_deleted():
    numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
    body = (
        numbered.format("总体要求")
        + numbered.format("工作任务")
        + "<w:p><w:del><w:r><w:delText>删去的</w:delText></w:r></w:del><w:ins><w:r><w:t>留下的</w:t></w:r></w:ins></w:p>"
    )
    levels = (
        "<w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
        "<w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
    )
    assert [line.text for line in read(docx(body, numbering=levels)).lines] == [
        "一、总体要求",
        "二、工作任务",
        "留下的",
    ]


def test_docx_tables_boxes_breaks_and_running_heads():
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    box = "<w:r><w:pict><w:txbxContent>" + paragraphs("框里的字") + "</w:txbxContent></w:pict></w:r>"
    body = (
        f"<w:p>{box}<w:r><w:t>正文</w:t><w:br/><w:t>换行</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{cell.format('单位')}{cell.format('时限')}</w:tr></w:tbl>"
        "<w:p><w:r><w:br w:type='page'/><w:t>新页</w:t></w:r></w:p>"
    )
    layer = read(docx(body, header1=paragraphs("内部资料")))
    assert [(line.text, line.page, line.part) for line in layer.lines] == [
        ("内部资料", 1, "header"),
        ("框里的字", 1, "body"),
        ("正文", 1, "body"),
        ("换行", 1, "body"),
        ("单位\t时限", 1, "table"),
        ("新页", 2, "body"),
    ]


def test_xlsx_rows_are_lines():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["序号", "事项"])
        sheet.write_row(2, 0, [1, "防汛"])
    assert [line.text for line in read(file.getvalue()).lines] == ["序号\t事项", "1\t防汛"]
