"""领导分工: changed from a day on; who looks after a unit is found by it."""

from datetime import date, timedelta

import pytest

from zhongshu.base import clock
from zhongshu.people import queries
from zhongshu.people.models import LeaderPortfolio


@pytest.fixture
def signed_in(client, office):
    client.force_login(office.clerk)
    return client


def change(client, office, leader, **data):
    given = {
        "leader": leader.pk,
        "title": "副县长",
        "units": [office.depts[0].unit.pk],
        "topics": "农业农村\n水利",
        "sort_order": 3,
        "valid_from": clock.today().isoformat(),
    }
    return client.post("/system/portfolios/new/", given | data)


def test_a_unit_leads_to_its_leader_and_his_deputy_director(office):
    found = queries.leaders_for(office.depts[2].unit)
    assert [(p.leader, p.deputy_director) for p in found] == [(office.vice_head, office.deputy)]


def test_a_section_of_a_department_falls_under_the_departments_leader(office):
    unit = office.depts[2].unit
    section = unit.children.create(
        name="办公室", unit_type="section", valid_from=date(2020, 1, 1), parent=unit
    )
    assert [p.leader for p in queries.leaders_for(section)] == [office.vice_head]


def test_a_new_division_begins_and_the_old_stays_readable(signed_in, office, last_entry):
    assert change(signed_in, office, office.vice_head).status_code == 302
    assert [p.leader for p in queries.leaders_for(office.depts[2].unit)] == []
    yesterday = clock.today() - timedelta(days=1)
    old = queries.portfolios_on(yesterday, office.tenant.pk).get(leader=office.vice_head)
    assert office.depts[2].unit in old.units.all()
    assert "县发展和改革局" in last_entry().text
    page = signed_in.get("/system/portfolios/")
    assert "农业农村、水利" in page.text


def test_the_same_day_again_replaces_it(signed_in, office):
    change(signed_in, office, office.vice_head)
    change(signed_in, office, office.vice_head, topics="教育")
    assert LeaderPortfolio.objects.filter(leader=office.vice_head).count() == 2


def test_nobody_fills_in_for_oneself(signed_in, office):
    response = change(signed_in, office, office.vice_head, ab_partner=office.vice_head.pk)
    assert "补位领导不能是本人" in response.text


def test_an_ended_portfolio_leads_nowhere(signed_in, office):
    portfolio = queries.portfolio_of(office.vice_head)
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert signed_in.post(f"/system/portfolios/{portfolio.pk}/end/", {"on": yesterday}).status_code == 302
    assert queries.leaders_for(office.depts[2].unit) == []


def test_everybody_reads_and_the_keepers_write(client, office):
    client.force_login(office.supervisor)
    assert client.get("/system/portfolios/").status_code == 200
    assert change(client, office, office.vice_head).status_code == 403
