"""催办, 跳转, 挂起, 作废, 延期, 换版, 关口, 不可退回, 到期提醒."""

from datetime import date, datetime, timedelta

import pytest

from zhongshu.base import calendars, clock
from zhongshu.base.actors import SYSTEM
from zhongshu.flow import definitions, hooks, migration, queries, verbs
from zhongshu.flow.may import may
from zhongshu.flow.models import FlowTask, FlowTimer
from zhongshu.flow.tests.conftest import INCOMING, step
from zhongshu.flow.tests.test_hand_on import refused

MONDAY = datetime(2026, 6, 8, 9, 0, tzinfo=clock.ZONE)


def test_reminded_it_is_counted_and_the_holder_told(desk, office):
    group = office.depts[0]
    matter = desk.walk_to_handling([group.unit])
    unit_task = desk.task(matter, "handling")
    verbs.remind([unit_task], "请于今日反馈", by=office.actor(office.clerk))
    (row,) = queries.reminded(office.actor(group.liaison)).rows
    assert (row.reminders, row.reminder_text) == (1, "请于今日反馈")
    assert group.liaison.notifications.filter(event="flow.remind").exists()
    refused(["FLOW-REMINDED"], verbs.remind, [unit_task], by=office.actor(office.clerk))
    refused(["FLOW-RIGHT"], verbs.remind, [unit_task], by=office.actor(group.liaison))


def test_who_is_entitled_jumps_and_others_not(desk, office):
    matter = desk.walk_to_handling([office.depts[0].unit])
    refused(["FLOW-RIGHT"], verbs.jump, matter, "replied", "急", by=office.actor(office.clerk))
    verbs.jump(matter, "replied", "情况变化", by=office.actor(office.director))
    assert desk.open_nodes(matter) == ["replied"]
    assert queries.todo(office.actor(office.depts[0].liaison)).rows == []
    refused(["FLOW-TARGET"], verbs.jump, matter, "nowhere", "急", by=office.actor(office.director))


@pytest.fixture
def gated(desk):
    """A procedure with a legal gate before signing, and numbering as point of no return."""
    lawful = {"passed": False}
    blocks = [
        step("draft", "起草", {"role": "secretariat"}),
        step("legal", "法制审核", {"role": "legal_section"}),
        step("sign", "签发", {"role": "office_director"}, requires=["legal"]),
        step("number", "编号", {"role": "secretariat"}, final=True, requires=[{"done": "legal"}]),
        step("print", "印制", {"role": "secretariat"}),
    ]
    gates = {"legal": lambda moment: "" if lawful["passed"] else "未经合法性审核，不得送签"}
    hooks.register("gated", name="发文", blocks=blocks, gates=gates)
    yield lawful
    hooks.forget("gated")


def test_no_way_leads_past_a_gate(gated, desk, office):
    """Neither finishing, nor a jump, nor a straight return, nor a new version."""
    matter = desk.start("gated")
    desk.finish(matter, "draft", office.clerk)
    assert "合法性" in refused(["FLOW-GATE"], desk.finish, matter, "legal", office.legal)
    refused(["FLOW-GATE"], verbs.jump, matter, "sign", "急", by=office.actor(office.director))
    assert desk.open_nodes(matter) == ["legal"]
    gated["passed"] = True
    desk.finish(matter, "legal", office.legal)
    task = desk.task(matter, "sign")
    verbs.send_back(task, "draft", "改题", straight=True, by=office.actor(office.director))
    gated["passed"] = False
    refused(["FLOW-GATE"], desk.finish, matter, "draft", office.clerk)
    gated["passed"] = True
    desk.finish(matter, "draft", office.clerk)
    assert desk.open_nodes(matter) == ["sign"]


def test_a_gate_may_be_a_node_that_must_have_been_done(gated, desk, office):
    gated["passed"] = True
    matter = desk.start("gated")
    assert "法制审核" in refused(
        ["FLOW-GATE"], verbs.jump, matter, "number", "急", by=office.actor(office.director)
    )


def test_nothing_goes_back_past_a_number(gated, desk, office):
    gated["passed"] = True
    matter = desk.start("gated")
    for node, person in (("draft", office.clerk), ("legal", office.legal), ("sign", office.director)):
        desk.finish(matter, node, person)
    numbered = desk.finish(matter, "number", office.clerk)
    refused(["FLOW-FINAL"], verbs.withdraw, numbered, by=office.actor(office.clerk))
    task = desk.task(matter, "print")
    refused(["FLOW-FINAL"], verbs.send_back, task, "sign", "改", by=office.actor(office.clerk))
    refused(["FLOW-FINAL"], verbs.jump, matter, "draft", "改", by=office.actor(office.director))
    verbs.stop(matter, "文字有误，另行编号", by=office.actor(office.clerk))
    matter.refresh_from_db()
    assert (matter.phase, matter.phase_name) == ("voided", "已作废")


