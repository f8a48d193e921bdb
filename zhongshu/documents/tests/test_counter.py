"""机要登记本: dates, numbers, from and to; never a title; a wrong line is voided, its number stays."""

import pytest
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.documents.models import ConfidentialEntry
from zhongshu.documents.tests.papers import person_with_role, rows_of
from zhongshu.documents.tests.test_register_export import sheet_of

BOOK = reverse("documents:counter")
NEW = reverse("documents:counter_new")


@pytest.fixture
def keeper(office):
    return person_with_role(office, office.drafter, "confidential_clerk")


def line(**changes):
    return {
        "way": "in",
        "handled_on": clock.today().isoformat(),
        "quantity": "3",
        "from_unit": "市委机要局",
        "to_unit": "县政府办",
        **changes,
    }


def test_a_line_is_entered_by_the_keeper_and_nobody_else(client, office, keeper):
    client.force_login(office.clerk)
    assert client.get(BOOK).status_code == 403
    assert client.post(NEW, line()).status_code == 403
    client.force_login(keeper)
    response = client.post(NEW, line(), follow=True)
    assert "已登记：机〔" in response.text
    assert "收3件，发0件" in response.text
    assert len(rows_of(response)) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"from_unit": "关于某事的通知"}, "不得写标题"),
        ({"to_unit": "《某文件》"}, "不得写标题"),
        ({"handled_on": "2999-01-01"}, "晚于今天"),
        ({"quantity": "0"}, "大于"),
        ({"from_unit": " "}, "必填"),
    ],
)
def test_what_does_not_belong_here_is_refused(client, keeper, changes, words):
    client.force_login(keeper)
    response = client.post(NEW, line(**changes))
    assert response.status_code == 422
    assert words in response.text
    assert not ConfidentialEntry.objects.exists()


def test_a_wrong_line_is_voided_and_keeps_its_number(client, office, keeper):
    client.force_login(keeper)
    client.post(NEW, line())
    entry = ConfidentialEntry.objects.get()
    void = reverse("documents:counter_void", args=[entry.pk])
    assert client.post(void, {"reason": " "}).status_code == 422
    assert client.post(void, {"reason": "数量记错"}).status_code == 302
    assert "收0件" in client.get(BOOK).text
    assert rows_of(client.get(BOOK, {"view": "void"})) == [entry.number]
    client.post(NEW, line())
    assert ConfidentialEntry.objects.order_by("-pk")[0].number != entry.number
    client.force_login(office.director)
    assert client.post(void, {"reason": "x"}).status_code == 403


def test_another_office_s_book_is_closed(client, office, keeper):
    other = ConfidentialEntry.objects.create(
        tenant=office.depts[0].unit, number="机〔2026〕1号", way="in", handled_on=clock.today(), quantity=1,
        from_unit="甲", to_unit="乙", handled_by=office.depts[0].liaison,
    )  # fmt: skip
    client.force_login(keeper)
    assert rows_of(client.get(BOOK)) == []
    assert client.get(reverse("documents:counter_entry", args=[other.pk])).status_code == 404


def test_lines_are_found_by_way_year_and_unit(client, keeper):
    client.force_login(keeper)
    client.post(NEW, line())
    client.post(NEW, line(way="out", from_unit="县政府办", to_unit="青石镇"))
    assert len(rows_of(client.get(BOOK, {"way": "out"}))) == 1
    assert len(rows_of(client.get(BOOK, {"q": "青石"}))) == 1
    assert len(rows_of(client.get(BOOK, {"year": "2001"}))) == 0
    assert len(rows_of(client.get(BOOK))) == 2


def test_the_keeper_takes_this_book_out_and_no_other(client, office, keeper):
    client.force_login(keeper)
    client.post(NEW, line())
    export = reverse("documents:register_export", args=["counter"])
    assert sheet_of(client.get(export))[2][0] == "登记号"
    assert client.get(reverse("documents:register_export", args=["incoming"])).status_code == 403
    client.force_login(office.director)
    assert client.get(export).status_code == 403
