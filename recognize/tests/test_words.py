"""日期与字号: the ways in which papers write them."""

from datetime import date

import pytest

from recognize.fields.dates import date_in
from recognize.fields.numbers import normalised, number_on
from recognize.fields.vocabulary import is_addressed, is_organ


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年6月9日", date(2026, 6, 9)),
        ("2026 年 06 月 09 日", date(2026, 6, 9)),
        ("二〇二六年六月九日", date(2026, 6, 9)),
        ("二○○四年十一月三十日", date(2004, 11, 30)),
        ("一九九六年十月二十一日", date(1996, 10, 21)),
        ("二零二六年十二月十日", date(2026, 12, 10)),
        ("2026年2月30日", None),
        ("2026年13月1日", None),
        ("2026年6月", None),
    ],
)
def test_a_date_is_read(text, day):
    assert date_in(text) == day


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("云政发〔2026〕1号", "云政发〔2026〕1号"),
        ("云政发[2026]第012号", "云政发〔2026〕12号"),
        ("云政办函 (2026) 3 号", "云政办函〔2026〕3号"),
        ("国办发明电〔2018〕15号", "国办发明电〔2018〕15号"),
        ("云府请〔2026〕7号 签发人：张三", "云府请〔2026〕7号"),
        ("第12号", "第12号"),
        ("根据云政发〔2026〕1号", None),
        ("根据《通知》（云政发〔2026〕1号）要求", None),
        ("云政发〔26〕1号", None),
    ],
)
def test_a_number_stands_alone_on_its_line(line, number):
    found = number_on(line)
    assert (found.value if found else None) == number


def test_a_number_written_untidily_is_less_sure():
    assert number_on("云政发〔2026〕1号").confidence > number_on("云政发[2026]01号").confidence


def test_what_is_no_number_comes_back_as_it_was():
    assert (normalised("云政〔2026〕05号"), normalised("便函一件")) == ("云政〔2026〕5号", "便函一件")


@pytest.mark.parametrize(
    "name",
    [
        "云岭县人民政府",
        "县政府督查室",
        "云岭县对外经济协作局",
        "云岭县应对强降雨指挥部",
        "云岭县发展改革局（粮食局）",
    ],
)
def test_an_organ_is_known(name):
    assert is_organ(name)


@pytest.mark.parametrize(
    "text", ["关于某事的通知", "国务院办公厅对十届全国人大", "附件：云岭县水务局", "请县水务局，县财政局"]
)
def test_no_organ(text):
    assert not is_organ(text)


@pytest.mark.parametrize(
    "text",
    ["各乡镇人民政府，县直各单位", "王某某委员", "县公安局、县司法局", "各镇（街道）人民政府（办事处）"],
)
def test_addressed(text):
    assert is_addressed(text)


@pytest.mark.parametrize("text", ["现将有关事项通知如下", "会议议定以下事项", "联系电话", "时间"])
def test_not_addressed(text):
    assert not is_addressed(text)
