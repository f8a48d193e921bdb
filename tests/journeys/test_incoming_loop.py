"""收文全程: the clerk's table to the archive by many hands, on the desk and, the 县长, on the phone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Stage
from tests.journeys.hands import choose, look_up, send, sheet, write_by_hand
from tools.sheet_hands import open_act
from zhongshu.archive.models import ArchivalFile
from zhongshu.base import clock
from zhongshu.base.trail import TrailEntry
from zhongshu.documents.models import IncomingDocument, LeaderInstruction, Opinion
from zhongshu.people.models import Delegation

pytestmark = pytest.mark.journey

RESULT = "已完成排查，发现隐患五处，均已落实监测人和防范措施。"


def register(stage: Stage, office) -> str:
    """登记: the clerk registers the paper that lies on the table."""
    clerk = stage.page(office.clerk)
    clerk.goto(f"{stage.url}/incoming/new/")
    clerk.get_by_label("来文机关").fill("澜川市人民政府办公室")
    clerk.get_by_label("来文字号").fill("澜政办发〔2026〕21号")
    clerk.get_by_label("标题").fill("关于开展汛期地质灾害隐患排查整治工作的通知")
    clerk.get_by_label("来文要求反馈").check()
    clerk.get_by_label("我已核对").check()
    stage.shot(clerk, "incoming-new")
    clerk.get_by_role("button", name="签收并登记").click()
    expect(clerk).to_have_url(re.compile(r"/incoming/[^/]{20,}/$"))
    return clerk.url.rstrip("/").rsplit("/", 1)[-1]


def review_and_propose(stage: Stage, office, public_id: str) -> None:
    """初审 拟办."""
    clerk = sheet(stage, office.clerk, public_id)
    bar = clerk.locator(".zs-actions").bounding_box()
    assert bar
    assert bar["height"] < 60  # the acts stand in one row
    open_act(clerk, "初审")
    stage.shot(clerk, "sheet-review")
    send(clerk, "送出")
    propose(stage, office, clerk)


def propose(stage: Stage, office, clerk: Page) -> None:
    """拟办: four units, the 县长 asked."""
    open_act(clerk, "拟办")
    clerk.locator("#act-form [name=option]").first.check()
    clerk.get_by_label("拟办意见").fill("建议由县发改局主办，财政、水利、住建协办，按时限反馈。")
    units = [group.unit.pk for group in office.depts]
    choose(clerk, "leaders", office.county_head.pk)
    choose(clerk, "lead_unit", units[0])
    choose(clerk, "co_units", *units[1:])
    stage.shot(clerk, "sheet-propose")
    send(clerk, "送审核")


def test_a_paper_from_the_table_to_the_archive(stage: Stage, office):
    public_id = register(stage, office)
    review_and_propose(stage, office, public_id)
    incoming = IncomingDocument.objects.get(matter__public_id=public_id)

    # 退回: the director wants it proposed again, straight back to him afterwards.
    director = sheet(stage, office.director, public_id)
    open_act(director, "退回")
    director.get_by_label("退回理由").fill("请补上完成时限")
    send(director, "退回")
    propose(stage, office, sheet(stage, office.clerk, public_id))

    # 加签: the drafter looks first; then the deputy signs for the director who is away (代理).
    director = sheet(stage, office.director, public_id)
    open_act(director, "加签")
    look_up(director, "加签人", office.drafter)
    director.locator("#act-form [name=reason]").fill("请先看文字")
    send(director, "加签")
    drafter = sheet(stage, office.drafter, public_id)
    open_act(drafter, "审核")
    send(drafter, "审核同意")
    Delegation.objects.create(
        principal_person=office.director,
        agent=office.deputy,
        scope="documents",
        can_sign=True,
        start=clock.now() - timedelta(hours=1),
        end=clock.now() + timedelta(days=2),
        reason="外出开会",
        state="active",
    )
    deputy = sheet(stage, office.deputy, public_id)
    open_act(deputy, "审核")
    send(deputy, "审核同意")
    assert TrailEntry.objects.filter(matter_id=incoming.pk, on_behalf_of_id=office.director.pk).exists()

    # 批示 on the phone, by hand, and on to the four units in one act.
    head = sheet(stage, office.county_head, public_id, PHONE)
    stage.shot(head, "phone-sheet")
    open_act(head, "批示")
    write_by_hand(head)
    head.locator("#act-form [name=text]").fill("请县发改局牵头，逐点排查，汛前务必到位。")
    stage.shot(head, "phone-sign")
    send(head, "签名并转办")
    assert Opinion.objects.get(incoming=incoming, box="instruction").strokes
    assert LeaderInstruction.objects.get(source=incoming).action == "do"

    carry_by_units(stage, office, public_id)
    close(stage, office, public_id)
    incoming.matter.refresh_from_db()
    assert incoming.matter.phase == "closed"
    archive(stage, office, incoming)


def carry_by_units(stage: Stage, office, public_id: str) -> None:
    """承办: four units at once; one hands on inside (转办), one is sent back by its head."""
    for index, group in enumerate(office.depts):
        liaison = sheet(stage, group.liaison, public_id)
        open_act(liaison, "签收")
        send(liaison, "签收")
        handler = liaison
        if index == 1:
            open_act(liaison, "转办")
            look_up(liaison, "交给", group.b_liaison)
            liaison.locator("#act-form [name=reason]").fill("请你具体办")
            send(liaison, "转办")
            handler = sheet(stage, group.b_liaison, public_id)
        feed_back(handler)
        head = sheet(stage, group.head, public_id)
        if index == 2:
            open_act(head, "退回修改")
            head.get_by_label("退回理由").fill("数字再核一遍")
            send(head, "退回修改")
            feed_back(sheet(stage, group.liaison, public_id))
            head = sheet(stage, group.head, public_id)
        open_act(head, "审签")
        send(head, "审签")
    stage.shot(sheet(stage, office.clerk, public_id), "sheet-handled")


def feed_back(page: Page) -> None:
    """反馈办理结果."""
    open_act(page, "反馈")
    page.get_by_label("办理情况").fill(RESULT)
    send(page, "反馈")


def close(stage: Stage, office, public_id: str) -> None:
    """汇总 答复 办结."""
    clerk = sheet(stage, office.clerk, public_id)
    open_act(clerk, "汇总")
    clerk.get_by_label("汇总意见").fill("四家单位均已办结，隐患全部落实。")
    send(clerk, "汇总")
    open_act(clerk, "答复")
    clerk.get_by_label("答复内容").fill("已按要求完成排查整治。")
    send(clerk, "答复")
    open_act(clerk, "办结")
    send(clerk, "办结")
    stage.shot(clerk, "sheet-closed")


def archive(stage: Stage, office, incoming: IncomingDocument) -> None:
    """归档."""
    page = stage.page(office.archivist)
    page.goto(f"{stage.url}/archive/waiting/")
    page.get_by_role("link", name=incoming.matter.title).click()
    page.get_by_label("保管期限").select_option("d30")
    page.get_by_role("button", name="归档", exact=True).click()
    page.locator("#confirm-yes").click()
    expect(page).to_have_url(re.compile("/archive/waiting/$"))
    assert ArchivalFile.objects.get(matter=incoming.matter).archival_code.endswith("0001")
