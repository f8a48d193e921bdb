"""加签 (前, 并行, 后), 减签, 会签的各种方式, 增加承办单位."""

import pytest

from zhongshu.base.models import TrailEntry
from zhongshu.base.refusals import Refused
from zhongshu.flow import hooks, queries, verbs
from zhongshu.flow.models import FlowTask
from zhongshu.flow.tests.conftest import step
from zhongshu.flow.tests.test_hand_on import refused


@pytest.fixture
def cosign(desk, office):
    """A 会签 of three in the asked mode, then the director."""

    def begin(mode, **more):
        people = {"var": "people", "as": "person"}
        blocks = [
            step("cosign", "会签", people, mode=mode, **more),
            step("last", "审定", {"role": "office_director"}),
        ]
        hooks.register("cosign", name="会签", blocks=blocks)
        return desk.start("cosign", people=[office.drafter.pk, office.legal.pk, office.supervisor.pk])

    yield begin
    hooks.forget("cosign")


def mine(matter, person):
    return FlowTask.objects.get(matter=matter, assignee=person, closed_at__isnull=True)


def act(office, matter, person, outcome=""):
    return verbs.finish(mine(matter, person), outcome, by=office.actor(person))


def test_all_must_sign(cosign, desk, office):
    matter = cosign("all")
    act(office, matter, office.legal)
    act(office, matter, office.drafter)
    assert desk.open_nodes(matter) == ["cosign"]
    act(office, matter, office.supervisor)
    assert desk.open_nodes(matter) == ["last"]


def test_any_one_is_enough_and_the_others_are_spared(cosign, desk, office):
    matter = cosign("any")
    act(office, matter, office.legal)
    assert desk.open_nodes(matter) == ["last"]
    assert queries.todo(office.actor(office.drafter)).rows == []
    assert FlowTask.objects.filter(matter=matter, state="spared").count() == 2


@pytest.mark.parametrize(("votes", "after"), [(["yes", "yes"], ["last"]), (["no", "yes"], ["cosign"])])
def test_a_quota_counts_consent_only(cosign, desk, office, votes, after):
    outcomes = [{"code": "yes", "label": "同意"}, {"code": "no", "label": "不同意", "negative": True}]
    matter = cosign("quota", quota=2, outcomes=outcomes)
    for person, vote in zip((office.drafter, office.legal), votes, strict=True):
        act(office, matter, person, vote)
    assert desk.open_nodes(matter) == after


def test_a_failed_quota_goes_where_the_drawing_says(desk, office):
    outcomes = [{"code": "yes", "label": "同意"}, {"code": "no", "label": "不同意", "negative": True}]
    hooks.register("vote", name="票决", blocks=[
        step("draft", "起草", {"role": "secretariat"}),
        step("vote", "票决", {"var": "people", "as": "person"}, mode="quota", quota=2, outcomes=[
            *outcomes, {"code": "failed", "label": "未通过", "to": "draft"},
        ]),
    ])  # fmt: skip
    matter = desk.start("vote", people=[office.drafter.pk, office.legal.pk])
    desk.finish(matter, "draft", office.clerk)
    refused(["FLOW-OUTCOME"], act, office, matter, office.legal, "failed")
    for person in (office.drafter, office.legal):
        act(office, matter, person, "no")
    assert desk.open_nodes(matter) == ["draft"]
    hooks.forget("vote")


VOTE = [{"code": "yes", "label": "同意"}, {"code": "no", "label": "不同意", "negative": True}]


@pytest.fixture
def vote(desk, office):
    """起草, perhaps 编号, then a vote of two that needs both, then 审定; no way out drawn for a vote that fails."""

    def begin(*before, outcomes=VOTE):
        people = {"var": "people", "as": "person"}
        hooks.register("vote", name="票决", blocks=[
            *before,
            step("vote", "票决", people, mode="quota", quota=2, outcomes=outcomes),
            step("last", "审定", {"role": "office_director"}),
        ])  # fmt: skip
        matter = desk.start("vote", people=[office.drafter.pk, office.legal.pk])
        for block in before:
            desk.finish(matter, block["id"], office.clerk)
        return matter

    yield begin
    hooks.forget("vote")