def test_an_unknown_gate_stays_shut(desk, office):
    hooks.register("shut", name="关", blocks=[
        step("a", "甲", {"role": "secretariat"}), step("b", "乙", {"role": "secretariat"}, requires=["lost"]),
    ])  # fmt: skip
    matter = desk.start("shut")
    refused(["FLOW-GATE"], desk.finish, matter, "a", office.clerk)
    hooks.forget("shut")


def test_suspended_nothing_moves_and_the_deadline_waits(desk, office):
    with clock.fixed(MONDAY):
        matter = desk.start()
        task = desk.task(matter, "registered")
        refused(["FLOW-RIGHT"], verbs.suspend, matter, "等", by=office.actor(office.drafter))
        verbs.suspend(matter, "等上级答复", by=office.actor(office.clerk))
        refused(["FLOW-PAUSED"], verbs.finish, task, by=office.actor(office.clerk))
        (row,) = queries.todo(office.actor(office.clerk)).rows
        assert row.light.words == "暂停"
    before = task.due_at
    with clock.fixed(MONDAY + timedelta(days=3)):
        verbs.resume(matter, by=office.actor(office.clerk))
        assert desk.task(matter, "registered").due_at == before + timedelta(days=3)
        desk.finish(matter, "registered", office.clerk)


def test_voided_it_is_closed_for_everyone(desk, office):
    matter = desk.walk_to_handling([office.depts[0].unit])
    refused(["FLOW-RIGHT"], verbs.stop, matter, "x", by=office.actor(office.depts[0].liaison))
    refused(["FLOW-REASON"], verbs.stop, matter, "", by=office.actor(office.clerk))
    verbs.stop(matter, "重复登记", by=office.actor(office.clerk))
    assert desk.open_nodes(matter) == []
    assert not matter.parts.filter(closed=False).exists()
    refused(["FLOW-ENDED"], verbs.jump, matter, "replied", "x", by=office.actor(office.director))


def test_put_off_once_by_somebody_else(desk, office):
    with clock.fixed(MONDAY):
        group = office.depts[0]
        matter = desk.walk_to_handling([group.unit])
        task, later = desk.task(matter, "handling"), MONDAY + timedelta(days=20)
        refused(["FLOW-RIGHT"], verbs.extend, task, later, "x", by=office.actor(group.liaison))
        refused(["FLOW-DUE"], verbs.extend, task, task.due_at, "x", by=office.actor(office.deputy))
        verbs.extend(task, later, "涉及多部门", by=office.actor(office.deputy))
        assert desk.task(matter, "handling").due_at == later
        refused(
            ["FLOW-DUE"], verbs.extend, task, later + timedelta(days=1), "x", by=office.actor(office.deputy)
        )


def test_what_is_under_way_goes_over_to_a_new_version_only_on_purpose(desk, office):
    matter = desk.walk_to_handling([office.depts[0].unit])
    by = office.actor(office.sys_admin)
    draft = definitions.draft("incoming", tenant=office.tenant, by=by)
    longer = [*INCOMING[:5], step("lawful", "法制审核", {"role": "legal_section"}), *INCOMING[5:]]
    new = definitions.publish(definitions.save_draft(draft, blocks=longer, by=by), by=by)
    assert definitions.in_flight("incoming", office.tenant) == {1: 1}
    ((instance, reasons),) = migration.plan(new)
    assert reasons == []
    refused(["FLOW-RIGHT"], verbs.migrate, instance, new, by=office.actor(office.clerk))
    verbs.migrate(instance, new, by=by)
    desk.answer(matter, office.depts[0])
    assert desk.open_nodes(matter) == ["lawful"]


def test_a_version_without_the_open_step_is_refused(desk, office):
    desk.walk_to_handling([office.depts[0].unit])
    by = office.actor(office.sys_admin)
    draft = definitions.draft("incoming", tenant=office.tenant, by=by)
    new = definitions.publish(definitions.save_draft(draft, blocks=INCOMING[:4], by=by), by=by)
    ((instance, reasons),) = migration.plan(new)
    assert ["承办" in reason.message for reason in reasons] == [True]
    refused(["FLOW-MIGRATE"], verbs.migrate, instance, new, by=by)


@pytest.fixture
def shortened(desk, office):
    """Two versions of a procedure: the second has the step 法制审核 no more."""
    blocks = [
        step("draft", "起草", {"role": "secretariat"}),
        step("legal", "法制审核", {"role": "legal_section"}),
        step("sign", "签发", {"role": "office_director"}),
    ]
    hooks.register("shortened", name="发文", blocks=blocks)
    matter = desk.start("shortened")
    desk.finish(matter, "draft", office.clerk)
    by = office.actor(office.sys_admin)
    draft = definitions.draft("shortened", tenant=office.tenant, by=by)
    drawn = definitions.save_draft(draft, blocks=[blocks[0], blocks[2]], by=by)
    new = definitions.publish(drawn, by=by)
    yield matter, lambda: verbs.migrate(desk.root(matter), new, by=by)
    hooks.forget("shortened")


