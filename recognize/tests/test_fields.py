"""识别要素: what is on the paper is read, with its place and rule; what is not, stays empty."""

from datetime import date

import pytest

from recognize import recognize
from recognize.fields import LABELS
from recognize.tests.makers import REQUEST, docx, ofd, paragraphs, pdf

LETTER = """云岭县水务局
云水函[2026]018号
关于商请支持水源地巡查的函
县公安局：
为做好巡查，请贵局予以支持，并于1月10日前函复我局。
云岭县水务局
二〇二六年十二月三十日
抄送：县自然资源局，
县林业局。"""
ORDER = """云岭县人民政府令
第12号
《云岭县供水管理规定》已经2026年3月1日县政府常务会议通过，现予公布，自2026年5月1日起施行。
县长　周明远
2026年3月9日"""
MINUTES = """云岭县人民政府常务会议纪要
〔2026〕第7期
云岭县人民政府办公室　　2026年4月8日
4月6日，县长主持召开县政府第7次常务会议，研究了有关事项。"""
JOINT = """中共云岭县委办公室　云岭县人民政府办公室
关于做好防汛值班的通知
云办发〔2026〕9号
各乡镇党委、人民政府，县直各单位：
请各单位于5月底前将值班表报县政府总值班室。
中共云岭县委办公室
云岭县人民政府办公室
2026年5月6日
（此件公开发布）"""
TELEGRAM = """特 急
云岭县人民政府办公室明电
云政办明电〔2026〕5号　　签发人：王小明
　　　　　　　　　　　　　　　　　李　强
云岭县人民政府办公室关于做好强降雨防范的紧急通知
各乡镇人民政府、街道办事处，县政府各部门：
请于今日18时前将落实情况报县防汛办。
云岭县人民政府办公室
2026年7月1日"""
RESOLVED = """云岭县人大常委会文件
云人发〔2026〕6号
云岭县人大常委会
关于加强生态保护的决定
（2026年5月30日云岭县第十八届人民代表大会常务委员会第三次会议通过）
为了保护生态环境，作如下决定：
一、提高认识。"""
COURT = """云岭县人民法院
应诉通知书
（2026）云01行初15号
云岭县人民政府：
本院已受理张某不服行政复议决定一案。
云岭县人民法院
2026年5月6日"""
EXPECTED = {
    REQUEST: {
        "issuer_name": "云岭县发展和改革局、云岭县财政局",
        "doc_number": "云发改联〔2026〕3号",
        "title": "关于下达2026年以工代赈项目计划的请示",
        "doc_type": "request_for_instructions",
        "urgency": "extra_urgent",
        "copy_no": "000012",
        "doc_date": date(2026, 6, 1),
        "signer": ["王磊", "李大山"],
        "main_recipients": "县人民政府",
        "cc": "县委办公室，县人大常委会办公室",
        "contact": "赵小云",
        "contact_phone": "0871-65432100",
        "attachments": ["项目计划表", "资金安排表（试行）"],
        "note": "联系人：赵小云，联系电话：0871-65432100",
        "requires_feedback": True,
        "stated_due": date(2026, 6, 15),
        "handling_type": "action",
        "is_litigation_related": False,
    },
    LETTER: {
        "issuer_name": "云岭县水务局",
        "doc_number": "云水函〔2026〕18号",
        "title": "关于商请支持水源地巡查的函",
        "doc_type": "letter",
        "urgency": "normal",
        "doc_date": date(2026, 12, 30),
        "cc": "县自然资源局，县林业局",
        "stated_due": date(2027, 1, 10),
        "signer": None,
        "attachments": None,
    },
    ORDER: {
        "issuer_name": "云岭县人民政府",
        "doc_number": "云岭县人民政府令第12号",
        "title": "云岭县供水管理规定",
        "doc_type": "order",
        "doc_date": date(2026, 3, 9),
        "main_recipients": None,
    },
    MINUTES: {
        "issuer_name": "云岭县人民政府办公室",
        "doc_number": "〔2026〕第7期",
        "title": "云岭县人民政府常务会议纪要",
        "doc_type": "minutes",
        "doc_date": date(2026, 4, 8),
        "main_recipients": None,
        "handling_type": "read",
    },
    JOINT: {
        "issuer_name": "中共云岭县委办公室、云岭县人民政府办公室",
        "doc_number": "云办发〔2026〕9号",
        "title": "中共云岭县委办公室云岭县人民政府办公室关于做好防汛值班的通知",
        "doc_date": date(2026, 5, 6),
        "main_recipients": "各乡镇党委、人民政府，县直各单位",
        "note": "此件公开发布",
        "stated_due": date(2026, 5, 31),
    },
    TELEGRAM: {
        "urgency": "extra_urgent",
        "telegram_grade": "flash",
        "signer": ["王小明", "李强"],
        "title": "云岭县人民政府办公室关于做好强降雨防范的紧急通知",
        "stated_due": date(2026, 7, 1),
    },
    RESOLVED: {
        "issuer_name": "云岭县人大常委会",
        "title": "云岭县人大常委会关于加强生态保护的决定",
        "doc_type": "decision",
        "doc_date": date(2026, 5, 30),
        "main_recipients": None,
    },
    COURT: {
        "issuer_name": "云岭县人民法院",
        "doc_number": "（2026）云01行初15号",
        "title": "应诉通知书",
        "doc_type": "other",
        "is_litigation_related": True,
    },
}
CASES = [(text, name, value) for text, fields in EXPECTED.items() for name, value in fields.items()]


