"""怪文字: whatever the text, every check ends, and every place lies inside it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofread import Settings, check

SIGNS = (
    '一二三四五六七八九十〇百千万亿年月日号时分第（）()《》〈〉“”"〔〕[]，。、；：.…—-～%％0123456789０×占共其中合计增长完成率县市局'
    "附件抄送主送：关于的通知请示\n\t |"
)
RULES = Settings(off=frozenset({"SPELL-01"}))


@given(st.text(alphabet=SIGNS, max_size=300))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_is_judged_and_places_lie_inside(text):
    for each in check(text, RULES):
        assert 0 <= each.start <= each.end <= len(text)
        assert each.wrong == text[each.start : each.end]


@pytest.mark.parametrize(
    "piece",
    [
        "（",
        "《",
        "“",
        "1、",
        "12件、",
        "占1%，",
        "甲、",
        "增长5%",
        "由1件",
        "附件1",
        "县局",
        "2026年",
        "一是",
        "\t1",
        "关于",
        "第一次会议",
        "完成1件，完成率1%，",
    ],
)
def test_a_hundred_thousand_letters_of_one_kind_end(piece):
    text = piece * (30_000 // len(piece))
    assert check(text, RULES) is not None
    assert check("\n".join(piece for _ in range(5_000)), RULES) is not None
