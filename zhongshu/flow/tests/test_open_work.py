"""未办件: whoever still has work in hand keeps the account; a unit with open work is not closed (ORG-03)."""

from zhongshu.flow import verbs
from zhongshu.people.checks import open_work, open_work_of_unit


def test_work_in_a_pool_is_the_units_and_once_signed_for_the_persons(desk, office):
    dept = office.depts[0]
    assert (open_work(dept.liaison), open_work_of_unit(dept.unit)) == (0, 0)
    matter = desk.walk_to_handling([dept.unit])
    before = open_work_of_unit(dept.unit)
    assert before > 0
    assert open_work(dept.liaison) == 0
    verbs.claim(desk.task(matter, "signed", unit=dept.unit), by=office.actor(dept.liaison))
    assert open_work(dept.liaison) == 1
    assert open_work(dept.b_liaison) == 0
    assert open_work_of_unit(office.depts[1].unit) == 0
