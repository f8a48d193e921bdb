"""正式安装: one office, three administrators in three hands, no account that nobody asked for."""

from dataclasses import replace

import pytest

from zhongshu.base.actors import SYSTEM
from zhongshu.base.models import TrailEntry
from zhongshu.base.refusals import Refused
from zhongshu.matters import installation
from zhongshu.matters.installation import Admin, Plan, install
from zhongshu.people.actors import actor_for
from zhongshu.people.models import OrgUnit, Person

ADMINS = {
    "sys_admin": Admin("sys", "管一"),
    "sec_admin": Admin("sec", "管二"),
    "audit_admin": Admin("audit", "管三"),
}
PLAN = Plan("云岭县人民政府", "云岭县人民政府办公室", ADMINS)


def test_three_people_get_one_administrator_s_role_each_and_no_sight_of_business(db):
    issued = install(PLAN, by=SYSTEM)
    for code, one in issued.items():
        actor = actor_for(Person.objects.get(pk=one.person.pk))
        assert (actor.roles, actor.principals) == (frozenset({code}), ())
        assert one.person.check_password(one.password)
        assert one.person.must_change_password
    office = OrgUnit.objects.get(is_tenant=True)
    assert set(OrgUnit.objects.values_list("tenant", flat=True)) == {office.pk}
    assert TrailEntry.objects.get(verb="install").key_act


def test_what_the_rooms_need_is_made_with_it(db, monkeypatch):
    seen = []
    monkeypatch.setattr(installation, "_steps", [])
    installation.at_installation(lambda office, by: seen.append((office.name, by)))
    install(PLAN, by=SYSTEM)
    assert seen == [("云岭县人民政府办公室", SYSTEM)]


def without(code):
    return {key: admin for key, admin in ADMINS.items() if key != code}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"office": " "}, "INIT-02"),
        ({"admins": without("audit_admin")}, "INIT-03"),
        ({"admins": ADMINS | {"sec_admin": Admin("", "管二")}}, "INIT-03"),
        ({"admins": ADMINS | {"sec_admin": Admin("SYS", "管二")}}, "INIT-04"),
        ({"admins": ADMINS | {"sec_admin": Admin("sec", "管一")}}, "INIT-04"),
    ],
)
def test_answers_that_make_no_office_found_none(db, changes, code):
    with pytest.raises(Refused) as refused:
        install(replace(PLAN, **changes), by=SYSTEM)
    assert code in refused.value.codes
    assert not Person.objects.exists()


def test_a_house_that_stands_is_not_founded_again(office):
    with pytest.raises(Refused) as refused:
        install(PLAN, by=SYSTEM)
    assert "INIT-01" in refused.value.codes
