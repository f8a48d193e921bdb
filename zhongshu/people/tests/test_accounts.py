"""账号: 系统管理员建立，安全保密管理员启用授权，安全审计员可查; three apart, no business for them, no work left behind."""

import pytest
from django.db import connection

from zhongshu.base.models import TrailEntry
from zhongshu.people import checks
from zhongshu.people.models import AccountState, OfficeSession, Person, Post, Role, RoleGrant


@pytest.fixture
def as_sec_admin(client, office):
    client.force_login(office.sec_admin)
    return client


def role(code):
    return Role.objects.get(code=code)


def grant(client, person, code, appointment=None):
    data = {"role": role(code).pk, "appointment": appointment.pk if appointment else ""}
    return client.post(f"/system/accounts/{person.pk}/grant/", data)


def create(client, office, **data):
    given = {
        "username": "xinren",
        "name": "新人",
        "unit": office.units["秘书科"].pk,
        "post": Post.objects.get(name="科员").pk,
        "start": "2026-01-05",
        "phone": "13800001234",
    }
    return client.post("/system/persons/new/", given | data)


def test_the_three_hands_of_a_new_account(client, office):
    client.force_login(office.sys_admin)
    assert create(client, office).status_code == 302
    person = Person.objects.get(username="xinren")
    assert person.account_state == AccountState.DRAFT
    assert not person.has_usable_password()

    client.force_login(office.sec_admin)
    grant(client, person, "secretariat", person.appointments.get())
    issued = client.post(f"/system/accounts/{person.pk}/enable/")
    password = issued.context["password"]
    assert password in issued.text
    person.refresh_from_db()
    assert person.account_state == AccountState.ENABLED
    assert person.check_password(password)
    assert person.must_change_password

    client.force_login(office.audit_admin)
    assert "新人" in client.get("/system/accounts/?q=xinren").text
    trail = client.get("/system/trail/?kind=person").text
    assert "为新人建立账号xinren，待启用" in trail
    assert "启用新人的账号xinren" in trail
    assert password not in "".join(TrailEntry.objects.values_list("text", flat=True))


def test_a_draft_cannot_be_enabled_by_who_made_it(client, office):
    client.force_login(office.sys_admin)
    create(client, office)
    person = Person.objects.get(username="xinren")
    assert client.post(f"/system/accounts/{person.pk}/enable/").status_code == 403
    assert Person.objects.get(pk=person.pk).account_state == AccountState.DRAFT


@pytest.mark.parametrize("username", ["clerk", "CLERK"])
def test_a_name_is_given_once(client, office, username):
    client.force_login(office.sys_admin)
    response = create(client, office, username=username)
    assert response.status_code == 422
    assert "已存在" in response.text


def test_the_telephone_lies_sealed(client, office):
    client.force_login(office.sys_admin)
    create(client, office)
    assert Person.objects.get(username="xinren").phone == "13800001234"
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_person WHERE username = 'xinren'")
        assert cursor.fetchone()[0].startswith("sm4:")


class TestTheThreeApart:
    """ORG-01、ORG-02"""

    @pytest.mark.parametrize("second", ["sys_admin", "audit_admin"])
    def test_no_two_of_the_three_in_one_hand(self, as_sec_admin, office, second):
        holder = office.audit_admin if second == "sys_admin" else office.sys_admin
        response = grant(as_sec_admin, holder, second)
        assert response.status_code == 422
        assert "系统管理员、安全保密管理员、安全审计员须由不同人员担任" in response.text

    def test_an_administrator_gets_no_business_role(self, as_sec_admin, office, last_entry):
        assert "管理员账号不得办理业务" in grant(as_sec_admin, office.sys_admin, "secretariat").text
        entry = last_entry()
        assert (entry.verb, entry.outcome, entry.data["codes"]) == ("role_grant", "refused", ["ORG-02"])

    def test_who_does_business_becomes_no_administrator(self, as_sec_admin, office):
        assert "管理员账号不得办理业务" in grant(as_sec_admin, office.clerk, "audit_admin").text

    def test_a_person_without_a_role_may(self, as_sec_admin, office):
        assert grant(as_sec_admin, office.depts[0].member, "audit_admin").status_code == 302

    def test_nobody_grants_to_oneself(self, as_sec_admin, office):
        assert "ORG-06" in grant(as_sec_admin, office.sec_admin, "sec_admin").text

    def test_the_last_of_a_kind_stays(self, as_sec_admin, office):
        last = RoleGrant.objects.get(person=office.audit_admin)
        response = as_sec_admin.post(f"/system/grants/{last.pk}/revoke/")
        assert "安全审计员只此一人" in response.text
        grant(as_sec_admin, office.depts[0].member, "audit_admin")
        assert as_sec_admin.post(f"/system/grants/{last.pk}/revoke/").status_code == 302


