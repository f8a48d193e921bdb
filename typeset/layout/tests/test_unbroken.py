"""不拆的词: dates, numbers, 〔〕 and opening brackets with what they open."""

from typeset.layout.preparing import Words
from typeset.model import Run


def whole(text: str) -> list[str]:
    return [part["text"] for part in Words().text(text) if isinstance(part, dict) and part.get("whole")]


def test_what_belongs_together_is_one():
    assert whole("自2026年6月9日起，按云政发〔2026〕12号执行，增长12.5%，共1200万元（含3项）。") == [
        "2026年6月9日",
        "发〔2026〕12号",
        "12.5%",
        "1200万",
        "（含",
    ]


def test_a_bracket_takes_a_whole_date_along():
    assert whole("（2026年6月9日通过）") == ["（2026年6月9日"]


def test_no_line_can_begin_with_the_mark_behind_it():
    assert whole("完成率90%；其中（一）：") == ["90%；", "（一"]


def test_the_text_is_kept_letter_by_letter():
    text = "《办法》自2026年起施行，“三个一”工程（一期）完成率98.6%。"
    parts = Words().text(text)
    assert "".join(part if isinstance(part, str) else part["text"] for part in parts) == text


def test_looks_are_kept_on_every_part():
    parts = Words().runs((Run("见2026年报", bold=True),))
    assert all(part["bold"] for part in parts)
    assert [part["text"] for part in parts] == ["见", "2026年", "报"]


def test_a_character_no_font_has_is_shown_by_its_code():
    assert Words(frozenset("\U0003fffd")).text("李\U0003fffd安") == ["李", {"code": "3FFFD"}, "安"]
