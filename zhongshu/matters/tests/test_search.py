"""搜索: words, fragments and 文号 in any spelling, over what the person may see and nothing else."""

import pytest

from zhongshu.matters import bigrams, search, spine
from zhongshu.matters.models import Matter


@pytest.fixture
def found(office):
    """Return who finds which titles for a query."""

    def titles(person, query, **kwargs):
        hits = search.search(office.actor(person), query, **kwargs)
        return [hit.matter.title for hit in hits.rows]

    return titles


@pytest.fixture
def write(office):
    """Write a matter that the office, and maybe others, see."""

    def written(title, *words, number="", seen_by=None):
        matter = Matter.objects.create(kind="incoming", tenant=office.tenant, title=title, number=number)
        principals = [office.tenant.principal_id] if seen_by is None else seen_by
        spine.give_part(matter, principals)
        search.index(matter, *words)
        return matter

    return written


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("安全生产", True),
        ("全生产", True),
        ("监督", True),
        ("隐患", True),
        ("县安", False),
        ("消防", False),
        ("安全 隐患", True),
        ("安全 消防", False),
        ("督", True),
    ],
)
def test_words_and_fragments(found, write, office, query, finds):
    write("关于安全生产监督管理工作的通知", "排查各类隐患")
    assert bool(found(office.clerk, query)) is finds


@pytest.mark.parametrize(
    "query", ["云财〔2026〕58号", "云财[2026]58", "云财 2026 58", "云财（２０２６）５８号", "财2026", "58"]
)
def test_a_number_in_any_spelling(found, write, office, query):
    write("关于安排应急资金的请示", "云财〔2026〕58号")
    write("关于别的事的请示", "云卫〔2025〕47号")
    assert found(office.clerk, query) == ["关于安排应急资金的请示"]


def test_scattered_pairs_are_no_hit(found, write, office):
    write("水利工作要点和利民实事安排", "工作")
    assert found(office.clerk, "水利民") == []


def test_nobody_finds_what_is_not_theirs(found, write, office):
    dept = office.depts[0]
    write("只给发改局的通知", seen_by=[dept.unit.principal_id])
    assert found(dept.liaison, "通知") == ["只给发改局的通知"]
    assert found(office.outsider, "通知") == []
    assert found(office.clerk, "通知") == []
    assert found(office.sys_admin, "通知") == []


def test_newest_first_and_on_from_there(found, write, office):
    for n in range(5):
        write(f"第{n}次防汛会商通知")
    actor = office.actor(office.clerk)
    first = search.search(actor, "防汛", size=2)
    assert [hit.matter.title for hit in first.rows] == ["第4次防汛会商通知", "第3次防汛会商通知"]
    rest = search.search(actor, "防汛", size=9, below=first.next_below)
    assert [hit.matter.title[1] for hit in rest.rows] == ["2", "1", "0"]


def test_common_words_walk_and_agree_with_the_short_way(found, write, office, monkeypatch):
    dept = office.depts[0]
    for n in range(12):
        seen = [office.tenant.principal_id] + ([dept.unit.principal_id] if n % 3 == 0 else [])
        write(f"关于第{n}项工作的通知", seen_by=seen)
    short = {who: found(who, "工作", size=30) for who in (office.clerk, dept.liaison, office.outsider)}
    monkeypatch.setattr(search, "FEW", 2)
    monkeypatch.setattr(search, "CHUNK", 3)
    own = {who: found(who, "工作", size=30) for who in short}
    monkeypatch.setattr(search, "OWN_FEW", 1)
    walked = {who: found(who, "工作", size=30) for who in short}
    assert short == own == walked
    assert len(short[dept.liaison]) == 4


def test_relevance_puts_number_and_title_before_text(found, write, office):
    write("甲通知", "文中提到防汛")
    write("防汛通知")
    assert found(office.clerk, "防汛", order="relevance") == ["防汛通知", "甲通知"]


def test_words_added_later_are_found(found, write, office):
    matter = write("关于道路的通知")
    search.add_words(matter, "请交通局牵头")
    assert found(office.clerk, "牵头") == ["关于道路的通知"]
    assert found(office.clerk, "道路") == ["关于道路的通知"]


def test_the_snippet_marks_the_words(write, office):
    write("关于道路的通知", "一二三四五六七八九十" * 8 + "请县交通局牵头办理" + "后面的话" * 30)
    (hit,) = search.search(office.actor(office.clerk), "牵头").rows
    assert ("牵头", True) in list(hit.snippet)


@pytest.mark.parametrize("query", ["", "  ", "。，", "'; DROP TABLE", '"', "*", "防汛' OR 1=1 --"])
def test_odd_input_finds_nothing_and_breaks_nothing(found, write, office, query):
    write("关于道路的通知")
    assert found(office.clerk, query) == []


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("澜政发〔2026〕21号", ["澜政", "政发", "21"]),
        ("2026年", ["2026", "年*"]),
        ("2026", ["2026"]),
        ("镇 防汛", ["镇*", "防汛"]),
        ("安全生产 镇", ["安全", "全生", "生产"]),
    ],
)
def test_the_index_is_asked_by_the_telling_terms(query, terms):
    assert bigrams.telling(bigrams.query_terms(query)) == terms


def test_a_year_left_out_of_the_index_still_decides(found, write, office):
    write("关于甲的通知", "澜政发〔2025〕21号")
    write("关于乙的通知", "澜政发〔2026〕21号")
    assert found(office.clerk, "澜政发〔2026〕21号") == ["关于乙的通知"]
