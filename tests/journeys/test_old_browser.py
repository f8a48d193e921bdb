"""老浏览器: in the real Chromium 86 the director signs in with the password, checks a paper, and finds it again."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from tests.journeys.conftest import DESKTOP, PATIENCE, launch
from tests.journeys.doors import PASSWORD, code_of, give_password
from tests.journeys.old import OldHand
from zhongshu.documents.tests.conftest import Carrier

pytestmark = pytest.mark.journey


@pytest.fixture
def old_browser(player: Playwright) -> Iterator[Browser]:
    found = os.environ.get("ZHONGSHU_CHROMIUM86", "")
    if not Path(found).is_file():
        pytest.skip("没有 Chromium 86（ZHONGSHU_CHROMIUM86）：node tests/browser/unpack.mjs var/chromium86")
    started = launch(player, found, "--no-zygote")
    yield started
    started.close()


@pytest.fixture
def old(old_browser: Browser, plain_http, transactional_db, live_server) -> Iterator[OldHand]:
    complaints: list[str] = []
    page = old_browser.new_page(viewport=DESKTOP, base_url=live_server.url)  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield OldHand(page)
    assert complaints == []


def test_the_director_checks_a_paper_in_a_browser_of_2020(old: OldHand, office: Any):
    assert old.page.context.browser
    assert old.page.context.browser.version.startswith("86.")
    give_password(office.director)
    incoming = Carrier(office).proposed()
    title = incoming.matter.title

    old.page.goto("/")
    old.is_at("/sign-in/")
    old.write("[name=username]", "director")
    old.write("[name=password]", PASSWORD)
    old.click("main form button", "登录")
    old.see("main code")
    old.write("[name=code]", code_of(old.page.evaluate("document.querySelector('main code').textContent")))
    old.click("main form button", "登录")

    old.click("tr[data-row] a", title)
    old.is_at(f"/incoming/{incoming.matter.public_id}/")
    old.click(".zs-actions a", "审核")
    old.write("#act-form textarea", "同意拟办意见，请抓紧。")
    old.click("#act-form button", "审核同意")
    old.see(".zs-opinion-typed", "同意拟办意见，请抓紧。")
    old.wait("() => !document.querySelector('#act-form form')")

    old.page.keyboard.press("/")
    old.page.keyboard.type("地质灾害")
    old.see("[role=option]", "")
    old.page.keyboard.press("Enter")
    old.is_at("/search/")
    old.see("main a", title)
    incoming.matter.refresh_from_db()
    assert incoming.matter.phase == "instructing"
