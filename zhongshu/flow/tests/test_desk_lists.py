"""待办, 待阅, 已办, 我经手, 我发起: order, pages, cost; and the buttons."""

from datetime import datetime, timedelta

import pytest
from django.http import Http404

from zhongshu.base import clock
from zhongshu.flow import picture, queries, verbs
from zhongshu.flow.may import back_targets, losers, may, may_steer
from zhongshu.flow.overview import Overview
from zhongshu.flow.rows import rows_of
from zhongshu.flow.standing import standing

MORNING = datetime(2026, 6, 8, 9, 0, tzinfo=clock.ZONE)


def titles(listing):
    return [row.title for row in listing.rows]


def test_特急_first_then_by_deadline(desk, office):
    with clock.fixed(MORNING + timedelta(days=1)):
        desk.start(title="明天来的平件")
    with clock.fixed(MORNING):
        desk.start(title="今天来的平件")
    with clock.fixed(MORNING + timedelta(days=2)):
        desk.start(title="后来的特急件", urgency="extra_urgent")
    clerk = office.actor(office.clerk)
    assert titles(queries.todo(clerk)) == ["后来的特急件", "今天来的平件", "明天来的平件"]


def test_a_row_carries_what_the_desk_shows(desk, office):
    with clock.fixed(MORNING):
        matter = desk.open("关于汛期排查的通知", number="收〔2026〕1号", urgency="urgent")
        verbs.start(matter, "incoming", origin="市政府办公室", by=office.actor(office.clerk))
        desk.finish(matter, "registered", office.clerk)
        (row,) = queries.todo(office.actor(office.section_chief)).rows
    assert (row.origin, row.number, row.urgency, row.node_name) == (
        "市政府办公室",
        "收〔2026〕1号",
        "urgent",
        "拟办",
    )
    assert (row.from_name, row.light.words, row.is_unread, row.is_pool) == ("林晓禾", "余1天", True, True)
    assert row.arrived_at == MORNING


def test_lists_cost_three_statements(desk, office, django_assert_max_num_queries):
    for n in range(25):
        desk.finish(desk.start(title=f"第{n}件"), "registered", office.clerk)
    clerk = office.actor(office.clerk)
    with django_assert_max_num_queries(3):
        assert len(queries.todo(clerk).rows) == 20
    with django_assert_max_num_queries(2):
        assert len(queries.done(clerk).rows) == 20
    with django_assert_max_num_queries(3):
        queries.to_read(clerk)
    with django_assert_max_num_queries(3):
        queries.reminded(clerk)
    with django_assert_max_num_queries(5):
        assert Overview(clerk).counters().todo == 25


def test_lights_are_counted_as_they_are_drawn(desk, office):
    for days in (0, 1, 3, 4, 8, 12):
        with clock.fixed(MORNING - timedelta(days=days)):
            desk.start(title=f"{days}天前")
    with clock.fixed(MORNING):
        clerk = office.actor(office.clerk)
        drawn = [row.light.colour for row in queries.todo(clerk).rows]
        assert Overview(clerk).lights() == {colour: drawn.count(colour) for colour in ("r", "y", "g", "none")}
    with clock.fixed(MORNING - timedelta(days=5)):
        drawn = [row.light.colour for row in queries.todo(clerk).rows]
        assert Overview(clerk).lights() == {colour: drawn.count(colour) for colour in ("r", "y", "g", "none")}
        assert len(set(drawn)) > 1


@pytest.mark.parametrize("name", ["todo", "done"])
def test_pages_follow_each_other_without_gap_or_repetition(desk, office, name):
    with clock.fixed(MORNING):
        for n in range(7):
            desk.finish(desk.start(title=f"第{n}件"), "registered", office.clerk)
    read = getattr(queries, name)
    clerk, seen, after = office.actor(office.clerk), [], ""
    while True:
        page = read(clerk, size=3, after=after)
        seen += [row.task_id for row in page.rows]
        after = page.next_cursor
        if not after:
            break
    assert len(seen) == len(set(seen)) == 7
    with pytest.raises(Http404):
        read(clerk, after="破")


def test_who_has_nothing_to_do_with_it_sees_nothing(desk, office):
    desk.start()
    for person in (office.outsider, office.sys_admin, office.depts[0].member):
        actor = office.actor(person)
        assert queries.todo(actor).rows == []
        assert queries.involved(actor)[0] == []