@pytest.mark.parametrize(("text", "name", "value"), CASES, ids=lambda each: str(each)[:16].split("\n")[0])
def test_a_field_is_read_from_text(text, name, value):
    assert recognize(text.encode()).fields[name].value == value


@pytest.mark.parametrize("text", EXPECTED, ids=lambda text: text.split("\n")[0])
def test_docx_says_the_same_as_text(text):
    plain, word = recognize(text.encode()).fields, recognize(docx(paragraphs(text))).fields
    assert {name: found.value for name, found in word.items()} == {
        name: found.value for name, found in plain.items()
    }


def laid_out(text: str) -> list[tuple[float, float, str]]:
    return [(28.0, 37.0 + 10.4 * at, row.replace("　", " ")) for at, row in enumerate(text.split("\n"))]


@pytest.mark.parametrize("name", ["issuer_name", "doc_number", "title", "doc_date", "cc"])
def test_fixed_layouts_say_the_same_and_where(name):
    rows = laid_out(LETTER)
    from_ofd = recognize(ofd(rows)).fields[name]
    page = [(x / 0.3528, 841.89 - (y + 4.9) / 0.3528, 15.8, text) for x, y, text in rows]
    from_pdf = recognize(pdf([page])).fields[name]
    expected = EXPECTED[LETTER][name]
    assert (from_ofd.value, from_pdf.value) == (expected, expected)
    for place in (from_ofd.places[0], from_pdf.places[0]):
        assert place.box.top * 297 == pytest.approx(rows[place.first][1], abs=2)


def test_a_title_over_two_lines_has_one_place_around_both():
    place = recognize(REQUEST.encode()).fields["title"].places
    assert [(one.page, one.first, one.last) for one in place] == [(1, 6, 7)]


def test_marks_of_secrecy_are_reported_and_the_word_in_a_sentence_is_not():
    marked = recognize(("机密★1年\n" + LETTER).encode()).fields["secrecy_marks"]
    spoken = recognize(LETTER.replace("为做好巡查", "为保守国家秘密、商业秘密").encode()).fields[
        "secrecy_marks"
    ]
    assert (marked.value, spoken.value) == (["机密★1年"], None)


def test_what_is_not_on_the_paper_stays_empty():
    fields = recognize("今天天气晴好。\n大家去了公园。".encode()).fields
    empty = {
        "issuer_name",
        "doc_number",
        "title",
        "doc_date",
        "main_recipients",
        "signer",
        "cc",
        "attachments",
    }
    assert {name: fields[name].value for name in empty} == dict.fromkeys(empty)
    assert {fields[name].confidence for name in empty} == {0.0}


def test_a_due_day_without_a_date_of_the_paper_is_not_guessed():
    fields = recognize("各乡镇人民政府：\n请于6月15日前报送总结。".encode()).fields
    assert (fields["requires_feedback"].value, fields["stated_due"].value) == (True, None)


@pytest.mark.parametrize(
    ("written", "due", "sure"),
    [
        ("2026年12月31日前", date(2026, 12, 31), True),
        ("2026年11月31日前", None, False),
        ("2026年3月1日前", date(2026, 3, 1), False),
        ("12月底前", date(2026, 12, 31), True),
        ("明年1月5日前", date(2027, 1, 5), True),
        ("5个工作日内", None, False),
        ("每季度末前", None, False),
    ],
)
def test_a_due_day_is_reckoned_and_doubted(written, due, sure):
    paper = (
        f"云岭县水务局\n关于报送总结的通知\n各科室：\n请于{written}报送总结。\n云岭县水务局\n2026年11月20日"
    )
    found = recognize(paper.encode()).fields["stated_due"]
    assert (found.value, found.confidence >= 0.8) == (due, sure)


def test_sources_that_disagree_lower_the_confidence():
    agreed = recognize(LETTER.encode()).fields["issuer_name"]
    disputed = recognize(LETTER.replace("局\n二〇二六", "局河湖中心\n二〇二六").encode()).fields[
        "issuer_name"
    ]
    assert agreed.confidence > 0.9 > 0.6 > disputed.confidence
    assert "不一" in disputed.rule


def test_a_forwarded_paper_inside_does_not_date_the_whole():
    inside = JOINT + "\n云岭县水务局关于防汛的意见\n一、做好准备。\n云岭县水务局\n2026年4月1日"
    assert recognize(inside.encode()).fields["doc_date"].value == date(2026, 5, 6)


def test_a_title_broken_inside_its_last_word_is_whole():
    fields = recognize("关于做好全县防汛抗旱工作的通\n知\n各乡镇人民政府：\n请落实。".encode()).fields
    assert fields["title"].value == "关于做好全县防汛抗旱工作的通知"


def test_a_title_without_a_type_ends_where_all_are_addressed():
    fields = recognize("2026年县政府重点工作任务\n各乡镇人民政府、县直\n各单位：\n请落实。".encode()).fields
    assert fields["title"].value == "2026年县政府重点工作任务"
    assert fields["title"].confidence <= 0.5
    assert fields["main_recipients"].value == "各乡镇人民政府、县直各单位"


def test_an_order_is_known_by_what_it_puts_in_force_even_broken():
    broken = ORDER.replace("《云岭县供水", "《云岭县\n供水")
    assert recognize(broken.encode()).fields["title"].value == "云岭县供水管理规定"


def test_every_field_has_a_name_for_people():
    assert list(recognize(LETTER.encode()).fields) == list(LABELS)