DRAFT = step("draft", "起草", {"role": "secretariat"})
NUMBERED = step("numbered", "编号", {"role": "secretariat"}, final=True)


def test_a_failed_quota_goes_back_to_who_sent_it_never_on_in_silence(vote, desk, office):
    matter = vote(DRAFT)
    act(office, matter, office.drafter, "yes")
    act(office, matter, office.legal, "no")
    assert desk.open_nodes(matter) == ["draft"]
    assert "“票决”未通过，退回“起草”" in TrailEntry.objects.filter(matter_id=matter.pk).last().text
    (told,) = office.clerk.notifications.filter(event="flow.returned")
    assert "“票决”未通过，退回“起草”" in told.text
    desk.finish(matter, "draft", office.clerk)
    for person in (office.drafter, office.legal):
        act(office, matter, person, "yes")
    assert desk.open_nodes(matter) == ["last"]


@pytest.mark.parametrize(
    "before", [[], [DRAFT, NUMBERED]], ids=["first of all", "behind a point of no return"]
)
def test_with_nobody_to_go_back_to_the_vote_is_taken_anew(vote, desk, office, before):
    matter = vote(*before)
    for person in (office.drafter, office.legal):
        act(office, matter, person, "no")
    assert desk.open_nodes(matter) == ["vote"]
    assert office.clerk.notifications.filter(text__contains="须重新征求意见").exists()
    for person in (office.drafter, office.legal):
        act(office, matter, person, "yes")
    assert desk.open_nodes(matter) == ["last"]


def test_drawn_as_a_way_on_a_failed_quota_goes_on(vote, desk, office):
    matter = vote(DRAFT, outcomes=[*VOTE, {"code": "failed", "label": "未通过"}])
    for person in (office.drafter, office.legal):
        act(office, matter, person, "no")
    assert desk.open_nodes(matter) == ["last"]
    assert desk.root(matter).vars["outcome"] == "failed"


def test_in_a_branch_it_goes_back_within_the_branch(desk, office):
    people = {"var": "people", "as": "person"}
    branches = [
        {"id": "l", "name": "左", "blocks": [
            step("ask", "征求", {"role": "secretariat"}),
            step("vote", "票决", people, mode="quota", quota=2, outcomes=VOTE),
        ]},
        {"id": "r", "name": "右", "blocks": [step("other", "另办", {"role": "office_director"})]},
    ]  # fmt: skip
    fork = {"type": "parallel", "id": "fork", "name": "并行", "branches": branches}
    hooks.register("vote", name="票决", blocks=[DRAFT, fork])
    matter = desk.start("vote", people=[office.drafter.pk, office.legal.pk])
    desk.finish(matter, "draft", office.clerk)
    desk.finish(matter, "ask", office.clerk)
    for person in (office.drafter, office.legal):
        act(office, matter, person, "no")
    assert desk.open_nodes(matter) == ["ask", "other"]
    hooks.forget("vote")


def test_in_turn_the_next_waits_and_is_told_when_it_is_his(cosign, office):
    matter = cosign("seq")
    said = refused(["FLOW-WAIT"], act, office, matter, office.legal)
    assert "白砚" in said
    assert queries.todo(office.actor(office.legal)).rows == []
    act(office, matter, office.drafter)
    (row,) = queries.todo(office.actor(office.legal)).rows
    assert row.from_name == "白砚"
    assert office.legal.notifications.filter(event="flow.todo").count() == 1


def test_before_mine_waits_for_theirs(cosign, desk, office):
    matter = cosign("any")
    task = mine(matter, office.legal)
    (ahead,) = verbs.add_sign(task, "before", [office.duty], "请核数字", by=office.actor(office.legal))
    refused(["FLOW-WAIT"], verbs.finish, task, by=office.actor(office.legal))
    verbs.finish(ahead, opinion="无误", by=office.actor(office.duty))
    verbs.finish(task, by=office.actor(office.legal))
    assert desk.open_nodes(matter) == ["last"]


def test_with_both_must_sign(cosign, desk, office):
    matter = cosign("all")
    verbs.add_sign(mine(matter, office.legal), "with", [office.duty], "请会签", by=office.actor(office.legal))
    for person in (office.drafter, office.legal, office.supervisor):
        act(office, matter, person)
    assert desk.open_nodes(matter) == ["cosign"]
    act(office, matter, office.duty)
    assert desk.open_nodes(matter) == ["last"]


