"""第二因素: administrators and signers set up a code at first sign-in and give it each time; never in a demonstration."""

import base64
from datetime import timedelta

import pytest
from django.db import connection
from django_otp.oath import hotp

from zhongshu.base import clock
from zhongshu.people.actions.policy import change_policy
from zhongshu.people.models import SecondFactor
from zhongshu.people.tests.conftest import GOOD


def sign_in(client, username):
    return client.post("/sign-in/", {"username": username, "password": GOOD})


@pytest.fixture
def strict(settings):
    settings.ZHONGSHU_DEMO = False


def code_at(person, moment):
    key = base64.b32decode(SecondFactor.objects.get(person=person).secret)
    return f"{hotp(key, int(moment.timestamp()) // 30):06d}"


def test_a_signer_sets_the_code_up_and_gives_it(client, office, with_password, strict, last_entry):
    with_password(office.director)
    assert sign_in(client, "director").url == "/sign-in/code/"
    page = client.get("/sign-in/code/")
    assert "<svg" in page.text
    assert client.get("/account/").status_code == 302
    assert client.post("/sign-in/code/", {"code": code_at(office.director, clock.now())}).url == "/"
    assert client.get("/account/").status_code == 200
    assert last_entry("second_factor_confirm").actor_name == "乔致远"


def test_a_wrong_code_stays_outside_and_counts_as_a_failure(
    client, office, with_password, strict, last_entry
):
    with_password(office.director)
    sign_in(client, "director")
    for _ in range(5):
        assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422
    assert last_entry("sign_in").label == "动态码错误"
    assert client.post("/sign-in/code/", {"code": code_at(office.director, clock.now())}).url == "/sign-in/"
    assert "失败次数过多" in sign_in(client, "director").text


def test_a_code_counts_once(client, office, with_password, strict):
    with_password(office.sec_admin)
    now = clock.now()
    with clock.fixed(now):
        sign_in(client, "sec_admin")
        client.get("/sign-in/code/")
        code = code_at(office.sec_admin, now)
        assert client.post("/sign-in/code/", {"code": code}).url == "/"
        again = client.__class__()
        sign_in(again, "sec_admin")
        assert again.post("/sign-in/code/", {"code": code}).status_code == 422
    with clock.fixed(now + timedelta(seconds=30)):
        assert again.post("/sign-in/code/", {"code": code_at(office.sec_admin, clock.now())}).url == "/"


def test_five_minutes_after_the_password_one_begins_again(client, office, with_password, strict):
    with_password(office.director)
    sign_in(client, "director")
    with clock.fixed(clock.now() + timedelta(minutes=6)):
        assert client.get("/sign-in/code/").url == "/sign-in/"


def test_the_code_page_is_closed_to_who_gave_no_password(client, office, strict):
    assert client.get("/sign-in/code/").url == "/sign-in/"


def test_a_clerk_needs_none(client, office, with_password, strict):
    with_password(office.clerk)
    assert sign_in(client, "clerk").url == "/"


def test_the_policy_can_ask_only_administrators_or_nobody(client, office, with_password, strict):
    with_password(office.director)
    by = office.actor(office.sec_admin)
    change_policy({"second_factor_for": "admins"}, by=by)
    assert sign_in(client, "director").url == "/"
    with_password(office.audit_admin)
    assert sign_in(client.__class__(), "audit_admin").url == "/sign-in/code/"
    change_policy({"second_factor_for": "nobody"}, by=by)
    assert sign_in(client.__class__(), "audit_admin").url == "/"


def test_a_demonstration_asks_nobody(client, office, with_password, settings):
    settings.ZHONGSHU_DEMO = True
    with_password(office.sec_admin)
    assert sign_in(client, "sec_admin").url == "/"


def test_the_secret_lies_sealed(client, office, with_password, strict):
    with_password(office.director)
    sign_in(client, "director")
    client.get("/sign-in/code/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM people_secondfactor")
        assert cursor.fetchone()[0].startswith("sm4:")
