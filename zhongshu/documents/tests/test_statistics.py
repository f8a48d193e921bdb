"""收文统计: every figure leads to exactly its rows; without a denominator stands a dash; what was reported stays."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.documents import breakdowns, statistics
from zhongshu.documents.models import (
    BaselineHours,
    IncomingDocument,
    ReportedFigure,
    ReturnSlip,
    UnitHandling,
)
from zhongshu.documents.statistics import Span
from zhongshu.documents.tests.papers import all_rows, paper, papers, put_to
from zhongshu.flow.models import FlowStep

URL = reverse("documents:statistics")
NOON = datetime(2026, 9, 16, 12, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def in_september():
    with clock.fixed(NOON):
        yield


DAY = timedelta(days=1)


def what_became(n, at):
    """Say what became of the n-th paper."""
    if n % 9 == 0:
        return {"closed_at": at + DAY, "phase": "returned_to_sender"}
    if n % 10 == 0:
        return {"closed_at": at + DAY, "phase": "voided"}
    if n % 11 == 0:
        return {"registered_at": None}
    if n % 13 == 0:
        return {"paused_at": at + DAY}
    return {"closed_at": at + (7 if n % 6 == 0 else 3) * DAY} if n % 7 else {}


def one(year, n):
    at = datetime(year, 1, 3, 9, tzinfo=clock.ZONE) + n * 30 * timedelta(hours=1)
    row = {
        "n": n + (year - 2025) * 300,
        "received_at": at,
        "due_at": at + 5 * DAY,
        "doc_type": ("notice", "report", "request_for_instructions", "letter")[n % 4],
        "direction": ("downward", "upward", "lateral")[n % 3],
        "handling_type": "read" if n % 5 == 0 else "action",
        "issuer_name": f"来文机关{n % 23}",
        **what_became(n, at),
    }
    return {k: v for k, v in row.items() if k != "closed_at" or v <= NOON}


@pytest.fixture
def two_years(office):
    """Papers of this year and last: on time, late, open, overdue, returned, void, not registered, suspended."""
    documents = papers(office, [one(year, n) for year in (2025, 2026) for n in range(1, 200)])
    for document in documents:
        done = document.matter.closed_at
        if document.matter.phase == "returned_to_sender":
            ReturnSlip.objects.create(
                incoming=document, number=f"退{document.pk}", reasons=[{"code": "DOC-02", "text": "多头主送"}],
                state="approved", drafted_by=office.clerk, approved_by=office.deputy, approved_at=done,
            )  # fmt: skip
        elif document.pk % 2:
            put_to(
                document,
                office.depts[document.pk % 3].unit,
                state="fed_back" if done else "signed",
                fed_back_at=done,
                due_at=document.received_at + 4 * DAY,
            )
    return documents


def rows_behind(client, link):
    return all_rows(client, f"{reverse(link.book)}?{link.query}")


@pytest.mark.parametrize("year", [2026, 2025])
def test_every_figure_equals_the_rows_it_leads_to(client, office, two_years, year):
    client.force_login(office.clerk)
    actor = office.actor(office.clerk)
    checked = 0
    for figure in statistics.figures(actor, year):
        for link in figure.links:
            assert len(rows_behind(client, link)) == link.count, (figure.label, link.query)
            checked += 1
    assert checked >= 12


def test_months_types_issuers_and_units_too(client, office, two_years):
    client.force_login(office.clerk)
    actor = office.actor(office.clerk)
    months = statistics.by_month(actor, 2026)
    for row in months[:3] + months[8:9]:
        assert len(rows_behind(client, row.now)) == row.now.count
        assert len(rows_behind(client, row.before)) == row.before.count
    for share in breakdowns.by_type(actor, 2026) + breakdowns.by_issuer(actor, 2026)[0][:4]:
        assert len(rows_behind(client, share.link)) == share.link.count > 0
    for unit in breakdowns.by_unit(actor, 2026):
        for link in (unit.all, unit.on_time, unit.late, unit.late_open):
            assert len(rows_behind(client, link)) == link.count
    total = statistics.figures(actor, 2026)[0].link.count
    assert sum(row.now.count for row in months) == total
    issuers, others = breakdowns.by_issuer(actor, 2026)
    assert sum(share.link.count for share in issuers) + others == total


def test_what_the_page_says_is_what_was_counted_by_hand(office, two_years):
    actor = office.actor(office.clerk)
    begin, end = Span.of(2026).range
    mine = [
        d
        for d in IncomingDocument.objects.select_related("matter")
        if d.registered_at and d.matter.outcome != "voided" and begin <= d.received_at < end
    ]
    closed = [d for d in mine if d.matter.closed_at and d.matter.outcome != "returned_to_sender"]
    on_time = [d for d in closed if d.matter.closed_at <= d.matter.due_at]
    overdue = [
        d for d in mine if not d.matter.closed_at and not d.matter.paused_at and d.matter.due_at < NOON
    ]
    figures = {f.key: f for f in statistics.figures(actor, 2026)}
    assert figures["received"].value == str(len(mine))
    assert figures["on_time"].value == f"{100 * len(on_time) / (len(closed) + len(overdue)):.1f}%"
    assert figures["late_open"].value == str(len(overdue))
    assert on_time
    assert overdue


def test_this_year_compares_with_the_same_days_of_last_year():
    assert Span.of(2026).before == Span(2025, date(2025, 9, 16))
    assert Span.of(2025).before == Span(2024)
    assert Span.of(2025).range[1] == clock.year_range(2025)[1]
    with clock.fixed(datetime(2028, 2, 29, 9, tzinfo=clock.ZONE)):
        assert Span.of(2028).before.until == date(2027, 2, 28)


def test_without_a_denominator_stands_a_dash(client, office):
    client.force_login(office.clerk)
    figures = {f.key: f for f in statistics.figures(office.actor(office.clerk), 2026)}
    assert [figures[k].value for k in ("on_time", "returned", "instructions", "days")] == ["—"] * 4
    assert figures["received"].value == "0"
    assert figures["received"].change == "—"
    assert "0.0%" not in client.get(URL).text


def test_secret_papers_are_counted_but_not_listed(client, office):
    paper(office, 1)
    paper(office, 2, label="work_secret", seen_by=[office.county_head])
    client.force_login(office.clerk)
    response = client.get(URL)
    assert "1件工作秘密件只计数" in response.text
    assert statistics.figures(office.actor(office.clerk), 2026)[0].value == "2"
    client.force_login(office.county_head)
    assert response.status_code == 200


def test_who_may_look(client, office):
    for person in (office.county_head, office.deputy, office.supervisor):
        client.force_login(person)
        assert client.get(URL).status_code == 200
    for person in (office.depts[0].liaison, office.drafter, office.sys_admin):
        client.force_login(person)
        assert client.get(URL).status_code == 403


def test_the_year_of_the_address(client, office):
    client.force_login(office.clerk)
    assert client.get(URL, {"year": "2024"}).context["year"] == 2024
    for odd in ("", "abc", "1700", "2999", "²"):
        assert client.get(URL, {"year": odd}).context["year"] == 2026


def test_reported_figures_stay_and_corrections_stand_beside(client, office, two_years):
    freeze = reverse("documents:figures_freeze")
    client.force_login(office.clerk)
    assert client.post(freeze, {"year": "2025"}).status_code == 403
    client.force_login(office.director)
    assert client.post(freeze, {"year": "2999"}).status_code == 422
    assert client.post(freeze, {"year": "2025"}).status_code == 302
    assert client.post(freeze, {"year": "2025"}).status_code == 422
    frozen = ReportedFigure.objects.get(year=2025, metric="received")
    paper(office, 990, received_at=datetime(2025, 5, 5, 9, tzinfo=clock.ZONE))
    now = statistics.figures(office.actor(office.director), 2025)[0].value
    assert int(now) == int(frozen.value) + 1
    correct = reverse("documents:figure_correct", args=[frozen.pk])
    assert client.post(correct, {"value": now, "reason": ""}).status_code == 422
    assert client.post(correct, {"value": now, "reason": "补登一件"}).status_code == 302
    text = client.get(URL, {"year": "2025"}).text
    assert "补登一件" in text
    frozen.refresh_from_db()
    assert f"<b>{frozen.value}</b>" in text
    client.force_login(office.clerk)
    assert client.post(correct, {"value": now, "reason": "x"}).status_code == 403


def test_a_finished_year_is_frozen_whole(office, two_years):
    whole = int({f.key: f for f in statistics.figures(office.actor(office.director), 2025)}["received"].value)
    so_far = statistics.received(office.actor(office.director), Span(2025, date(2025, 8, 16))).count()
    assert whole > so_far


def test_hours_of_each_step_beside_the_baseline(client, office, carrier):
    with clock.fixed(NOON - timedelta(hours=30)):
        incoming = carrier.reviewed()
    carrier_step = FlowStep.objects.get(instance__matter=incoming.matter, phase="registered")
    FlowStep.objects.filter(pk=carrier_step.pk).update(
        entered_at=NOON - timedelta(hours=12), left_at=NOON - timedelta(hours=2)
    )
    url = reverse("documents:baseline_set")
    client.force_login(office.clerk)
    assert client.get(url).status_code == 403
    client.force_login(office.director)
    assert client.post(url, {"year": "2024"}).status_code == 422
    assert client.post(url, {"year": "2024", "registered": "abc"}).status_code == 422
    assert client.post(url, {"year": "2024", "registered": "20", "reviewed": ""}).status_code == 302
    assert BaselineHours.objects.get().hours == Decimal(20)
    steps = {s.phase: s for s in breakdowns.step_hours(office.actor(office.director), 2026)}
    assert steps["registered"].hours == pytest.approx(10)
    assert steps["registered"].saved == "+50%"
    assert steps["reviewed"].saved == "—"
    page = client.get(URL)
    assert page.context["overall"].saved == "+50%"
    assert client.get(url).text.count('value="20.0"') == 1


def test_a_unit_s_share_without_answers_is_a_dash(office):
    document = paper(office, received_at=NOON - timedelta(days=1))
    put_to(document, office.depts[0].unit, state=UnitHandling.State.ASSIGNED)
    put_to(document, office.depts[1].unit, role="co", state=UnitHandling.State.WITHDRAWN)
    rows = breakdowns.by_unit(office.actor(office.clerk), 2026)
    assert [(row.name, row.rate) for row in rows] == [(office.depts[0].unit.label, "—")]


def test_few_statements(client, office, two_years, django_assert_max_num_queries):
    client.force_login(office.director)
    client.get(URL)
    with django_assert_max_num_queries(32):
        client.get(URL)
