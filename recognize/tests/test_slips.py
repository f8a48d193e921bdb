"""识别有误: slips of OCR in numbers, dates and opening words are mended, in what was read off a picture only."""

from datetime import date

import pytest

from recognize import Line, Page, TextLayer, recognize_layer
from recognize.fields.numbers import number_on, number_read
from recognize.fields.slips import mended
from recognize.reading.printed import is_garbage

PAPER = """云岭县水务局文件·
云水发C2026〕1O号 签发入：赵小云
关于汛期水库巡查的请示
县人民政府：
为保障安全度汛，拟于六月开展水库巡查。
-1一
妥否，请批示。
云岭县水务局
2026年5月l2曰
抄迭：县应急局。
云岭县水务局办公室 2026年5月13日印友"""


def layer(text, confidence):
    lines = [Line(row, 1, at, confidence=confidence) for at, row in enumerate(text.split("\n"))]
    return TextLayer("image", (Page(1, tuple(lines), ocr=confidence < 1),))


def test_fields_are_found_through_slips():
    values = {name: found.value for name, found in recognize_layer(layer(PAPER, 0.9)).fields.items()}
    assert values["doc_number"] == "云水发〔2026〕10号"
    assert values["signer"] == ["赵小云"]
    assert values["doc_date"] == date(2026, 5, 12)
    assert values["issuer_name"] == "云岭县水务局"
    assert values["cc"] == "县应急局"


def test_a_mended_number_is_never_sure():
    assert recognize_layer(layer(PAPER, 0.99)).fields["doc_number"].confidence < 0.75


def test_a_text_layer_says_what_it_says():
    found = recognize_layer(layer(PAPER, 1.0)).fields
    assert (found["doc_number"].value, found["doc_date"].value) != ("云水发〔2026〕10号", date(2026, 5, 12))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("云水发C2026〕18号", "云水发〔2026〕18号"),
        ("云水发［2026J18号", "云水发〔2026〕18号"),
        ("云水发（2026）18号", "云水发〔2026〕18号"),
        ("云水发【2O26】l8号", "云水发〔2026〕18号"),
        ("云水发〔2026〕18", "云水发〔2026〕18号"),
        ("云水发2026〕18号", "云水发〔2026〕18号"),
        ("云 水 发〔2026〕 1 8号", "云水发〔2026〕18号"),
        ("云水发〔2026〕018弓", "云水发〔2026〕18号"),
    ],
)
def test_a_number_in_spite_of_slips(read, meant):
    found = number_on(read) or number_read(read)
    assert found is not None
    assert found.value == meant


@pytest.mark.parametrize(
    "read", ["2026年第3号", "各县2026年5号", "云水发202618", "关于2026年5月工作的通知", "根据〔2026〕18", "县人民政府："]
)  # fmt: skip
def test_what_is_no_number_stays_none(read):
    assert number_read(read) is None


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("2O26年5月1O日", "2026年5月10日"),
        ("二O二六年五月十二目", "二〇二六年五月十二日"),
        ("二0二六年五月十二日", "二〇二六年五月十二日"),
        ("2026年5月12日前报送", "2026年5月12日前报送"),
        ("《办法》（试行）", "《办法》（试行）"),
        ("第一条 口岸", "第一条 口岸"),
    ],
)
def test_dates_are_mended_and_other_words_left(read, meant):
    assert mended(read) == meant


@pytest.mark.parametrize(
    ("text", "garbage"),
    [
        ("云岭县水务局关于汛期水库巡查的请示和有关情况的报告", False),
        ("亐伜乂亖伩伔佂佀侂佡侐倝俙俈偌偅傏儓", True),
        ("ÔÆÁëÏØË®Îñ¾Ö¹ØÓÚÑ´ÆÚË®¿âÑ²²éµÄÇëÊ¾", True),
        ("Quarterly report of the water bureau, 2026", False),
        ("\ue001\ue002\ue003\ue004\ue005\ue006", True),
        ("", False),
    ],
)
def test_a_text_layer_without_meaning_is_known(text, garbage):
    assert is_garbage(Page(1, (Line(text, 1, 0),))) is garbage
