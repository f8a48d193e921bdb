"""导出台账: what the filters ask for and no more than the person may see, marked, and kept in the trail."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from python_calamine import CalamineWorkbook

from zhongshu.base import clock
from zhongshu.base.models import TrailEntry
from zhongshu.documents.tests.papers import paper, papers
from zhongshu.matters.models import Setting

URL = reverse("documents:register_export", args=["incoming"])


@pytest.fixture(autouse=True)
def fresh_settings():
    """Forget the settings of another test."""
    cache.clear()
    yield
    cache.clear()


def sheet_of(response: Any) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    return book.get_sheet_by_index(0).to_python()


def titles_of(response: Any) -> list[str]:
    head, *rows = sheet_of(response)[2:]
    return [row[head.index("标题")] for row in rows]


def test_the_filtered_set_is_taken_out_with_mark_and_trail(client, office):
    papers(
        office,
        [
            {"n": 1, "title": "甲", "urgency": "urgent"},
            {"n": 2, "title": "乙"},
            {"n": 3, "title": "丙", "urgency": "urgent", "closed_at": clock.now()},
        ],
    )
    client.force_login(office.clerk)
    response = client.get(URL, {"urgency": "urgent"})
    assert titles_of(response) == ["甲"]
    mark = sheet_of(response)[1][0]
    entry = TrailEntry.objects.get(verb="export_register")
    assert f"导出人：{office.clerk.name}" in mark
    assert entry.data["number"] in mark
    assert entry.data["rows"] == 1
    assert "加急" in entry.text
    assert titles_of(client.get(URL, {"urgency": "urgent", "view": "all"})) == ["甲", "丙"]


def test_columns_are_those_on_the_page_or_all_of_the_book(client, office):
    paper(office)
    client.force_login(office.clerk)
    assert sheet_of(client.get(URL))[2] == [
        "时限", "收文编号", "标题", "来文机关", "来文字号", "紧急程度", "当前环节", "主办单位", "办结时限", "收文时间",
    ]  # fmt: skip
    full = sheet_of(client.get(URL, {"columns": "all"}))[2]
    for label in ("收文编号", "文种", "份数", "拟办", "批示", "承办", "办结时间", "归档"):
        assert label in full
    client.cookies["zs_cols_incoming"] = "step.lead.due.received.doc_type.proposal.instruction.units.archived"
    assert "当前环节" not in sheet_of(client.get(URL))[2]


def test_a_secret_paper_leaves_the_house_in_nobody_s_export(client, office):
    paper(office, 1, title="人人可见")
    paper(office, 2, title="工作秘密件", label="work_secret", seen_by=[office.director])
    client.force_login(office.clerk)
    assert titles_of(client.get(URL)) == ["人人可见"]
    client.force_login(office.director)
    response = client.get(URL)
    assert titles_of(response) == ["人人可见"]
    assert "另有1件工作秘密不列出" in str(sheet_of(response))


def test_it_is_cut_at_the_office_s_limit(client, office):
    Setting.objects.create(tenant=office.tenant, key="documents.export_rows", value=100)
    papers(office, [{"n": n} for n in range(1, 140)])
    client.force_login(office.clerk)
    response = client.get(URL, {"order": "new"})
    assert len(titles_of(response)) == 100
    assert "只列出前100行" in sheet_of(response)[1][0]


def test_ticked_rows(client, office):
    documents = papers(office, [{"n": n, "title": f"第{n}件"} for n in range(1, 4)])
    secret = paper(office, 9, title="看不见", label="work_secret", seen_by=[office.county_head])
    client.force_login(office.clerk)
    ids = [documents[2].matter.public_id, documents[0].matter.public_id, secret.matter.public_id, "nonsense"]
    assert titles_of(client.post(URL, {"id": ids})) == ["第3件", "第1件"]


@pytest.mark.parametrize("who", ["liaison", "county_head", "sys_admin"])
def test_who_may_not_export_is_refused(client, office, who):
    person = office.depts[0].liaison if who == "liaison" else getattr(office, who)
    client.force_login(person)
    assert client.get(URL).status_code == 403
    assert not TrailEntry.objects.filter(verb="export_register").exists()


def test_formulas_stay_text(client, office):
    paper(office, title="=1+1", issuer_name="@SUM(A1)")
    client.force_login(office.clerk)
    rows = sheet_of(client.get(URL))
    assert "=1+1" in rows[3]
    assert "@SUM(A1)" in rows[3]


def test_pages_of_an_export_meet_without_a_gap(client, office):
    now = clock.now()
    papers(office, [{"n": n, "due_at": now + timedelta(days=n % 3)} for n in range(1, 620)])
    client.force_login(office.clerk)
    titles = titles_of(client.get(URL))
    assert len(titles) == len(set(titles)) == 619
