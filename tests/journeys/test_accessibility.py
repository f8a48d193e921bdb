"""无障碍: whoever opens whatever page, axe-core finds nothing (WCAG 2.2 A and AA), no page scrolls sideways."""

from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Stage
from tests.journeys.hands import forms_behind
from tests.journeys.looks import found_by_axe, found_too_wide
from tests.journeys.world import papers_at_every_step
from tests.test_house import _plain_pages
from zhongshu.base.actors import Actor
from zhongshu.people.models import Person
from zhongshu.ui.permissions import OPEN, SIGNED_IN

pytestmark = pytest.mark.journey

ALSO_NARROW = ("clerk", "director", "county_head")
NOT_PAGES = ("export", "download", "sign-out", ".png", ".svg", "/text/")
# Where a paper stands, and in whose hands it is there.
IN_HANDS = {
    "registered": "clerk",
    "reviewed": "clerk",
    "legal": "legal",
    "proposed": "director",
    "instructing": "county_head",
    "reading": "county_head",
    "assigning": "clerk",
    "signing": "liaison",
    "handling": "liaison",
    "checking": "unit_head",
    "collating": "clerk",
    "returning": "deputy",
    "closed": "clerk",
}


@pytest.fixture
def papers(transactional_db, office) -> dict[str, Any]:
    return papers_at_every_step(office)


def person_of(office: Any, who: str) -> Person:
    return {"liaison": office.depts[0].liaison, "unit_head": office.depts[0].head}.get(who) or office.people[
        who
    ]


def pages_of(actor: Actor, known: set[str]) -> Iterator[str]:
    """Walk the links from a person's plain pages; yield one address of each kind of page not seen before."""
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    waiting = [reverse(name) for name, permission in _plain_pages() if may_open(actor, permission)]
    opened: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        if (name := name_of(address)) in opened or any(part in address for part in NOT_PAGES):
            continue
        answer = client.get(address)
        if answer.status_code != 200 or b"<main" not in answer.content:
            continue
        opened.add(name)
        page = lxml.html.fromstring(answer.content)
        waiting += [link for link in page.xpath("//main//a/@href") if link.startswith("/")]
        if (kind := shape(name, page)) not in known:
            known.add(kind)
            yield address


def may_open(actor: Actor, permission: str) -> bool:
    return permission in (OPEN, SIGNED_IN) or any(actor.may(code) for code in permission.split("|"))


def name_of(address: str) -> str:
    try:
        return resolve(address.split("?")[0].split("#")[0]).view_name
    except Resolver404:
        return ""


def shape(name: str, page: Any) -> str:
    """Return what a page is built of: its name, the elements and classes of its main part."""
    parts = {f"{node.tag}.{node.get('class', '')}" for node in page.xpath("//main//*[@class]")}
    return f"{name} {' '.join(sorted(parts))}"


def look_at(page: Page, *, narrow: bool = True) -> list[str]:
    page.set_viewport_size(DESKTOP)
    found = found_by_axe(page) + found_too_wide(page)
    if narrow:
        page.set_viewport_size(PHONE)
        found += found_by_axe(page)
    return [f"{page.url} {line}" for line in found]


def test_nothing_is_found_on_any_page(stage: Stage, office, papers):
    known: set[str] = set()
    found = []
    for who in (*ALSO_NARROW, "liaison", "archivist", "sys_admin", "sec_admin", "audit_admin"):
        page = stage.page(person_of(office, who))
        for address in pages_of(office.actor(person_of(office, who)), known):
            page.goto(stage.url + address)
            found += [f"{who} {line}" for line in look_at(page, narrow=who in ALSO_NARROW)]
    assert not found, "\n".join(found)


def test_nothing_is_found_in_the_form_of_any_act(stage: Stage, office, papers):
    found, opened = [], set()
    for standing, who in IN_HANDS.items():
        page = stage.page(person_of(office, who))
        page.set_viewport_size(DESKTOP)
        page.goto(f"{stage.url}/incoming/{papers[standing].matter.public_id}/")
        for url in forms_behind(page):
            kind = (who in ALSO_NARROW, *url.strip("/").split("/")[-2:])
            if kind not in opened:
                opened.add(kind)
                found += [f"{who} {standing} {line}" for line in look_at_form(page, url)]
    assert len(opened) > 20, opened
    assert not found, "\n".join(found)


def look_at_form(page: Page, url: str) -> list[str]:
    """Open the form of an act on the sheet, look at it wide and narrow."""
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        page.locator(f".zs-actions [hx-get='{url}']").first.evaluate("each => each.click()")
        expect(page.locator(f"#act-form form[action='{url}']")).to_be_visible()
        found += found_by_axe(page, "#act-form")
        if wide := page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{size['width']} scrolls sideways: {wide}")
    page.set_viewport_size(DESKTOP)
    return [f"{url} {line}" for line in found]


def test_nothing_is_found_in_the_drawer(stage: Stage, office, papers):
    page = stage.page(office.clerk)
    found = []
    for book in ("incoming", "instructions"):
        page.goto(f"{stage.url}/{book}/")
        page.locator("tr[data-row]").first.press("Enter")
        expect(page.locator("#drawer h2")).to_be_visible()
        found += [f"{book} {line}" for line in found_by_axe(page, "#drawer")]
    assert not found, "\n".join(found)


def test_nothing_is_found_at_the_door_or_on_errors(stage: Stage, office):
    page = stage.stranger()
    page.goto(f"{stage.url}/")
    expect(page).to_have_url(f"{stage.url}/sign-in/?next=/")
    found = look_at(page)
    page.get_by_role("button", name="登录", exact=True).click()
    found += found_by_axe(page)
    clerk = stage.page(office.clerk)
    for address, status in (("/incoming/no-such-paper/", 404), ("/system/accounts/", 403)):
        answer = clerk.goto(stage.url + address)
        assert answer
        assert answer.status == status
        found += look_at(clerk)
    clerk.set_viewport_size(DESKTOP)
    clerk.goto(f"{stage.url}/incoming/new/")
    clerk.locator("main form").first.evaluate("form => { form.noValidate = true }")
    clerk.get_by_role("button", name="签收并登记").click()
    expect(clerk.get_by_role("alert")).to_be_visible()
    found += look_at(clerk)
    assert not found, "\n".join(found)
