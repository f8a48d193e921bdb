"""阅看原文: pages with thumbnails, search, turning, full screen on the phone; 工作秘密 printed by two people's hands."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Stage
from tests.journeys.hands import sheet
from tests.journeys.looks import found_by_axe, found_too_wide
from zhongshu.documents.tests.conftest import Carrier
from zhongshu.files.actions import attach
from zhongshu.files.models import PrintRequest, PrintRun
from zhongshu.files.tests import samples

pytestmark = pytest.mark.journey

WORDS = [f"Page {number} of the flood notice" for number in range(1, 8)]


@pytest.fixture
def paper(transactional_db: None, office: Any) -> Any:
    """A paper of seven pages, with a document of flowing letters beside."""
    incoming = Carrier(office).instructing([office.county_head])
    by = office.actor(office.clerk)
    attach(incoming.matter, samples.pdf_bytes(*WORDS), "body", by=by, name="来文.pdf")
    attach(
        incoming.matter,
        samples.docx_bytes("请各乡镇做好值守，做好防汛。"),
        "attachment",
        by=by,
        name="方案.docx",
    )
    return incoming


def marks(page: Page) -> Any:
    return page.locator(".zs-hit")


def page_shown(page: Page) -> int:
    return int(page.get_by_label(re.compile("^页码")).input_value())


def test_pages_thumbnails_and_turning(stage: Stage, office: Any, paper: Any) -> None:
    page = sheet(stage, office.clerk, paper.matter.public_id)
    field = page.get_by_label(re.compile("^页码"))
    expect(field).to_have_value("1")
    field.fill("4")
    field.press("Enter")
    expect(page.locator(".zs-leaf[data-page='4']")).to_be_in_viewport()

    page.get_by_role("button", name="缩略图").click()
    column = page.get_by_role("navigation", name="缩略图")
    expect(column.get_by_role("button", name="第4页")).to_have_attribute("aria-current", "page")
    column.get_by_role("button", name="第4页").focus()
    page.keyboard.press("ArrowDown")
    expect(column.get_by_role("button", name="第5页")).to_be_focused()
    expect(field).to_have_value("5")
    stage.shot(page, "reading-thumbs")

    image = page.locator(".zs-leaf[data-page='5'] img")
    upright = image.bounding_box()
    page.get_by_role("button", name="向右转").click()
    expect(image).to_have_attribute("src", re.compile("turn=90"))
    assert upright
    assert upright["height"] > upright["width"]
    # The new picture comes over the wire.
    page.wait_for_function("image => image.offsetHeight < image.offsetWidth", arg=image.element_handle())
    assert found_by_axe(page, ".zs-preview") == []


def test_words_are_marked_where_they_stand(stage: Stage, office: Any, paper: Any) -> None:
    page = sheet(stage, office.clerk, paper.matter.public_id)
    field = page.get_by_role("searchbox", name="在文件里查找")
    field.fill("flood")
    expect(page.locator(".zs-find-count")).to_have_text("1 / 7")
    expect(marks(page)).to_have_count(7)
    field.press("Enter")
    expect(page.locator(".zs-find-count")).to_have_text("2 / 7")
    current = page.locator(".zs-hit.is-current")
    expect(current).to_be_in_viewport()
    field.press("Shift+Enter")
    expect(page.locator(".zs-find-count")).to_have_text("1 / 7")
    stage.shot(page, "reading-found")
    field.fill("drought")
    expect(page.locator(".zs-find-count")).to_have_text("没有找到")
    expect(marks(page)).to_have_count(0)

    page.get_by_role("link", name=re.compile("^附件1")).click()
    expect(page.locator(".zs-document")).to_be_visible()
    page.get_by_role("searchbox", name="在文件里查找").fill("做好")
    expect(page.locator(".zs-find-count")).to_have_text("1 / 3")
    stage.shot(page, "reading-letters")
    assert found_by_axe(page, ".zs-preview") == []


def test_on_the_phone_it_fills_the_screen(stage: Stage, office: Any, paper: Any) -> None:
    page = sheet(stage, office.county_head, paper.matter.public_id, PHONE)
    page.get_by_role("button", name="全屏看").click()
    pane = page.locator(".zs-preview.is-full")
    box = pane.bounding_box()
    assert box
    assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
    stage.shot(page, "reading-phone")
    assert found_by_axe(page, ".zs-preview") == []
    page.keyboard.press("Escape")
    expect(pane).to_have_count(0)
    expect(page.get_by_role("button", name="全屏看")).to_be_focused()
    assert found_too_wide(page) == []


def test_a_work_secret_is_printed_by_two_hands(stage: Stage, office: Any) -> None:
    incoming = Carrier(office).registered(label="work_secret", title="关于敏感事项处置的通知")
    attach(incoming.matter, samples.pdf_bytes("x"), "body", by=office.actor(office.clerk), name="来文.pdf")
    clerk = sheet(stage, office.clerk, incoming.matter.public_id)
    expect(clerk.locator(".zs-preview").get_by_text("工作秘密", exact=True)).to_be_visible()
    expect(clerk.get_by_role("link", name="下载", exact=True)).to_have_count(0)
    expect(clerk.get_by_role("link", name="看文字")).to_have_count(0)
    clerk.get_by_role("link", name="打印", exact=True).click()
    clerk.get_by_label("申请份数").fill("2")
    clerk.get_by_label("用途").fill("送县长审阅")
    stage.shot(clerk, "print-ask")
    assert found_by_axe(clerk) == []
    clerk.get_by_role("button", name="送审批").click()
    expect(clerk.get_by_text("待审批")).to_be_visible()

    deputy = stage.page(office.deputy)
    deputy.goto(f"{stage.url}/")
    deputy.get_by_role("link", name=re.compile(f"{office.clerk.name}申请打印2份")).click()
    expect(deputy.get_by_text("送县长审阅")).to_be_visible()
    expect(deputy.get_by_text("敏感事项")).to_have_count(0)
    stage.shot(deputy, "print-decide")
    assert found_by_axe(deputy) == []
    deputy.get_by_role("button", name="确定").click()
    expect(deputy.get_by_text("已批准").first).to_be_visible()

    asked = PrintRequest.objects.get()
    clerk.goto(f"{stage.url}{asked.get_absolute_url()}")
    clerk.get_by_role("link", name="打印", exact=True).click()
    clerk.get_by_label("份数").fill("2")
    # The printer's window would stay open.
    clerk.add_init_script("window.print = () => {}")
    clerk.get_by_role("button", name="打印", exact=True).click()
    expect(clerk.locator(".zs-page-image")).to_have_count(2)
    expect(clerk.get_by_alt_text("来文.pdf第2份第1页")).to_be_visible()
    stage.shot(clerk, "print-pages")
    assert PrintRun.objects.get().copies == 2
    clerk.goto(f"{stage.url}{asked.get_absolute_url()}")
    expect(clerk.get_by_text("已打印 2 份")).to_be_visible()
    expect(clerk.get_by_role("link", name="打印", exact=True)).to_have_count(0)


def test_the_cover_lies_on_one_sheet(stage: Stage, office: Any, paper: Any) -> None:
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/files/of/{paper.matter.public_id}/cover/")
    expect(page.get_by_role("article", name="封面")).to_be_visible()
    stage.shot(page, "cover")
    assert found_by_axe(page) == []
