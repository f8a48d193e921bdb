"""签收, 放回, 已阅, 转办, 委派, 退办, 传阅."""

from datetime import timedelta

import pytest

from zhongshu.base import clock
from zhongshu.base.refusals import Refused, Stale
from zhongshu.base.trail import TrailEntry
from zhongshu.flow import queries, rights, verbs
from zhongshu.flow.models import FlowTask
from zhongshu.matters.models import Matter
from zhongshu.people.models import Absence, Delegation


def refused(codes, verb, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        verb(*args, **kwargs)
    assert caught.value.codes == codes
    return str(caught.value)


def test_a_member_of_the_pool_signs_for_it_and_it_leaves_the_others_lists(desk, office):
    matter = desk.start()
    clerk, chief = office.actor(office.clerk), office.actor(office.section_chief)
    assert [row.is_pool for row in queries.todo(chief).rows] == [True]
    task = verbs.claim(desk.task(matter, "registered"), by=clerk)
    assert queries.todo(chief).rows == []
    assert [row.is_pool for row in queries.todo(clerk).rows] == [False]
    assert desk.root(matter).first_receiver == office.clerk
    said = refused(["FLOW-SAME"], verbs.claim, task, by=chief)
    assert "林晓禾" in said


def test_who_is_not_in_the_pool_cannot_sign_for_it(desk, office):
    matter = desk.start()
    refused(["FLOW-RIGHT"], verbs.claim, desk.task(matter, "registered"), by=office.actor(office.drafter))


def test_released_it_lies_in_the_pool_again(desk, office):
    matter = desk.start()
    task = verbs.claim(desk.task(matter, "registered"), by=office.actor(office.clerk))
    refused(["FLOW-RIGHT"], verbs.release, task, by=office.actor(office.section_chief))
    verbs.release(task, by=office.actor(office.clerk))
    assert queries.todo(office.actor(office.section_chief)).rows[0].is_pool
    refused(["FLOW-RIGHT"], verbs.release, task, by=office.actor(office.drafter))


def test_the_first_who_signs_answers_for_it_to_the_end(desk, office):
    """首接负责."""
    matter = desk.walk_to_handling([office.depts[0].unit])
    desk.answer(matter, office.depts[0])
    assert desk.task(matter, "replied").assignee == office.clerk


def test_reading_is_noted_once_and_only_for_the_holder(desk, office):
    matter = desk.start()
    task = desk.task(matter, "registered")
    assert verbs.read(task, by=office.actor(office.drafter)).read_at is None
    first = verbs.read(task, by=office.actor(office.clerk)).read_at
    assert first is not None
    assert verbs.read(task, by=office.actor(office.section_chief)).read_at == first


def test_transferred_with_its_deadline_and_the_new_holder_sees_it(desk, office):
    matter = desk.start(leaders=[office.vice_head.pk])
    for node, person in (
        ("registered", office.clerk),
        ("proposed", office.clerk),
        ("reviewed", office.deputy),
    ):
        desk.finish(matter, node, person)
    task = desk.task(matter, "instructing")
    fresh = verbs.transfer(task, office.other_vice_head, "请清和同志阅处", by=office.actor(office.vice_head))
    assert (fresh.assignee, fresh.due_at) == (office.other_vice_head, task.due_at)
    assert [row.title for row in queries.todo(office.actor(office.other_vice_head)).rows] == [matter.title]
    assert queries.todo(office.actor(office.vice_head)).rows == []
    with pytest.raises(Stale, match="顾怀川"):
        verbs.finish(task, by=office.actor(office.vice_head))
    line = TrailEntry.objects.get(matter_id=matter.pk, verb="flow.transfer")
    assert (line.label, line.text) == ("转办", "转岳清和：请清和同志阅处")


@pytest.mark.parametrize(
    ("who", "reason", "codes"),
    [("legal", "", ["FLOW-REASON"]), ("deputy", "转", ["FLOW-SAME"]), ("sys_admin", "转", ["ORG-02"])],
)
def test_a_transfer_that_makes_no_sense_is_refused(desk, office, who, reason, codes):
    matter = desk.start()
    desk.finish(matter, "registered", office.clerk)
    desk.finish(matter, "proposed", office.clerk)
    task = verbs.claim(desk.task(matter, "reviewed"), by=office.actor(office.deputy))
    refused(codes, verbs.transfer, task, getattr(office, who), reason, by=office.actor(office.deputy))


def test_a_manager_may_move_work_that_lies_with_somebody_else(desk, office):
    matter = desk.start()
    task = verbs.claim(desk.task(matter, "registered"), by=office.actor(office.clerk))
    refused(["FLOW-RIGHT"], verbs.transfer, task, office.drafter, "转", by=office.actor(office.legal))
    verbs.transfer(task, office.section_chief, "晓禾休假", by=office.actor(office.director))
    assert desk.task(matter, "registered").assignee == office.section_chief


def test_a_unit_may_not_pass_its_task_to_another_unit(desk, office):
    matter = desk.walk_to_handling([office.depts[0].unit])
    task = desk.task(matter, "handling")
    by = office.actor(office.depts[0].liaison)
    refused(["FLOW-DENIED"], verbs.transfer, task, office.depts[1].unit, "不归我们", by=by)
    verbs.transfer(task, office.depts[1].unit, "职责在水利局", by=office.actor(office.clerk))
    assert desk.task(matter, "signed").unit == office.depts[1].unit


def test_delegated_it_comes_back_to_the_owner(desk, office):
    matter = desk.start()
    task = verbs.claim(desk.task(matter, "registered"), by=office.actor(office.clerk))
    child = verbs.delegate(task, office.archivist, "请先录入", by=office.actor(office.clerk))
    said = refused(["FLOW-WAIT"], verbs.finish, task, by=office.actor(office.clerk))
    assert "梁书勤" in said
    assert queries.todo(office.actor(office.clerk)).rows == []
    refused(["FLOW-DENIED"], verbs.send_back, child, "x", "退", by=office.actor(office.archivist))
    verbs.finish(child, opinion="已录", by=office.actor(office.archivist))
    verbs.finish(task, by=office.actor(office.clerk))
    assert desk.open_nodes(matter) == ["proposed"]


def test_a_unit_declines_and_the_others_go_on(desk, office):
    """退办: it comes back to who assigned it, who gives it to another unit."""
    one, two, three = office.depts[:3]
    matter = desk.walk_to_handling([one.unit, two.unit])
    back = verbs.decline(
        desk.task(matter, "signed", unit=one.unit), "不属我局职责", by=office.actor(one.liaison)
    )
    assert back.assignee == office.vice_head
    assert desk.open_nodes(matter) == ["handling", "signed"]
    desk.answer(matter, two)
    assert "handling" in desk.open_nodes(matter)
    verbs.transfer(back, three.unit, "请水利局办", by=office.actor(office.vice_head))
    desk.answer(matter, three)
    assert desk.open_nodes(matter) == ["replied"]


def test_only_units_decline(desk, office):
    matter = desk.start()
    refused(
        ["FLOW-DENIED"], verbs.decline, desk.task(matter, "registered"), "x", by=office.actor(office.clerk)
    )


def test_circulated_it_shows_who_has_read_and_holds_nothing_up(desk, office):
    matter = desk.start()
    unit = office.depts[0].unit
    verbs.circulate(matter, [office.vice_head, unit], "请阅", by=office.actor(office.clerk))
    reader = office.actor(office.vice_head)
    (row,) = queries.to_read(reader).rows
    verbs.read(FlowTask.objects.get(pk=row.task_id), by=reader)
    assert queries.to_read(reader).rows == []
    assert [(r.name, r.read_at is not None) for r in queries.circulation(matter)] == [
        ("顾怀川", True),
        (unit.label, False),
    ]
    desk.finish(matter, "registered", office.clerk)
    refused(["FLOW-RIGHT"], verbs.circulate, matter, [office.legal], by=office.actor(office.outsider))
    refused(["FLOW-SAME"], verbs.circulate, matter, [unit], by=office.actor(office.clerk))
    assert queries.to_read(office.actor(office.depts[0].liaison)).rows


def delegation(office, agent, scope=(), *, can_sign=False):
    now = clock.now()
    return Delegation.objects.create(
        principal_person=office.vice_head,
        agent=agent,
        scope=list(scope),
        can_sign=can_sign,
        start=now - timedelta(days=1),
        end=now + timedelta(days=1),
        reason="出差",
        state="active",
    )


def to_instructing(desk, office):
    matter = desk.start(leaders=[office.vice_head.pk], units=[office.depts[0].unit.principal_id])
    for node, person in (
        ("registered", office.clerk),
        ("proposed", office.clerk),
        ("reviewed", office.deputy),
    ):
        desk.finish(matter, node, person)
    return matter


def test_an_agent_acts_and_the_trail_says_for_whom(desk, office):
    matter = to_instructing(desk, office)
    task = desk.task(matter, "instructing")
    refused(["FLOW-RIGHT"], verbs.finish, task, by=office.actor(office.exec_vice_head))
    delegation(office, office.exec_vice_head)
    (row,) = queries.todo(office.actor(office.exec_vice_head)).rows
    assert row.for_name == "顾怀川"
    verbs.finish(task, opinion="同意", by=office.actor(office.exec_vice_head))
    line = TrailEntry.objects.filter(matter_id=matter.pk, verb="flow.finish").latest("seq")
    assert line.who == "沈知衡（代顾怀川）"
    assert line.on_behalf_of_id == office.vice_head.pk


def test_an_agent_does_not_approve_what_they_submitted(desk, office):
    matter = to_instructing(desk, office)
    delegation(office, office.clerk)
    said = refused(
        ["FLOW-RIGHT"], verbs.finish, desk.task(matter, "instructing"), by=office.actor(office.clerk)
    )
    assert "自己提交" in said


def test_a_delegation_for_another_module_does_not_count(desk, office):
    matter = to_instructing(desk, office)
    delegation(office, office.exec_vice_head, ["meetings"])
    task = desk.task(matter, "instructing")
    said = refused(["FLOW-RIGHT"], verbs.finish, task, by=office.actor(office.exec_vice_head))
    assert "不在您手里" in said


def away(person, *, days=2):
    now = clock.now()
    start, end = now - timedelta(hours=1), now + timedelta(days=days)
    return Absence.objects.create(person=person, start=start, end=end, reason="公务外出")


def test_what_comes_while_A_is_away_goes_to_B(desk, office):
    away(office.vice_head)
    matter = to_instructing(desk, office)
    task = desk.task(matter, "instructing")
    assert (task.assignee, task.owner) == (office.other_vice_head, office.vice_head)
    verbs.finish(task, opinion="同意", by=office.actor(office.other_vice_head))
    line = TrailEntry.objects.filter(matter_id=matter.pk, verb="flow.finish").latest("seq")
    assert line.who == "岳清和（代顾怀川）"


def test_what_lay_with_A_when_the_absence_began_goes_to_B_by_the_clock(desk, office):
    matter = to_instructing(desk, office)
    assert verbs.tick()["handed"] == 0
    away(office.vice_head)
    assert verbs.tick()["handed"] == 1
    assert desk.task(matter, "instructing").assignee == office.other_vice_head
    assert verbs.tick()["handed"] == 0
    assert queries.todo(office.actor(office.other_vice_head)).rows


def test_without_a_stand_in_the_work_waits_and_no_page_goes_stale(desk, office):
    matter = to_instructing(desk, office)
    away(office.vice_head)
    away(office.other_vice_head)
    before = Matter.objects.get(pk=matter.pk).version
    assert verbs.tick()["handed"] == 0
    assert Matter.objects.get(pk=matter.pk).version == before
    assert desk.task(matter, "instructing").assignee == office.vice_head


def test_in_somebodys_place_the_pools_are_theirs_and_not_ones_own(desk, office):
    """程以安, head of a section herself, stands in for the head of 秘书科: its pool, not hers."""
    given = Delegation.objects.create(
        principal_person=office.section_chief,
        agent=office.legal,
        start=clock.now() - timedelta(days=1),
        end=clock.now() + timedelta(days=1),
        reason="休假",
        state="active",
    )
    matter = desk.start()
    in_place = office.actor(office.legal, delegation=given)
    assert f"section_head@{office.units['法制科'].pk}" not in rights.pool_keys(in_place)
    assert f"section_head@{office.units['秘书科'].pk}" in rights.pool_keys(in_place)
    refused(["FLOW-RIGHT"], verbs.claim, desk.task(matter, "registered"), by=office.actor(office.legal))
    task = verbs.claim(desk.task(matter, "registered"), by=in_place)
    assert task.holder_name == "程以安（代许清和）"
    verbs.finish(task, by=office.actor(office.legal))
    line = TrailEntry.objects.filter(matter_id=matter.pk, verb="flow.finish").latest("seq")
    assert line.who == "程以安（代许清和）"
