"""以何身份办公: in one of several posts, chosen at the top of the page."""

import pytest

from zhongshu.base import clock
from zhongshu.people.models import Appointment, Post, Role
from zhongshu.people.versions import bump


@pytest.fixture
def second(office):
    """The clerk is liaison of a department besides."""
    made = Appointment.objects.create(
        person=office.clerk,
        unit=office.depts[0].unit,
        post=Post.objects.get(name="联络员"),
        start=clock.today(),
    )
    office.clerk.grants.create(role=Role.objects.get(code="liaison"), appointment=made)
    return made


def choose(client, value):
    client.post("/account/standing/", {"standing": value})
    return client.get("/account/").wsgi_request.actor


def test_the_switch_shows_the_posts_and_works(client, office, second):
    client.force_login(office.clerk)
    page = client.get("/account/").text
    assert "县发展和改革局 联络员" in page
    assert choose(client, f"post:{second.pk}").roles == {"liaison"}
    assert client.get("/account/").wsgi_request.actor.tenant_id == office.depts[0].unit.pk
    assert choose(client, "all").roles == {"secretariat"}


def test_who_has_one_post_sees_no_switch(client, office):
    client.force_login(office.drafter)
    assert "以何身份办公" not in client.get("/account/").text


@pytest.mark.parametrize("value", ["post:{other}", "post:x", "for:1", "nonsense"])
def test_what_is_not_ones_own_cannot_be_chosen(client, office, second, value):
    client.force_login(office.clerk)
    actor = choose(client, value.format(other=office.appointment(office.director).pk))
    assert actor.roles == {"secretariat"}


def test_an_ended_post_falls_back_to_oneself(client, office, second):
    client.force_login(office.clerk)
    assert choose(client, f"post:{second.pk}").roles == {"liaison"}
    Appointment.objects.filter(pk=second.pk).update(start="2020-01-01", end="2020-12-31")
    bump(office.clerk.pk)
    assert client.get("/account/").wsgi_request.actor.roles == {"secretariat"}
