"""The accounts a demonstration shows on its sign-in page; empty in a real installation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class ShownAccount:
    """Somebody one may try the demonstration as."""

    part: str
    name: str
    username: str
    password: str


_sources: list[Callable[[], list[ShownAccount]]] = []


def register(source: Callable[[], list[ShownAccount]]) -> None:
    """Let the demonstration name its accounts."""
    if source not in _sources:
        _sources.append(source)


def one_password(shown: list[ShownAccount]) -> str:
    """Return the password if all share one, else nothing."""
    passwords = {account.password for account in shown}
    return passwords.pop() if len(passwords) == 1 else ""


def accounts() -> list[ShownAccount]:
    """Return the accounts to show, in a demonstration only."""
    return [account for source in _sources for account in source()] if settings.ZHONGSHU_DEMO else []
