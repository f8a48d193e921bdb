"""AB岗: A away, B stands in; one person is never both, and both are not away together."""

from datetime import timedelta

import pytest

from zhongshu.base import clock
from zhongshu.people import queries
from zhongshu.people.models import ABPost, Absence, Delegation
from zhongshu.people.registers import coverage, liaison_rows


@pytest.fixture
def signed_in(client, office):
    client.force_login(office.clerk)
    return client


def pair(client, unit, a, b, post_name="联络员"):
    data = {"unit": unit.pk, "post_name": post_name, "a_person": a.pk, "b_person": b.pk}
    return client.post("/system/ab-posts/set/", data)


def away(person, hours=8, start=None):
    start = start or clock.now() - timedelta(minutes=1)
    return Absence.objects.create(
        person=person, start=start, end=start + timedelta(hours=hours), reason="出差"
    )


def moment(at):
    return f"{clock.local(at):%Y-%m-%dT%H:%M}"


def test_a_new_pair_takes_the_place_of_the_old(signed_in, office):
    dept = office.depts[0]
    assert pair(signed_in, dept.unit, dept.b_liaison, dept.member).status_code == 302
    assert ABPost.objects.get(unit=dept.unit, ended_on=None).a_person == dept.b_liaison
    assert ABPost.objects.filter(unit=dept.unit).count() == 2


def test_one_person_is_not_both(signed_in, office):
    dept = office.depts[0]
    response = pair(signed_in, dept.unit, dept.liaison, dept.liaison)
    assert response.status_code == 422
    assert "A岗、B岗不能为同一人" in response.text


def test_an_office_keeps_only_its_own_pairs(client, office):
    dept = office.depts[0]
    dept.liaison.grants.create(role=office.clerk.grants.get().role)
    client.force_login(dept.liaison)
    assert pair(client, dept.unit, dept.liaison, dept.member).status_code == 302
    other = office.depts[1]
    assert "只能维护本单位的AB岗" in pair(client, other.unit, other.liaison, other.member).text


class TestStandIn:
    """A 外出，B 接"""

    def test_nobody_while_a_is_here(self, office):
        assert queries.stand_in(office.depts[0].liaison) is None

    def test_b_while_a_is_away(self, office):
        dept = office.depts[0]
        absence = away(dept.liaison)
        assert queries.stand_in(dept.liaison) == dept.b_liaison
        assert queries.stand_in(dept.liaison, at=absence.end) is None

    def test_nobody_when_b_is_away_too(self, office):
        dept = office.depts[0]
        away(dept.liaison)
        away(dept.b_liaison)
        assert queries.stand_in(dept.liaison) is None

    def test_the_agent_comes_before_the_b_post_within_the_scope(self, office):
        dept = office.depts[0]
        away(dept.liaison)
        Delegation.objects.create(
            principal_person=dept.liaison,
            agent=dept.member,
            scope=["documents"],
            start=clock.now() - timedelta(hours=1),
            end=clock.now() + timedelta(days=1),
            reason="出差",
        )
        assert queries.stand_in(dept.liaison, "documents") == dept.member
        assert queries.stand_in(dept.liaison, "meetings") == dept.b_liaison

    def test_for_a_leader_the_partner_of_the_portfolio(self, office):
        away(office.vice_head)
        assert queries.stand_in(office.vice_head) == office.other_vice_head

    def test_an_agents_agent_never(self, office):
        now = clock.now()
        for principal, agent in ((office.clerk, office.drafter), (office.drafter, office.duty)):
            Delegation.objects.create(
                principal_person=principal, agent=agent, start=now, end=now + timedelta(days=1), reason="出差"
            )
        away(office.clerk)
        away(office.drafter)
        assert queries.chain_of_agents(office.clerk) == []


class TestAbsence:
    """外出、销假"""

    def note(self, client, **data):
        now = clock.now()
        given = {"start": moment(now), "end": moment(now + timedelta(days=1)), "reason": "出差"}
        return client.post("/account/absences/new/", given | data)

    def test_one_notes_ones_own(self, client, office, last_entry):
        dept = office.depts[0]
        client.force_login(dept.liaison)
        assert self.note(client).status_code == 302
        assert queries.is_absent(dept.liaison)
        assert last_entry().label == "登记外出"

    def test_not_while_the_partner_is_away(self, client, office):
        dept = office.depts[0]
        away(dept.b_liaison)
        client.force_login(dept.liaison)
        response = self.note(client)
        assert response.status_code == 422
        assert "A、B不得同时离岗" in response.text

    def test_unless_the_director_excepts_it(self, client, office):
        away(office.section_chief)
        ABPost.objects.create(
            unit=office.units["秘书科"],
            post_name="收文",
            a_person=office.clerk,
            b_person=office.section_chief,
        )
        now = clock.now()
        data = {
            "person": office.clerk.pk, "start": moment(now), "end": moment(now + timedelta(days=1)),
            "reason": "出差", "is_excepted": "on",
        }  # fmt: skip
        client.force_login(office.section_chief)
        assert "须由主任特批" in client.post("/system/absences/new/", data).text
        client.force_login(office.director)
        assert client.post("/system/absences/new/", data).status_code == 302

    def test_not_for_people_of_another_office(self, client, office):
        now = clock.now()
        data = {
            "person": office.depts[0].member.pk, "start": moment(now), "end": moment(now + timedelta(days=1)),
            "reason": "出差",
        }  # fmt: skip
        client.force_login(office.director)
        assert "只能登记本单位人员" in client.post("/system/absences/new/", data).text
        absence = away(office.depts[0].member)
        assert client.post(f"/system/absences/{absence.pk}/end/").status_code == 404

    def test_back_at_work_the_work_comes_again(self, client, office):
        dept = office.depts[0]
        absence = away(dept.liaison)
        client.force_login(dept.liaison)
        assert client.post(f"/account/absences/{absence.pk}/end/").status_code == 302
        assert queries.stand_in(dept.liaison) is None
        assert "已经结束" in client.post(f"/account/absences/{absence.pk}/end/").text

    def test_the_list_says_who_stands_in(self, client, office):
        away(office.vice_head)
        client.force_login(office.clerk)
        text = client.get("/system/absences/").text
        assert "顾怀川" in text
        assert "岳清和" in text


class TestRegister:
    """联络员台账"""

    def test_the_coverage_counts_units_with_both(self, office):
        assert coverage(liaison_rows(with_phones=False)) == "86%"  # 文旅局 has none
        ABPost.objects.filter(unit=office.depts[0].unit).update(ended_on=clock.today())
        assert coverage(liaison_rows(with_phones=False)) == "71%"

    def test_with_nothing_to_cover_there_is_no_rate(self, office):
        assert coverage([]) == "—"

    def test_telephones_are_for_who_keeps_the_register(self, client, office):
        liaison = office.depts[0].liaison
        liaison.phone = "13700001111"
        liaison.save()
        client.force_login(office.clerk)
        assert "13700001111" in client.get("/system/ab-posts/").text
        client.force_login(office.depts[1].liaison)
        page = client.get("/system/ab-posts/")
        assert liaison.name in page.text
        assert "13700001111" not in page.text
