"""来文拖放: dropped, read, looked at where unsure, registered; corrected once, right the next time; joined; stopped."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.basket import card, choose, drain
from tests.journeys.conftest import PHONE, Stage
from tests.journeys.looks import found_by_axe, found_too_wide
from zhongshu.documents.models import IncomingDocument, RecognitionCorrection
from zhongshu.documents.tests.dropped import as_docx, notice, printed
from zhongshu.files.models import Drop, DropState

pytestmark = pytest.mark.journey

SECOND = notice(number="澜水发〔2026〕45号").replace("小型水库安全度汛", "河道采砂专项整治").split("一、")[0]
SECOND += """对非法采砂船只和堆砂场依法查处，公开曝光典型案件。
请于2099年9月30日前将整治情况报送我局。
澜川市水利局
2026年6月5日
（联系人：赵小云，联系电话：0871-65432100）"""


@pytest.fixture(autouse=True)
def empty_store(settings: Any, tmp_path: Path) -> None:
    settings.ZHONGSHU_BLOBS_DIR = tmp_path / "blobs"
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path / "quarantine"
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "cache"


def test_three_files_dropped_corrected_joined_and_stopped(stage: Stage, office):
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/incoming/")
    page.get_by_role("link", name="收文登记").first.click()
    choose(
        page,
        ("水库通知.pdf", printed(notice())),
        ("采砂通知.docx", as_docx(SECOND)),
        ("急件.docx", as_docx(f"机密★5年\n{notice()}")),
    )
    expect(card(page, "水库通知.pdf")).to_be_visible()
    expect(card(page, "急件.docx")).to_be_visible()
    Drop.objects.filter(pk=Drop.objects.order_by("pk")[0].pk).update(state=DropState.READING, done=3, total=8)
    expect(card(page, "识别中 3/8 页")).to_be_visible()
    stage.shot(page, "intake-reading")
    drain()
    expect(card(page, "关于做好小型水库安全度汛工作的通知")).to_contain_text("各栏都读到了")
    expect(card(page, "机要渠道")).to_contain_text("急件.docx")
    stage.shot(page, "intake-basket")
    assert found_by_axe(page) == []

    page.get_by_role("link", name="登记《澜川市水利局关于做好小型水库安全度汛工作的通知》").click()
    contact = page.get_by_label("联系人")
    expect(contact).to_have_value("赵小云")
    contact.focus()
    expect(page.locator("rect.is-marked")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    stage.shot(page, "intake-form")
    assert found_by_axe(page) == []
    assert found_too_wide(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("签发人").focus()
    page.locator("rect[data-text='各县（市、区）人民政府：']").click()
    expect(page.get_by_label("签发人")).to_have_value("各县（市、区）人民政府")
    page.get_by_label("签发人").fill("")
    page.get_by_label("来文机关").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("县内单位")).to_be_focused()
    contact.fill("赵晓云")
    page.get_by_label("我已核对，所登记和上传的内容").check()
    page.keyboard.press("Control+Enter")

    expect(page.locator(".zs-toast")).to_contain_text("已登记：收")
    expect(page.get_by_label("标题")).to_have_value(re.compile("河道采砂"))
    expect(page.get_by_label("联系人")).to_have_value("赵晓云")
    expect(page.get_by_text("按上次更正", exact=True)).to_be_visible()
    stage.shot(page, "intake-remembered")
    page.get_by_role("button", name="改回识别的").click()
    expect(page.get_by_label("联系人")).to_have_value("赵小云")
    page.get_by_label("我已核对，所登记和上传的内容").check()
    page.get_by_role("button", name="签收并登记").click()
    expect(page.locator(".zs-sheet-title")).to_be_visible()
    assert IncomingDocument.objects.count() == 2


def test_a_card_is_dragged_onto_another_or_ticked_where_there_is_no_mouse(stage: Stage, office):
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/drops/")
    choose(page, ("水库通知.docx", as_docx(notice())), ("测站清单.docx", as_docx("一号站\n二号站")))
    expect(card(page, "测站清单.docx")).to_be_visible()
    drain()
    expect(card(page, "关于做好小型水库安全度汛工作的通知")).to_be_visible()
    cards = page.locator("[data-drop-cards] > li")
    expect(cards).to_have_count(2)
    card(page, "测站清单.docx").drag_to(card(page, "水库通知.docx"))
    expect(page.locator(".zs-toast")).to_contain_text("已合为一件")
    expect(cards).to_have_count(1)
    expect(card(page, "测站清单.docx")).to_contain_text("附件")
    stage.shot(page, "intake-dragged")

    page.get_by_label("测站清单.docx", exact=True).check()
    page.get_by_role("button", name="勾选的各作一件").click()
    expect(cards).to_have_count(2)
    phone = stage.page(office.clerk, PHONE)
    phone.goto(f"{stage.url}/drops/")
    expect(phone.locator("[data-drop-cards] > li[draggable=true]")).to_have_count(0)
    phone.get_by_label("水库通知.docx", exact=True).check()
    phone.get_by_label("测站清单.docx", exact=True).check()
    phone.get_by_role("button", name="勾选的合为一件").click()
    expect(phone.locator("[data-drop-cards] > li")).to_have_count(1)
    stage.shot(phone, "intake-ticked")


def test_what_is_remembered_is_seen_and_forgotten(stage: Stage, office):
    RecognitionCorrection.objects.create(
        tenant=office.tenant,
        issuer_key="澜川市水利局",
        field="contact",
        read_value="赵小云",
        corrected_value="赵晓云",
        last_by_name=office.clerk.name,
    )
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/corrections/")
    stage.shot(page, "intake-corrections")
    assert found_by_axe(page) + found_too_wide(page) == []
    stage.shot(page, "intake-corrections-phone")
    page.get_by_role("button", name="删除：澜川市水利局联系人").click()
    page.get_by_role("dialog").get_by_role("button", name="删除", exact=True).click()
    expect(page.get_by_text("还没有记住的更正")).to_be_visible()
    page.goto(f"{stage.url}/drops/")
    expect(page.get_by_text("上传篮是空的")).to_be_visible()
    assert found_by_axe(page) + found_too_wide(page) == []
    page.goto(f"{stage.url}/styleguide/")
    assert found_by_axe(page) == []


def test_a_paper_that_is_there_is_joined_by_keyboard(stage: Stage, office):
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/drops/")
    choose(page, ("水库通知.docx", as_docx(notice())))
    expect(card(page, "水库通知.docx")).to_be_visible()
    drain()
    page.get_by_role("link", name=re.compile("^登记《")).press("Enter")
    page.get_by_label("我已核对，所登记和上传的内容").check()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".zs-sheet-title")).to_be_visible()

    page.goto(f"{stage.url}/drops/")
    copy = notice(verb="降低水位、空库运行")
    choose(page, ("又一份.docx", as_docx(copy)))
    expect(card(page, "又一份.docx")).to_be_visible()
    drain()
    page.get_by_role("link", name="并入为又一来路").press("Enter")
    expect(page.locator(".zs-compare mark").first).to_be_visible()
    stage.shot(page, "intake-compare")
    assert found_by_axe(page) == []
    page.get_by_label("来文方式").select_option(label="传真")
    page.get_by_role("button", name="并入为又一来路").press("Enter")
    expect(page.locator(".zs-toast")).to_contain_text("作为又一来路")
    assert IncomingDocument.objects.get().channels.count() == 2


def test_a_doubtful_field_is_where_the_cursor_begins(stage: Stage, office):
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/drops/")
    drop_on(page, "说明.txt", "关于召开座谈会的有关事项\n请有关同志参加，时间另行告知。")
    expect(card(page, "说明.txt")).to_be_visible()
    drain()
    page.get_by_role("link", name=re.compile("^登记《")).click()
    expect(page.get_by_label("来文机关")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="处要核对")).to_be_visible()
    page.keyboard.type("澜川市文化和旅游局")
    page.keyboard.press("F7")
    expect(page.get_by_label("行文方向")).to_be_focused()
    page.locator("[data-line]", has_text="座谈会").click()
    page.get_by_label("来文字号").focus()
    stage.shot(page, "intake-unsure")


def test_on_the_phone(stage: Stage, office):
    page = stage.page(office.clerk, PHONE)
    page.goto(f"{stage.url}/drops/")
    choose(page, ("水库通知.pdf", printed(notice())))
    expect(card(page, "水库通知.pdf")).to_be_visible()
    drain()
    expect(card(page, "关于做好小型水库安全度汛工作的通知")).to_be_visible()
    stage.shot(page, "intake-phone-basket")
    assert found_by_axe(page) + found_too_wide(page) == []
    page.get_by_role("link", name=re.compile("^登记《")).click()
    page.get_by_label("来文字号").focus()
    page.locator(".zs-read-foot").get_by_role("button", name="看原文").click()
    expect(page.locator("rect.is-marked")).to_be_in_viewport()
    page.get_by_label("联系人").focus()
    expect(page.get_by_label("联系人")).to_be_in_viewport()
    page.wait_for_load_state("networkidle")
    stage.shot(page, "intake-phone-form")
    assert found_by_axe(page) == []


def drop_on(page: Page, name: str, text: str) -> None:
    """Let a file fall on the page; the promise is asked for first, then it goes by itself."""
    transfer = page.evaluate_handle(
        "([name, text]) => { const t = new DataTransfer(); t.items.add(new File([text], name)); return t; }",
        [name, text],
    )
    page.locator("[data-drops]").dispatch_event("drop", {"dataTransfer": transfer})
    expect(page.locator(".zs-toast")).to_contain_text("请先勾选")
    page.get_by_label("我已核对，放进来的文件不涉及国家秘密").check()
