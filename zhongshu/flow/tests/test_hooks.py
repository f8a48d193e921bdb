"""业务接口: what a room adds before and after a verb, at the gates, and for who is called."""

import pytest

from zhongshu.base.refusals import Refused
from zhongshu.base.trail import TrailEntry
from zhongshu.flow import hooks, queries, verbs
from zhongshu.flow.tests.conftest import step
from zhongshu.flow.tests.test_hand_on import refused


@pytest.fixture
def room(desk, office):
    """A procedure whose room watches everything."""
    seen = []

    def before(moment):
        seen.append(("before", moment.verb, moment.node.id))
        if moment.opinion == "不行":
            raise Refused.one("ROOM-01", "这样不行", "opinion")
        moment.vars["said"] = moment.opinion

    def after(moment):
        seen.append(("after", moment.verb, moment.outcome))
        moment.label, moment.key_act = "县长批示", True

    blocks = [
        step("a", "甲", {"role": "secretariat"}),
        step("b", "乙", {"room": "choose"}),
        {"type": "choice", "id": "c", "name": "看意见", "branches": [
            {"id": "long", "name": "有话", "when": ["said", "==", "请重办"], "blocks": [step("d", "丙", {"role": "secretariat"})]},
            {"id": "short", "name": "其他", "blocks": []},
        ]},
    ]  # fmt: skip
    hooks.register(
        "room",
        name="试",
        blocks=blocks,
        before={"finish": before},
        after={"finish": after},
        on_enter={"b": lambda moment: seen.append(("enter", moment.node.id, moment.step.name))},
        on_end=lambda moment: seen.append(("end", moment.matter.phase, moment.instance.status)),
        resolvers={"choose": lambda moment: [office.legal, office.depts[0].unit]},
        entitled={"jump": lambda moment: moment.by.person_id == office.drafter.pk},
    )
    yield seen
    hooks.forget("room")


def test_the_room_is_called_in_order_and_may_name_the_act(room, desk, office):
    matter = desk.start("room")
    desk.finish(matter, "a", office.clerk, opinion="同意")
    assert room == [("before", "finish", "a"), ("enter", "b", "乙"), ("after", "finish", "done")]
    line = TrailEntry.objects.get(matter_id=matter.pk, verb="flow.finish")
    assert (line.label, line.key_act) == ("县长批示", True)


def test_what_the_room_refuses_changes_nothing(room, desk, office):
    matter = desk.start("room")
    refused(["ROOM-01"], desk.finish, matter, "a", office.clerk, opinion="不行")
    assert desk.open_nodes(matter) == ["a"]
    refusal = TrailEntry.objects.get(verb="flow.finish", outcome="refused")
    assert refusal.text == "这样不行"


def test_the_rooms_rule_calls_a_person_and_a_unit_and_its_variables_choose_the_way(room, desk, office):
    matter = desk.start("room")
    desk.finish(matter, "a", office.clerk)
    assert queries.todo(office.actor(office.depts[0].liaison)).rows[0].is_pool
    task = desk.task(matter, "b", person=office.legal)
    verbs.finish(task, opinion="请重办", by=office.actor(office.legal))
    assert desk.open_nodes(matter) == ["d"]
    desk.finish(matter, "d", office.clerk)
    assert room[-1] == ("end", "closed", "ended")
    assert desk.root(matter).vars["said"] == ""


def test_the_room_may_entitle_somebody_to_steer(room, desk, office):
    matter = desk.start("room")
    refused(["FLOW-RIGHT"], verbs.jump, matter, "b", "急", by=office.actor(office.legal))
    verbs.jump(matter, "b", "急", by=office.actor(office.drafter))
    assert desk.open_nodes(matter) == ["b"]


def test_a_rule_that_is_not_there_refuses_the_step(desk, office):
    blocks = [step("a", "甲", {"role": "secretariat"}), step("b", "乙", {"room": "lost"})]
    hooks.register("lost", name="试", blocks=blocks)
    matter = desk.start("lost")
    refused(["FLOW-WHO"], desk.finish, matter, "a", office.clerk)
    hooks.forget("lost")


def test_by_portfolio_the_leader_of_the_unit_is_called(desk, office):
    blocks = [
        step("a", "甲", {"role": "secretariat"}),
        step("lead", "批示", {"portfolio": "leader", "var": "unit"}),
        step("deputy", "核", {"portfolio": "deputy_director", "var": "unit"}),
        step("head", "办", {"head": True}),
    ]
    hooks.register("portfolio", name="试", blocks=blocks)
    matter = desk.start("portfolio", unit=office.depts[2].unit.principal_id)
    desk.finish(matter, "a", office.clerk)
    assert desk.task(matter, "lead").assignee == office.vice_head
    desk.finish(matter, "lead", office.vice_head)
    assert desk.task(matter, "deputy").assignee == office.deputy
    desk.finish(matter, "deputy", office.deputy)
    assert desk.task(matter, "head").assignee == office.director
    hooks.forget("portfolio")


def test_an_opinion_that_must_be_given(desk, office):
    hooks.register("say", name="试", blocks=[step("a", "甲", {"role": "secretariat"}, opinion="required")])
    matter = desk.start("say")
    refused(["FLOW-OPINION"], desk.finish, matter, "a", office.clerk, opinion=" ")
    desk.finish(matter, "a", office.clerk, opinion="同意")
    hooks.forget("say")


def test_a_second_procedure_waits_for_the_first(desk, office):
    matter = desk.start()
    refused(["FLOW-RUNNING"], verbs.start, matter, "incoming", by=office.actor(office.clerk))
    refused(["FLOW-NONE"], verbs.start, desk.open(), "unknown", by=office.actor(office.clerk))


def test_deadlines_by_urgency_and_from_a_variable(desk, office):
    limits = {"extra_urgent": {"hours": 1}}
    blocks = [
        step("a", "甲", {"role": "secretariat"}, days=1, by_urgency=limits),
        step("b", "乙", {"role": "secretariat"}, due_var="until"),
    ]
    hooks.register("due", name="试", blocks=blocks)
    slow, fast = desk.start("due", until="2031-05-06"), desk.start("due", urgency="extra_urgent")
    slow_task, fast_task = desk.task(slow, "a"), desk.task(fast, "a")
    assert (fast_task.due_at - fast_task.created_at).total_seconds() <= 3600
    assert slow_task.due_at > fast_task.due_at
    desk.finish(slow, "a", office.clerk)
    assert desk.task(slow, "b").due_at.isoformat().startswith("2031-05-06T09:30")
    hooks.forget("due")
