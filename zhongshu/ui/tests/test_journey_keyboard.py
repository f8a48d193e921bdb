"""键盘与无障碍: a register is worked without a mouse, and axe finds nothing on the sample pages."""

import os
import shutil
from pathlib import Path

import pytest
from django.urls import reverse

from zhongshu.ui.samples import PAGES

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = os.environ.get("ZHONGSHU_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield started
        started.close()


@pytest.fixture
def at(browser, live_server, settings):
    """Return a page at a sample, on a desk's screen or a phone's."""
    settings.ZHONGSHU_DEMO = True
    pages = []

    def go(name, width=1440):
        page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
        pages.append(page)
        page.goto(live_server.url + reverse("ui:styleguide_page", args=[name]))
        return page

    yield go
    for page in pages:
        page.close()


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_rows_are_walked_ticked_and_opened(at):
    page = at("register")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == "row-DB2026-0131"
    page.keyboard.press("x")
    assert page.inner_text("[data-ticked]") == "已选 1 项"
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer h2")
    assert focused(page) == "row-DB2026-0131"
    page.keyboard.press("Escape")
    assert page.is_hidden("#drawer")
    assert focused(page) == "row-DB2026-0131"


def test_letters_typed_into_a_field_stay_letters(at):
    page = at("register")
    page.focus("#filter-q")
    page.keyboard.type("jxk/")
    assert page.input_value("#filter-q") == "jxk/"
    assert page.is_hidden("[data-bulk]")


def test_a_stroke_reaches_the_hidden_field_and_is_undone(at):
    page = at("phone-sheet", width=390)
    page.click("[data-open-dialog=sign-dialog]")
    box = page.locator("zs-ink-pad canvas").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 90, steps=8)
    page.mouse.up()
    assert page.input_value("zs-ink-pad [name=ink]").startswith('{"v":1,')
    page.click("[data-ink-undo]")
    assert page.input_value("zs-ink-pad [name=ink]") == ""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(at, name, width):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci --prefix tests/browser")
    page = at(name, width)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in result["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
