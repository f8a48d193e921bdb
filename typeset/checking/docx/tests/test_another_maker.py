"""另一种做法: a conformant paper typed by hand, all set directly, raises no false alarm and is read like ours."""

import pytest

from typeset.checking.docx import check_docx
from typeset.reading import read
from typeset.reading.tests.makers import docx

EXACT = '<w:spacing w:line="579" w:lineRule="exact"/>'
NONE = '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>'
RULE = (
    '<w:r><w:pict><v:line style="position:absolute" from="0,4pt" to="442.2pt,4pt" strokecolor="red" strokeweight="1.5pt"/>'
    "</w:pict></w:r>"
)
PAGE = (
    '<w:r>{rpr}<w:t>— </w:t></w:r><w:r>{rpr}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{rpr}<w:instrText>PAGE  \\* '
    'MERGEFORMAT</w:instrText></w:r><w:r>{rpr}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{rpr}<w:t>1</w:t></w:r>'
    '<w:r>{rpr}<w:fldChar w:fldCharType="end"/></w:r><w:r>{rpr}<w:t> —</w:t></w:r>'
)
SONG = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>'
SECTION = (
    '<w:sectPr><w:footerReference w:type="even" r:id="rId1"/><w:footerReference w:type="default" r:id="rId2"/>'
    '<w:pgSz w:w="11907" w:h="16840"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" '
    'w:footer="1418"/><w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/></w:sectPr>'
)
DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr>'
    '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
    '<w:pPr><w:jc w:val="both"/></w:pPr><w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
)


def line(
    text: str = "", props: str = "", face: str = "仿宋", size: float = 16, more: str = "", runs: str = ""
) -> str:
    run = f'<w:rPr><w:rFonts w:eastAsia="{face}" w:hint="eastAsia"/>{more}<w:sz w:val="{int(size * 2)}"/></w:rPr>'
    letters = f'<w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    spacing = "" if "w:spacing" in props else NONE
    return f'<w:p><w:pPr>{spacing}{props}<w:rPr><w:sz w:val="32"/></w:rPr></w:pPr>{letters}{runs}</w:p>'


def body(text: str, **more: str) -> str:
    return line(text, '<w:ind w:firstLineChars="200" w:firstLine="640"/>', **more)


def paper(old: str = "", new: str = "") -> bytes:
    """Type it, with something replaced throughout."""
    centre = '<w:jc w:val="center"/>'
    right = '<w:jc w:val="right"/>'
    mark = '<w:spacing w:before="1780" w:line="1200" w:lineRule="exact"/><w:jc w:val="center"/>'
    cell = '<w:tc><w:tcPr><w:tcW w:w="8844" w:type="dxa"/></w:tcPr>{}</w:tc>'
    fold = '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'
    rows = "".join(
        f"<w:tr>{cell.format(line(text, fold, size=14))}</w:tr>"
        for text in (
            "抄送：县委办公室，县人大常委会办公室。",
            "云岭县人民政府办公室\u3000\u3000\u3000\u3000\u3000\u30002026年6月10日印发",
        )
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{size}"/>'
        for side, size in (("top", 8), ("bottom", 8), ("insideH", 6))
    )
    imprint = f"<w:tbl><w:tblPr><w:tblpPr/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{rows}</w:tbl>"
    made = [
        line("云岭县人民政府文件", mark, "FZXiaoBiaoSong-B05S", 46, '<w:color w:val="FF0000"/>'),
        line(), line(),
        line("云政发〔2026〕5号", centre),
        line(runs=RULE), line(),
        line("云岭县人民政府", centre + '<w:spacing w:line="700" w:lineRule="exact"/>', "方正小标宋_GBK", 22),
        line("关于做好防汛工作的通知", centre + '<w:spacing w:line="700" w:lineRule="exact"/>', "方正小标宋_GBK", 22),
        line(),
        line("各乡镇人民政府，县政府各部门："),
        body("为做好防汛工作，现将有关事项通知如下。"),
        body("一、总体要求", face="SimHei"),
        body("各级各部门要高度重视，把防汛工作摆在突出位置。"),
        body("（一）压实责任", face="KaiTi"),
        body("县长任总指挥，各乡镇长任本乡镇指挥长。"),
        line(),
        body("附件：1.任务分工表"),
        line("\u3000\u3000\u3000\u3000\u30002.2026年应急预案"),
        line(), line(),
        line("云岭县人民政府\u3000\u3000\u3000\u3000", right),
        line("2026年6月9日\u3000\u3000\u3000\u3000", right),
        body("（此件公开发布）"),
        line("附件1", "<w:pageBreakBefore/>", "黑体"),
        line(),
        line("任务分工表", centre, "方正小标宋简体", 22),
        line(),
        body("分工如下。"),
        line(runs='<w:r><w:br w:type="page"/></w:r>'),
        line("附件2", "", "黑体"),
        line(),
        line("2026年应急预案", centre, "方正小标宋简体", 22),
        line(),
        body("预案如下。"),
        imprint,
        line(),
    ]  # fmt: skip
    rels = "".join(f'<Relationship Id="rId{at}" Target="footer{at}.xml"/>' for at in (1, 2))
    feet = {
        "footer1": f'<w:p><w:pPr><w:ind w:leftChars="100"/></w:pPr>{PAGE.format(rpr=SONG)}</w:p>',
        "footer2": f'<w:p><w:pPr><w:ind w:rightChars="100"/><w:jc w:val="right"/></w:pPr>{PAGE.format(rpr=SONG)}</w:p>',
    }
    whole = "".join(made) + SECTION
    return docx(
        whole.replace(old, new) if old else whole,
        rels,
        styles=DEFAULTS,
        settings="<w:evenAndOddHeaders/>",
        **feet,
    )


def test_it_raises_no_false_alarm():
    assert [each.as_line() for each in check_docx(paper()) if each.verdict == "fail"] == []


def test_it_is_read_like_ours():
    reading = read(paper())
    got = reading.document
    assert (got.mark, got.head.doc_number, got.main_recipients) == (
        "云岭县人民政府文件",
        "云政发〔2026〕5号",
        "各乡镇人民政府，县政府各部门",
    )
    assert got.title == "云岭县人民政府\n关于做好防汛工作的通知"
    assert got.attachment_notes == ("任务分工表", "2026年应急预案")
    assert [each.title for each in got.attachments] == list(got.attachment_notes)
    assert [each.issuer for each in got.signatures] == ["云岭县人民政府"]
    assert got.imprint is not None
    assert got.imprint.issuer == "云岭县人民政府办公室"
    assert reading.oddities == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("仿宋", "宋体", "text.face"),
        ("FF0000", "000000", "mark.color"),
        ('strokecolor="red"', 'strokecolor="black"', "rule.color"),
    ],
)
def test_an_error_in_it_is_named(old, new, code):
    assert code in {each.code for each in check_docx(paper(old, new)) if each.verdict == "fail"}
