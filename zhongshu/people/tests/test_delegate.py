"""代理授权: 乙（代甲） for a time and a scope; never to oneself, never passed on."""

from datetime import timedelta

import pytest

from zhongshu.base import clock
from zhongshu.base.actors import SYSTEM
from zhongshu.people import queries
from zhongshu.people.actions.standins import turn_delegations
from zhongshu.people.models import Delegation, DelegationState
from zhongshu.people.rules.standins import obstacles_to_acting_for


def moment(at):
    return f"{clock.local(at):%Y-%m-%dT%H:%M}"


def delegate(client, agent, *, start=None, end=None, **data):
    now = clock.now()
    given = {
        "agent": agent.pk,
        "start": moment(start or now - timedelta(minutes=5)),
        "end": moment(end or now + timedelta(days=2)),
        "reason": "赴省开会",
    }
    return client.post("/account/delegations/new/", given | data)


@pytest.fixture
def as_vice_head(client, office):
    client.force_login(office.vice_head)
    return client


def test_the_agent_may_work_in_the_principals_place(as_vice_head, office, last_entry):
    assert delegate(as_vice_head, office.deputy).status_code == 302
    given = Delegation.objects.get()
    assert given.state == DelegationState.ACTIVE
    assert "闻仲谦（代顾怀川）" in last_entry().text
    agent = as_vice_head.__class__()
    agent.force_login(office.deputy)
    assert "代顾怀川" in agent.get("/account/").text
    agent.post("/account/standing/", {"standing": f"for:{given.pk}"})
    page = agent.get("/account/")
    assert "闻仲谦（代顾怀川）" in page.text
    assert page.wsgi_request.actor.on_behalf_of_id == office.vice_head.pk


def test_a_stranger_cannot_choose_it(as_vice_head, office):
    delegate(as_vice_head, office.deputy)
    stranger = as_vice_head.__class__()
    stranger.force_login(office.drafter)
    stranger.post("/account/standing/", {"standing": f"for:{Delegation.objects.get().pk}"})
    assert stranger.get("/account/").wsgi_request.actor.on_behalf_of_id is None


def test_back_to_oneself(as_vice_head, office):
    delegate(as_vice_head, office.deputy)
    agent = as_vice_head.__class__()
    agent.force_login(office.deputy)
    agent.post("/account/standing/", {"standing": f"for:{Delegation.objects.get().pk}"})
    agent.post("/account/standing/", {"standing": "all"})
    assert agent.get("/account/").wsgi_request.actor.display == "闻仲谦"


class TestRefusals:
    """ORG-04"""

    def test_not_to_oneself(self, as_vice_head, office):
        assert "代理人不能是委托人本人" in delegate(as_vice_head, office.vice_head).text

    def test_not_backwards(self, as_vice_head, office):
        response = delegate(as_vice_head, office.deputy, end=clock.now() - timedelta(days=1))
        assert response.status_code == 422
        assert "ORG-04" in response.text

    def test_not_passed_on(self, as_vice_head, office):
        delegate(as_vice_head, office.deputy)
        agent = as_vice_head.__class__()
        agent.force_login(office.deputy)
        agent.post("/account/standing/", {"standing": f"for:{Delegation.objects.get().pk}"})
        assert "代理权不得转授" in delegate(agent, office.drafter).text
        assert Delegation.objects.count() == 1

    def test_not_twice_for_the_same_time(self, as_vice_head, office):
        delegate(as_vice_head, office.deputy)
        assert "已有生效的代理授权" in delegate(as_vice_head, office.director).text

    def test_not_to_an_administrator(self, as_vice_head, office):
        assert delegate(as_vice_head, office.sys_admin).status_code == 422
        assert not Delegation.objects.exists()


