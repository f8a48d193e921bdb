"""退回: to any earlier step, straight or through the steps again; 撤回 while unread."""

import pytest

from zhongshu.base.refusals import Refused
from zhongshu.flow import hooks, verbs
from zhongshu.flow.models import FlowTask
from zhongshu.flow.tests.conftest import step


def send_back(desk, matter, node, person, to, **more):
    task = desk.task(matter, node, unit=more.pop("unit", None))
    return verbs.send_back(task, to, more.pop("reason", "要素不全"), by=desk.office.actor(person), **more)


def test_withdrawn_a_step_takes_its_variables_back(desk, office):
    matter = desk.start(leaders=[office.vice_head.pk])
    desk.finish(matter, "registered", office.clerk)
    before = desk.root(matter).vars
    task = desk.finish(
        matter, "proposed", office.clerk, data={"vars": {"leaders": [office.county_head.pk], "x": 1}}
    )
    assert desk.root(matter).vars["x"] == 1
    verbs.withdraw(task, by=office.actor(office.clerk))
    assert desk.root(matter).vars == before
    assert desk.task(matter, "proposed").data == {}


def test_withdrawn_in_company_what_others_changed_since_stays(desk, office):
    people = {"var": "people", "as": "person"}
    blocks = [step("all", "会签", people, mode="all"), step("last", "审定", {"role": "office_director"})]
    hooks.register("cosign", name="会签", blocks=blocks)
    matter = desk.start("cosign", people=[office.drafter.pk, office.legal.pk, office.duty.pk])

    def finish(person, **given):
        return verbs.finish(
            desk.task(matter, "all", person=person), data={"vars": given}, by=office.actor(person)
        )

    first = finish(office.drafter, amount=1, place="甲")
    finish(office.legal, amount=2)
    verbs.withdraw(first, by=office.actor(office.drafter))
    vars_ = desk.root(matter).vars
    assert vars_["amount"] == 2
    assert "place" not in vars_
    hooks.forget("cosign")


def test_back_through_the_steps_again(desk, office):
    matter = desk.start(leaders=[office.vice_head.pk])
    desk.finish(matter, "registered", office.clerk)
    desk.finish(matter, "proposed", office.clerk)
    send_back(desk, matter, "reviewed", office.deputy, "registered")
    assert desk.open_nodes(matter) == ["registered"]
    desk.finish(matter, "registered", office.clerk)
    assert desk.open_nodes(matter) == ["proposed"]


def test_straight_back_to_who_sent_it(desk, office):
    matter = desk.start(leaders=[office.vice_head.pk])
    desk.finish(matter, "registered", office.clerk)
    desk.finish(matter, "proposed", office.clerk)
    send_back(desk, matter, "reviewed", office.deputy, "registered", straight=True)
    desk.finish(matter, "registered", office.clerk)
    assert desk.task(matter, "reviewed").assignee == office.deputy


def test_a_reason_is_needed(desk, office):
    matter = desk.start()
    desk.finish(matter, "registered", office.clerk)
    with pytest.raises(Refused) as refused:
        send_back(desk, matter, "proposed", office.clerk, "registered", reason=" ")
    assert refused.value.codes == ["FLOW-REASON"]


def test_not_forward_and_not_to_where_it_never_was(desk, office):
    matter = desk.start()
    desk.finish(matter, "registered", office.clerk)
    for target in ("reviewed", "nowhere", "proposed"):
        with pytest.raises(Refused) as refused:
            send_back(desk, matter, "proposed", office.clerk, target)
        assert refused.value.codes == ["FLOW-TARGET"]


def test_only_one_unit_does_it_again(desk, office):
    groups = office.depts[:3]
    matter = desk.walk_to_handling([g.unit for g in groups])
    for group in groups:
        desk.answer(matter, group)
    send_back(desk, matter, "replied", office.clerk, "handling", only=[groups[1].unit.principal_id])
    assert desk.open_nodes(matter) == ["signed"]
    desk.answer(matter, groups[1], opinion="已补正")
    assert desk.open_nodes(matter) == ["replied"]


