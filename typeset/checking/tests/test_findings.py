"""一条检查结果: measured value, what is allowed, verdict, on one line."""

import pytest

from typeset.checking.findings import failed, figure, not_applicable, told


@pytest.mark.parametrize(
    ("value", "verdict"), [(37.0, "pass"), (38.0, "pass"), (38.2, "warn"), (35.2, "warn"), (32.0, "fail")]
)
def test_a_figure_is_judged_by_its_tolerance(value, verdict):
    found = figure("page.margin.top", "天头", "GB/T 9704 5.2.1", value, 37, 1, lenient=(35, 39))
    assert found.verdict == verdict


def test_one_finding_is_one_line():
    found = figure("page.margin.top", "天头", "GB/T 9704 5.2.1", 32, 37, 1, page=2, where="关于\n开展的通知")
    assert (
        found.as_line()
        == "不合格\tpage.margin.top\t天头\t32 mm\t37 mm ±1 mm\tGB/T 9704 5.2.1\t第2页，关于 开展的通知"
    )


def test_only_a_fail_fails():
    bad = told("title.place", "标题居中", "7.3.1", False, "左对齐", "居中")
    mild = told("title.shape", "标题排列", "7.3.1", False, "矩形", "梯形或菱形", otherwise="warn")
    none = not_applicable("imprint", "版记", "7.4", "没有版记")
    assert failed([bad, mild, none, told("x", "y", "z", True, "a", "a")]) == [bad]
    assert bad.as_json()["verdict"] == "fail"
