"""撤回: as long as nobody has opened what follows; what the step wrote goes with it, the words return to the pad."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.models import TrailEntry
from zhongshu.documents import actions
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.models import IncomingDocument, LeaderInstruction
from zhongshu.documents.rules import legal_obstacles
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import act, buttons, do, minute, sheet, task_verb
from zhongshu.documents.tests.papers import rows_of
from zhongshu.flow import queries as flow
from zhongshu.flow.models import FlowInstance
from zhongshu.matters.models import Handover


def withdraw(client, incoming, person):
    """Press 撤回 as the person who acted last."""
    client.force_login(person)
    return client.post(task_verb(last_done(person, incoming), "withdraw"), {})


def last_done(person, incoming):
    """Return what the person did last with the paper."""
    return flow.last_done(Actor(person_id=person.pk, name=person.name), incoming.matter)


def test_unread_it_comes_back_with_its_words_on_the_pad(client, office, carrier):
    incoming = carrier.instructing([office.county_head, office.vice_head])
    client.force_login(office.county_head)
    do(client, incoming, "instruct", form="typed", meaning="words", text="请水利局办。")
    assert "撤回" in buttons(client, incoming)
    assert withdraw(client, incoming, office.county_head).status_code == 302
    assert phase(incoming) == "instructing"
    assert not incoming.opinions.filter(box="instruction").exists()
    assert "请水利局办。" in client.get(act(incoming, "instruct")).text
    assert (
        do(client, incoming, "instruct", form="typed", meaning="words", text="请发改局办。").status_code
        == 302
    )
    assert [o.text for o in incoming.opinions.filter(box="instruction")] == ["请发改局办。"]


def test_read_it_stays(client, office, carrier):
    incoming = carrier.instructing([office.county_head, office.vice_head])
    client.force_login(office.county_head)
    do(client, incoming, "instruct", form="typed", meaning="words", text="请水利局办。")
    client.force_login(office.vice_head)
    client.get(sheet(incoming))
    client.force_login(office.county_head)
    assert "撤回" not in buttons(client, incoming)
    response = withdraw(client, incoming, office.county_head)
    assert response.status_code == 422
    assert "顾怀川已阅看，不能撤回" in response.text
    assert incoming.opinions.filter(box="instruction").count() == 1


def test_only_by_who_did_it(client, office, carrier):
    incoming = carrier.proposed([office.county_head])
    task = last_done(office.clerk, incoming)
    for person, status in ((office.section_chief, 422), (office.outsider, 404)):
        client.force_login(person)
        assert client.post(task_verb(task, "withdraw"), {}).status_code == status
    client.force_login(office.section_chief)
    assert "撤回" not in buttons(client, incoming)
    assert phase(incoming) == "proposed"


def test_its_paper_of_instruction_becomes_void_with_its_proposal(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    do(client, incoming, "instruct", form="typed", meaning="words", text="请水利局办。")
    row = LeaderInstruction.objects.get()
    assert withdraw(client, incoming, office.county_head).status_code == 302
    row.refresh_from_db()
    row.matter.refresh_from_db()
    assert (row.opinion, row.matter.outcome, row.matter.phase_name) == (None, "voided", "已作废")
    assert Handover.objects.get(matter=row.matter).state == "declined"
    assert TrailEntry.objects.filter(verb="void_instruction", matter_id=row.pk).exists()


def test_one_already_put_on_its_way_is_amended_not_taken_back(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    actions.instruct(incoming, Words(text="请办。"), by=office.actor(office.county_head))
    row = LeaderInstruction.objects.get()
    actions.move_instruction(row, "relayed", by=office.actor(office.clerk))
    response = withdraw(client, incoming, office.county_head)
    assert response.status_code == 422
    assert "改主意请用“改批”" in response.text
    assert phase(incoming) == "assigning"


def test_a_review_withdrawn_closes_the_gate_again(client, office, carrier):
    incoming = carrier.reviewed(is_litigation_related=True)
    actions.review_legality(incoming, conclusion="pass", opinion="可以", by=office.actor(office.legal))
    assert legal_obstacles(incoming) == []
    assert withdraw(client, incoming, office.legal).status_code == 302
    assert phase(incoming) == "legal_review"
    assert legal_obstacles(incoming)
    assert not incoming.opinions.filter(box="legal").exists()


def test_an_assignment_no_unit_has_seen(client, office, carrier):
    incoming = carrier.handling(2)
    assert withdraw(client, incoming, office.clerk).status_code == 302
    assert phase(incoming) == "assigning"
    assert set(incoming.handlings.values_list("state", flat=True)) == {"withdrawn"}
    client.force_login(office.depts[0].liaison)
    assert do(client, incoming, "unit_sign").status_code == 409
    client.force_login(office.clerk)
    sent = {"lead_unit": office.depts[2].unit.pk, "due_at": minute(days=2), "requirement": "请办"}
    assert do(client, incoming, "assign", **sent).status_code == 302
    standing = incoming.handlings.exclude(state="withdrawn")
    assert [row.unit for row in standing] == [office.depts[2].unit]


def test_not_once_a_unit_has_opened_it(client, office, carrier):
    incoming = carrier.handling(2)
    client.force_login(office.depts[1].liaison)
    client.get(sheet(incoming))
    response = withdraw(client, incoming, office.clerk)
    assert response.status_code == 422
    assert phase(incoming) == "handling"


def test_a_unit_takes_back_its_signing_its_result_and_its_approval(client, office, carrier):
    incoming = carrier.handling(1)
    group = office.depts[0]
    actions.sign_for_unit(incoming, by=office.actor(group.liaison))
    assert withdraw(client, incoming, group.liaison).status_code == 302
    assert incoming.handlings.get().state == "assigned"
    actions.sign_for_unit(incoming, by=office.actor(group.liaison))
    actions.feed_back(incoming, text="第一稿：排查完毕并整改。", by=office.actor(group.liaison))
    assert withdraw(client, incoming, group.liaison).status_code == 302
    assert incoming.handlings.get().latest == ""
    actions.feed_back(incoming, text="第二稿：排查完毕，隐患四处。", by=office.actor(group.liaison))
    actions.approve_feedback(incoming, by=office.actor(group.head))
    assert phase(incoming) == "collating"
    assert withdraw(client, incoming, group.head).status_code == 302
    row = incoming.handlings.get()
    assert (phase(incoming), row.state) == ("handling", "signed")
    assert row.feedbacks.get().approved_at is None
    actions.approve_feedback(incoming, by=office.actor(group.head))
    assert phase(incoming) == "collating"


def variables(incoming):
    """Return the variables of the paper's own procedure."""
    return FlowInstance.objects.get(matter=incoming.matter, parent_task__isnull=True).vars


