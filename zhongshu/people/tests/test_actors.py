"""Actor: what a person may do and whose papers they see, for oneself, in one post, or as 乙（代甲）."""

from datetime import timedelta

import pytest

from zhongshu.base import clock
from zhongshu.people.actors import actor_for
from zhongshu.people.models import Appointment, Delegation, Person, Post


def test_a_clerk_of_the_secretariat_sees_own_section_and_office(office):
    actor = office.actor(office.clerk)
    assert actor.roles == {"secretariat"}
    assert actor.tenant_id == office.tenant.pk
    assert set(actor.principals) == {
        office.clerk.principal_id,
        office.units["秘书科"].principal_id,
        office.tenant.principal_id,
    }


def test_a_member_without_a_role_sees_only_what_is_addressed_to_him(office):
    member = office.depts[0].member
    assert office.actor(member).principals == (member.principal_id,)


def test_a_liaison_sees_what_is_addressed_to_the_unit(office):
    dept = office.depts[0]
    assert dept.unit.principal_id in office.actor(dept.liaison).principals
    assert dept.unit.principal_id not in office.actor(office.outsider).principals


@pytest.mark.parametrize("key", ["sys_admin", "sec_admin", "audit_admin"])
def test_an_administrator_is_no_ones_reader(office, key):
    assert office.actor(office.people[key]).principals == ()


def test_roles_of_a_second_post_in_another_tenant_wait_for_the_switch(office):
    dept = office.depts[0]
    second = Appointment.objects.create(
        person=office.clerk, unit=dept.unit, post=Post.objects.get(name="联络员"), start=clock.today()
    )
    office.clerk.grants.create(role_id=dept.liaison.grants.get().role_id, appointment=second)
    assert office.actor(office.clerk).roles == {"secretariat"}
    chosen = office.actor(office.clerk, appointment=second)
    assert chosen.roles == {"liaison"}
    assert chosen.tenant_id == dept.unit.pk
    assert office.units["秘书科"].principal_id not in chosen.principals


def test_an_ended_appointment_takes_its_roles_along(office):
    Appointment.objects.filter(person=office.clerk).update(end=clock.today() - timedelta(days=1))
    assert office.actor(office.clerk).roles == frozenset()


def test_an_agent_works_with_the_principals_eyes_and_both_names(office):
    delegation = Delegation.objects.create(
        principal_person=office.vice_head,
        agent=office.deputy,
        start=clock.now(),
        end=clock.now() + timedelta(days=1),
        reason="出差",
    )
    actor = office.actor(office.deputy, delegation=delegation)
    assert actor.display == "闻仲谦（代顾怀川）"
    assert actor.person_id == office.deputy.pk
    assert office.vice_head.principal_id in actor.principals
    assert office.deputy.principal_id not in actor.principals


def test_a_known_actor_costs_no_query(office, django_assert_num_queries):
    person = Person.objects.get(pk=office.clerk.pk)
    actor_for(person)
    with django_assert_num_queries(0):
        actor_for(person)
