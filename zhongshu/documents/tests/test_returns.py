"""退文: the book with its rate, and the slip that goes to the sender."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.documents.models import ReturnSlip
from zhongshu.documents.tests.papers import paper, rows_of

BOOK = reverse("documents:return_register")


def slip_of(office, document, **fields):
    given = {
        "number": "退〔2026〕7号",
        "reasons": [{"code": "DOC-02", "text": "请示主送了2个机关，应只主送一个上级机关"}],
        "advice": "请改为只主送县政府。",
        "state": "approved",
        "drafted_by": office.clerk,
        "approved_by": office.deputy,
        "approved_at": clock.now(),
        **fields,
    }
    return ReturnSlip.objects.create(incoming=document, **given)


def url_of(slip):
    return reverse("documents:return_slip", args=[slip.incoming.matter.public_id, slip.pk])


@pytest.fixture
def sent_back(office):
    return paper(office, 1, title="关于解决资金的请示", closed_at=clock.now(), phase="returned_to_sender")


def test_the_book_lists_slips_and_says_the_rate(client, office, sent_back):
    slip_of(office, sent_back)
    paper(office, 2)
    paper(office, 3)
    client.force_login(office.clerk)
    response = client.get(BOOK)
    assert rows_of(response) == ["关于解决资金的请示"]
    assert "退文率 33.3%（1 ÷ 3）" in response.text
    assert "退文率 —" in client.get(BOOK, {"year": "2001"}).text
    client.force_login(office.depts[0].liaison)
    assert client.get(BOOK).status_code == 403


def test_filters_and_tabs(client, office, sent_back):
    other = paper(office, 2, title="关于别的请示")
    slip_of(office, sent_back)
    slip_of(office, other, state="drafted", number="", approved_by=None, approved_at=None,
            reasons=[{"code": "DOC-12", "text": "越级"}])  # fmt: skip
    client.force_login(office.clerk)
    for filters, titles in (
        ({}, ["关于别的请示", "关于解决资金的请示"]),
        ({"view": "approved"}, ["关于解决资金的请示"]),
        ({"view": "drafted"}, ["关于别的请示"]),
        ({"reason": "DOC-02"}, ["关于解决资金的请示"]),
        ({"q": "别的"}, ["关于别的请示"]),
        ({"year": "2001"}, []),
    ):
        assert rows_of(client.get(BOOK, filters)) == titles, filters


def test_pages_meet(client, office):
    for n in range(1, 26):
        slip_of(office, paper(office, n, title=f"第{n}件"), number=f"退〔2026〕{n}号")
    client.force_login(office.clerk)
    first = client.get(BOOK).context["shown"]
    second = client.get(f"{BOOK}{first.next_url}").context["shown"]
    labels = [row.label for row in [*first.rows, *second.rows]]
    assert labels == [f"第{n}件" for n in range(25, 0, -1)]
    assert not second.next_url


def test_a_secret_paper_s_slip_is_not_listed(client, office):
    secret = paper(office, 5, label="work_secret", seen_by=[office.county_head])
    slip = slip_of(office, secret)
    client.force_login(office.clerk)
    assert rows_of(client.get(BOOK)) == []
    assert client.get(url_of(slip)).status_code == 404


def test_the_slip_for_the_sender(client, office, sent_back):
    slip = slip_of(office, sent_back)
    client.force_login(office.clerk)
    text = client.get(url_of(slip)).text
    for words in (
        "退文单",
        "退〔2026〕7号",
        "应只主送一个上级机关",
        "请改为只主送县政府",
        office.deputy.name,
    ):
        assert words in text
    client.force_login(office.outsider)
    assert client.get(url_of(slip)).status_code == 404


def test_an_unapproved_slip_cannot_pass_for_one(client, office, sent_back):
    slip = slip_of(office, sent_back, state="drafted", number="", approved_by=None, approved_at=None)
    client.force_login(office.clerk)
    text = client.get(url_of(slip)).text
    assert "不能作为正式退文单" in text
    assert "data-print" not in text.split("zs-slip")[0].split("zs-head")[-1]


def test_what_was_sent_again_hangs_on_the_first(client, office, sent_back):
    slip = slip_of(office, sent_back)
    paper(
        office, 9, previous=sent_back, number="收〔2026〕88号", received_at=clock.now() - timedelta(hours=1)
    )
    client.force_login(office.clerk)
    assert "收〔2026〕88号" in client.get(BOOK).text
    assert "收〔2026〕88号" in client.get(url_of(slip)).text


def test_few_statements(client, office, django_assert_max_num_queries):
    for n in range(1, 15):
        slip_of(office, paper(office, n), number=f"退{n}")
    client.force_login(office.clerk)
    client.get(BOOK)
    with django_assert_max_num_queries(25):
        client.get(BOOK)
