"""公式: the small notation is read into a tree, or refused in words."""

import pytest

from typeset.model.formula import Fraction, Root, Script, Text, parse


def test_a_formula_becomes_a_tree():
    assert parse(r"x^{2}_1\leq\frac{a}{\sqrt b}") == (
        Script(Script(Text("x"), "super", (Text("2"),)), "sub", (Text("1"),)),
        Text("≤"),
        Fraction((Text("a"),), (Root((Text(" "),)), Text("b"))),
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "是空的"),
        ("^2", "前面没有内容"),
        ("x^", "缺内容"),
        ("x}", "多了一个"),
        (r"\frac{a}", "缺内容"),
        (r"\frac{a}{b", "少了一个"),
        ("{x}", "要跟在"),
        ("\\", "不认识"),
        (r"\sqrt{" * 50 + "x" + "}" * 50, "嵌套超过"),
        (r"\sqrt" * 5000 + "x", "嵌套超过"),
    ],
)
def test_what_cannot_be_read_is_refused(source, words):
    with pytest.raises(ValueError, match=words):
        parse(source)
