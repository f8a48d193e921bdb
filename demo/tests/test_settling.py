"""安家: the county stands in the database, everybody can sign in, and the trail of its founding verifies."""

import pytest
from django.contrib.auth import authenticate

from demo import cast
from demo.registry import County
from demo.settling import settle
from zhongshu.base import trail
from zhongshu.people import queries
from zhongshu.people.actors import actor_for
from zhongshu.people.models import ABPost, LeaderPortfolio, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return settle()


def test_everybody_can_sign_in_with_the_one_password(county):
    assert Person.objects.count() == len({member.login for member in cast.members()})
    assert authenticate(username="linxiaohe", password=cast.PASSWORD) == county.person("林晓禾")
    assert authenticate(username="linxiaohe", password="wrong") is None


def test_roles_and_sight_follow_the_cast(county):
    clerk, liaison = county.actor("林晓禾"), county.actor("罗启明")
    assert clerk.has("secretariat")
    assert county.office.principal_id in clerk.principals
    assert liaison.tenant_id == county.unit("ziran").pk
    assert county.unit("ziran").principal_id in liaison.principals
    assert actor_for(county.person("卫其昌")).principals == ()


def test_liaisons_and_portfolios_reach_every_unit(county):
    for unit in cast.units():
        if unit.is_outside:
            a, b = cast.liaisons(unit.code)
            row = ABPost.objects.get(unit=county.unit(unit.code), ended_on=None)
            assert (row.a_person.name, row.b_person.name) == (a.name, b.name)
            leaders = [one.leader.name for one in queries.leaders_for(county.unit(unit.code))]
            assert cast.leader_of(unit.code).name in leaders
    assert LeaderPortfolio.objects.filter(is_in_charge_of_all=True).count() == 1


def test_the_trail_of_the_founding_verifies(county):
    report = trail.verify()
    assert report.first_broken is None
    assert report.checked >= 2 * Person.objects.count()
