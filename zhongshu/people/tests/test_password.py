"""修改口令: ten characters of three kinds, none of the last five, changed at first and every ninety days."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.conf import settings as site

from zhongshu.base import clock
from zhongshu.people.models import AccountPolicy, Person
from zhongshu.people.rules.passwords import obstacles_to_password
from zhongshu.people.tests.conftest import GOOD

NEW = "Better-2027"


@pytest.fixture
def clerk(client, office, with_password):
    person = with_password(office.clerk)
    client.force_login(person)
    return person


def change(client, old=GOOD, new=NEW, repeated=None):
    data = {"old_password": old, "new_password": new, "repeated": new if repeated is None else repeated}
    return client.post("/account/password/", data)


def test_argon2_guards_the_passwords_of_an_installation():
    fresh = LazySettings()
    assert "Argon2" in fresh.PASSWORD_HASHERS[0]
    assert site.AUTH_USER_MODEL == "people.Person"


def test_the_new_password_works_and_the_session_stays(client, clerk, last_entry):
    assert change(client).status_code == 302
    assert Person.objects.get(pk=clerk.pk).check_password(NEW)
    assert client.get("/account/").status_code == 200
    assert last_entry().verb == "password_change"


def test_the_old_one_must_be_right(client, clerk):
    response = change(client, old="wrong-Pass-1")
    assert response.status_code == 422
    assert "原口令不正确" in response.text


def test_both_must_be_alike(client, clerk):
    assert "两次输入的新口令不一致" in change(client, repeated="Other-2027").text


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        ("Aa1-short", "至少10位"),
        ("alllowercase1", "至少3类"),
        ("1234567890", "至少3类"),
        ("My-clerk-2026", "不能包含账号"),
        (NEW, ""),
        ("汉字也算一类Aa12", ""),
    ],
)
def test_what_a_password_must_have(office, raw, what):
    found = obstacles_to_password(office.clerk, raw, AccountPolicy())
    assert [r.message for r in found if what in r.message] if what else found == []
    assert all(r.code == "SEC-01" for r in found)


def test_none_of_the_last_five_comes_again(client, clerk):
    change(client)
    old = NEW
    for n in range(5):
        new = f"Number-{n}-2027"
        assert change(client, old=old, new=new).status_code == 302
        old = new
    assert "不能与最近5次用过的口令相同" in change(client, old=old, new="Number-1-2027").text
    assert change(client, old=old, new=NEW).status_code == 302


def test_the_present_one_does_not_come_again_either(client, clerk):
    assert "不能与最近5次" in change(client, new=GOOD).text


@pytest.mark.parametrize(
    "aged",
    [{"must_change_password": True}, {"password_changed_at": clock.now() - timedelta(days=91)}],
)
def test_nothing_opens_before_a_first_or_aged_password_is_changed(client, clerk, aged):
    Person.objects.filter(pk=clerk.pk).update(**aged)
    assert client.get("/account/").url == "/account/password/"
    assert "口令须先修改" in client.get("/account/password/").text
    assert change(client).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_password_of_eighty_nine_days_is_good(client, clerk):
    Person.objects.filter(pk=clerk.pk).update(password_changed_at=clock.now() - timedelta(days=89))
    assert client.get("/account/").status_code == 200


def test_htmx_is_sent_to_the_change_too(client, clerk):
    Person.objects.filter(pk=clerk.pk).update(must_change_password=True)
    response = client.get("/account/", headers={"hx-request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (204, "/account/password/")


def test_changing_it_ends_the_sessions_elsewhere(client, clerk):
    other = client.__class__()
    other.force_login(clerk)
    change(client)
    assert other.get("/account/").status_code == 302