class TestTheAgent:
    """what the agent may not do"""

    @pytest.fixture
    def given(self, as_vice_head, office):
        delegate(as_vice_head, office.deputy, scope=["documents"])
        return Delegation.objects.get()

    @pytest.mark.parametrize(
        ("asked", "why"),
        [
            ({"scope": "documents"}, ""),
            ({"scope": "meetings"}, "不在代理授权的范围内"),
            ({"scope": "documents", "is_signing": True}, "不含签发"),
        ],
    )
    def test_scope_and_signing(self, given, asked, why):
        found = obstacles_to_acting_for(given, **asked)
        assert [r.code for r in found] == (["ORG-04"] if why else [])
        assert all(why in r.message for r in found)

    def test_not_ones_own_submissions(self, given, office):
        found = obstacles_to_acting_for(given, submitter_id=office.deputy.pk)
        assert found[0].message == "不得代理审批自己提交的事项"
        assert obstacles_to_acting_for(given, submitter_id=office.clerk.pk) == []

    def test_important_and_upward_papers_only_where_said(self, given):
        given.can_sign = True
        assert obstacles_to_acting_for(given, is_signing=True) == []
        assert obstacles_to_acting_for(given, is_signing=True, is_important=True)
        given.can_sign_important = True
        assert obstacles_to_acting_for(given, is_signing=True, is_important=True) == []

    def test_permissions_end_at_the_scope(self, given, office):
        whole = office.actor(office.vice_head).permissions
        cut = office.actor(office.deputy, delegation=given).permissions
        assert cut <= whole
        assert not any(code.startswith("people.") for code in cut)


class TestTime:
    """draft → active → expired / revoked"""

    def test_it_begins_and_ends_by_the_clock(self, as_vice_head, office):
        start = clock.now() + timedelta(hours=1)
        delegate(as_vice_head, office.deputy, start=start, end=start + timedelta(days=1))
        given = Delegation.objects.get()
        assert given.state == DelegationState.DRAFT
        assert queries.delegations_held(office.deputy) == []
        with clock.fixed(start + timedelta(minutes=1)):
            assert queries.delegations_held(office.deputy) == [given]
            turn_delegations(by=SYSTEM)
            assert Delegation.objects.get().state == DelegationState.ACTIVE
        with clock.fixed(start + timedelta(days=2)):
            assert queries.delegations_held(office.deputy) == []
            turn_delegations(by=SYSTEM)
            assert Delegation.objects.get().state == DelegationState.EXPIRED

    def test_an_agent_at_work_is_out_when_it_ends(self, as_vice_head, office):
        delegate(as_vice_head, office.deputy)
        given = Delegation.objects.get()
        actor = office.actor(office.deputy, delegation=given)
        assert actor.on_behalf_of_id == office.vice_head.pk
        with clock.fixed(given.end):
            assert office.actor(office.deputy, delegation=given).on_behalf_of_id is None

    def test_revoked_at_once(self, as_vice_head, office):
        delegate(as_vice_head, office.deputy)
        given = Delegation.objects.get()
        agent = as_vice_head.__class__()
        agent.force_login(office.deputy)
        agent.post("/account/standing/", {"standing": f"for:{given.pk}"})
        assert as_vice_head.post(f"/account/delegations/{given.pk}/revoke/").status_code == 302
        assert agent.get("/account/").wsgi_request.actor.on_behalf_of_id is None
        assert "已到期或已收回" in as_vice_head.post(f"/account/delegations/{given.pk}/revoke/").text

    def test_nobody_else_revokes_it(self, as_vice_head, office):
        delegate(as_vice_head, office.deputy)
        other = as_vice_head.__class__()
        other.force_login(office.deputy)
        response = other.post(f"/account/delegations/{Delegation.objects.get().pk}/revoke/")
        assert response.status_code == 404


def test_the_register_of_delegations(client, as_vice_head, office):
    delegate(as_vice_head, office.deputy, scope=["documents", "meetings"])
    client.force_login(office.director)
    text = client.get("/system/delegations/").text
    assert "闻仲谦（代顾怀川）" in text
    assert "办文、办会；不含签发" in text
    assert "没有代理授权" in client.get("/system/delegations/?state=revoked").text