def test_after_theirs_waits_for_mine_and_the_step_for_theirs(cosign, desk, office):
    matter = cosign("any")
    (later,) = verbs.add_sign(
        mine(matter, office.legal), "after", [office.duty], "请复核", by=office.actor(office.legal)
    )
    refused(["FLOW-WAIT"], verbs.finish, later, by=office.actor(office.duty))
    act(office, matter, office.legal)
    assert desk.open_nodes(matter) == ["cosign"]
    verbs.finish(later, by=office.actor(office.duty))
    assert desk.open_nodes(matter) == ["last"]


def test_after_survives_a_transfer_of_mine(cosign, desk, office):
    """The trial's op 3: 转办 after 后加签."""
    matter = cosign("all")
    task = mine(matter, office.legal)
    (later,) = verbs.add_sign(task, "after", [office.duty], "请复核", by=office.actor(office.legal))
    verbs.transfer(task, office.archivist, "代为会签", by=office.actor(office.legal))
    refused(["FLOW-WAIT"], verbs.finish, later, by=office.actor(office.duty))
    act(office, matter, office.archivist)
    later.refresh_from_db()
    assert not later.parked


def test_taken_off_the_step_goes_on_without_hanging(cosign, desk, office):
    """减签: the last one missing is taken off, and the join fires."""
    matter = cosign("all")
    task = mine(matter, office.legal)
    verbs.add_sign(task, "with", [office.duty], "请会签", by=office.actor(office.legal))
    for person in (office.drafter, office.supervisor):
        act(office, matter, person)
    refused(["FLOW-RIGHT"], verbs.drop_sign, task, office.duty, by=office.actor(office.outsider))
    verbs.drop_sign(task, office.duty, "不用了", by=office.actor(office.legal))
    act(office, matter, office.legal)
    assert desk.open_nodes(matter) == ["last"]


def test_the_last_one_cannot_be_taken_off(desk, office):
    matter = desk.walk_to_handling([office.depts[0].unit])
    task = desk.task(matter, "handling")
    refused(["FLOW-LAST"], verbs.drop_sign, task, office.depts[0].unit, by=office.actor(office.clerk))


def test_the_same_person_is_not_asked_twice(cosign, office):
    matter = cosign("all")
    task = mine(matter, office.legal)
    refused(["FLOW-SAME"], verbs.add_sign, task, "with", [office.drafter], "x", by=office.actor(office.legal))
    refused(["FLOW-REASON"], verbs.add_sign, task, "with", [office.duty], " ", by=office.actor(office.legal))


def test_one_more_unit_joins_a_running_fan_out(desk, office):
    one, two, late = office.depts[:3]
    matter = desk.walk_to_handling([one.unit, two.unit])
    desk.answer(matter, one)
    by = office.actor(office.clerk)
    verbs.add_units(matter, "handling", [{"id": late.unit.principal_id, "duty": "协办"}], "涉及水利", by=by)
    desk.answer(matter, two)
    assert desk.open_nodes(matter) == ["signed"]
    desk.answer(matter, late)
    assert desk.open_nodes(matter) == ["replied"]
    assert FlowTask.objects.get(matter=matter, node="handling", unit=late.unit).duty == "协办"


def test_no_unit_joins_when_the_fan_out_is_over_or_the_actor_is_not_entitled(desk, office):
    one, two = office.depts[:2]
    matter = desk.walk_to_handling([one.unit])
    by = office.actor(one.liaison)
    refused(["FLOW-RIGHT"], verbs.add_units, matter, "handling", [two.unit], "x", by=by)
    desk.answer(matter, one)
    clerk = office.actor(office.clerk)
    refused(["FLOW-TARGET"], verbs.add_units, matter, "handling", [two.unit], "x", by=clerk)


def test_a_node_may_leave_verbs_out(cosign, office):
    matter = cosign("all", actions=["finish"])
    task, by = mine(matter, office.legal), office.actor(office.legal)
    for verb, args in ((verbs.transfer, (office.duty, "x")), (verbs.delegate, (office.duty, "x"))):
        with pytest.raises(Refused, match="不允许"):
            verb(task, *args, by=by)
