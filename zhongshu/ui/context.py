"""The context of every page: what the shell (top bar, rail, second-level navigation) shows."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.ui import navigation
from zhongshu.ui.preferences import CHOICES, LABELS, Preferences
from zhongshu.ui.requests import actor_of
from zhongshu.ui.slots import AccountLink, Standing, slots
from zhongshu.ui.words import WORDS

WEEKDAYS = "一二三四五六日"


class Shell:
    """What surrounds a page, computed only when a whole page asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def actor(self) -> Actor | None:
        return actor_of(self.request)

    @cached_property
    def preferences(self) -> Preferences:
        return Preferences.of(self.request)

    @property
    def preference_choices(self) -> list[tuple[str, str, list[tuple[str, str]], str]]:
        chosen = self.preferences
        return [
            (name, LABELS[name], list(values.items()), getattr(chosen, name))
            for name, values in CHOICES.items()
        ]

    @property
    def words(self) -> dict[str, str]:
        return WORDS

    @cached_property
    def office_name(self) -> str:
        return slots.office_name(self.request) or getattr(settings, "ZHONGSHU_OFFICE_NAME", "")

    @cached_property
    def person_name(self) -> str:
        return self.actor.display if self.actor else ""

    @cached_property
    def person_line(self) -> str:
        if not self.actor:
            return ""
        return slots.person_line(self.request) or self.actor.unit_name

    @cached_property
    def date_words(self) -> str:
        today = clock.today()
        return f"{today.year}年{today.month}月{today.day}日　星期{WEEKDAYS[today.weekday()]}"

    @property
    def is_demo(self) -> bool:
        return bool(getattr(settings, "ZHONGSHU_DEMO", False))

    @cached_property
    def unread(self) -> int:
        return slots.unread(self.actor) if self.actor else 0

    @property
    def unread_words(self) -> str:
        return "99+" if self.unread > 99 else str(self.unread)

    @cached_property
    def standings(self) -> list[Standing]:
        return slots.standings(self.request)

    @cached_property
    def account_links(self) -> list[AccountLink]:
        return slots.account_links(self.request)

    @cached_property
    def notices_url(self) -> str:
        return slots.notices_url()

    @cached_property
    def search_url(self) -> str:
        return slots.search_url()

    @cached_property
    def suggest_url(self) -> str:
        return slots.suggest_url()

    @cached_property
    def live_url(self) -> str:
        return slots.live_url(self.request)

    @cached_property
    def poll_url(self) -> str:
        return slots.poll_url(self.request)

    @cached_property
    def place(self) -> tuple[str, str]:
        path = getattr(self.request, "stands_at", self.request.path)
        return navigation.locate(self.actor, path) if self.actor else ("", "")

    @cached_property
    def sections(self) -> list[navigation.SectionPlace]:
        if not self.actor:
            return []
        return navigation.sections_for(self.actor, self.place[0], slots.news_of_sections(self.actor))

    @property
    def main_sections(self) -> list[navigation.SectionPlace]:
        return [place for place in self.sections if not place.section.at_end]

    @property
    def end_sections(self) -> list[navigation.SectionPlace]:
        return [place for place in self.sections if place.section.at_end]

    @property
    def phone_sections(self) -> list[navigation.SectionPlace]:
        return [place for place in self.sections if place.section.on_phone][:4]

    @cached_property
    def section_label(self) -> str:
        return next((p.section.label for p in self.sections if p.is_current), "")

    @cached_property
    def groups(self) -> list[navigation.Group]:
        if not self.actor or not self.place[0]:
            return []
        return navigation.groups_for(self.actor, *self.place)

    @cached_property
    def all_groups(self) -> list[tuple[navigation.Section, list[navigation.Group]]]:
        """Return every section with its items, for the menu of the phone."""
        if not self.actor:
            return []
        return [
            (p.section, navigation.groups_for(self.actor, p.section.code, self.place[1]))
            for p in self.sections
        ]

    @cached_property
    def new_items(self) -> list[navigation.Place]:
        return navigation.new_items_for(self.actor) if self.actor else []


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the shell of this request."""
    return {"shell": Shell(request)}
