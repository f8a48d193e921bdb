"""办理: the token goes from step to step, to several at once, and to its end."""

import pytest

from zhongshu.base.refusals import Refused, Stale
from zhongshu.base.trail import TrailEntry
from zhongshu.flow import verbs
from zhongshu.flow.models import FlowInstance, FlowTask


def test_a_paper_runs_from_登记_to_办结(desk, office):
    groups = office.depts[:3]
    matter = desk.walk_to_handling([g.unit for g in groups])
    matter.refresh_from_db()
    assert matter.phase == "handling"
    assert matter.phase_name == "承办 0/3"
    for group in groups:
        desk.answer(matter, group)
    assert desk.open_nodes(matter) == ["replied"]
    desk.finish(matter, "replied", office.clerk)
    desk.finish(matter, "closed", office.clerk)
    matter.refresh_from_db()
    assert matter.phase == "closed"
    assert matter.closed_at is not None
    assert not FlowInstance.objects.filter(matter=matter, ended_at__isnull=True).exists()
    assert not matter.parts.filter(closed=False).exists()


def test_only_who_has_it_in_hand_may_finish(desk, office):
    matter = desk.start()
    with pytest.raises(Refused) as refused:
        desk.finish(matter, "registered", office.drafter)
    assert refused.value.codes == ["FLOW-RIGHT"]
    desk.finish(matter, "registered", office.clerk)
    assert desk.open_nodes(matter) == ["proposed"]


def test_a_stale_page_is_told_who_was_faster(desk, office):
    matter = desk.start()
    task = desk.task(matter, "registered")
    verbs.finish(task, by=office.actor(office.clerk))
    with pytest.raises(Stale) as stale:
        verbs.finish(task, by=office.actor(office.section_chief))
    assert "林晓禾" in str(stale.value)
    assert stale.value.codes == ["FLOW-STALE"]


def test_the_units_answer_is_the_last_opinion_given_inside(desk, office):
    group = office.depts[0]
    matter = desk.walk_to_handling([group.unit])
    desk.answer(matter, group, opinion="已排查23条山洪沟")
    answered = FlowTask.objects.get(matter=matter, node="handling")
    assert answered.opinion == "已排查23条山洪沟"
    assert answered.state == "done"


def test_nobody_to_call_refuses_the_step(desk, office):
    matter = desk.start(leaders=[], units=[])
    desk.finish(matter, "registered", office.clerk)
    desk.finish(matter, "proposed", office.clerk)
    with pytest.raises(Refused) as refused:
        desk.finish(matter, "reviewed", office.deputy)
    assert refused.value.codes == ["FLOW-NOBODY"]
    assert desk.open_nodes(matter) == ["reviewed"]


def test_an_outcome_that_leads_back(desk, office):
    matter = desk.start()
    desk.finish(matter, "registered", office.clerk)
    desk.finish(matter, "proposed", office.section_chief)
    desk.finish(matter, "reviewed", office.deputy, outcome="redo", opinion="主办单位未写明")
    assert desk.open_nodes(matter) == ["proposed"]
    assert desk.task(matter, "proposed").assignee == office.section_chief


def test_an_unknown_outcome_is_refused(desk, office):
    matter = desk.start()
    desk.finish(matter, "registered", office.clerk)
    desk.finish(matter, "proposed", office.clerk)
    with pytest.raises(Refused) as refused:
        desk.finish(matter, "reviewed", office.deputy, outcome="burn")
    assert refused.value.codes == ["FLOW-OUTCOME"]


def test_each_verb_leaves_one_line_of_trail(desk, office):
    matter = desk.start()
    desk.finish(matter, "registered", office.clerk, opinion="已核对")
    lines = TrailEntry.objects.filter(matter_id=matter.pk, verb="flow.finish")
    assert [(line.label, line.text, line.who) for line in lines] == [("登记", "已核对", "林晓禾")]