def test_what_the_version_now_in_force_does_not_have_is_not_withdrawn_to(shortened, desk, office):
    matter, migrate = shortened
    done = desk.finish(matter, "legal", office.legal)
    assert may(office.actor(office.legal), done) == {"withdraw": ""}
    migrate()
    assert "另一版流程" in may(office.actor(office.legal), done)["withdraw"]
    refused(["FLOW-MIGRATE"], verbs.withdraw, done, by=office.actor(office.legal))
    assert desk.open_nodes(matter) == ["sign"]


def test_nobody_is_sent_straight_to_a_step_that_is_no_longer_drawn(shortened, desk, office):
    matter, migrate = shortened
    by = office.actor(office.legal)
    verbs.send_back(desk.task(matter, "legal"), "draft", "改题", straight=True, by=by)
    migrate()
    desk.finish(matter, "draft", office.clerk)
    assert desk.open_nodes(matter) == ["sign"]


def test_who_was_taken_off_and_asked_again_gets_one_task_when_it_comes_straight_back(desk, office):
    people = {"var": "people", "as": "person"}
    blocks = [step("draft", "起草", {"role": "secretariat"}), step("all", "会签", people, mode="all")]
    hooks.register("asked_again", name="会签", blocks=blocks)
    matter = desk.start("asked_again", people=[office.legal.pk, office.duty.pk])
    desk.finish(matter, "draft", office.clerk)
    asking = office.actor(office.legal)
    mine = FlowTask.objects.get(matter=matter, assignee=office.legal, closed_at=None)
    verbs.add_sign(mine, "with", [office.supervisor], "请提意见", by=asking)
    verbs.drop_sign(mine, office.supervisor, by=asking)
    verbs.add_sign(mine, "with", [office.supervisor], "还是请提意见", by=asking)
    verbs.send_back(mine, "draft", "改题", straight=True, by=asking)
    desk.finish(matter, "draft", office.clerk)
    waiting = FlowTask.objects.filter(matter=matter, closed_at=None).values_list("assignee", flat=True)
    assert sorted(waiting) == sorted([office.legal.pk, office.duty.pk, office.supervisor.pk])
    hooks.forget("asked_again")


def ring(hours):
    with clock.fixed(MONDAY + timedelta(hours=hours)):
        return verbs.tick()["rung"]


def told(person, word):
    return person.notifications.filter(text__contains=word).count()


def test_reminders_climb_the_ladder(desk, office):
    """承办人 before, its head at the deadline, the deputy a day late, the director three days late."""
    group = office.depts[0]
    with clock.fixed(MONDAY):
        matter = desk.walk_to_handling([group.unit])
        task = desk.task(matter, "signed")
    assert clock.local(task.due_at) == datetime(2026, 6, 9, 17, 30, tzinfo=clock.ZONE)
    assert ring(1) == 0
    ring(9)
    assert (told(group.liaison, "将到期"), told(group.head, "到期")) == (1, 0)
    ring(33)
    assert (told(group.head, "已到期"), told(office.deputy, "逾期")) == (1, 0)
    ring(24 * 2 + 9)
    assert (told(office.deputy, "逾期"), told(office.director, "逾期")) == (1, 0)
    ring(24 * 4 + 9)
    assert told(office.director, "逾期") == 1
    assert ring(24 * 9) == 0


def test_a_bell_rings_once_and_not_for_what_is_done(desk, office):
    with clock.fixed(MONDAY):
        matter = desk.start()
        desk.finish(matter, "registered", office.clerk)
    ring(24 * 10)
    assert not office.clerk.notifications.filter(text__contains="登记").exists()
    assert not FlowTimer.objects.filter(fired_at__isnull=True).exists()
    timer = FlowTimer.objects.first()
    verbs.clockwork.ring(timer.pk, MONDAY, by=SYSTEM)


def test_a_new_calendar_moves_open_deadlines(desk, office):
    with clock.fixed(MONDAY):
        matter = desk.start()
        assert clock.local(desk.task(matter, "registered").due_at).day == 9
        by = office.actor(office.sys_admin)
        calendars.set_day(date=date(2026, 6, 9), is_workday=False, note="端午节", by=by)
        assert clock.local(desk.task(matter, "registered").due_at).day == 10


def test_urgency_raised_it_moves_to_the_top(desk, office):
    early, late = desk.start(title="早来的"), desk.start(title="后来的")
    clerk = office.actor(office.clerk)
    assert [row.title for row in queries.todo(clerk).rows] == ["早来的", "后来的"]
    late.urgency = "extra_urgent"
    late.save(update_fields=["urgency"])
    verbs.refresh(late, by=clerk)
    assert [row.title for row in queries.todo(clerk).rows] == ["后来的", "早来的"]
    assert early.pk != late.pk
    assert FlowTask.objects.filter(matter=late, rank=0).exists()
