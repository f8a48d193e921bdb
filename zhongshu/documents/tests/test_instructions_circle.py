"""批示成件: a leader's words become a paper with its own clock and circle of persons, and propose a 督办, no more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.documents import actions
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.tests.pages import do, minute, sheet, task_of, told
from zhongshu.flow import verbs
from zhongshu.matters.models import Handover, Matter


def page(row):
    return reverse("documents:instruction", args=[row.matter.public_id])


@pytest.fixture
def relayed(client, office, carrier):
    """The head wrote words and put the paper to two units."""
    incoming = carrier.instructing([office.county_head], stated_due=clock.now() + timedelta(days=30))
    client.force_login(office.county_head)
    sent = {
        "form": "typed",
        "meaning": "words",
        "text": "请水利局抓紧整改，举一反三。",
        "relay": "on",
        "lead_unit": office.depts[0].unit.pk,
        "co_units": [office.depts[1].unit.pk],
        "due_at": minute(days=2),
    }
    assert do(client, incoming, "instruct", **sent).status_code == 302
    return LeaderInstruction.objects.select_related("matter", "source__matter").get()


def test_it_has_its_own_number_clock_leader_and_owner(office, relayed):
    assert relayed.matter.number.startswith("批〔")
    assert relayed.matter.due_at != relayed.source.matter.due_at
    assert (relayed.level, relayed.action, relayed.leader) == ("county", "do", office.county_head)
    assert relayed.owner_unit == office.depts[0].unit
    assert relayed.co_units == [office.depts[1].unit.pk]


def test_only_persons_know_it_and_of_the_units_only_who_receives_and_who_heads(client, office, relayed):
    assert not relayed.matter.parts.exclude(principal__kind="person").exists()
    knows = [office.county_head, office.clerk, office.director, office.supervisor]
    knows += [person for group in office.depts[:2] for person in (group.liaison, group.head)]
    for person in knows:
        client.force_login(person)
        assert client.get(page(relayed)).status_code == 200, person
    others = [group.member for group in office.depts[:2]] + [office.depts[2].head, office.depts[2].liaison]
    for person in (*others, office.deputy, office.vice_head, office.drafter, office.outsider, *office.admins):
        client.force_login(person)
        assert client.get(page(relayed)).status_code == 404, person


def test_who_works_on_the_source_is_not_therefore_in_the_circle(client, office, carrier, relayed):
    incoming = relayed.source
    second = office.depts[1]
    actions.sign_for_unit(incoming, by=office.actor(second.liaison))
    task = task_of(incoming, node="unit_handle", assignee=second.liaison)
    verbs.transfer(task, second.member, "请承办", by=office.actor(second.liaison))
    client.force_login(second.member)
    assert client.get(sheet(incoming)).status_code == 200
    assert client.get(page(relayed)).status_code == 404
    assert relayed.matter.number not in client.get(sheet(incoming)).text
    assert client.get(reverse("documents:instruction_register")).status_code == 403


def test_put_to_a_unit_its_liaison_and_its_head_are_told(client, office, relayed):
    client.force_login(office.clerk)
    step = "documents:instruction_step"
    client.post(reverse(step, args=[relayed.matter.public_id, "relayed"]), {})
    third = office.depts[2]
    assert client.get(page(relayed)).status_code == 200
    sent = {"owner_unit": third.unit.pk, "text": "五日内报"}
    assert client.post(reverse(step, args=[relayed.matter.public_id, "assigned"]), sent).status_code == 302
    for person in (third.liaison, third.head):
        assert told(person, "instruction_assigned"), person
        client.force_login(person)
        assert client.get(page(relayed)).status_code == 200
    assert not told(third.member)
    client.force_login(third.member)
    assert client.get(page(relayed)).status_code == 404


def test_it_proposes_a_supervision_and_makes_none(office, relayed):
    offered = Handover.objects.get(matter=relayed.matter)
    assert (offered.kind, offered.state, offered.taken_as) == ("supervision.propose", "offered", None)
    assert set(Matter.objects.values_list("kind", flat=True)) == {"incoming", "leader_instruction"}


@pytest.mark.parametrize("meaning", ["agreed", "read", "noted"])
def test_a_circle_becomes_no_paper(office, carrier, meaning):
    incoming = carrier.instructing([office.county_head])
    actions.instruct(incoming, Words(meaning=meaning), by=office.actor(office.county_head))
    assert not LeaderInstruction.objects.exists()
    assert not Handover.objects.exists()


def test_words_of_the_office_s_own_director_become_none(office, carrier):
    incoming = carrier.instructing([office.director])
    actions.instruct(incoming, Words(text="请办。"), by=office.actor(office.director))
    assert not LeaderInstruction.objects.exists()


def test_each_leader_s_words_are_a_paper_of_their_own(office, carrier):
    incoming = carrier.instructing([office.county_head, office.vice_head])
    actions.instruct(incoming, Words(text="请怀川同志牵头。"), by=office.actor(office.county_head))
    actions.instruct(incoming, Words(text="请水利局三日内报。"), by=office.actor(office.vice_head))
    rows = LeaderInstruction.objects.order_by("pk")
    assert [row.leader for row in rows] == [office.county_head, office.vice_head]
    assert len({row.matter.number for row in rows}) == 2
    first = rows[0]
    assert not first.matter.parts.filter(principal_id=office.vice_head.principal_id).exists()