class TestGrant:
    """授予、收回"""

    def test_a_role_with_a_post_works_at_once(self, as_sec_admin, office, last_entry):
        assert not office.actor(office.clerk).has("archivist")
        assert (
            grant(as_sec_admin, office.clerk, "archivist", office.appointment(office.clerk)).status_code
            == 302
        )
        assert office.actor(office.clerk).has("archivist")
        made = RoleGrant.objects.get(person=office.clerk, role__code="archivist")
        assert made.granted_by == office.sec_admin
        assert last_entry().key_act

    def test_not_the_same_twice(self, as_sec_admin, office):
        response = grant(as_sec_admin, office.clerk, "secretariat", office.appointment(office.clerk))
        assert "已有“秘书科”" in response.text

    def test_not_with_somebody_elses_post(self, as_sec_admin, office):
        response = grant(as_sec_admin, office.clerk, "archivist", office.appointment(office.drafter))
        assert response.status_code == 422

    def test_a_role_taken_back_is_gone_and_stays_in_the_register(self, as_sec_admin, office):
        held = RoleGrant.objects.get(person=office.clerk)
        assert as_sec_admin.post(f"/system/grants/{held.pk}/revoke/").status_code == 302
        assert not office.actor(office.clerk).has("secretariat")
        assert "曾有角色" in as_sec_admin.get(f"/system/accounts/{office.clerk.pk}/").text
        assert "ORG-09" in as_sec_admin.post(f"/system/grants/{held.pk}/revoke/").text


class TestDisable:
    """停用"""

    def disable(self, client, person):
        return client.post(f"/system/accounts/{person.pk}/disable/", {"reason": "调离"})

    def test_an_account_without_open_work_ends_with_its_sessions(self, as_sec_admin, office, last_entry):
        other = as_sec_admin.__class__()
        other.force_login(office.clerk)
        assert self.disable(as_sec_admin, office.clerk).status_code == 302
        assert Person.objects.get(pk=office.clerk.pk).disabled_at is not None
        assert not OfficeSession.objects.filter(person=office.clerk).exists()
        assert "调离" in last_entry().text

    def test_not_with_open_work(self, as_sec_admin, office):
        counter = checks.open_work.register(lambda person: 2 if person == office.clerk else 0)
        try:
            response = self.disable(as_sec_admin, office.clerk)
            assert response.status_code == 422
            assert "该账号尚有2件待办，请先移交" in response.text
            assert self.disable(as_sec_admin, office.drafter).status_code == 302
        finally:
            checks.open_work.forget(counter)

    def test_not_oneself_and_not_the_last_administrator(self, as_sec_admin, office):
        assert "ORG-06" in self.disable(as_sec_admin, office.sec_admin).text
        assert "ORG-07" in self.disable(as_sec_admin, office.sys_admin).text

    def test_not_twice_and_then_again_in_use(self, as_sec_admin, office):
        self.disable(as_sec_admin, office.clerk)
        assert "已经停用" in self.disable(as_sec_admin, office.clerk).text
        assert as_sec_admin.post(f"/system/accounts/{office.clerk.pk}/enable/").status_code == 200
        assert "已经启用" in as_sec_admin.post(f"/system/accounts/{office.clerk.pk}/enable/").text


def test_a_reset_password_is_shown_once_and_must_be_changed(as_sec_admin, office, last_entry):
    response = as_sec_admin.post(f"/system/accounts/{office.clerk.pk}/reset-password/")
    person = Person.objects.get(pk=office.clerk.pk)
    assert person.check_password(response.context["password"])
    assert person.must_change_password
    assert last_entry().label == "重置口令"


def test_nobody_resets_ones_own(as_sec_admin, office):
    assert "ORG-06" in as_sec_admin.post(f"/system/accounts/{office.sec_admin.pk}/reset-password/").text


def test_the_auditor_reads_and_changes_nothing(client, office):
    client.force_login(office.audit_admin)
    page = client.get(f"/system/accounts/{office.clerk.pk}/")
    assert page.status_code == 200
    assert "停用账号" not in page.text
    assert grant(client, office.drafter, "archivist").status_code == 403


def test_the_policy_changes_for_everybody_and_is_told(as_sec_admin, office, last_entry, client):
    form = as_sec_admin.get("/system/policy/").context["form"]
    data = {name: value for name, value in form.initial.items() if value is not False and name != "id"}
    assert as_sec_admin.post("/system/policy/", data | {"idle_minutes": 5}).status_code == 302
    entry = last_entry("policy_change")
    assert "空闲几分钟退出由30改为5" in entry.text
    assert entry.data["idle_minutes"] == [30, 5]


def test_a_policy_out_of_reason_is_refused(as_sec_admin, office):
    form = as_sec_admin.get("/system/policy/").context["form"]
    data = {name: value for name, value in form.initial.items() if value is not False and name != "id"}
    assert as_sec_admin.post("/system/policy/", data | {"min_length": 4}).status_code == 422


def test_accounts_not_used_for_long_are_listed_for_tidying_up(as_sec_admin, office):
    text = as_sec_admin.get("/system/accounts/dormant/").text
    assert "没有长期未登录的账号" in text
    Person.objects.filter(pk=office.clerk.pk).update(created_at="2020-01-01T00:00:00Z")
    assert "林晓禾" in as_sec_admin.get("/system/accounts/dormant/").text
