"""批量催办: words of one's own or a ready phrase, one act, one line of trail for each paper."""

import pytest
from django.urls import reverse

from zhongshu.base.models import TrailEntry
from zhongshu.documents.tests.pages import told
from zhongshu.matters import settings
from zhongshu.matters.models import Notification

URL = reverse("documents:incoming_remind")
WORDS = "明天常务会要用，请今晚八点前报。"


@pytest.fixture
def two(carrier):
    """Two papers, one of them with two units."""
    return [carrier.handling(2), carrier.registered(doc_number="澜政办发〔2026〕99号")]


def ids(papers):
    return [paper.public_id for paper in papers]


def trail(paper):
    return TrailEntry.objects.filter(verb="flow.remind", matter_id=paper.pk)


def test_first_one_says_what_is_to_be_told(client, office, two):
    client.force_login(office.director)
    page = client.post(URL, {"id": ids(two)})
    assert page.status_code == 200
    for paper in two:
        assert paper.matter.title in page.text
    assert 'data-fill="#id_text"' in page.text
    assert not TrailEntry.objects.filter(verb="flow.remind").exists()
    assert not Notification.objects.filter(event="flow.remind").exists()


def test_each_paper_gets_the_words_and_one_line(client, office, two):
    client.force_login(office.director)
    book = reverse("documents:incoming_register") + "?light=r"
    answer = client.post(URL, {"id": ids(two), "text": WORDS, "back": book})
    assert (answer.status_code, answer.url) == (302, book)
    line = trail(two[0]).get()
    assert WORDS in line.text
    assert line.text.count("第1次") == 2
    assert WORDS in trail(two[1]).get().text
    for group in office.depts[:2]:
        assert any(WORDS in text for text in told(group.liaison, "flow.remind"))


def test_the_office_keeps_its_phrases(client, office, two):
    settings.change(
        "documents.remind_phrases", ["请从速。"], tenant=office.tenant, by=office.actor(office.sys_admin)
    )
    client.force_login(office.director)
    assert 'data-text="请从速。"' in client.post(URL, {"id": ids(two)}).text


def test_too_long_it_stays_on_the_page(client, office, two):
    client.force_login(office.director)
    page = client.post(URL, {"id": ids(two), "text": "催" * 201})
    assert page.status_code == 422
    assert "催" * 201 in page.text
    assert not TrailEntry.objects.filter(verb="flow.remind", outcome="done").exists()


def test_none_can_be_reminded_the_words_stay_and_why_is_said(client, office, two):
    client.force_login(office.director)
    client.post(URL, {"id": ids(two), "text": WORDS})
    page = client.post(URL, {"id": ids(two), "text": "再催一次"})
    assert page.status_code == 422
    assert "刚刚催过" in page.text
    assert "再催一次" in page.text


def test_a_unit_reminds_nobody_of_others_and_sees_none_it_may_not(client, office, two):
    client.force_login(office.depts[0].liaison)
    page = client.post(URL, {"id": ids(two)})
    assert two[1].matter.public_id not in page.text
    assert client.post(URL, {"id": ids(two), "text": WORDS}).status_code == 422
    client.force_login(office.outsider)
    assert client.post(URL, {"id": ids(two)}).status_code in (403, 422)
    assert not TrailEntry.objects.filter(verb="flow.remind", outcome="done").exists()


def test_the_way_back_leads_nowhere_else(client, office, two):
    client.force_login(office.director)
    answer = client.post(URL, {"id": ids(two), "text": WORDS, "back": "https://example.org/"})
    assert answer.url == reverse("documents:incoming_register")
