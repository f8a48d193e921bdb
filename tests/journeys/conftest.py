"""A real browser for each person of the story, on a live server; the console must stay clean."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from zhongshu.people.models import Person

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# Milliseconds; a busy machine is slow, and a wait ends as soon as what it waits for is there.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE // 2)
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SHOTS = Path(os.environ.get("ZHONGSHU_SHOTS", "var/shots"))


def _chromium() -> str:
    found = (
        os.environ.get("ZHONGSHU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if not found:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def player() -> Iterator[Playwright]:
    """Start Playwright once."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playing:
        yield playing


def launch(player: Playwright, chromium: str, *flags: str) -> Browser:
    """Start a browser that asks nothing of the network."""
    if os.geteuid() == 0:
        flags = (*flags, "--no-sandbox")
    return player.chromium.launch(executable_path=chromium, args=[*QUIET, *flags])


@pytest.fixture(scope="session")
def browser(player: Playwright) -> Iterator[Browser]:
    """Start Chromium once."""
    started = launch(player, _chromium())
    yield started
    started.close()


@dataclass
class Stage:
    """The live house and its browsers, one for each person and size."""

    browser: Browser
    url: str
    contexts: dict[tuple[str, int], BrowserContext] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def page(self, person: Person, size: dict[str, int] = DESKTOP) -> Page:
        """Return a page of the person, signed in."""
        key = (person.username, size["width"])
        if key not in self.contexts:
            self.contexts[key] = self._signed_in(person, size)
        context = self.contexts[key]
        return context.pages[0] if context.pages else self._watched(context.new_page(), person.name)

    def stranger(self, size: dict[str, int] = DESKTOP) -> Page:
        """Return a page of somebody who has not signed in."""
        context = self.browser.new_context(viewport=size, locale="zh-CN")  # type: ignore[arg-type]
        self.contexts[f"stranger {len(self.contexts)}", size["width"]] = context
        return self._watched(context.new_page(), "stranger")

    def _signed_in(self, person: Person, size: dict[str, int]) -> BrowserContext:
        client = Client()
        client.force_login(Person.objects.get(pk=person.pk))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="zh-CN",
            has_touch=size == PHONE,
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.url}])
        return context

    def _watched(self, page: Page, who: str) -> Page:
        page.on("console", lambda message: self._hear(message, who))
        page.on("pageerror", lambda error: self.complaints.append(f"{who}: {error}"))
        page.set_default_timeout(PATIENCE)
        return page

    def _hear(self, message: ConsoleMessage, who: str) -> None:
        # The browser itself reports a refused form (422) and a stale page (409) as an error.
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(f"{who}: {message.text}")

    def shot(self, page: Page, name: str) -> None:
        """Keep a picture for the eye."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(SHOTS / f"{name}.png"))

    def close(self) -> None:
        """Close all browsers."""
        for context in self.contexts.values():
            context.close()


@pytest.fixture
def plain_http(settings: Any) -> None:
    """Serve without https and without demanding it."""
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.CSRF_COOKIE_SECURE = False
    settings.SECURE_PROXY_SSL_HEADER = None
    # Argon2 is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def stage(plain_http: None, transactional_db: None, live_server: Any, browser: Browser) -> Iterator[Stage]:
    """Open the house; at the end every console must have been clean."""
    opened = Stage(browser, live_server.url)
    yield opened
    opened.close()
    assert not opened.complaints, opened.complaints


@pytest.fixture
def open_matter(stage: Stage) -> Callable[[Person, str, dict[str, int]], Page]:
    """Open a document's sheet as a person."""

    def opened(person: Person, public_id: str, size: dict[str, int] = DESKTOP) -> Page:
        page = stage.page(person, size)
        page.goto(f"{stage.url}/incoming/{public_id}/")
        return page

    return opened
