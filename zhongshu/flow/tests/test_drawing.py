"""流程设计: what a drawing may look like, what is refused, how versions follow each other."""

import copy

import pytest
from django.db import Error, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.refusals import Refused, Stale
from zhongshu.flow import conditions, definitions
from zhongshu.flow.graph import Graph, compile_blocks
from zhongshu.flow.lint import KEYS, Known, lint
from zhongshu.flow.models import FlowDefinition
from zhongshu.flow.tests.conftest import INCOMING, step
from zhongshu.flow.tests.test_random import maze

WHO = {"role": "secretariat"}


def branch(id, *blocks, **more):
    return {"id": id, "name": id, "blocks": list(blocks), **more}


def parallel(id, *branches):
    return {"type": "parallel", "id": id, "name": id, "branches": list(branches)}


def choice(id, *branches):
    return {"type": "choice", "id": id, "name": id, "branches": list(branches)}


def test_a_sound_drawing_has_no_faults():
    known = Known(roles=frozenset({"secretariat", "office_deputy", "legal_section", "office_director"}))
    assert [f for f in lint(INCOMING, known) if f.is_error] == []
    assert [f for f in lint(maze(), known) if f.is_error] == []


FAULTS = {
    "流程还没有步骤": [],
    "用了两次": [step("a", "甲", WHO), step("a", "乙", WHO)],
    "代码应以小写字母开头": [step("甲", "甲", WHO)],
    "没有名称": [step("a", " ", WHO)],
    "没有写明由谁办理": [step("a", "甲", {})],
    "没有“king”这个角色": [step("a", "甲", {"role": "king"})],
    "不认识的办理方式": [step("a", "甲", WHO, mode="some")],
    "要写明几人": [step("a", "甲", WHO, mode="quota")],
    "时限的工作日数": [step("a", "甲", WHO, days=-1)],
    "没有“lost”这道关口": [step("a", "甲", WHO, requires=["lost"])],
    "要求先办的环节不在前面": [step("a", "甲", WHO, requires=[{"done": "b"}]), step("b", "乙", WHO)],
    "不认识的操作": [step("a", "甲", WHO, actions=["burn"])],
    "要退到的环节不在前面": [step("a", "甲", WHO, outcomes=[{"code": "x", "label": "退", "to": "z"}])],
    "至少要有两个分支": [parallel("p", branch("l", step("a", "甲", WHO)))],
    "最后一个分支应是“其他情况”": [
        choice("c", branch("l", step("a", "甲", WHO), when=["n", ">", 1]), branch("r", when=["n", "<", 1]))
    ],
    "除最后一个外": [choice("c", branch("l", step("a", "甲", WHO)), branch("r"))],
    "条件里的比较": [choice("c", branch("l", when=["n", "~", 1]), branch("r"))],
    "不认识的属性": [{**step("a", "甲", WHO), "eval": "os.getcwd()"}],
    "不认识的步骤种类": [{"type": "script", "id": "a", "name": "甲"}],
    "没有“inner”这个部门内部流程": [{**step("a", "甲", {"var": "units"}), "type": "each", "child": "inner"}],
}


@pytest.mark.parametrize("words", FAULTS)
def test_a_fault_is_named_in_words(words):
    known = Known(roles=frozenset({"secretariat"}), procedures=frozenset())
    assert [f for f in lint(FAULTS[words], known) if words in f.message and f.is_error]


@pytest.mark.parametrize(
    "blocks", ["text", 7, {"a": 1}, [None], [["a"]], [{"type": "parallel", "branches": 5}]]
)
def test_rubbish_is_refused_and_does_not_break_the_check(blocks):
    assert [f for f in lint(blocks) if f.is_error]


leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["a", "b", "step", "parallel", "id"])
)
keys = st.sampled_from(sorted(KEYS | {"blocks", "when", "role", "var", "code", "label", "to", "done"}))
rubbish = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.dictionaries(keys, rubbish, max_size=8), min_size=1, max_size=3))
def test_the_check_survives_any_rubbish_and_what_passes_compiles(blocks):
    known = Known(frozenset({"a"}), frozenset({"a"}), frozenset(), frozenset(), frozenset(), frozenset())
    lint(blocks, known)
    if not [f for f in lint(blocks) if f.is_error]:
        Graph(compile_blocks(blocks, {}))


def test_the_graph_knows_what_comes_before_what():
    graph = Graph(compile_blocks(maze(), {}))
    assert graph.precedes("a", "v")
    assert not graph.precedes("v", "a")
    assert not graph.precedes("all_of", "units")
    assert not graph.precedes("any_of", "two_of")
    assert graph.precedes("all_of", "sum")
    assert graph["two_of"].scope == (("f", "y"), ("g", "r"))
    assert graph["sum"].next is None
    assert graph["f"].next == "s"


def test_conditions_are_data_and_never_run():
    facts = {"amount": 9, "kinds": ["请示"], "name": "甲", "none": None}
    assert conditions.holds(["and", ["amount", ">", 5], ["kinds", "has", "请示"]], facts)
    assert conditions.holds(["not", ["amount", "<=", 5]], facts)
    assert conditions.holds(["or", ["name", "in", ["乙"]], ["none", "empty"]], facts)
    assert not conditions.holds(["amount", ">", "5"], facts)
    assert not conditions.holds(["missing", ">", 5], facts)
    assert conditions.faults(["__import__('os').getcwd()"])
    assert conditions.faults(["a", "eval", "b"])


def test_published_it_never_changes(office, procedures):
    by = office.actor(office.sys_admin)
    first = definitions.publish(definitions.draft("incoming", tenant=office.tenant, by=by), by=by)
    with pytest.raises(Refused):
        definitions.save_draft(first, blocks=[], by=by)
    first.blocks = []
    with pytest.raises(ValueError, match="never changes"):
        first.save()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE flow_flowdefinition SET blocks = '[]' WHERE id = %s", [first.pk])
    assert FlowDefinition.objects.get(pk=first.pk).blocks == INCOMING


def test_a_new_version_retires_the_old(office, procedures):
    by = office.actor(office.sys_admin)
    for _ in range(2):
        definitions.publish(definitions.draft("incoming", tenant=office.tenant, by=by), by=by)
    rows = FlowDefinition.objects.filter(key="incoming").order_by("version")
    assert [(row.version, row.status) for row in rows] == [(1, "retired"), (2, "published")]


def test_with_faults_it_is_not_published(office, procedures):
    by = office.actor(office.sys_admin)
    draft = definitions.draft("incoming", tenant=office.tenant, by=by)
    bad = copy.deepcopy(INCOMING)
    bad[0]["who"] = {}
    draft = definitions.save_draft(draft, blocks=bad, by=by)
    with pytest.raises(Refused) as refused:
        definitions.publish(draft, by=by)
    assert refused.value.codes == ["FLOW-LINT"]
    assert "登记" in str(refused.value)


def test_two_editors_do_not_overwrite_each_other(office, procedures):
    by = office.actor(office.sys_admin)
    draft = definitions.draft("incoming", tenant=office.tenant, by=by)
    definitions.save_draft(draft, blocks=INCOMING[:2], edition=0, by=by)
    with pytest.raises(Stale):
        definitions.save_draft(draft, blocks=INCOMING[:3], edition=0, by=by)


def test_what_differs_between_versions_is_said_in_words():
    changed = copy.deepcopy(INCOMING)
    changed[1]["days"] = 3
    changed.insert(3, step("legal", "法制审核", {"role": "legal_section"}))
    del changed[-1]
    assert [(d.kind, d.name) for d in definitions.differences(INCOMING, changed)] == [
        ("changed", "拟办"), ("added", "法制审核"), ("removed", "办结"),
    ]  # fmt: skip
    assert definitions.differences(INCOMING, INCOMING) == []
