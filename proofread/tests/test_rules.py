"""校对规则: every rule fires on its example and is silent on the other; every word of its tables is found and mended."""

import json

import pytest

from proofread import Lists, Settings, all_rules, check
from proofread.checks import CHECKS
from proofread.rules import bare

KINDS = {
    "一致性", "个人信息", "主送抄送", "占位", "发文字号", "句子", "名录", "密级", "序号", "引用", "数字计量", "数据", "文种", "日期",
    "标点", "标题", "用语", "行文规则", "错别字", "附件",
}  # fmt: skip


def found(rule, text):
    others = [each.id for each in all_rules() if each.id != rule.id]
    lists = Lists.from_json(rule.lists) if rule.lists else None
    return check(text, Settings.from_json({**rule.settings, "off": others}), lists)


def cases(which):
    return [
        pytest.param(rule, text, id=f"{rule.id}-{at}")
        for rule in all_rules()
        for at, text in enumerate(getattr(rule, which))
    ]


@pytest.mark.parametrize(("rule", "text"), cases("fires"))
def test_fires(rule, text):
    findings = found(rule, text)
    assert {each.rule for each in findings} == {rule.id}
    for each in findings:
        assert each.wrong == text[each.start : each.end]
        assert each.para == text.count("\n", 0, each.start)
        assert each.suggestion != each.wrong


@pytest.mark.parametrize(("rule", "text"), cases("silent"))
def test_is_silent(rule, text):
    assert found(rule, text) == []


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.words], ids=lambda rule: rule.id)
def test_each_word_of_a_table_is_right(rule):
    assert rule.pattern is not None
    wrong = [word for word, right in rule.words.items() if word == right or bare(word) != word]
    assert wrong == []
    again = {
        word: right
        for word, right in rule.words.items()
        if right and rule.pattern.search(right) and word not in right and right not in word
    }
    assert again == {}


def test_rules_are_told_apart_and_complete():
    rules = all_rules()
    assert len({rule.id for rule in rules}) == len(rules) > 140
    assert {rule.kind for rule in rules} == KINDS
    assert {rule.severity for rule in rules} == {"错误", "建议"}
    assert [rule.id for rule in rules if not (rule.reason and rule.source)] == []
    assert [rule.id for rule in rules if not rule.words and not (rule.fires and rule.silent)] == []
    assert [rule.id for rule in rules if not rule.pattern and rule.check not in CHECKS] == []
    assert set(CHECKS) == {rule.check for rule in rules if rule.check}


def test_a_rule_or_a_kind_is_switched_off():
    text = "截止3月底，全县布署工作。"
    assert {each.rule for each in check(text)} == {"WORD-01", "WORD-02"}
    assert {each.rule for each in check(text, Settings(off=frozenset({"WORD-01", "SPELL-01"})))} == {
        "WORD-02"
    }
    assert check(text, Settings(off=frozenset({"错别字"}))) == []


def test_an_office_adds_its_own_words(tmp_path):
    file = tmp_path / "office.json"
    own = {
        "words": {"群众办": "群众工作部"},
        "cautious": {"领头雁": "本县不用"},
        "allowed": ["其它"],
        "off": ["句子"],
    }
    file.write_text(json.dumps(own, ensure_ascii=False), "utf-8")
    findings = check("由群众办牵头，发挥领头雁作用，其它不变。", Settings.load(file))
    assert [(each.wrong, each.suggestion, each.severity, each.rule) for each in findings] == [
        ("群众办", "群众工作部", "错误", "OWN-01"),
        ("领头雁", "", "建议", "OWN-02"),
    ]
    assert findings[1].reason == "本县不用"


def test_settings_refuse_what_they_do_not_know():
    with pytest.raises(ValueError, match="offf"):
        Settings.from_json({"offf": ["WORD-01"]})
