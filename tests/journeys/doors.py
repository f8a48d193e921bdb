"""Coming in by the real door: a password, and the code of the second factor where the post wants one."""

import base64

from django_otp.oath import hotp
from playwright.sync_api import Page

from zhongshu.base import clock
from zhongshu.people.models import Person

PASSWORD = "Yunling-2026"


def give_password(person: Person, raw: str = PASSWORD, *, first: bool = False) -> None:
    """Let a person sign in with this password; the first one has to be changed."""
    person.set_password(raw)
    person.must_change_password = first
    person.password_changed_at = clock.now()
    person.save()


def code_of(secret: str) -> str:
    """Return what the authenticator app shows now."""
    return f"{hotp(base64.b32decode(secret), int(clock.now().timestamp()) // 30):06d}"


def sign_in(page: Page, person: Person, password: str = PASSWORD) -> None:
    """Fill the sign-in page in and send it."""
    page.get_by_label("账号").fill(person.username)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
