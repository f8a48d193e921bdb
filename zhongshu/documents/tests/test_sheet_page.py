"""办理单: one page, few statements; where the paper stands, who has it, who carries it; opening it is reading it."""

import pytest

from zhongshu.base.models import TrailEntry
from zhongshu.documents import actions
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.tests.pages import buttons, sheet, task_of
from zhongshu.files.actions import attach
from zhongshu.flow import verbs
from zhongshu.flow.models import FlowTask


@pytest.fixture
def busy(office, carrier):
    """A paper with four units, thirty lines of trail, a chain of 批示 and files."""
    incoming = carrier.handling(4)
    for group in office.depts[:2]:
        carrier.answer(incoming, group)
    head = office.actor(office.county_head)
    for n in range(12):
        actions.instruct_late(incoming, Words(text=f"第{n}次补批，请抓紧。"), by=head)
    for n in range(3):
        name = f"{n}.txt"
        attach(incoming.matter, f"附件{n}".encode(), "attachment", by=carrier.clerk, name=name)
    return incoming


def test_the_page_costs_few_statements_whoever_opens_it(client, office, busy, django_assert_max_num_queries):
    assert TrailEntry.objects.filter(matter_id=busy.pk).count() >= 30
    for who in (office.clerk, office.depts[0].liaison, office.depts[2].liaison, office.county_head):
        client.force_login(who)
        client.get(sheet(busy))
        with django_assert_max_num_queries(25):
            assert client.get(sheet(busy)).status_code == 200


def test_the_step_its_holder_and_its_carrier_are_named(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.clerk)
    text = client.get(sheet(incoming)).text
    assert "陆承安" in text
    assert "行文单位负责跑签" in text
    handling = carrier.handling(2, doc_number="澜政办发〔2026〕22号")
    text = client.get(sheet(handling)).text
    assert "县财政局" in text
    assert "承 担 者" in text


def test_rare_acts_lie_behind_one_menu_and_each_person_finds_there_the_own_ones(client, office, carrier):
    incoming = carrier.handling(2)
    seen = {}
    for who in (office.clerk, office.depts[0].liaison):
        client.force_login(who)
        bar = buttons(client, incoming)
        assert bar.count("<summary") == 1
        seen[who] = bar.split("<summary", 1)
    (clerk, clerk_menu), (liaison, liaison_menu) = seen.values()
    assert "催办" in clerk
    assert "签收" in liaison
    assert "加签" not in liaison
    assert "加签" in liaison_menu
    assert "改登记" in clerk_menu
    assert "改登记" not in liaison_menu


def test_opening_is_reading_and_what_one_sent_oneself_is_no_news(client, office, carrier):
    incoming = carrier.proposed([office.county_head])
    client.force_login(office.clerk)
    client.get(sheet(incoming))
    assert task_of(incoming, node="check").read_at is None
    client.force_login(office.director)
    client.get(sheet(incoming))
    assert task_of(incoming, node="check").read_at is not None
    client.get(sheet(incoming))
    own = carrier.registered(doc_number="澜政办发〔2026〕23号")
    client.force_login(office.clerk)
    client.get(sheet(own))
    assert task_of(own, node="review").read_at is None


def test_a_circulated_paper_is_read_by_saying_so_not_by_opening(client, office, carrier):
    incoming = carrier.registered()
    verbs.circulate(incoming.matter, [office.vice_head], by=carrier.clerk)
    client.force_login(office.vice_head)
    assert "已阅" in buttons(client, incoming)
    assert FlowTask.objects.get(matter=incoming.matter, kind="cc").closed_at is None
