"""Slots of the shell: what it shows but must be told by rooms above (unread count, standings, office name)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from zhongshu.base.actors import Actor


@dataclass(frozen=True)
class Standing:
    """One appointment or role the person may act in; choosing it posts to `url`."""

    label: str
    url: str
    is_current: bool = False
    value: str = ""


@dataclass(frozen=True)
class AccountLink:
    """One line of the person's own menu; `is_post` for sign-out."""

    label: str
    url: str
    icon: str = ""
    is_post: bool = False


@dataclass
class Slots:
    """The questions of the shell, each with a harmless answer until a room gives a better one."""

    unread: Callable[[Actor], int] = lambda actor: 0
    office_name: Callable[[HttpRequest], str] = lambda request: ""
    person_line: Callable[[HttpRequest], str] = lambda request: ""
    standings: Callable[[HttpRequest], list[Standing]] = lambda request: []
    account_links: Callable[[HttpRequest], list[AccountLink]] = lambda request: []
    news_of_sections: Callable[[Actor], frozenset[str]] = lambda actor: frozenset()
    notices_url: Callable[[], str] = lambda: ""
    search_url: Callable[[], str] = lambda: ""
    suggest_url: Callable[[], str] = lambda: ""
    live_url: Callable[[HttpRequest], str] = lambda request: ""
    poll_url: Callable[[HttpRequest], str] = lambda request: ""
    url_of_result: Callable[[str], str] = lambda reference: ""


slots = Slots()


def fill(**answers: Callable[..., Any]) -> None:
    """Answer questions of the shell; called from the `ready()` of a room."""
    for name, answer in answers.items():
        if not hasattr(slots, name):
            raise ValueError(f"the shell does not ask for {name}")
        setattr(slots, name, answer)
