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
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from zhongshu.people.models import Person

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SHOTS = Path(os.environ.get("ZHONGSHU_SHOTS", "var/shots"))


def _chromium() -> str:
    found = os.environ.get("ZHONGSHU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_chromium(), args=[*flags, *quiet])
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
        return context.pages[0] if context.pages else self._watched(context.new_page(), person)

    def _signed_in(self, person: Person, size: dict[str, int]) -> BrowserContext:
        client = Client()
        client.force_login(Person.objects.get(pk=person.pk))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = self.browser.new_context(viewport=size, locale="zh-CN", has_touch=size == PHONE)  # type: ignore[arg-type]
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.url}])
        return context

    def _watched(self, page: Page, person: Person) -> Page:
        page.on("console", lambda message: self._hear(message, person))
        page.on("pageerror", lambda error: self.complaints.append(f"{person.name}: {error}"))
        return page

    def _hear(self, message: ConsoleMessage, person: Person) -> None:
        # The browser itself reports a refused form (422) and a stale page (409) as an error.
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(f"{person.name}: {message.text}")

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


@pytest.fixture
def stage(
    plain_http: None, transactional_db: None, live_server: Any, browser: Browser
) -> Iterator[Stage]:
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
