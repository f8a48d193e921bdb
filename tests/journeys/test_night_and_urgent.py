"""夜里和急的: what comes at night, what comes twice, and what comes first on every desk."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Stage
from tests.journeys.hands import send, sheet
from tools.sheet_hands import open_act
from zhongshu.base import clock
from zhongshu.documents.models import IncomingDocument, TelephoneRecord
from zhongshu.documents.tests.conftest import Carrier

pytestmark = pytest.mark.journey


def last_night() -> str:
    evening = clock.local(clock.now() - timedelta(days=1)).replace(hour=23, minute=40)
    return f"{evening:%Y-%m-%dT%H:%M}"


def id_of(page: Page) -> str:
    expect(page).to_have_url(re.compile(r"/incoming/[^/]{20,}/$"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def phase_of(public_id: str) -> str:
    return IncomingDocument.objects.get(matter__public_id=public_id).matter.phase


def test_the_duty_office_takes_in_a_case_at_night(stage: Stage, office):
    """A 涉法涉诉 paper taken in at night is signed and registered by day, and stops at the legality review."""
    duty = stage.page(office.duty)
    duty.goto(f"{stage.url}/incoming/receive/")
    duty.get_by_label("来文机关").fill("青石镇人民政府")
    duty.get_by_label("标题").fill("关于青石镇征地补偿诉讼情况的报告")
    duty.get_by_label("收文时间").fill(last_night())
    duty.get_by_label("涉法涉诉").check()
    duty.get_by_label("我已核对").check()
    duty.get_by_role("button", name="收下").click()
    public_id = id_of(duty)

    clerk = sheet(stage, office.clerk, public_id)
    open_act(clerk, "签收")
    send(clerk, "签收")
    open_act(clerk, "登记")
    clerk.get_by_label("我已核对").check()
    send(clerk, "登记编号")
    open_act(clerk, "初审")
    send(clerk, "送出")
    assert phase_of(public_id) == "legal_review"
    expect(clerk.get_by_text("未经合法性审核，不得送签、不得批转到单位").first).to_be_visible()
    expect(clerk.locator(".zs-actions").get_by_role("button", name="拟办")).to_have_count(0)

    legal = stage.page(office.legal)
    legal.goto(stage.url)
    legal.get_by_role("link", name="关于青石镇征地补偿诉讼情况的报告").first.click()
    open_act(legal, "合法性审核")
    legal.get_by_label("修改后通过").check()
    legal.get_by_label("审核意见").fill("补充送达回证后可以办理。")
    send(legal, "合法性审核")
    assert phase_of(public_id) == "reviewed"


def test_a_paper_that_comes_twice_is_one(stage: Stage, office):
    """By exchange, then by fax: the second is refused as registered and joined to the first (DOC-10)."""
    first = Carrier(office).registered()
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/incoming/new/")
    page.get_by_label("来文机关").fill(first.issuer_name)
    page.get_by_label("来文字号").fill("澜政办发 2026 21 号")
    page.get_by_label("标题").fill(first.matter.title)
    page.get_by_label("来文方式").select_option("fax")
    page.get_by_label("我已核对").check()
    page.get_by_role("button", name="签收并登记").click()
    expect(page.get_by_text("该来文已登记").first).to_be_visible()
    page.get_by_role("link", name="并为一件的又一来路").click()
    page.get_by_label("来文方式").select_option("fax")
    page.get_by_label("份数").fill("2")
    page.get_by_role("button", name="并入又一来路").click()
    assert id_of(page) == first.matter.public_id
    expect(page.locator(".zs-sheet")).to_contain_text("（2份）")
    assert list(first.channels.order_by("pk").values_list("kind", "copies")) == [("exchange", 1), ("fax", 2)]
    assert IncomingDocument.objects.count() == 1


def first_on_the_desk(stage: Stage, person) -> str:
    page = stage.page(person)
    page.goto(stage.url)
    return page.locator("#todo tr[data-row] a, #waiting .zs-waiting-title a").first.text_content() or ""


def test_an_extra_urgent_paper_is_on_top_of_every_desk(stage: Stage, office):
    """特急 comes before what is due earlier, on every desk it reaches; who was telephoned is written down."""
    carrier = Carrier(office)
    due = clock.now() + timedelta(hours=1)
    ordinary = {"title": "关于日常工作的通知", "stated_due": due}
    urgent = {
        "title": "关于紧急转移群众的通知",
        "doc_number": "澜政办电〔2026〕3号",
        "urgency": "extra_urgent",
    }
    head = [office.county_head]
    for n, (bring, person) in enumerate(
        (
            (carrier.registered, office.clerk),
            (carrier.proposed, office.director),
            (lambda **facts: carrier.instructing(head, **facts), office.county_head),
            (lambda **facts: carrier.handling(1, **facts), office.depts[0].liaison),
        ),
        1,
    ):
        bring(**ordinary, doc_number=f"澜政办发〔2026〕{n}号")
        incoming = bring(**{**urgent, "doc_number": f"澜政办电〔2026〕{n}号"})
        assert urgent["title"] in first_on_the_desk(stage, person), person.name

    clerk = sheet(stage, office.clerk, incoming.matter.public_id)
    expect(clerk.get_by_text("请打电话确认并登记").first).to_be_visible()
    open_act(clerk, "电话记录")
    clerk.get_by_label("对方单位").fill("县发展和改革局")
    clerk.get_by_label("接电话的人").fill("赵甲")
    clerk.get_by_label("内容（必填）").fill("已告知特急件，请立即签收。")
    send(clerk, "电话记录")
    expect(clerk.locator(".zs-sheet")).to_contain_text("赵甲接：已告知特急件")
    assert TelephoneRecord.objects.get().called_by == office.clerk
