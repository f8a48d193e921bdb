"""没有读懂的如实说: whatever a DOCX has besides plain text is either carried or told of."""

import pytest

from typeset.model import Figure, Formula, Paragraph, Table
from typeset.reading import read
from typeset.reading.tests.makers import docx, package, para
from typeset.writing.docx.tests.papers import picture

TITLE = para("关于开会的通知", '<w:jc w:val="center"/>', '<w:sz w:val="44"/>')
RUN = "<w:r><w:t>{}</w:t></w:r>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BOX = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{para('框里的字')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


def field(code: str, shown: str) -> str:
    return (
        FIELD.format("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + FIELD.format("separate")
        + RUN.format(shown) + FIELD.format("end")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("inner", "kind", "kept"),
    [
        (BOX, "textbox", ""),
        (f'<w:ins w:author="甲">{RUN.format("插入")}</w:ins>', "inserted", "插入"),
        ("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", "deleted", ""),
        (field(" REF 甲 ", "第二章"), "field", "第二章"),
        (field(' TOC \\o "1-3" ', "目录的字"), "toc", ""),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>", "hidden", ""),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "element", "□"),
        ("<w:r><w:object/></w:r>", "object", ""),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "footnote", ""),
        ("<w:unheardOf><w:r><w:t>怪字</w:t></w:r></w:unheardOf>", "element", "怪字"),
    ],
)
def test_each_is_told_and_its_words_are_kept_or_named(inner, kind, kept):
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote>'
    reading = read(
        docx(f"{TITLE}<w:p>{RUN.format('前。')}{inner}{RUN.format('后。')}</w:p>", footnotes=notes)
    )
    assert kind in [each.kind for each in reading.oddities]
    block = reading.document.body[0]
    assert isinstance(block, Paragraph)
    assert block.text == f"前。{kept}后。"


def test_plain_text_raises_no_oddity():
    assert read(docx(TITLE + para("请准时参加。"))).oddities == ()


def test_comments_and_running_heads_are_told():
    sect = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    rels = '<Relationship Id="rId1" Target="header1.xml"/>'
    comments = '<w:comment w:author="甲"><w:p><w:r><w:t>批一句</w:t></w:r></w:p></w:comment>'
    reading = read(docx(TITLE + para("请参加。") + sect, rels, comments=comments, header1=para("内部资料")))
    assert {(each.kind, each.text) for each in reading.oddities} == {
        ("comment", "批一句"),
        ("header", "内部资料"),
    }


def test_a_page_number_alone_is_no_oddity():
    sect = '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/></w:sectPr>'
    rels = '<Relationship Id="rId1" Target="footer1.xml"/>'
    foot = f"<w:p>{RUN.format('— ')}{field(' PAGE ', '1')}{RUN.format(' —')}</w:p>"
    assert read(docx(TITLE + para("请参加。") + sect, rels, footer1=foot)).oddities == ()


def test_a_table_keeps_its_merged_cells_and_head():
    def cell(text: str, props: str = "") -> str:
        return f"<w:tc><w:tcPr>{props}</w:tcPr>{para(text)}</w:tc>"

    wide, deep = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    rows = (
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('甲', wide)}</w:tr><w:tr>{cell('乙', deep)}{cell('丙')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('丁')}</w:tr>"
    )
    grid = '<w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="3000"/></w:tblGrid>'
    document = read(docx(TITLE + para("见下表。") + f"<w:tbl>{grid}{rows}</w:tbl>" + para("完。"))).document
    table = document.body[1]
    assert isinstance(table, Table)
    assert [[(c.runs[0].text, c.columns, c.rows) for c in row] for row in table.rows] == [
        [("甲", 2, 1)], [("乙", 1, 2), ("丙", 1, 1)], [("丁", 1, 1)],
    ]  # fmt: skip
    assert (table.header_rows, table.widths) == (1, (0.25, 0.75))


def test_a_picture_becomes_a_figure_and_one_that_is_missing_is_told():
    drawing = (
        '<w:drawing><wp:inline xmlns:wp="wp"><wp:extent cx="1800000" cy="900000"/><a:blip xmlns:a="a" r:embed="{}"/>'
        "</wp:inline></w:drawing>"
    )
    body = "".join(f"<w:p><w:r>{drawing.format(key)}</w:r></w:p>" for key in ("rId1", "rId9"))
    rels = '<Relationship Id="rId1" Target="media/a.png"/>'
    reading = read(docx(TITLE + para("见图。") + body, rels, more={"word/media/a.png": picture().data}))
    figures = [each for each in reading.document.body if isinstance(each, Figure)]
    assert [(each.width_mm, each.picture.data) for each in figures] == [(50.0, picture().data)]
    assert [each.kind for each in reading.oddities] == ["picture"]


def test_a_formula_is_said_in_the_models_notation():
    fraction = "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>"
    reading = read(docx(f"{TITLE}{para('公式为')}<w:p><m:oMath>{fraction}</m:oMath></w:p>"))
    assert reading.document.body[1] == Formula(r"\frac{a}{b}")
    assert reading.oddities == ()


def test_an_xlsx_is_no_docx():
    with pytest.raises(Exception, match="broken"):
        read(package({"xl/workbook.xml": "<x/>"}))