def test_what_i_handled_and_what_i_began(desk, office):
    matter = desk.start()
    desk.finish(matter, "registered", office.section_chief)
    clerk, chief = office.actor(office.clerk), office.actor(office.section_chief)
    assert [each.pk for each in queries.involved(chief)[0]] == [matter.pk]
    assert [each.matter_id for each in queries.initiated(clerk)[0]] == [matter.pk]
    assert queries.initiated(chief)[0] == []
    assert titles(queries.done(chief)) == [matter.title]


def test_buttons_for_the_holder_the_manager_and_the_stranger(desk, office):
    group = office.depts[0]
    matter = desk.walk_to_handling([group.unit])
    task = desk.task(matter, "signed")
    mine = may(office.actor(group.liaison), task)
    assert mine["claim"] == mine["finish"] == mine["decline"] == ""
    assert mine["send_back"] == "前面没有可以退回的环节"
    assert set(may(office.actor(office.director), task)) == {"remind", "extend"}
    assert may(office.actor(office.outsider), task) == {}
    assert may_steer(office.actor(office.outsider), matter) == {}
    assert may_steer(office.actor(office.director), matter)["jump"] == ""


def test_a_button_that_must_wait_says_why(desk, office):
    group = office.depts[0]
    matter = desk.walk_to_handling([group.unit])
    assert may(office.actor(group.liaison), desk.task(matter, "handling"))["finish"] == "本单位内部正在办理"
    verbs.suspend(matter, "等", by=office.actor(office.clerk))
    assert "挂起" in may(office.actor(group.liaison), desk.task(matter, "signed"))["finish"]


def test_what_may_says_the_verb_does(desk, office):
    matter = desk.start()
    done = desk.finish(matter, "registered", office.clerk)
    clerk = office.actor(office.clerk)
    assert may(clerk, done) == {"withdraw": ""}
    verbs.read(desk.task(matter, "proposed"), by=office.actor(office.section_chief))
    assert "已阅看" in may(clerk, done)["withdraw"]


def test_where_it_may_go_back_to_and_who_loses_work(desk, office):
    groups = office.depts[:2]
    matter = desk.walk_to_handling([g.unit for g in groups])
    for group in groups:
        desk.answer(matter, group)
    task = desk.task(matter, "replied")
    clerk = office.actor(office.clerk)
    assert [node for node, _, _ in back_targets(task, clerk)] == [
        "handling", "instructing", "reviewed", "proposed", "registered",
    ]  # fmt: skip
    assert {n: who for n, _, who in back_targets(task, clerk)}["instructing"] == "顾怀川"
    assert losers(task, "proposed", clerk) == []


def test_nobody_is_offered_to_remind_himself(desk, office):
    matter, clerk = desk.start(), office.actor(office.clerk)
    assert may_steer(clerk, matter, rows_of(matter))["remind"] == ""
    verbs.claim(desk.task(matter, "registered"), by=clerk)
    assert "remind" not in may_steer(clerk, matter, rows_of(matter))


def test_standing_and_picture_tell_the_same(desk, office, django_assert_max_num_queries):
    groups = office.depts[:4]
    matter = desk.walk_to_handling([g.unit for g in groups])
    desk.answer(matter, groups[1])
    with django_assert_max_num_queries(5):
        where = standing(matter)
    assert [(p.name, p.state) for p in where.places] == [
        ("登记", "done"), ("拟办", "done"), ("审核", "done"), ("批示", "done"), ("承办", "now"), ("汇总", "ahead"),
        ("办结", "ahead"),
    ]  # fmt: skip
    handling = where.places[4]
    assert (handling.done_count, len(handling.parts)) == (1, 4)
    drawn = picture.svg(where)
    assert "style=" not in drawn
    assert "1/4" in drawn
    assert "承办，正在办，4家中1家办完" in drawn
    assert picture.listing(where).count("<li") == 7 + 4


def test_names_cannot_break_the_picture(desk, office):
    office.clerk.name = "<b>&\"'"
    office.clerk.save(update_fields=["name"])
    matter = desk.start()
    desk.finish(matter, "registered", office.clerk)
    where = standing(matter)
    for drawn in (picture.svg(where), picture.listing(where)):
        assert "<b>&" not in drawn


def test_sent_back_the_later_steps_lie_ahead_again(desk, office):
    matter = desk.start(leaders=[office.vice_head.pk])
    for node, person in (("registered", office.clerk), ("proposed", office.clerk)):
        desk.finish(matter, node, person)
    verbs.send_back(desk.task(matter, "reviewed"), "registered", "重登", by=office.actor(office.deputy))
    assert [p.state for p in standing(matter).places[:4]] == ["now", "ahead", "ahead", "ahead"]
