"""查询: who holds a role, belongs to a unit, receives for it."""

from zhongshu.people import queries
from zhongshu.people.models import Person


def test_holders_of_a_role_in_an_office(office):
    assert set(queries.holders("secretariat", tenant=office.tenant)) == {office.clerk, office.section_chief}
    assert queries.holders("secretariat", tenant=office.depts[0].unit) == []


def test_liaisons_belong_to_their_unit(office):
    dept = office.depts[0]
    assert set(queries.liaisons(dept.unit)) == {dept.liaison, dept.b_liaison}


def test_a_disabled_account_holds_nothing(office):
    Person.objects.filter(pk=office.clerk.pk).update(account_state="disabled")
    assert queries.holders("secretariat", tenant=office.tenant) == [office.section_chief]
    assert office.clerk not in queries.members(office.units["秘书科"])


def test_members_in_order_of_rank(office):
    assert queries.members(office.units["秘书科"])[0] == office.section_chief
    assert office.clerk in queries.members(office.tenant, with_sections=True)
    assert office.clerk not in queries.members(office.tenant)


def test_heads(office):
    assert queries.heads(office.depts[0].unit) == [office.depts[0].head]


def test_who_stands_behind_principals(office):
    dept = office.depts[0]
    found = queries.persons_of([dept.unit.principal_id, office.clerk.principal_id])
    assert set(found) == {dept.liaison, dept.b_liaison, office.clerk}
    assert set(queries.persons_of([office.units["秘书科"].principal_id])) == {
        office.clerk,
        office.section_chief,
        office.archivist,
    }


def test_an_office_without_liaisons_receives_through_its_secretariat(office):
    assert set(queries.representatives(office.tenant)) == {office.clerk, office.section_chief}
