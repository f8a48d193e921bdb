"""一年的办理: what was poured obeys the house's rules, and the house can go on from it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Count, F, Q

from demo import cast
from demo.registry import County
from demo.settling import settle
from demo.year.telling import tell_year
from demo.year.touches import touch
from zhongshu.archive.models import ArchivalFile
from zhongshu.base import clock, trail
from zhongshu.base.models import NumberSequence, NumberUse
from zhongshu.base.trail import TrailEntry
from zhongshu.documents import actions, sheet, tasks
from zhongshu.documents import states as s
from zhongshu.documents.models import IncomingDocument, LeaderInstruction, Opinion, UnitHandling
from zhongshu.files import blobs
from zhongshu.files.models import Attachment
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.matters import access, search
from zhongshu.matters.models import Matter, Part

NOW = dt.datetime(2026, 6, 10, 15, 20, tzinfo=clock.ZONE)
COUNT, SPAN = 90, 40


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker) -> Iterator[County]:
    """The county with a small year, once for this file; everything is undone at its end."""
    outer = transaction.atomic()
    outer._from_testcase = True  # the acts' own transactions may be nested in this one
    with django_db_blocker.unblock(), outer:
        with clock.fixed(NOW):
            found = settle()
            tell_year(found, 7, NOW, COUNT, say=str, span=SPAN, earlier=False)
        yield found
        transaction.set_rollback(True)


@pytest.fixture
def county(year: County, db: None) -> Iterator[County]:
    with clock.fixed(NOW):
        yield year


def test_the_trail_of_the_year_verifies_and_is_in_order(county):
    assert trail.verify().is_whole
    moments = list(TrailEntry.objects.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= NOW


def test_no_stand_in_and_no_token_is_left(county):
    texts = [
        *TrailEntry.objects.values_list("text", flat=True),
        *Opinion.objects.values_list("text", flat=True),
    ]
    texts += [str(vars_) for vars_ in FlowInstance.objects.values_list("vars", flat=True)]
    texts += list(Matter.objects.values_list("title", flat=True))
    assert not [text for text in texts if "⟪" in text or "2099" in text]


def test_numbers_have_no_gap_and_follow_the_day_of_registration(county):
    for sequence in NumberSequence.objects.all():
        numbers = list(sequence.uses.order_by("no").values_list("no", "at"))
        assert [no for no, _ in numbers] == list(range(1, sequence.last_no + 1))
        assert [at for _, at in numbers] == sorted(at for _, at in numbers)
    registered = IncomingDocument.objects.filter(registered_at__isnull=False)
    used = set(NumberUse.objects.filter(sequence__scope="documents.incoming").values_list("text", flat=True))
    assert set(registered.values_list("matter__number", flat=True)) == used


def test_a_closed_matter_has_nothing_open_and_an_open_one_waits_for_somebody(county):
    open_tasks = FlowTask.objects.filter(closed_at__isnull=True)
    assert not open_tasks.filter(matter__closed_at__isnull=False).exists()
    assert not FlowStep.objects.filter(left_at__isnull=True, instance__ended_at__isnull=False).exists()
    assert not FlowInstance.objects.filter(ended_at__isnull=True, matter__closed_at__isnull=False).exists()
    waiting = Matter.objects.filter(kind=s.KIND, closed_at__isnull=True)
    assert waiting.count() == waiting.filter(tasks__in=open_tasks).distinct().count() > 5


def test_times_run_forward(county):
    late = Q(done_at__lt=F("created_at")) | Q(closed_at__lt=F("created_at"))
    assert not FlowTask.objects.filter(late).exists()
    assert not FlowStep.objects.filter(left_at__lt=F("entered_at")).exists()
    documents = IncomingDocument.objects.all()
    assert not documents.filter(registered_at__lt=F("received_at")).exists()
    assert not documents.filter(matter__closed_at__lt=F("registered_at")).exists()
    assert not Matter.objects.filter(closed_at__gt=NOW).exists()


def test_everybody_who_had_a_task_has_a_part(county):
    for task in FlowTask.objects.exclude(done_by=None).select_related("done_by")[:400]:
        actor = county.actor(task.done_by.name)
        assert Part.objects.filter(matter=task.matter_id, principal_id__in=actor.principals).exists()


def test_the_phase_is_that_of_an_open_step(county):
    for matter in Matter.objects.filter(kind=s.KIND, closed_at__isnull=True):
        steps = FlowStep.objects.filter(instance__matter=matter, left_at__isnull=True)
        assert matter.phase in set(steps.values_list("phase", flat=True))
    ended = Matter.objects.filter(kind=s.KIND, closed_at__isnull=False).values_list("phase", flat=True)
    assert set(ended) <= {s.CLOSED, s.ARCHIVED, s.RETURNED_TO_SENDER}


def test_units_work_only_on_what_was_assigned_and_answered_requests_are_closed(county):
    done = UnitHandling.objects.filter(state=UnitHandling.State.FED_BACK)
    assert not done.annotate(n=Count("feedbacks", filter=Q(feedbacks__is_final=True))).filter(n=0).exists()
    closed = IncomingDocument.objects.filter(matter__phase__in=[s.CLOSED, s.ARCHIVED])
    assert not closed.filter(doc_type="request_for_instructions", replied_at__isnull=True).exists()
    leads = IncomingDocument.objects.filter(handlings__isnull=False).annotate(
        leads=Count("handlings", filter=Q(handlings__role="lead"))
    )
    assert set(leads.values_list("leads", flat=True)) == {1}


def test_instructions_hang_on_their_paper_and_their_words(county):
    rows = LeaderInstruction.objects.select_related("opinion", "matter", "leader")
    assert rows.filter(opinion=None).exclude(level="own").count() == 3
    said = rows.exclude(opinion=None)
    assert said
    for row in said:
        assert row.opinion.author_id == row.leader_id
        assert row.opinion.incoming_id == row.source_id
        assert row.content == row.opinion.text
        assert row.leader.name in row.matter.title


def test_archived_pieces_have_codes_of_their_own(county):
    codes = list(ArchivalFile.objects.filter(state="archived").values_list("archival_code", flat=True))
    assert codes
    assert len(set(codes)) == len(codes)
    assert all(code.startswith(f"{county.office.fonds_no}-WS·") for code in codes)


def test_the_year_can_be_found_and_listed(county):
    clerk, township = county.actor("林晓禾"), county.actor("罗小石")
    assert search.search(clerk, "通知").rows
    assert len(access.page(clerk, s.KIND).ids) == 20
    seen = access.page(township, s.KIND, size=200).ids
    assert len(seen) < COUNT / 4


def test_every_open_paper_can_be_opened_and_somebody_can_act(county):
    people = [county.actor(name) for name in county.people]
    for incoming in _open():
        assert any(tasks.my_tasks(incoming.matter, by=actor) for actor in people)
        view = sheet.sheet_of(incoming, by=county.actor("林晓禾"))
        assert view.trail


def test_the_last_hours_are_real_acts(county):
    assert touch(county, NOW) > 20
    assert trail.verify().is_whole
    assert Matter.objects.filter(kind=s.INSTRUCTION_KIND, leader_instruction__level="province").exists()


def test_files_lie_where_the_rows_say(county):
    found = Attachment.objects.all()
    assert found.count() > 30
    for row in found[:40]:
        with blobs.opened(row.tenant_id, row.sm3_digest) as file:
            assert blobs.digest_of(file) == row.sm3_digest
    assert set(found.values_list("matter_id", flat=True)) <= set(
        IncomingDocument.objects.filter(registered_at__isnull=False).values_list("pk", flat=True)
    )


def test_the_house_goes_on_from_where_a_paper_stands(county):
    """Every unit at work can answer by the real acts, and the paper comes back to the office."""
    moved = Counter()
    at_work = UnitHandling.objects.filter(state__in=["assigned", "signed"])
    paused = Matter.objects.exclude(paused_at=None)
    for handling in at_work.exclude(incoming__matter__in=paused).select_related("unit"):
        incoming = IncomingDocument.objects.select_related("matter").get(pk=handling.incoming_id)
        a, head = _unit_people(county, handling)
        if handling.state == UnitHandling.State.ASSIGNED:
            actions.sign_for_unit(incoming, by=a)
        phases = set(_open_phases(incoming, handling))
        if s.UNIT_HANDLING in phases:
            actions.feed_back(incoming, text="已按要求全部落实到位，情况属实。", by=a)
        actions.approve_feedback(incoming, by=head)
        moved[handling.role] += 1
    assert moved["lead"] > 2
    assert not Matter.objects.filter(phase=s.HANDLING, paused_at=None).exists()
    assert trail.verify().is_whole


def _open() -> list[IncomingDocument]:
    found = IncomingDocument.objects.filter(matter__closed_at__isnull=True)
    return list(found.select_related("matter__tenant", "issuer_unit", "lead_unit"))


def _open_phases(incoming: IncomingDocument, handling: UnitHandling) -> list[str]:
    steps = FlowStep.objects.filter(
        instance__matter=incoming.matter, instance__org=handling.unit, left_at__isnull=True
    )
    return list(steps.values_list("phase", flat=True))


def _unit_people(county: County, handling: UnitHandling):
    code = next(code for code, unit in county.units.items() if unit.pk == handling.unit_id)
    holder = FlowTask.objects.filter(
        matter=handling.incoming_id, instance__org=handling.unit, node="unit_handle", closed_at__isnull=True
    ).first()
    a = holder.assignee.name if holder and holder.assignee else _names(code)[0]
    return county.actor_in(a, code), county.actor_in(_names(code)[1], code)


def _names(code: str) -> tuple[str, str]:
    return cast.liaisons(code)[0].name, cast.head(code).name
