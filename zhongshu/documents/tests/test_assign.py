"""交办: who leads, who helps, by when; each unit with its own time, its inner steps by the unit's, not the matter's."""

from datetime import timedelta

import pytest

from zhongshu.base import clock
from zhongshu.documents import actions
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.models import UnitHandling
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import act, buttons, do, matter_verb, minute, sheet, task_of, told
from zhongshu.flow import queries as flow
from zhongshu.flow.overview import Overview


def sent(office, co=1, **changes):
    units = [group.unit.pk for group in office.depts]
    return {
        "lead_unit": units[0],
        "co_units": units[1 : 1 + co],
        "due_at": minute(days=2),
        "requirement": "请排查并报结果。",
        **changes,
    }


def test_the_units_get_it_with_lead_help_time_and_notice(client, office, carrier):
    incoming = carrier.assigning()
    client.force_login(office.clerk)
    page = client.get(act(incoming, "assign")).text
    assert "建议由发改局主办" in page
    assert do(client, incoming, "assign", **sent(office, co=2)).status_code == 302
    assert phase(incoming) == "handling"
    rows = list(incoming.handlings.values_list("unit_name", "role", "requirement"))
    assert [role for _, role, _ in rows] == ["lead", "co", "co"]
    assert {requirement for *_, requirement in rows} == {"请排查并报结果。"}
    for group in office.depts[:3]:
        assert told(group.liaison)
        client.force_login(group.liaison)
        assert client.get(sheet(incoming)).status_code == 200
    client.force_login(office.depts[3].liaison)
    assert client.get(sheet(incoming)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lead_unit": ""}, "须明确一个主办单位（DOC-28）"),
        ({"lead_unit": "", "co_units": []}, "请选择承办单位（DOC-28）"),
        ({"co_units": "lead"}, "同一单位不能既主办又协办（DOC-29）"),
        ({"due_at": "2001-01-01T08:00"}, "办理时限不能早于现在"),
        ({"lead_unit": "999999"}, "主办单位"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(client, office, carrier, changes, words):
    incoming = carrier.assigning()
    if changes.get("co_units") == "lead":
        changes = {"co_units": [office.depts[0].unit.pk]}
    client.force_login(office.clerk)
    response = do(client, incoming, "assign", **sent(office, **changes))
    assert response.status_code == 422
    assert words in response.text
    assert "请排查并报结果。" in response.text
    assert phase(incoming) == "assigning"
    assert not UnitHandling.objects.exists()


def test_an_urgent_paper_names_its_time(client, office, carrier):
    incoming = carrier.assigning(urgency="urgent")
    client.force_login(office.clerk)
    response = do(client, incoming, "assign", **sent(office, due_at=""))
    assert "紧急公文必须明确办理时限（DOC-30）" in response.text
    assert do(client, incoming, "assign", **sent(office)).status_code == 302


def test_who_signed_answers_for_it_and_nobody_else_assigns(client, office, carrier):
    incoming = carrier.assigning()
    for person, status in ((office.section_chief, 422), (office.county_head, 422), (office.outsider, 404)):
        client.force_login(person)
        response = do(client, incoming, "assign", **sent(office))
        assert response.status_code == status
    client.force_login(office.section_chief)
    assert "林晓禾" in do(client, incoming, "assign", **sent(office)).text


def test_a_unit_s_steps_fall_due_with_the_unit_not_with_the_matter(office, carrier):
    incoming = carrier.assigning(stated_due=clock.now() + timedelta(days=40))
    soon = clock.now() + timedelta(hours=3)
    actions.assign(incoming, Assignment(office.depts[0].unit.pk, [], soon), by=carrier.clerk)
    signing = task_of(incoming, node="unit_sign")
    assert signing.due_at <= soon
    actions.sign_for_unit(incoming, by=office.actor(office.depts[0].liaison))
    assert task_of(incoming, node="unit_handle").due_at == soon
    actions.feed_back(incoming, text="已经按要求全部办完。", by=office.actor(office.depts[0].liaison))
    assert task_of(incoming, node="unit_check").due_at <= soon


def test_more_time_for_a_unit_moves_its_row_its_light_and_its_inner_steps(client, office, carrier):
    incoming = carrier.handling(2)
    group = office.depts[0]
    outer = task_of(incoming, node="handle", unit=group.unit)
    later = clock.now() + timedelta(days=9)
    client.force_login(office.clerk)
    extend = {"which": outer.pk, "due_at": minute(later), "reason": "情况复杂，来函申请"}
    assert client.post(matter_verb(incoming, "extend"), extend).status_code == 422
    client.force_login(office.director)
    page = client.get(matter_verb(incoming, "extend")).text
    assert group.unit.label in page
    assert client.post(matter_verb(incoming, "extend"), extend).status_code == 302
    row = incoming.handlings.get(unit=group.unit)
    assert minute(row.due_at) == minute(later)
    actions.sign_for_unit(incoming, by=office.actor(group.liaison))
    assert minute(task_of(incoming, node="unit_handle").due_at) == minute(later)
    other = incoming.handlings.get(unit=office.depts[1].unit)
    assert other.due_at < later
    again = {**extend, "due_at": minute(days=12)}
    assert client.post(matter_verb(incoming, "extend"), again).status_code == 422


def test_put_to_other_units_the_second_time_the_first_are_called_off(client, office, carrier):
    incoming = carrier.handling(2)
    back_to_assigning(client, office, incoming)
    client.force_login(office.clerk)
    new = sent(office, lead_unit=office.depts[2].unit.pk, co_units=[])
    assert do(client, incoming, "assign", **new).status_code == 302
    states = dict(incoming.handlings.values_list("unit__short_name", "state"))
    assert states[office.depts[0].unit.short_name] == "withdrawn"
    assert states[office.depts[2].unit.short_name] == "assigned"
    client.force_login(office.depts[0].liaison)
    response = do(client, incoming, "unit_sign")
    assert response.status_code == 409
    assert "乔致远" in response.text


def back_to_assigning(client, office, incoming):
    """Let the director bring it back to 交办."""
    client.force_login(office.director)
    jump = {"node": "assign", "reason": "交错了单位"}
    assert client.post(matter_verb(incoming, "jump"), jump).status_code == 302


def test_it_counts_in_the_hands_of_who_signed_for_it(office, carrier):
    incoming = carrier.assigning()
    row = flow.todo(office.actor(office.clerk)).rows[0]
    assert (row.public_id, row.node) == (incoming.matter.public_id, "assign")
    assert Overview(office.actor(office.clerk)).counters().todo == 1
    assert Overview(office.actor(office.section_chief)).counters().todo == 0
    assert task_of(incoming).assignee == office.clerk


def test_the_button_is_there_for_who_has_it(client, office, carrier):
    incoming = carrier.assigning()
    client.force_login(office.clerk)
    assert act(incoming, "assign") in buttons(client, incoming)
    client.force_login(office.section_chief)
    assert act(incoming, "assign") not in buttons(client, incoming)