def test_returning_above_the_units_stops_them(desk, office):
    groups = office.depts[:2]
    matter = desk.walk_to_handling([g.unit for g in groups])
    desk.answer(matter, groups[0])
    task = desk.task(matter, "signed", unit=groups[1].unit)
    with pytest.raises(Refused):
        verbs.send_back(task, "proposed", "退", by=office.actor(groups[1].liaison))
    desk.answer(matter, groups[1])
    send_back(desk, matter, "replied", office.clerk, "proposed")
    assert desk.open_nodes(matter) == ["proposed"]


def withdraw(desk, task, person):
    return verbs.withdraw(task, by=desk.office.actor(person))


def test_withdraw_while_unread(desk, office):
    matter = desk.start()
    task = desk.finish(matter, "registered", office.clerk)
    withdraw(desk, task, office.clerk)
    assert desk.open_nodes(matter) == ["registered"]
    assert desk.task(matter, "registered").assignee == office.clerk


def test_not_after_it_was_read(desk, office):
    matter = desk.start()
    task = desk.finish(matter, "registered", office.clerk)
    FlowTask.objects.filter(node="proposed").update(read_at=task.done_at)
    with pytest.raises(Refused) as refused:
        withdraw(desk, task, office.clerk)
    assert refused.value.codes == ["FLOW-READ"]
    assert desk.open_nodes(matter) == ["proposed"]


def test_not_by_another(desk, office):
    matter = desk.start()
    task = desk.finish(matter, "registered", office.clerk)
    with pytest.raises(Refused) as refused:
        withdraw(desk, task, office.section_chief)
    assert refused.value.codes == ["FLOW-RIGHT"]


def test_a_units_head_takes_the_answer_back(desk, office):
    """The join had fired; the summary is unread; unit and step are open again, the other unit's work stays."""
    groups = office.depts[:2]
    matter = desk.walk_to_handling([g.unit for g in groups])
    for group in groups:
        desk.answer(matter, group)
    last = FlowTask.objects.filter(matter=matter, node="check").latest("id")
    withdraw(desk, last, groups[1].head)
    assert desk.open_nodes(matter) == ["check"]
    verbs.finish(desk.task(matter, "check"), by=office.actor(groups[1].head))
    assert desk.open_nodes(matter) == ["replied"]


def test_a_closed_matter_comes_back_when_its_last_step_is_withdrawn(desk, office):
    matter = desk.walk_to_handling([office.depts[0].unit])
    desk.answer(matter, office.depts[0])
    desk.finish(matter, "replied", office.clerk)
    task = desk.finish(matter, "closed", office.clerk)
    withdraw(desk, task, office.clerk)
    matter.refresh_from_db()
    assert matter.closed_at is None
    assert matter.phase == "closed"
    assert matter.parts.filter(closed=False).exists()


def test_a_drawn_way_back_out_of_a_branch_tells_those_whose_work_stops(desk, office):
    back = [{"code": "agree", "label": "同意"}, {"code": "redo", "label": "重拟", "to": "draft"}]
    blocks = [
        step("draft", "拟稿", {"role": "secretariat"}),
        {"type": "parallel", "id": "both", "name": "并审", "branches": [
            {"id": "l", "name": "法制", "blocks": [step("law", "法制审", {"role": "legal_section"}, outcomes=back)]},
            {"id": "d", "name": "值班", "blocks": [step("duty", "值班审", {"role": "duty_office"})]},
        ]},
    ]  # fmt: skip
    hooks.register("both_ways", name="并审", blocks=blocks)
    matter = desk.start("both_ways")
    desk.finish(matter, "draft", office.clerk)
    verbs.claim(desk.task(matter, "duty"), by=office.actor(office.duty))
    stopped = office.duty.notifications.filter(text__contains="办理停止")
    assert not stopped.exists()
    desk.finish(matter, "law", office.legal, outcome="redo", opinion="依据不足")
    assert desk.open_nodes(matter) == ["draft"]
    assert "“法制审”退回“拟稿”" in stopped.get().text
    assert not office.legal.notifications.filter(text__contains="办理停止").exists()
    hooks.forget("both_ways")
