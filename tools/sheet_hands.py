"""Finding an act's form on the 办理单 in a browser: for the journeys and for the camera of the manual."""

import re

from playwright.sync_api import Locator, Page, expect


def open_act(page: Page, label: str) -> Locator:
    """Open the form of an act from the action bar, or from the menus behind it."""
    bar = page.locator(".zs-actions")
    button = bar.get_by_role("button", name=re.compile(f"^{label}")).first
    if not button.is_visible():
        for menu in bar.locator("summary").all():
            menu.click()
            button = bar.get_by_role("link", name=label, exact=True).first
            if button.is_visible():
                break
            menu.click()
    button.click()
    form = page.locator("#act-form form")
    expect(form).to_be_visible()
    return form
