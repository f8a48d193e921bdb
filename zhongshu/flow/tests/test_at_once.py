"""同时办理: real threads on real connections; the join fires once, a form counts once, a race has one winner."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connections

from zhongshu.base.refusals import Refused, Repeated
from zhongshu.flow import hooks, verbs
from zhongshu.flow.models import FlowStep, FlowTask
from zhongshu.flow.tests.conftest import step
from zhongshu.flow.tests.invariants import check

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> Counter[str]:
    """Start all at the same moment; return how they ended, by refusal code."""
    gate, ends, lock = threading.Barrier(len(works)), Counter[str](), threading.Lock()

    def run(work: Callable[[], object]) -> None:
        gate.wait()
        try:
            work()
            end = "done"
        except Refused as refused:
            end = refused.codes[0]
        except Repeated:
            end = "repeated"
        except BaseException as error:
            end = f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()
        with lock:
            ends[end] += 1

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_six_units_answer_at_once_and_the_summary_opens_once(desk, office):
    groups = [*office.depts, *office.townships]
    matter = desk.walk_to_handling([g.unit for g in groups])
    for group in groups:
        desk.finish(matter, "signed", group.liaison, unit=group.unit)
        desk.finish(matter, "work", group.liaison, unit=group.unit)
    tasks = [(desk.task(matter, "check", unit=g.unit), office.actor(g.head)) for g in groups]
    ends = at_once(*(lambda task=task, by=by: verbs.finish(task, by=by) for task, by in tasks))
    assert ends == {"done": 6}
    assert FlowStep.objects.filter(instance=desk.root(matter), node="replied").count() == 1
    check(matter)


@pytest.fixture
def eight(desk, office):
    people = list(office.people.values())[:8]
    who = {"var": "people", "as": "person"}
    blocks = [step("cosign", "会签", who, mode="all"), step("last", "审定", {"role": "office_director"})]
    hooks.register("eight", name="会签", blocks=blocks)
    yield desk.start("eight", people=[p.pk for p in people]), people
    hooks.forget("eight")


def test_eight_sign_at_once_and_the_next_step_opens_once(eight, desk, office):
    matter, people = eight
    works = [(FlowTask.objects.get(matter=matter, assignee=p), office.actor(p)) for p in people]
    ends = at_once(*(lambda task=task, by=by: verbs.finish(task, by=by) for task, by in works))
    assert ends == {"done": 8}
    assert FlowStep.objects.filter(instance=desk.root(matter), node="last").count() == 1
    check(matter)


def test_the_same_form_eight_times_counts_once(desk, office):
    matter = desk.start()
    task = desk.task(matter, "registered")
    by = office.actor(office.clerk, key="form-1")
    assert at_once(*[lambda: verbs.finish(task, by=by)] * 8) == {"done": 1, "repeated": 7}
    assert desk.open_nodes(matter) == ["proposed"]


def test_eight_forms_for_one_task_have_one_winner(desk, office):
    matter = desk.start()
    task = desk.task(matter, "registered")
    actors = [
        office.actor(p, key=f"form-{n}") for n, p in enumerate([office.clerk, office.section_chief] * 4)
    ]
    ends = at_once(*(lambda by=by: verbs.finish(task, by=by) for by in actors))
    assert ends == {"done": 1, "FLOW-STALE": 7}
    assert FlowStep.objects.filter(instance=desk.root(matter), node="proposed").count() == 1


def test_one_of_many_signs_for_it(desk, office):
    matter = desk.start()
    task = desk.task(matter, "registered")
    actors = [office.actor(p) for p in (office.clerk, office.section_chief)] * 4
    ends = at_once(*(lambda by=by: verbs.claim(task, by=by) for by in actors))
    assert ends == {"done": 1, "FLOW-SAME": 7}


def test_read_or_withdrawn_but_never_both(desk, office):
    for n in range(12):
        matter = desk.start(title=f"第{n}件")
        done = desk.finish(matter, "registered", office.clerk)
        coming = desk.task(matter, "proposed")
        ends = at_once(
            lambda done=done: verbs.withdraw(done, by=office.actor(office.clerk)),
            lambda coming=coming: verbs.read(coming, by=office.actor(office.section_chief)),
        )
        coming.refresh_from_db()
        assert ends == {"done": 1, "FLOW-READ": 1}
        assert (coming.read_at is None) == (coming.state == "withdrawn")
        check(matter)


def test_send_back_against_finish_leaves_one_truth(desk, office):
    groups = office.depts[:2]
    matter = desk.walk_to_handling([g.unit for g in groups])
    for group in groups:
        desk.answer(matter, group)
    task = desk.task(matter, "replied")
    by = office.actor(office.clerk)
    ends = at_once(
        lambda: verbs.finish(task, by=by),
        lambda: verbs.send_back(task, "proposed", "重拟", by=by),
        lambda: verbs.jump(matter, "instructing", "急", by=office.actor(office.director)),
    )
    assert ends["done"] >= 1
    assert not [end for end in ends if not end.startswith(("done", "FLOW-"))]
    check(matter)
