"""机构设立、更名、合并、撤销: acts that add to a unit's history and never rewrite it."""

from datetime import date, timedelta

import pytest

from conftest import FOUNDED
from zhongshu.base import clock
from zhongshu.people import checks, queries
from zhongshu.people.models import Appointment, OrgUnit, RoleGrant

REFORM = date(2024, 5, 1)


@pytest.fixture
def signed_in(client, office):
    client.force_login(office.sys_admin)
    return client


def found(client, **data):
    given = {"name": "云岭县数据局", "unit_type": "dept", "valid_from": "2026-01-05", "sort_order": 9}
    return client.post("/system/units/new/", given | data)


def rename(client, unit, **data):
    given = {"name": "云岭县水务局", "short_name": "县水务局", "on": REFORM.isoformat()}
    return client.post(f"/system/units/{unit.pk}/rename/", given | data)


class TestFound:
    """设立"""

    def test_a_unit_begins_with_its_name_its_principal_and_its_tenant(self, signed_in, office, last_entry):
        assert found(signed_in, parent=office.government.pk, is_tenant="on").status_code == 302
        unit = OrgUnit.objects.get(name="云岭县数据局")
        assert unit.tenant == unit
        assert unit.principal.kind == "unit"
        assert unit.names.get().valid_from == date(2026, 1, 5)
        assert last_entry().label == "设立机构"

    def test_a_section_belongs_to_the_tenant_above(self, signed_in, office):
        found(signed_in, name="机要科", unit_type="section", parent=office.tenant.pk)
        assert OrgUnit.objects.get(name="机要科").tenant == office.tenant

    def test_not_a_second_of_the_same_name(self, signed_in, office):
        unit = office.depts[0].unit
        response = found(signed_in, name=unit.name, parent=office.government.pk)
        assert response.status_code == 422
        assert "同一上级下已有同名单位" in response.text

    def test_a_wrong_code_is_told_at_its_field(self, signed_in, office):
        assert "统一社会信用代码为18位" in found(signed_in, uscc="123").text


class TestRename:
    """更名"""

    def test_papers_of_before_keep_the_old_name(self, signed_in, office, last_entry):
        unit = office.depts[2].unit
        assert rename(signed_in, unit).status_code == 302
        unit = OrgUnit.objects.get(pk=unit.pk)
        assert unit.name == "云岭县水务局"
        assert queries.name_on(unit, REFORM - timedelta(days=1)) == "云岭县水利局"
        assert queries.name_on(unit, REFORM) == "云岭县水务局"
        assert queries.name_on(unit, date(2001, 1, 1)) == "云岭县水利局"
        assert queries.names_on([unit.pk], FOUNDED) == {unit.pk: "云岭县水利局"}
        assert last_entry().key_act

    def test_the_tree_of_a_day_shows_the_names_of_that_day(self, signed_in, office):
        rename(signed_in, office.depts[2].unit)
        assert "云岭县水利局" in signed_in.get("/system/units/?on=2024-04-30").text
        now = signed_in.get("/system/units/").text
        assert "云岭县水务局" in now
        assert "云岭县水利局" not in now

    @pytest.mark.parametrize("on", [FOUNDED, FOUNDED - timedelta(days=1)])
    def test_not_back_into_the_history(self, signed_in, office, on):
        response = rename(signed_in, office.depts[2].unit, on=on.isoformat())
        assert response.status_code == 422
        assert "ORG-12" in response.text

    def test_not_ahead_of_its_day(self, signed_in, office):
        tomorrow = clock.today() + timedelta(days=1)
        assert "到那一天再办" in rename(signed_in, office.depts[2].unit, on=tomorrow.isoformat()).text

    def test_its_people_show_the_new_name_at_once(self, signed_in, office):
        dept = office.depts[2]
        assert office.actor(dept.head).unit_name == "县水利局"
        rename(signed_in, dept.unit)
        assert office.actor(dept.head).unit_name == "县水务局"


