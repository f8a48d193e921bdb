"""收文台账: everybody opens the same page and sees what is theirs."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.lights import light
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.registers import listing
from zhongshu.documents.registers.conditions import of_light
from zhongshu.documents.tests.papers import all_rows, paper, papers, put_to, rows_of
from zhongshu.matters import spine
from zhongshu.matters.models import Notification, Part

URL = reverse("documents:incoming_register")


def test_the_clerk_sees_all_the_liaison_hers_the_outsider_none(client, office):
    papers(office, [{"n": n} for n in range(1, 4)])
    mine = paper(office, 9, title="关于水库除险的通知", seen_by=[office.depts[0].unit])
    put_to(mine, office.depts[0].unit)
    client.force_login(office.clerk)
    assert len(rows_of(client.get(URL))) == 4
    client.force_login(office.depts[0].liaison)
    assert rows_of(client.get(URL)) == ["关于水库除险的通知"]
    client.force_login(office.outsider)
    response = client.get(URL)
    assert rows_of(response) == []
    assert "没有在办的收文" in response.text
    client.force_login(office.sys_admin)
    assert client.get(URL).status_code == 403


def test_columns_suit_who_looks(client, office):
    document = paper(office, seen_by=[office.depts[0].unit])
    put_to(document, office.depts[0].unit, due_at=clock.now() - timedelta(hours=3))
    client.force_login(office.clerk)
    shown = client.get(URL).context["shown"]
    assert [c.label for c in shown.columns] == [
        "时限", "标题", "来文机关", "当前环节", "主办单位", "办结时限", "收文时间",
    ]  # fmt: skip
    assert shown.bulk
    client.force_login(office.depts[0].liaison)
    response = client.get(URL)
    shown = response.context["shown"]
    assert "本单位" in [c.label for c in shown.columns]
    assert "超期3小时" in response.text
    assert not shown.export_url


def test_open_ones_by_deadline_closed_ones_newest_first(client, office):
    now = clock.now()
    papers(
        office,
        [
            {"n": 1, "title": "后到期", "due_at": now + timedelta(days=9)},
            {"n": 2, "title": "先到期", "due_at": now + timedelta(days=1)},
            {"n": 3, "title": "无时限", "due_at": None},
            {"n": 4, "title": "早办结", "closed_at": now},
            {"n": 5, "title": "更早办结", "closed_at": now},
        ],
    )
    client.force_login(office.clerk)
    assert rows_of(client.get(URL)) == ["先到期", "后到期", "无时限"]
    assert rows_of(client.get(URL, {"order": "new"})) == ["后到期", "先到期", "无时限"]
    assert rows_of(client.get(URL, {"view": "closed"})) == ["早办结", "更早办结"]
    assert len(rows_of(client.get(URL, {"view": "all", "order": "due"}))) == 5


def test_returned_and_voided_ones_have_their_places(client, office):
    now = clock.now()
    papers(
        office,
        [
            {"n": 1, "title": "退了", "closed_at": now, "phase": "returned_to_sender"},
            {"n": 2, "title": "作废", "closed_at": now, "phase": "voided"},
            {"n": 3, "title": "办结", "closed_at": now},
        ],
    )
    client.force_login(office.clerk)
    assert rows_of(client.get(URL, {"view": "returned"})) == ["退了"]
    assert rows_of(client.get(URL, {"view": "closed"})) == ["办结"]
    assert rows_of(client.get(URL, {"view": "all"})) == ["退了", "作废", "办结"]
    assert rows_of(client.get(URL)) == []


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"urgency": "urgent"}, ["加急"]),
        ({"doc_type": "report"}, ["报告"]),
        ({"direction": "upward"}, ["基层"]),
        ({"issuer": "云岭县财政局"}, ["财政"]),
        ({"issuer": "财政"}, ["财政"]),
        ({"issuer": "没有这个机关"}, []),
        ({"handling": "read"}, ["阅件"]),
        ({"doc_type": "nonsense"}, []),
        ({"urgency": "urgent", "doc_type": "report"}, []),
        ({"q": "阅"}, ["阅件"]),
    ],
)
def test_filters(client, office, filters, titles):
    papers(
        office,
        [
            {"n": 1, "title": "加急", "urgency": "urgent"},
            {"n": 2, "title": "报告", "doc_type": "report"},
            {"n": 3, "title": "基层", "direction": "upward"},
            {"n": 4, "title": "财政", "issuer_name": "云岭县财政局"},
            {"n": 5, "title": "阅件", "handling_type": "read"},
        ],
    )
    client.force_login(office.clerk)
    for view in ("", "all"):
        response = client.get(URL, {**filters, "view": view})
        assert rows_of(response) == titles
        assert len(response.context["shown"].chips) == len(filters)


def test_year_unit_and_days(client, office):
    old = clock.year_range(2023)[0] + timedelta(days=40)
    papers(office, [{"n": 1, "title": "旧", "received_at": old}, {"n": 2, "title": "新"}])
    put_to(IncomingDocument.objects.get(matter__title="新"), office.depts[1].unit)
    client.force_login(office.clerk)
    assert rows_of(client.get(URL, {"year": "2023"})) == ["旧"]
    assert rows_of(client.get(URL, {"received_from": "2023-02-10", "received_to": "2023-02-10"})) == ["旧"]
    assert rows_of(client.get(URL, {"received_to": "2023-02-09"})) == []
    assert rows_of(client.get(URL, {"unit": office.depts[1].unit.pk})) == ["新"]
    assert rows_of(client.get(URL, {"unit": office.depts[2].unit.pk})) == []


def test_a_keyword_finds_with_other_filters(client, office):
    papers(
        office,
        [
            {"n": 1, "title": "关于防汛备汛工作的通知", "urgency": "urgent"},
            {"n": 2, "title": "关于防汛抢险的通知"},
            {"n": 3, "title": "关于森林防火的通知"},
        ],
    )
    client.force_login(office.clerk)
    assert len(rows_of(client.get(URL, {"q": "防汛"}))) == 2
    assert rows_of(client.get(URL, {"q": "防汛", "urgency": "urgent"})) == ["关于防汛备汛工作的通知"]
    assert rows_of(client.get(URL, {"q": "澜政办发[2026]3"})) == ["关于森林防火的通知"]
    client.force_login(office.outsider)
    assert rows_of(client.get(URL, {"q": "防汛"})) == []


def test_a_light_lists_exactly_what_shines_so(client, office):
    now = clock.now()
    hours = (-200, -30, -2, 1, 5, 20, 30, 45, 60, 80, 100, 130, 160, 200, 300)
    papers(
        office,
        [{"n": n, "due_at": now + timedelta(hours=h)} for n, h in enumerate(hours)]
        + [{"n": 90, "due_at": None}, {"n": 91, "paused_at": now, "due_at": now - timedelta(days=2)}],
    )
    client.force_login(office.clerk)
    total = 0
    for colour in ("r", "y", "g", "paused"):
        response = client.get(URL, {"light": colour})
        listed = {row.id for row in response.context["shown"].rows}
        lit = {
            d.matter.public_id
            for d in IncomingDocument.objects.select_related("matter")
            if light(d.matter.due_at, paused=d.matter.paused_at is not None).colour == colour
        }
        assert listed == lit, colour
        figures = {colour: figure for colour, _, figure, _, _ in response.context["shown"].lights}
        assert figures[colour] == len(listed)
        total += len(listed)
    assert total == len(hours) + 1


def test_each_light_is_one_condition(office):
    paper(office, due_at=clock.now() + timedelta(minutes=5))
    assert [Part.objects.filter(of_light(colour, 2)).exists() for colour in "ryg"] == [False, True, False]


def test_counts_end_at_the_cap(client, office):
    papers(office, [{"n": n} for n in range(1, 1010)])
    client.force_login(office.clerk)
    response = client.get(URL)
    assert response.context["shown"].views[0][0].count == "999+"
    assert "共999件以上" in response.text
    assert {light[0]: light[2] for light in response.context["shown"].lights}["g"] == "999+"


@pytest.mark.parametrize(
    "query", ["", "?order=new", "?view=all", "?view=closed&urgency=urgent", "?q=工作&view=all"]
)
def test_pages_neither_repeat_nor_leave_out(client, office, query):
    now = clock.now()
    same = now - timedelta(hours=1)
    rows = [
        {
            "n": n,
            "received_at": same if n % 3 else now - timedelta(minutes=n),
            "due_at": None if n % 7 == 0 else now + timedelta(days=n % 5),
            "closed_at": now if n % 2 else None,
            "urgency": "urgent" if n % 4 < 2 else "normal",
        }
        for n in range(1, 120)
    ]
    documents = papers(office, rows, seen_by=[office.clerk])
    client.force_login(office.clerk)
    found = all_rows(client, f"{URL}{query}")
    if "closed" in query:
        expected = [d for d in documents if d.matter.closed_at and d.matter.urgency == "urgent"]
    elif "all" in query:
        expected = documents
    else:
        expected = [d for d in documents if not d.matter.closed_at]
    assert len(found) == len(set(found)) == len(expected)
    assert set(found) == {d.matter.public_id for d in expected}


@pytest.mark.parametrize("windows", [(7, 20, 50, 200), (5, 5)])
@pytest.mark.parametrize("order", ["later", "same moment"])
def test_who_sees_much_walks_the_documents_and_finds_the_same(client, office, monkeypatch, windows, order):
    now = clock.now()
    at = now - timedelta(days=1)
    rows = [
        {
            "n": n,
            "closed_at": now,
            "direction": "upward" if n % 9 == 0 else "downward",
            "received_at": at - timedelta(minutes=n if order == "later" else n // 40),
        }
        for n in range(1, 200)
    ]
    papers(office, rows)
    secret = paper(office, 900, closed_at=now, direction="upward", label="work_secret")
    client.force_login(office.clerk)
    url = f"{URL}?view=closed&direction=upward"
    by_parts = all_rows(client, url)
    monkeypatch.setattr(listing, "LITTLE", 10)
    monkeypatch.setattr(listing, "CHUNK", 7)
    monkeypatch.setattr(listing, "WINDOWS", windows)
    assert all_rows(client, url) == by_parts
    assert len(by_parts) == 22
    assert secret.matter.public_id not in by_parts
    assert "共22件" in client.get(url).text
    monkeypatch.setattr(listing, "COUNTABLE", 100)
    assert "共" not in client.get(url).context["shown"].said


def test_a_rare_filter_is_taken_from_its_index(client, office, monkeypatch):
    now = clock.now()
    papers(
        office,
        [{"n": n, "closed_at": now, "doc_type": "motion" if n == 3 else "notice"} for n in range(1, 30)],
    )
    monkeypatch.setattr(listing, "LITTLE", 10)
    monkeypatch.setattr(listing, "WINDOWS", ())
    client.force_login(office.clerk)
    response = client.get(URL, {"view": "all", "doc_type": "motion"})
    assert rows_of(response) == ["关于第3项工作的通知"]
    assert "共1件" in response.text


def test_a_long_list_is_not_counted_again_until_something_stirs(client, office, monkeypatch):
    monkeypatch.setattr(listing, "MANY", 2)
    cache.clear()
    counted = []
    few = listing._shares_of_few
    monkeypatch.setattr(listing, "_shares_of_few", lambda *given: counted.append(1) or few(*given))
    made = papers(office, [{"n": n, "due_at": clock.now() - timedelta(days=1)} for n in range(1, 5)])
    client.force_login(office.clerk)
    late = [client.get(URL).context["shown"].lights[0][2] for _ in range(4)]
    assert (late, len(counted)) == ([4, 4, 4, 4], 2)
    with transaction.atomic():
        spine.close_matter(spine.locked(made[0].pk))
    assert client.get(URL).context["shown"].lights[0][2] == 3


def test_unread_is_bold_until_it_was_opened(client, office):
    document = paper(office)
    Notification.objects.create(person=office.clerk, matter=document.matter, key="k", event="e", text="t")
    client.force_login(office.clerk)
    assert client.get(URL).context["shown"].rows[0].is_unread
    client.get(reverse("documents:incoming", args=[document.matter.public_id]))
    assert not client.get(URL).context["shown"].rows[0].is_unread


@pytest.mark.parametrize(
    "query", ["", "?view=all", "?view=closed", "?view=returned&year=2026", "?light=r&q=通知"]
)
def test_a_page_costs_few_statements(client, office, django_assert_max_num_queries, query):
    papers(office, [{"n": n} for n in range(1, 40)], seen_by=[office.clerk, office.units["秘书科"]])
    client.force_login(office.clerk)
    client.get(URL)
    with django_assert_max_num_queries(25):
        assert client.get(f"{URL}{query}").status_code == 200


def test_htmx_gets_rows_and_what_hangs_on_the_filters(client, office):
    paper(office)
    client.force_login(office.clerk)
    response = client.get(URL, {"urgency": "urgent"}, headers={"HX-Request": "true"})
    assert "<html" not in response.text
    assert 'id="register-tools" class="zs-as-is" hx-swap-oob="true"' in response.text
    assert "export/?order=due&amp;urgency=urgent" in response.text


def test_the_drawer_shows_the_essentials(client, office):
    document = paper(office, title="关于水库除险的通知", seen_by=[office.depts[0].unit])
    put_to(document, office.depts[0].unit, latest="已完成勘察")
    url = reverse("documents:incoming_drawer", args=[document.matter.public_id])
    client.force_login(office.depts[0].liaison)
    text = client.get(url).text
    assert "关于水库除险的通知" in text
    assert "已完成勘察" in text
    assert "催办" not in text
    client.force_login(office.outsider)
    assert client.get(url).status_code == 404


def test_requests_and_reports_have_a_book_of_their_own(client, office):
    papers(
        office,
        [
            {"n": 1, "title": "请示", "doc_type": "request_for_instructions"},
            {"n": 2, "title": "报告", "doc_type": "report"},
            {"n": 3, "title": "通知"},
        ],
    )
    url = reverse("documents:request_register")
    client.force_login(office.clerk)
    assert rows_of(client.get(url, {"order": "new"})) == ["请示", "报告"]
    assert rows_of(client.get(url, {"doc_type": "report"})) == ["报告"]
    client.force_login(office.depts[0].liaison)
    assert client.get(url).status_code == 403
