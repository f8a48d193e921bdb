"""任职与离任: several posts, one primary; leaving ends the post and its roles, never the person."""

from datetime import timedelta

import pytest

from zhongshu.base import clock
from zhongshu.people.models import Appointment, Person, Post


@pytest.fixture
def signed_in(client, office):
    client.force_login(office.sys_admin)
    return client


def appoint(client, person, unit, post="科员", **data):
    given = {"unit": unit.pk, "post": Post.objects.get(name=post).pk, "start": clock.today().isoformat()}
    return client.post(f"/system/persons/{person.pk}/appoint/", given | data)


def test_a_second_post_stands_beside_the_primary_one(signed_in, office):
    assert appoint(signed_in, office.clerk, office.units["综合科"]).status_code == 302
    assert office.clerk.appointments.count() == 2
    assert office.actor(office.clerk).unit_name == "秘书科"
    assert office.units["综合科"].principal_id in office.actor(office.clerk).principals


def test_a_new_primary_post_takes_the_first_place(signed_in, office):
    appoint(signed_in, office.clerk, office.units["综合科"], is_primary="on")
    assert office.clerk.appointments.get(is_primary=True).unit == office.units["综合科"]
    assert office.actor(office.clerk).unit_name == "综合科"


def test_not_the_same_post_twice(signed_in, office):
    assert "此人已任该岗位" in appoint(signed_in, office.clerk, office.units["秘书科"]).text


def test_not_before_the_unit_was_there(signed_in, office):
    response = appoint(signed_in, office.clerk, office.units["综合科"], start="2001-01-01")
    assert "任职之日该单位不存在" in response.text


def test_leaving_ends_the_post_and_its_roles_and_keeps_the_person(signed_in, office, last_entry):
    appointment = office.appointment(office.clerk)
    yesterday = clock.today() - timedelta(days=1)
    response = signed_in.post(
        f"/system/appointments/{appointment.pk}/release/", {"end": yesterday.isoformat()}
    )
    assert response.status_code == 302
    assert office.actor(office.clerk).roles == frozenset()
    assert Person.objects.filter(pk=office.clerk.pk).exists()
    assert "曾任" in signed_in.get(f"/system/persons/{office.clerk.pk}/").text
    assert last_entry().label == "离任"


def test_the_next_post_comes_to_the_front(signed_in, office):
    appoint(signed_in, office.clerk, office.units["综合科"])
    first = office.appointment(office.clerk)
    signed_in.post(f"/system/appointments/{first.pk}/release/", {"end": clock.today().isoformat()})
    assert office.clerk.appointments.get(is_primary=True).unit == office.units["综合科"]


def test_nobody_leaves_before_coming(signed_in, office):
    appointment = office.appointment(office.clerk)
    response = signed_in.post(f"/system/appointments/{appointment.pk}/release/", {"end": "2001-01-01"})
    assert response.status_code == 422
    assert Appointment.objects.get(pk=appointment.pk).end is None


@pytest.mark.parametrize("words", ["林晓", "lxh", "clerk"])
def test_found_by_name_initials_or_account(signed_in, office, words):
    office.clerk.save()
    text = signed_in.get(f"/system/persons/?q={words}").text
    assert "林晓禾" in text
    assert "白砚" not in text


def test_the_list_goes_on_at_its_cursor(signed_in, office):
    signed_in.cookies["zs_rows"] = "10"
    first = signed_in.get("/system/persons/")
    second = signed_in.get(first.context["next_url"])
    assert {p.pk for p in first.context["rows"]}.isdisjoint(p.pk for p in second.context["rows"])


def test_names_and_telephones_are_corrected_without_being_written_out(signed_in, office, last_entry):
    data = {"name": "林小禾", "phone": "13900005678", "email": ""}
    signed_in.post(f"/system/persons/{office.clerk.pk}/edit/", data)
    assert Person.objects.get(pk=office.clerk.pk).phone == "13900005678"
    assert Person.objects.get(pk=office.clerk.pk).initials == "lxh"
    assert last_entry().text == "修改姓名、电话"
    assert "13900005678" not in str(last_entry().data)


class TestPhone:
    """电话: veiled, shown in full for a reason"""

    @pytest.fixture
    def clerk(self, office):
        office.clerk.phone = "13900005678"
        office.clerk.save()
        return office.clerk

    def test_the_page_shows_it_veiled_and_the_form_not_at_all(self, signed_in, clerk):
        page = signed_in.get(f"/system/persons/{clerk.pk}/")
        assert "139****5678" in page.text
        assert "13900005678" not in page.text
        assert "13900005678" not in signed_in.get(f"/system/persons/{clerk.pk}/edit/").text

    def test_in_full_for_a_reason_that_is_kept(self, signed_in, clerk, last_entry):
        assert signed_in.post(f"/system/persons/{clerk.pk}/phone/", {"reason": ""}).status_code == 422
        page = signed_in.post(f"/system/persons/{clerk.pk}/phone/", {"reason": "紧急联络"}, follow=True)
        assert "13900005678" in page.text
        assert "紧急联络" in last_entry().text
        assert "13900005678" not in last_entry().text

    def test_left_empty_it_stays_and_it_can_be_taken_out(self, signed_in, clerk):
        data = {"name": clerk.name, "phone": "", "email": ""}
        signed_in.post(f"/system/persons/{clerk.pk}/edit/", data)
        assert Person.objects.get(pk=clerk.pk).phone == "13900005678"
        signed_in.post(f"/system/persons/{clerk.pk}/edit/", data | {"forget_phone": "on"})
        assert Person.objects.get(pk=clerk.pk).phone == ""
