"""读公文: the elements of an official paper are told apart in plain text and in DOCX."""

from datetime import date

import pytest

from typeset.model import Heading, Paragraph, text_of
from typeset.reading import Unreadable, read
from typeset.reading.tests.makers import docx, para

NOTICE = """云岭县人民政府文件
云政发〔2026〕5号
云岭县人民政府
关于做好防汛工作的通知
各乡镇人民政府，县政府各部门：
　　现将有关事项通知如下。
　　一、总体要求
　　（一）压实责任。各级要落实责任。
　　1.排查隐患。逐一排查。
　　（1）水库。逐库建账。
　　附件：1.任务分工表
　　　　　2.2026年应急预案
云岭县人民政府
2026年6月9日
（此件公开发布）
附件1
任务分工表
　　分工如下。
附件2
2026年应急预案
　　一、总则
抄送：县委办公室，县人大常委会办公室。
云岭县人民政府办公室　　2026年6月10日印发"""


def test_a_notice_in_plain_text():
    got = read(NOTICE.encode()).document
    assert (got.kind, got.doc_type, got.head.issuers, got.mark) == (
        "file",
        "notice",
        ("云岭县人民政府",),
        "云岭县人民政府文件",
    )
    assert got.head.doc_number == "云政发〔2026〕5号"
    assert got.title == "云岭县人民政府\n关于做好防汛工作的通知"
    assert got.main_recipients == "各乡镇人民政府，县政府各部门"
    assert [each.level for each in got.body if isinstance(each, Heading)] == [1, 2, 3, 4]
    assert [text_of(each.body) for each in got.body if isinstance(each, Heading)] == [
        "",
        "各级要落实责任。",
        "逐一排查。",
        "逐库建账。",
    ]
    assert got.attachment_notes == ("任务分工表", "2026年应急预案")
    assert ([each.issuer for each in got.signatures], got.doc_date, got.note) == (
        ["云岭县人民政府"],
        date(2026, 6, 9),
        "此件公开发布",
    )
    assert [each.title for each in got.attachments] == ["任务分工表", "2026年应急预案"]
    assert got.imprint is not None
    assert (got.imprint.cc, got.imprint.issuer, got.imprint.print_date) == (
        "县委办公室，县人大常委会办公室", "云岭县人民政府办公室", date(2026, 6, 10),
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_texts_in_the_encodings_of_offices(encoding):
    assert read(NOTICE.encode(encoding)).document.doc_date == date(2026, 6, 9)


def test_an_upward_paper_names_its_signers():
    text = "云岭县财政局文件\n云财〔2026〕3号　　签发人：王　磊　李大山\n关于追加经费的请示\n县人民政府：\n妥否，请批示。"
    head = read(text.encode()).document.head
    assert [signer.name for signer in head.signers] == ["王磊", "李大山"]
    assert head.doc_number == "云财〔2026〕3号"


def test_an_order_has_no_title_and_is_signed_by_a_person():
    text = "云岭县人民政府令\n第5号\n《办法》已经通过，现予公布。\n县　长　　王　磊\n2026年6月9日"
    got = read(text.encode()).document
    assert (got.kind, got.title, got.head.doc_number) == ("order", "", "第5号")
    assert [(each.post, each.name) for each in got.signatures] == [("县长", "王磊")]


def test_minutes_keep_their_roll_calls():
    text = "云岭县人民政府常务会议纪要\n〔2026〕3号\n会议听取了汇报。\n出席：王磊、李大山\n列席：赵云"
    got = read(text.encode()).document
    assert got.kind == "minutes"
    assert [(call.label, call.names) for call in got.roll_calls] == [
        ("出席", "王磊、李大山"),
        ("列席", "赵云"),
    ]


def test_what_is_issued_with_a_notice_is_an_enclosure():
    text = (
        NOTICE.split("附件：")[0]
        + "云岭县人民政府\n2026年6月9日\n云岭县防汛办法\n第一条　为了防汛，制定本办法。"
    )
    got = read(text.encode()).document.attachments
    assert [(each.title, each.is_enclosure) for each in got] == [("云岭县防汛办法", True)]


def test_a_date_in_the_text_signs_nothing():
    text = "关于开会的通知\n各科室：\n会议时间：\n2026年6月9日\n会议地点在三楼会议室，请准时参加。"
    got = read(text.encode()).document
    assert got.doc_date is None
    assert any(isinstance(each, Paragraph) and each.text == "2026年6月9日" for each in got.body)


def test_a_day_the_calendar_lacks_is_told():
    reading = read("关于开会的通知\n各科室：\n请参加。\n县政府办公室\n2026年2月30日".encode())
    assert reading.document.doc_date is None
    assert [each.kind for each in reading.oddities] == ["unread"]


def test_secrecy_is_reported_and_not_carried():
    reading = read(
        "机密★1年\n云岭县人民政府文件\n云政发〔2026〕5号\n关于开会的通知\n各科室：\n请参加。".encode()
    )
    assert [each.kind for each in reading.oddities] == ["secrecy"]


def test_a_face_that_changes_ends_a_heading():
    run = '<w:r><w:rPr><w:rFonts w:eastAsia="{}"/></w:rPr><w:t>{}</w:t></w:r>'
    body = para("关于开会的通知", '<w:jc w:val="center"/>', '<w:sz w:val="44"/>') + (
        f"<w:p>{run.format('楷体', '（一）时间：')}{run.format('仿宋', '明天上午，请准时。')}</w:p>"
    )
    heading = read(docx(body)).document.body[0]
    assert isinstance(heading, Heading)
    assert (heading.text, text_of(heading.body)) == ("（一）时间：", "明天上午，请准时。")


@pytest.mark.parametrize("data", [b"", b"  \n\xe3\x80\x80\n"])
def test_nothing_is_said_to_be_empty(data):
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == "empty"
