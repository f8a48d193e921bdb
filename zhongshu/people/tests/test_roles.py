"""角色与权限: names the office edits, permissions that depart from the defaults, the three never mixed."""

import pytest

from zhongshu.people import permissions as p
from zhongshu.people.defaults import ensure_defaults
from zhongshu.people.models import Role, RolePermission
from zhongshu.ui.permissions import codes_of_role


@pytest.fixture
def signed_in(client, office):
    client.force_login(office.sec_admin)
    return client


def set_permissions(client, code, codes):
    return client.post(f"/system/roles/{Role.objects.get(code=code).pk}/permissions/", {"codes": list(codes)})


def test_the_three_may_be_called_otherwise(signed_in, office):
    role = Role.objects.get(code="sec_admin")
    signed_in.post(f"/system/roles/{role.pk}/edit/", {"name": "安全管理员", "duties": ""})
    ensure_defaults()
    assert Role.objects.get(code="sec_admin").name == "安全管理员"
    assert "安全管理员" in signed_in.get("/system/roles/").text


def test_no_two_roles_of_one_name(signed_in, office):
    role = Role.objects.get(code="sec_admin")
    response = signed_in.post(f"/system/roles/{role.pk}/edit/", {"name": "秘书科", "duties": ""})
    assert response.status_code == 422


def test_a_permission_taken_away_is_gone_at_the_next_page(signed_in, office, last_entry):
    clerk = signed_in.__class__()
    clerk.force_login(office.clerk)
    assert clerk.get("/system/absences/").status_code == 200
    left = codes_of_role("secretariat") - {p.ABSENCES}
    assert set_permissions(signed_in, "secretariat", left).status_code == 302
    assert clerk.get("/system/absences/").status_code == 403
    assert "减少代登记他人外出" in last_entry().text
    assert RolePermission.objects.get().is_granted is False


def test_a_permission_given_back_leaves_no_difference(signed_in, office):
    set_permissions(signed_in, "secretariat", codes_of_role("secretariat") - {p.ABSENCES})
    set_permissions(signed_in, "secretariat", codes_of_role("secretariat"))
    assert not RolePermission.objects.exists()
    assert office.actor(office.clerk).may(p.ABSENCES)


@pytest.mark.parametrize(
    ("role", "code", "rule"),
    [
        ("secretariat", p.ACCOUNTS, "ORG-02"),
        ("sys_admin", p.ABSENCES, "ORG-02"),
        ("sys_admin", p.ACCOUNTS, "ORG-01"),
        ("audit_admin", p.UNITS, "ORG-01"),
        ("sec_admin", p.TRAIL, "ORG-01"),
    ],
)
def test_administration_and_business_stay_apart(signed_in, office, role, code, rule):
    response = set_permissions(signed_in, role, codes_of_role(role) | {code})
    assert response.status_code == 422
    assert rule in response.text
    assert not RolePermission.objects.exists()


def test_the_page_of_a_role_shows_who_holds_it(signed_in, office):
    page = signed_in.get(f"/system/roles/{Role.objects.get(code='secretariat').pk}/")
    assert "林晓禾" in page.text
    assert "许清和" in page.text
