"""会话: seen and ended by their owner, ended by idleness, and the actor costs two queries a page."""

from datetime import timedelta

from django.http import HttpResponse
from django.test import RequestFactory

from zhongshu.base import clock
from zhongshu.people.middleware import ActorMiddleware
from zhongshu.people.models import OfficeSession, Person
from zhongshu.people.sessions import SessionStore, device_of
from zhongshu.people.tests.conftest import GOOD


def test_thirty_idle_minutes_end_a_session(client, office, last_entry):
    client.force_login(office.clerk)
    with clock.fixed(clock.now() + timedelta(minutes=31)):
        assert client.get("/account/").url == "/sign-in/?idle=1"
        assert last_entry().label == "空闲退出"
        assert "已自动退出" in client.get("/sign-in/?idle=1").text


def test_twenty_nine_do_not_and_each_page_counts_anew(client, office):
    client.force_login(office.clerk)
    start = clock.now()
    for minutes in (29, 58):
        with clock.fixed(start + timedelta(minutes=minutes)):
            assert client.get("/account/").status_code == 200


def test_a_page_that_asks_by_itself_does_not_keep_the_session(client, office):
    client.force_login(office.clerk)
    start = clock.now()
    with clock.fixed(start + timedelta(minutes=20)):
        client.get("/account/", headers={"zs-background": "1"})
    with clock.fixed(start + timedelta(minutes=31)):
        assert client.get("/account/").status_code == 302


def test_the_use_of_a_session_is_written_once_a_minute(client, office, django_assert_num_queries):
    client.force_login(office.clerk)
    row = OfficeSession.objects.get()
    with clock.fixed(row.last_seen_at + timedelta(seconds=50)):
        client.get("/account/")
    assert OfficeSession.objects.get().last_seen_at == row.last_seen_at
    with clock.fixed(row.last_seen_at + timedelta(seconds=70)):
        client.get("/account/")
    assert OfficeSession.objects.get().last_seen_at > row.last_seen_at


def test_the_actor_costs_two_queries(office, client, django_assert_max_num_queries):
    client.force_login(office.clerk)
    key = client.cookies["zhongshu_session"].value
    client.get("/account/")
    request = RequestFactory().get("/")
    request.session = SessionStore(key)
    with django_assert_max_num_queries(2):
        request.user = Person.objects.get(pk=request.session["_auth_user_id"])
        ActorMiddleware(lambda _: HttpResponse())(request)
    assert request.actor.name == "林晓禾"


def test_one_sees_ones_own_sessions_and_ends_the_others(client, office, last_entry):
    client.force_login(office.clerk)
    other, stranger = client.__class__(), client.__class__()
    other.force_login(office.clerk)
    stranger.force_login(office.drafter)
    assert client.get("/account/").text.count("（本次）") == 1
    client.post("/account/sessions/end/")
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert stranger.get("/account/").status_code == 200
    assert last_entry().text == "结束1个会话"


def test_a_disabled_account_is_out_at_its_next_page(client, office):
    client.force_login(office.clerk)
    Person.objects.filter(pk=office.clerk.pk).update(account_state="disabled")
    assert client.get("/account/").status_code == 302


def test_no_page_of_the_office_stays_in_the_browser(client, office):
    client.force_login(office.clerk)
    assert client.get("/account/").headers["Cache-Control"] == "no-store"


def test_the_cookie_is_out_of_reach_of_scripts(client, office, with_password):
    with_password(office.clerk)
    cookie = client.post("/sign-in/", {"username": "clerk", "password": GOOD}).cookies["zhongshu_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_devices_are_told_apart():
    assert device_of("Mozilla/5.0 (Windows NT 10.0) Chrome/99") == "desktop"
    assert device_of("Mozilla/5.0 (Linux; Android 12; Mobile) Chrome/99") == "phone"
    assert device_of("Mozilla/5.0 (iPad; CPU OS 15)") == "tablet"
    assert device_of("") == "desktop"
