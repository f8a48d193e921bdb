"""登录: name and password; five failures lock for thirty minutes, and nothing tells whether the account exists."""

from datetime import timedelta

import pytest
from django.test import Client

from zhongshu.base import clock
from zhongshu.people import alarms, showcase
from zhongshu.people.actions.policy import change_policy
from zhongshu.people.models import AccountState, OfficeSession, Person, SignInGuard
from zhongshu.people.tests.conftest import GOOD

WRONG = "账号或口令不正确"
LOCKED = "失败次数过多，请30分钟后再试"


def sign_in(client, username="clerk", password=GOOD, **extra):
    return client.post("/sign-in/", {"username": username, "password": password, **extra})


@pytest.fixture
def clerk(office, with_password):
    return with_password(office.clerk)


def test_a_clerk_comes_in(client, clerk, last_entry):
    assert sign_in(client).status_code == 302
    assert client.get("/account/").status_code == 200
    entry = last_entry("sign_in")
    assert (entry.actor_name, entry.label, entry.outcome, entry.ip) == ("林晓禾", "登录", "done", "127.0.0.1")


def test_the_name_may_be_written_in_capitals(client, clerk):
    assert sign_in(client, username=" CLERK ").status_code == 302


@pytest.mark.parametrize(("username", "password"), [("clerk", "wrong-Pass-1"), ("nobody", GOOD)])
def test_unknown_name_and_wrong_password_look_the_same(client, clerk, last_entry, username, password):
    response = sign_in(client, username, password)
    assert response.status_code == 422
    assert WRONG in response.text
    assert last_entry("sign_in").outcome == "failed"
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("state", [AccountState.DRAFT, AccountState.DISABLED])
def test_an_account_not_in_use_looks_the_same_too(client, clerk, state):
    Person.objects.filter(pk=clerk.pk).update(account_state=state)
    assert WRONG in sign_in(client).text


@pytest.mark.parametrize("username", ["clerk", "nobody"])
def test_five_failures_lock_the_name_whether_or_not_it_exists(client, clerk, username):
    for _ in range(4):
        assert WRONG in sign_in(client, username, "wrong-Pass-1").text
    assert LOCKED in sign_in(client, username, "wrong-Pass-1").text
    assert LOCKED in sign_in(client, username).text


def test_the_lock_opens_after_thirty_minutes(client, clerk):
    for _ in range(5):
        sign_in(client, password="wrong-Pass-1")
    with clock.fixed(clock.now() + timedelta(minutes=29)):
        assert LOCKED in sign_in(client).text
    with clock.fixed(clock.now() + timedelta(minutes=31)):
        assert sign_in(client).status_code == 302


def test_coming_in_starts_the_count_anew(client, clerk):
    for _ in range(4):
        sign_in(client, password="wrong-Pass-1")
    sign_in(client)
    assert not SignInGuard.objects.filter(key="name:clerk").exists()


def test_many_names_from_one_address_lock_the_address(client, clerk):
    for n in range(50):
        sign_in(client, f"guess{n}", "wrong-Pass-1")
    assert LOCKED in sign_in(client).text


def test_what_was_typed_as_a_name_is_not_written_out(client, clerk, last_entry):
    sign_in(client, "MySecret-2026", "x")
    assert "MySecret" not in last_entry("sign_in").text


def test_after_sign_in_one_is_where_one_wanted(client, clerk):
    assert sign_in(client, next="/account/password/").url == "/account/password/"


def test_a_foreign_address_is_not_followed(client, clerk):
    assert sign_in(client, next="https://elsewhere.example/").url == "/"


def test_one_session_for_each_kind_of_device(client, client_on_phone, clerk):
    sign_in(client)
    sign_in(client_on_phone)
    first = OfficeSession.objects.get(person=clerk, device="desktop")
    sign_in(client.__class__())
    assert not OfficeSession.objects.filter(pk=first.pk).exists()
    assert set(OfficeSession.objects.filter(person=clerk).values_list("device", flat=True)) == {
        "desktop",
        "phone",
    }
    assert client.get("/account/").status_code == 302
    assert client_on_phone.get("/account/").status_code == 200


@pytest.fixture
def client_on_phone():
    return Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 12; Mobile) Chrome/99"})


def test_the_second_session_stays_where_the_policy_allows_it(client, clerk, office):
    change_policy({"one_session_per_device": False}, by=office.actor(office.sec_admin))
    sign_in(client)
    sign_in(client.__class__())
    assert client.get("/account/").status_code == 200


def test_the_screen_looks_as_this_person_likes_it(client, clerk):
    Person.objects.filter(pk=clerk.pk).update(text_size="large", has_letter_keys=False)
    response = sign_in(client)
    assert response.cookies["zs_size"].value == "large"
    assert response.cookies["zs_keys"].value == "off"


def test_signing_out_ends_the_session(client, clerk, last_entry):
    sign_in(client)
    client.post("/sign-out/")
    assert last_entry().verb == "sign_out"
    assert not OfficeSession.objects.filter(person=clerk).exists()
    assert client.get("/account/").status_code == 302


def test_a_demonstration_alone_shows_its_accounts(client, office, settings, monkeypatch):
    monkeypatch.setattr(showcase, "_sources", [])
    showcase.register(lambda: [showcase.ShownAccount("文书", "林晓禾", "clerk", "shown-Pass-1")])
    settings.ZHONGSHU_DEMO = False
    assert "shown-Pass-1" not in client.get("/sign-in/").text
    settings.ZHONGSHU_DEMO = True
    assert "shown-Pass-1" in client.get("/sign-in/").text


def test_failures_far_apart_do_not_add_up(client, clerk):
    start = clock.now()
    for n in range(6):
        with clock.fixed(start + timedelta(minutes=31 * n)):
            assert WRONG in sign_in(client, password="wrong-Pass-1").text


def test_a_lock_is_told_to_who_must_hear_of_it(client, clerk, monkeypatch):
    heard = []
    monkeypatch.setattr(alarms, "_listeners", [lambda alarm, text: heard.append((alarm, text))])
    for _ in range(6):
        sign_in(client, password="wrong-Pass-1")
    assert heard == [(alarms.Alarm.LOCKED, "127.0.0.1登录连续失败，已锁定30分钟")]


def test_without_https_there_is_no_page(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/sign-in/")
    assert (response.status_code, response.url) == (301, "https://testserver/sign-in/")
