"""消息: one reads one's own, and an open page is told in numbers whether there is news."""

import pytest
from django.urls import reverse

from zhongshu.base.actors import SYSTEM
from zhongshu.matters import notices
from zhongshu.matters.live.tickets import holder_of
from zhongshu.matters.models import Matter, NoticePreference, Notification
from zhongshu.matters.views.notices import pause_after
from zhongshu.people.models import OfficeSession

LIST = reverse("matters:notices")
PULSE = reverse("matters:pulse")
BACKGROUND = {"ZS-Background": "1"}


@pytest.fixture
def told(office):
    """The clerk has one notice."""
    matter = Matter.objects.create(kind="incoming", tenant=office.tenant, title="关于防汛的通知")
    (notice,) = notices.tell([office.clerk], matter=matter, text="请签收：关于防汛的通知", by=SYSTEM)
    return notice


def test_the_unread_come_first_and_reading_takes_them_off(client, office, told):
    client.force_login(office.clerk)
    assert "关于防汛的通知" in client.get(LIST).content.decode()
    client.post(reverse("matters:notice_read", args=[told.pk]))
    assert "没有未读消息" in client.get(LIST).content.decode()
    assert "关于防汛的通知" in client.get(LIST, {"all": "1"}).content.decode()


def test_nobody_sees_or_reads_the_notices_of_another(client, office, told):
    client.force_login(office.outsider)
    assert "关于防汛的通知" not in client.get(LIST, {"all": "1"}).content.decode()
    assert client.get(reverse("matters:notice_open", args=[told.pk])).status_code == 404
    assert client.post(reverse("matters:notice_read", args=[told.pk])).status_code == 404
    client.post(reverse("matters:notices_read"))
    told.refresh_from_db()
    assert told.read_at is None


def test_opening_a_notice_leads_to_its_matter_and_reads_it(client, office, told):
    client.force_login(office.clerk)
    answer = client.get(reverse("matters:notice_open", args=[told.pk]))
    assert answer.url == reverse("matters:matter", args=[told.matter.public_id])
    told.refresh_from_db()
    assert told.read_at is not None


def test_all_are_read_at_once(client, office, told):
    notices.tell([office.clerk], matter=None, text="另一条", by=SYSTEM)
    client.force_login(office.clerk)
    client.post(reverse("matters:notices_read"))
    assert notices.unread_count(office.clerk.pk) == 0


def test_a_long_list_is_read_page_by_page(client, office):
    for n in range(31):
        notices.tell([office.clerk], matter=None, text=f"第{n:02}条消息", by=SYSTEM)
    client.force_login(office.clerk)
    first = client.get(LIST)
    assert "第01条消息" in first.content.decode()
    assert "第00条消息" not in first.content.decode()
    second = client.get(LIST + first.context["next_url"])
    assert "第00条消息" in second.content.decode()


def test_the_list_takes_few_queries_however_long(client, office, django_assert_max_num_queries):
    for n in range(30):
        notices.tell([office.clerk], matter=None, text=f"第{n}条", by=SYSTEM)
    client.force_login(office.clerk)
    client.get(LIST)
    with django_assert_max_num_queries(8):
        client.get(LIST)


def test_the_top_bar_shows_how_many(client, office, told):
    client.force_login(office.clerk)
    assert "1条未读" in client.get(LIST).content.decode()


def test_the_pulse_is_numbers_and_a_ticket(client, office, told):
    client.force_login(office.clerk)
    answer = client.get(PULSE, headers=BACKGROUND).json()
    assert answer["unread"] == 1
    assert 15 <= answer["pause"] <= 300
    assert set(answer) == {"unread", "desk", "pause", "live"}


def test_the_pulse_differs_after_something_happened(client, office, told):
    client.force_login(office.clerk)
    before = client.get(PULSE, headers=BACKGROUND).json()["desk"]
    assert client.get(PULSE, headers=BACKGROUND).json()["desk"] == before
    notices.tell([office.clerk], matter=None, text="x", by=SYSTEM)
    assert client.get(PULSE, headers=BACKGROUND).json()["desk"] != before


def test_the_pulse_is_cheap(client, office, told, django_assert_max_num_queries):
    client.force_login(office.clerk)
    client.get(PULSE, headers=BACKGROUND)
    with django_assert_max_num_queries(5):
        client.get(PULSE, headers=BACKGROUND)


def test_asking_for_the_pulse_keeps_no_session_awake(client, office):
    client.force_login(office.clerk)
    OfficeSession.objects.update(last_seen_at=None)
    client.get(PULSE, headers=BACKGROUND)
    assert OfficeSession.objects.get().last_seen_at is None
    assert client.get(PULSE).status_code == 400


def test_the_pulse_is_for_the_signed_in(client, db):
    assert client.get(PULSE, headers=BACKGROUND).status_code == 302


@pytest.mark.parametrize(("seconds", "pause"), [(0.0, 15), (0.001, 19), (0.4, 95), (60.0, 300)])
def test_the_slower_the_answer_the_longer_the_pause(seconds, pause):
    assert pause_after(seconds) == pause


@pytest.mark.parametrize(
    ("url", "port", "address"),
    [
        ("", "", ""),
        ("/live/", "", "/live/?t="),
        ("", "8001", "https://testserver:8001/live/?t="),
    ],
)
def test_the_page_learns_where_the_stream_is(client, office, settings, url, port, address):
    settings.ZHONGSHU_LIVE_URL, settings.ZHONGSHU_LIVE_PORT = url, port
    client.force_login(office.clerk)
    live = client.get(PULSE, headers=BACKGROUND).json()["live"]
    assert live.startswith(address)
    if address:
        assert holder_of(live.partition("?t=")[2]).person_id == office.clerk.pk
    else:
        assert live == ""


def test_one_says_what_one_wishes_to_hear_outside(client, office):
    client.force_login(office.clerk)
    client.post(reverse("matters:notice_preference"), {"by_mail": "on"})
    mine = NoticePreference.objects.get(person=office.clerk)
    assert (mine.by_mail, mine.by_robot, mine.only_urgent) == (True, False, False)


def test_opening_the_matter_reads_all_that_was_said_of_it(office, told):
    notices.tell([office.clerk, office.director], matter=told.matter, text="又一条", by=SYSTEM)
    assert notices.mark_matter_read(told.matter_id, office.clerk) == 2
    assert list(Notification.objects.filter(read_at=None).values_list("person", flat=True)) == [
        office.director.pk
    ]
