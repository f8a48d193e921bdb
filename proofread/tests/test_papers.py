"""一件公文: its parts are told apart, and a clean one of each kind passes in silence, as text and as a document of the model."""

import datetime

import pytest

from proofread import Lists, Person, Settings, check, paper_of, paper_of_document
from proofread.spelling import Slip
from typeset.model import Document, Head, Heading, Imprint, Paragraph, Signature, Signer, plain

NOTICE = """云岭县人民政府办公室文件
云政办发〔2026〕12号
云岭县人民政府办公室
关于做好2026年春季防汛工作的通知
各乡镇人民政府，县政府各部门、各直属机构：
为做好2026年春季防汛工作，经县人民政府同意，现将有关事项通知如下：
一、压实责任
各乡镇各部门要认真落实防汛责任制，于2026年3月20日前将责任人名单（见附件1）报县应急局。
二、抓好巡查
（一）巡查堤坝。重点抓好两项工作：一是查隐患；二是查物资。
（二）巡查地质灾害点。全县共有地质灾害点45处，其中滑坡30处、崩塌15处。
请认真贯彻执行。
附件：1.防汛责任人名单
2.防汛物资清单
云岭县人民政府办公室
2026年3月2日
（此件公开发布）
附件1
防汛责任人名单
附件2
防汛物资清单
抄送：县委办公室，县人大常委会办公室，县政协办公室。
云岭县人民政府办公室　2026年3月2日印发
"""
REQUEST = """云水〔2026〕3号　　　　　签发人：李一
云岭县水利局
关于解决水库除险加固资金的请示
县人民政府：
青山水库建于1970年，大坝渗漏，需除险加固，概算投资120万元，已自筹40万元，尚缺80万元。恳请县人民政府安排资金80万元。
妥否，请批示。
云岭县水利局
2026年3月2日
（联系人：王二，电话：0870-1234567）
抄送：县财政局。
"""


def test_parts_are_told_apart():
    paper = paper_of(NOTICE)
    assert [line.role for line in paper.paragraphs[:5]] == ["mark", "number", "title", "title", "recipients"]
    assert paper.title == "云岭县人民政府办公室关于做好2026年春季防汛工作的通知"
    assert (paper.genre, paper.issuer, paper.day) == (
        "通知",
        "云岭县人民政府办公室",
        datetime.date(2026, 3, 2),
    )
    assert paper.recipients == ["各乡镇人民政府", "县政府各部门", "各直属机构"]
    assert paper.attachments == ["防汛责任人名单", "防汛物资清单"]
    assert [line.role for line in paper.paragraphs[-4:]] == ["annex", "annex", "imprint", "imprint"]
    assert paper_of(REQUEST).is_upward
    assert not paper.is_upward


@pytest.mark.parametrize("text", [NOTICE, REQUEST], ids=["notice", "request"])
def test_a_clean_paper_passes_in_silence(text):
    assert check(text) == []


@pytest.mark.parametrize(
    ("written", "instead", "rules"),
    [
        ("〔2026〕12号", "〔2026〕第012号", {"HEAD-02"}),
        ("见附件1", "见附件3", {"ATT-07"}),
        ("2.防汛物资清单\n云", "2.防汛物资清单。\n云", {"ATT-01"}),
        ("二、抓好巡查", "三、抓好巡查", {"LEVEL-01"}),
        ("崩塌15处", "崩塌14处", {"SUM-02"}),
        ("两项工作", "三项工作", {"COUNT-04"}),
        ("2026年3月20日前", "2026年2月30日前", {"DATE-01"}),
        ("2026年3月2日\n（", "二〇二六年三月二日\n（", {"DATE-03"}),
        ("请认真贯彻执行。", "妥否，请批示。", {"GENRE-01"}),
        ("县政协办公室。", "县政协办公室", {"CC-01"}),
        ("属机构：", "属机构:", {"TO-01"}),
        ("3月2日印发", "3月1日印发", {"DATE-14"}),
        ("通知\n", "通知。\n", {"TITLE-04"}),
    ],
)
def test_one_defect_one_finding(written, instead, rules):
    assert NOTICE.count(written) >= 1
    text = NOTICE.replace(written, instead, 1)
    assert {each.rule for each in check(text)} == rules


def test_places_count_characters_of_the_whole_text_and_lines_from_nought():
    text = "\n　　截止3月底，全县共有１２３家。\n"
    findings = check(text)
    assert [(each.para, text[each.start : each.end], each.suggestion) for each in findings] == [
        (1, "截止", "截至"),
        (1, "１２３", "123"),
    ]


def test_a_document_of_the_model_is_proofread_as_its_text():
    document = Document(
        head=Head(issuers=("云岭县水利局",), doc_number="云水〔2026〕3号"),
        title="云岭县水利局关于解决水库资金的请示",
        main_recipients="县人民政府、县财政局",
        body=(Heading(1, plain("一、基本情况")), Paragraph(plain("大坝渗漏。妥否，请批示。"))),
        signatures=(Signature("云岭县水利局"),),
        doc_date=datetime.date(2026, 3, 2),
        note="联系人：王二，电话：0870-1234567",
        imprint=Imprint(cc="各乡镇人民政府", issuer="云岭县水利局", print_date=datetime.date(2026, 3, 2)),
    )
    assert {each.rule for each in check(document)} == {"DOC-02A", "DOC-02B", "DOC-05A"}
    signed = Document(
        head=Head(doc_number="云水〔2026〕3号", signers=(Signer("李一"),)),
        title=document.title,
        main_recipients="县人民政府",
        body=document.body,
        signatures=document.signatures,
        doc_date=document.doc_date,
        note=document.note,
    )
    assert check(signed) == []
    assert paper_of_document(document).text.splitlines()[3] == "县人民政府、县财政局："


def test_personal_data_weigh_more_in_what_is_published():
    text = "联系人：李一，电话：13800138000。"
    assert [each.severity for each in check(text)] == ["建议"]
    assert [each.severity for each in check(text, Settings(is_public=True))] == ["错误"]
    assert [each.severity for each in check(f"{text}\n（此件公开发布）")] == ["错误"]


def test_half_width_marks_all_over_a_text_are_advice():
    few = check("各乡镇要重视,抓好落实。")
    many = check("各乡镇要重视,抓好落实,强化责任,加强督查,按时报送。")
    assert [each.severity for each in few] == ["错误"]
    assert {each.severity for each in many} == {"建议"}
    assert all(each.suggestion == "，" for each in many)


def test_names_of_the_lists_are_not_misspelt():
    lists = Lists(people=(Person("李机智", ("县长",)),))
    assert [each.rule for each in check("完善上行发展机智。", lists=lists)] == ["SPELL-01"]
    assert check("县长李机智主持会议。", lists=lists) == []


def test_a_text_of_a_million_letters_is_refused_beyond_three():
    with pytest.raises(ValueError, match="300"):
        check("字" * 3_000_001)


def test_spelling_changes_no_fact(monkeypatch):
    def found(text):
        return [Slip(1, 2, "县", "省", 0.9), Slip(4, 5, "制", "治", 0.9)] if "全县" in text else []

    monkeypatch.setattr("proofread.slips.find", found)
    assert [each.suggestion for each in check("全县的法制建设。")] == ["治"]


def test_where_a_rule_has_spoken_spelling_is_silent(monkeypatch):
    monkeypatch.setattr("proofread.slips.find", lambda _text: [Slip(2, 3, "布", "部", 0.9)])
    assert [each.rule for each in check("全县布署工作。")] == ["WORD-01"]