def said(incoming):
    """Return what the paper itself says: kind, litigation, who leads."""
    row = IncomingDocument.objects.get(pk=incoming.pk)
    return row.handling_type, row.is_litigation_related, row.lead_unit_id


def test_a_proposal_withdrawn_leaves_neither_route_nor_kind_nor_leading_unit(client, office, carrier):
    incoming = carrier.reviewed()
    before, paper = variables(incoming), said(incoming)
    route = carrier.proposal([office.county_head], handling_type="read", text="建议隐翠阅示。")
    actions.propose(incoming, route, by=carrier.clerk)
    assert variables(incoming)["readers"] == [office.county_head.pk]
    assert said(incoming) != paper
    assert withdraw(client, incoming, office.clerk).status_code == 302
    assert (variables(incoming), said(incoming)) == (before, paper)
    assert not incoming.proposals.exists()
    book = reverse("documents:incoming_register")
    assert rows_of(client.get(book, {"q": "隐翠"})) == []


def test_read_by_the_next_the_route_stays(client, office, carrier):
    incoming = carrier.proposed([office.county_head])
    before, paper = variables(incoming), said(incoming)
    client.force_login(office.director)
    client.get(sheet(incoming))
    assert withdraw(client, incoming, office.clerk).status_code == 422
    assert (variables(incoming), said(incoming)) == (before, paper)
    assert incoming.proposals.count() == 1


def test_a_check_that_wrote_another_way_gives_back_the_proposal(client, office, carrier):
    incoming = carrier.proposed([office.county_head])
    before, paper = variables(incoming), said(incoming)
    other = carrier.proposal([office.vice_head], lead_unit_id=office.depts[2].unit.pk, co_units=[])
    actions.check(incoming, Words(text="改送怀川同志。"), route=other, by=office.actor(office.director))
    assert variables(incoming)["leaders"] == [office.vice_head.pk]
    assert withdraw(client, incoming, office.director).status_code == 302
    assert (variables(incoming), said(incoming)) == (before, paper)
    assert incoming.proposals.get().lead_unit == office.depts[0].unit
    assert phase(incoming) == "proposed"


def test_a_plain_check_withdrawn_leaves_the_proposal_alone(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    assert withdraw(client, incoming, office.director).status_code == 302
    assert incoming.proposals.count() == 1
    assert variables(incoming)["leaders"] == [office.county_head.pk]


@pytest.mark.parametrize("relay", [True, False])
def test_an_instruction_withdrawn_leaves_the_unit_of_the_proposal(client, office, carrier, relay):
    incoming = carrier.instructing([office.county_head])
    before, paper = variables(incoming), said(incoming)
    given = Assignment(office.depts[2].unit.pk, [], clock.now() + timedelta(days=2)) if relay else None
    head = office.actor(office.county_head)
    actions.instruct(incoming, Words(text="请办。"), assignment=given, by=head)
    assert bool(variables(incoming)["units"]) == relay
    assert withdraw(client, incoming, office.county_head).status_code == 302
    assert (variables(incoming), said(incoming)) == (before, paper)
    assert not incoming.handlings.exclude(state="withdrawn").exists()
    actions.instruct(incoming, Words(text="先议。"), by=head)
    assert phase(incoming) == "assigning"


@pytest.mark.parametrize("step", ["review", "propose", "collate", "reply"])
def test_the_clerk_s_own_steps(client, office, carrier, step):
    if step == "review":
        incoming, back = carrier.reviewed(), "registered"
    elif step == "propose":
        incoming, back = carrier.proposed([office.county_head]), "reviewed"
    else:
        incoming, back = carrier.fed_back(1, requires_feedback=True), "collating"
        actions.collate(incoming, text="已办结。", by=carrier.clerk)
        if step == "reply":
            back = "replying"
            actions.reply(incoming, kind="letter", text="已函复。", by=carrier.clerk)
    assert withdraw(client, incoming, office.clerk).status_code == 302
    assert phase(incoming) == back
    incoming.refresh_from_db()
    assert incoming.replied_at is None
    assert not incoming.opinions.filter(box="result").exists() or step == "reply"
    assert incoming.reviews.exists() != (step == "review")
    assert incoming.proposals.exists() == (step in ("collate", "reply"))


def test_what_is_registered_stays_registered(client, office, carrier):
    incoming = carrier.registered()
    response = withdraw(client, incoming, office.clerk)
    assert response.status_code == 422
    assert "办完即定" in response.text
    client.force_login(office.clerk)
    assert "撤回" not in buttons(client, incoming)
