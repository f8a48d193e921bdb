"""没有人能签收: when who signs or approves for a unit leaves, the administrators hear of it; nothing is refused."""

import pytest

from zhongshu.base import clock
from zhongshu.people import receiving
from zhongshu.people.models import Appointment, Person, RoleGrant


def grants(person, role):
    return RoleGrant.objects.standing().filter(person=person, role__code=role)


def leave_with(office, *roles):
    """Take these roles from everybody in the first department."""
    unit = office.depts[0].unit
    found = RoleGrant.objects.standing().filter(role__code__in=roles, person__appointments__unit=unit)
    RoleGrant.objects.filter(pk__in=found.values("pk")).update(revoked_at=clock.now())


def test_an_office_in_order_has_no_gaps(client, office):
    assert receiving.unable_to_sign() == []
    client.force_login(office.sys_admin)
    assert "没有人能签收" not in client.get("/system/units/").text


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (("liaison", "dept_head"), "既没有联络员，也没有主要负责人，来文没有人能签收"),
        (("liaison",), "没有联络员，来文没有人能签收"),
        (("dept_head",), "反馈没有人能审签"),
    ],
)
def test_the_administrator_s_page_says_whom_a_unit_lacks(client, office, roles, words):
    leave_with(office, *roles)
    client.force_login(office.sys_admin)
    assert words in client.get("/system/units/").text
    client.force_login(office.depts[0].member)
    assert client.get("/system/units/").status_code == 403


def test_the_last_liaison_s_end_of_appointment_is_warned_of_and_carried_out(client, office):
    group = office.depts[0]
    client.force_login(office.sys_admin)
    first, last = group.liaison, group.b_liaison
    for person in (first, last):
        post = Appointment.objects.current(clock.today()).get(person=person, unit=group.unit)
        url = f"/system/appointments/{post.pk}/release/"
        page = client.post(url, {"end": clock.today().isoformat()}, follow=True)
        post.refresh_from_db()
        assert post.end == clock.today()
        assert ("来文没有人能签收" in page.text) == (person == last)


def test_the_last_role_taken_back_is_warned_of(client, office):
    group = office.depts[0]
    client.force_login(office.sec_admin)
    for person in (group.liaison, group.b_liaison):
        grant = grants(person, "liaison").get()
        page = client.post(f"/system/grants/{grant.pk}/revoke/", follow=True)
        grant.refresh_from_db()
        assert grant.revoked_at is not None
        assert ("来文没有人能签收" in page.text) == (person == group.b_liaison)


def test_a_disabled_account_signs_for_nobody(client, office):
    group = office.depts[0]
    Person.objects.filter(pk__in=[group.liaison.pk, group.b_liaison.pk]).update(account_state="disabled")
    assert [gap.unit for gap in receiving.unable_to_sign()] == [group.unit]
