"""每天的事: coming in, finding, walking a register by keyboard, a view of one's own, Excel, the bell."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from python_calamine import CalamineWorkbook

from tests.journeys.conftest import Stage
from tests.journeys.doors import PASSWORD, give_password, sign_in
from tests.journeys.hands import forms_behind
from zhongshu.base import clock
from zhongshu.documents.tests.conftest import Carrier
from zhongshu.documents.tests.papers import papers
from zhongshu.people.models import OfficeSession

pytestmark = pytest.mark.journey

NEW_PASSWORD = "Qingshi-2027"


def test_coming_in_and_being_sent_out(stage: Stage, office):
    """The first password is changed at once, five wrong ones lock, who sits idle is signed out."""
    give_password(office.clerk, first=True)
    page = stage.stranger()
    page.goto(f"{stage.url}/incoming/")
    sign_in(page, office.clerk)
    expect(page).to_have_url(f"{stage.url}/account/password/")
    page.goto(f"{stage.url}/incoming/")
    expect(page).to_have_url(f"{stage.url}/account/password/")
    page.get_by_label("原口令").fill(PASSWORD)
    page.get_by_label("新口令（必填）", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("再输一遍新口令").fill(NEW_PASSWORD)
    page.get_by_role("main").get_by_role("button", name="改口令").click()
    expect(page).not_to_have_url(f"{stage.url}/account/password/")
    page.goto(f"{stage.url}/incoming/")
    expect(page).to_have_url(f"{stage.url}/incoming/")

    OfficeSession.objects.filter(person=office.clerk).update(last_seen_at=clock.now() - timedelta(hours=3))
    page.reload()
    expect(page.get_by_text("长时间没有操作，已自动退出")).to_be_visible()

    for _ in range(5):
        sign_in(page, office.clerk, "Wrong-2026")
        expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("失败次数过多，请30分钟后再试")
    sign_in(page, office.clerk, NEW_PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("失败次数过多")


def test_finding_while_typing(stage: Stage, office):
    """`/`, a few characters, down and Enter open the paper; Esc closes what was offered."""
    found = Carrier(office).registered(title="关于青石镇公路桥加固的通知")
    page = stage.page(office.clerk)
    page.goto(stage.url)
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="全局搜索")
    expect(box).to_be_focused()
    page.keyboard.type("公路桥")
    offered = page.get_by_role("option", name="关于青石镇公路桥加固的通知")
    expect(offered).to_be_visible()
    page.keyboard.press("Escape")
    expect(offered).to_be_hidden()
    page.keyboard.type("加")
    expect(offered).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{stage.url}/incoming/{found.matter.public_id}/")


def row(page: Page, n: int):
    return page.locator("tr[data-row]").nth(n)


def test_a_register_by_keyboard(stage: Stage, office):
    """J, K, Enter and Esc; the drawer follows the row, and closing it gives the row back."""
    papers(office, [{"n": n} for n in range(1, 6)])
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/incoming/")
    page.keyboard.press("j")
    expect(row(page, 0)).to_be_focused()
    page.keyboard.press("j")
    expect(row(page, 1)).to_be_focused()
    page.keyboard.press("Enter")
    heading = page.locator("#drawer h2")
    expect(heading).to_contain_text(title_of(page, 1))
    page.keyboard.press("j")
    expect(heading).to_contain_text(title_of(page, 2))
    page.keyboard.press("k")
    expect(heading).to_contain_text(title_of(page, 1))
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    expect(row(page, 1)).to_be_focused()


def title_of(page: Page, n: int) -> str:
    return row(page, n).locator("td.zs-title a").get_attribute("title") or "?"


def test_a_view_of_ones_own_and_excel(stage: Stage, office):
    """What is filtered for can be kept as a view and taken out as Excel, marked with who took it."""
    papers(office, [{"n": n, "urgency": "urgent" if n == 3 else "normal"} for n in range(1, 6)])
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/incoming/")
    expect(page.locator("tr[data-row]")).to_have_count(5)
    page.get_by_role("search", name="筛选收文台账").get_by_label("紧急程度").select_option("urgent")
    expect(page.locator("tr[data-row]")).to_have_count(1)

    page.get_by_text("存为视图").click()
    page.get_by_label("视图名称").fill("我的加急件")
    page.get_by_role("button", name="保存").click()
    page.goto(f"{stage.url}/incoming/")
    page.get_by_role("link", name="我的加急件").click()
    expect(page.get_by_role("link", name="我的加急件")).to_have_attribute("aria-current", "true")
    expect(page.locator("tr[data-row]")).to_have_count(1)

    page.get_by_text("导出 Excel").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="按当前条件和列").click()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(Path(taken.value.path()).read_bytes()))
    cells = [str(cell) for line in rows.get_sheet_by_index(0).to_python() for cell in line]
    assert any("关于第3项工作的通知" in cell for cell in cells)
    assert not any("关于第4项工作的通知" in cell for cell in cells)
    assert any(office.clerk.name in cell for cell in cells)


def test_the_bell(stage: Stage, office):
    """A paper that comes to one's hands rings; opening it stills the bell."""
    incoming = Carrier(office).instructing([office.county_head])
    page = stage.page(office.county_head)
    page.goto(stage.url)
    expect(page.locator("#unread")).to_have_text("1")
    page.get_by_role("link", name="消息，1条未读").click()
    page.get_by_role("main").get_by_role("link", name=incoming.matter.title).first.click()
    expect(page).to_have_url(f"{stage.url}/incoming/{incoming.matter.public_id}/")
    page.goto(stage.url)
    expect(page.locator("#unread")).to_have_text("")


def test_two_forms_opened_in_haste(stage: Stage, office):
    """The form asked for last stays, also when the answer to the first comes after it."""
    paper = Carrier(office).registered()
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/incoming/{paper.matter.public_id}/")
    page.evaluate(
        "document.addEventListener('htmx:afterRequest',"
        " () => { document.body.dataset.answers = 1 + Number(document.body.dataset.answers ?? 0) })"
    )
    slow, quick = forms_behind(page)[:2]
    held: list[Route] = []
    # Playwright marks the function it is given, and the method of a list takes no mark.
    page.route(stage.url + slow, lambda route: held.append(route))  # noqa: PLW0108
    for url in (slow, quick):
        page.locator(f".zs-actions [hx-get='{url}']").first.evaluate("each => each.click()")
    asked_last = page.locator(f"#act-form form[action='{quick}']")
    expect(asked_last).to_be_visible()
    held[0].continue_()
    expect(page.locator("body")).to_have_attribute("data-answers", "2")
    expect(asked_last).to_be_visible()