class TestMerge:
    """合并"""

    def merge(self, client, unit, into, on=REFORM):
        return client.post(f"/system/units/{unit.pk}/merge/", {"into": into.pk, "on": on.isoformat()})

    def test_people_go_over_with_their_roles_and_the_old_unit_stays_readable(self, signed_in, office):
        old, new = office.depts[2], office.depts[3]
        assert self.merge(signed_in, old.unit, new.unit).status_code == 302
        unit = OrgUnit.objects.get(pk=old.unit.pk)
        assert (unit.valid_to, unit.successor) == (REFORM - timedelta(days=1), new.unit)
        assert queries.name_on(unit, date(2020, 1, 1)) == "云岭县水利局"
        assert old.liaison in queries.liaisons(new.unit)
        assert new.unit.principal_id in office.actor(old.liaison).principals
        assert Appointment.objects.get(person=old.liaison, unit=old.unit).end == REFORM - timedelta(days=1)

    def test_not_into_itself(self, signed_in, office):
        unit = office.depts[2].unit
        assert "不能并入自己" in self.merge(signed_in, unit, unit).text

    def test_not_while_it_has_sections(self, signed_in, office):
        assert "ORG-13" in self.merge(signed_in, office.tenant, office.depts[0].unit).text


class TestClose:
    """撤销"""

    def close(self, client, unit):
        return client.post(f"/system/units/{unit.pk}/close/", {"on": clock.today().isoformat()})

    def test_an_empty_unit_ends(self, signed_in, office):
        unit = OrgUnit.objects.create(
            name="临时指挥部", unit_type="institution", parent=office.government, valid_from=FOUNDED
        )
        assert self.close(signed_in, unit).status_code == 302
        with clock.fixed(clock.now() + timedelta(days=1)):
            assert unit not in OrgUnit.objects.standing(clock.today())
        assert unit in OrgUnit.objects.standing(date(2020, 1, 1))

    def test_not_while_people_or_sections_are_in_it(self, signed_in, office):
        assert "还有4人在此任职" in self.close(signed_in, office.depts[0].unit).text
        assert "下面还有科室或单位" in self.close(signed_in, office.tenant).text

    def test_not_while_it_has_open_work(self, signed_in, office):
        unit = OrgUnit.objects.create(name="空", unit_type="dept", valid_from=FOUNDED)
        counter = checks.open_work_of_unit.register(lambda _: 3)
        try:
            assert "该单位尚有3件未办结" in self.close(signed_in, unit).text
        finally:
            checks.open_work_of_unit.forget(counter)


def test_a_section_moved_to_another_office_changes_its_tenant(signed_in, office):
    section, dept = office.units["督查室"], office.depts[0].unit
    signed_in.post(f"/system/units/{section.pk}/move/", {"parent": dept.pk})
    assert office.actor(office.supervisor).tenant_id == dept.pk


def test_a_unit_is_not_put_below_itself(signed_in, office):
    response = signed_in.post(
        f"/system/units/{office.tenant.pk}/move/", {"parent": office.units["秘书科"].pk}
    )
    assert "ORG-15" in response.text


def test_codes_are_corrected_and_told(signed_in, office, last_entry):
    unit = office.depts[0].unit
    data = {"doc_prefix": "云发改", "sort_order": 1, "must_have_liaison": "on"}
    assert signed_in.post(f"/system/units/{unit.pk}/edit/", data).status_code == 302
    assert OrgUnit.objects.get(pk=unit.pk).doc_prefix == "云发改"
    assert "机关代字改为云发改" in last_entry().text


def test_the_page_of_a_unit_shows_names_and_people(signed_in, office):
    rename(signed_in, office.depts[2].unit)
    text = signed_in.get(f"/system/units/{office.depts[2].unit.pk}/").text
    assert text.count("水利局") >= 1
    assert office.depts[2].liaison.name in text


def test_the_same_form_twice_renames_once(signed_in, office):
    unit = office.depts[2].unit
    rename(signed_in, unit, _key="once")
    assert rename(signed_in, unit, _key="once").status_code == 302
    assert unit.names.count() == 2


def test_the_tree_reads_few_queries(signed_in, office, django_assert_max_num_queries):
    signed_in.get("/system/units/")
    with django_assert_max_num_queries(8):
        signed_in.get("/system/units/")


def test_roles_granted_elsewhere_stay_where_they_are(signed_in, office):
    before = RoleGrant.objects.filter(person=office.clerk).count()
    TestMerge().merge(signed_in, office.depts[2].unit, office.depts[3].unit)
    assert RoleGrant.objects.filter(person=office.clerk).count() == before
