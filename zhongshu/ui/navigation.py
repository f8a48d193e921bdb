"""Navigation: the fixed sections of the office and what rooms hang into them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.urls import get_urlconf

from zhongshu.base.actors import Actor
from zhongshu.ui.addresses import address_or_nothing

ANYONE = ""


@dataclass(frozen=True)
class Section:
    """One place on the rail."""

    code: str
    label: str
    icon: str
    at_end: bool = False
    on_phone: bool = False


SECTIONS: tuple[Section, ...] = (
    Section("desk", "工作台", "view-stacked", on_phone=True),
    Section("documents", "办文", "file-earmark-text", on_phone=True),
    Section("meetings", "办会", "people"),
    Section("supervision", "督查", "flag", on_phone=True),
    Section("briefs", "信息", "newspaper"),
    Section("duty", "值班", "telephone", on_phone=True),
    Section("appeals", "诉求", "chat-square-text"),
    Section("disclosure", "公开", "globe2"),
    Section("logistics", "后勤", "building"),
    Section("staff", "队伍", "person-vcard"),
    Section("statistics", "统计", "bar-chart"),
    Section("system", "系统", "gear", at_end=True),
)


def _is_open(permission: str, held: frozenset[str]) -> bool:
    return permission == ANYONE or not held.isdisjoint(permission.split("|"))


@dataclass(frozen=True)
class NavItem:
    """One line of the second-level navigation; `permission` may name several codes joined by '|'."""

    section: str
    label: str
    url_name: str
    permission: str = ANYONE
    order: int = 100
    group: str = ""
    count: Callable[[Actor], int | None] | None = field(default=None, compare=False)

    def open_to(self, permissions: frozenset[str]) -> bool:
        return _is_open(self.permission, permissions)


@dataclass(frozen=True)
class NewItem:
    """One line of the 新建 menu of the top bar."""

    label: str
    url_name: str
    permission: str = ANYONE
    icon: str = "plus-lg"
    order: int = 100

    def open_to(self, permissions: frozenset[str]) -> bool:
        return _is_open(self.permission, permissions)


@dataclass(frozen=True)
class Place:
    """An item as one person sees it."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True)
class Group:
    label: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class SectionPlace:
    """A rail entry as one person sees it."""

    section: Section
    url: str
    is_current: bool
    is_new: bool = False


_items: list[NavItem] = []
_new_items: list[NewItem] = []


def register(*items: NavItem | NewItem) -> None:
    """Hang items into the navigation; entering the same item again changes nothing."""
    for item in items:
        if isinstance(item, NewItem):
            _enter(_new_items, item)
        else:
            _check_section(item)
            _enter(_items, item)


def sections_for(actor: Actor, current: str = "", news: frozenset[str] = frozenset()) -> list[SectionPlace]:
    """Return the rail of a person: sections without an item for them are absent."""
    places = []
    for section in SECTIONS:
        items = items_for(actor, section.code)
        if items:
            url = address_or_nothing(items[0].url_name)
            places.append(SectionPlace(section, url, section.code == current, section.code in news))
    return places


def items_for(actor: Actor, section: str) -> Sequence[NavItem]:
    """Return the items of a section this person may open, in their order."""
    return _open_items(actor.permissions, len(_items), get_urlconf()).get(section, ())


@lru_cache(maxsize=500)
def _open_items(
    permissions: frozenset[str], _count: int, _urlconf: str | None
) -> Mapping[str, Sequence[NavItem]]:
    """Sort out once for all who hold the same permissions what they may open."""
    found: dict[str, list[NavItem]] = {}
    for item in sorted(_items, key=lambda item: item.order):
        if item.open_to(permissions) and address_or_nothing(item.url_name):
            found.setdefault(item.section, []).append(item)
    return found


def groups_for(actor: Actor, section: str, current_url: str = "") -> list[Group]:
    """Return the second-level navigation of a section, grouped."""
    grouped: dict[str, list[Place]] = {}
    for item in items_for(actor, section):
        url = address_or_nothing(item.url_name)
        count = item.count(actor) if item.count else None
        grouped.setdefault(item.group, []).append(Place(item.label, url, url == current_url, count))
    return [Group(label, tuple(places)) for label, places in grouped.items()]


def new_items_for(actor: Actor) -> list[Place]:
    """Return the 新建 menu of a person."""
    found = sorted(
        (i for i in _new_items if i.open_to(actor.permissions) and address_or_nothing(i.url_name)),
        key=lambda i: i.order,
    )
    return [Place(item.label, address_or_nothing(item.url_name), icon=item.icon) for item in found]


def locate(actor: Actor, path: str) -> tuple[str, str]:
    """Return (section, URL of the item) a path stands in: the item with the longest matching URL."""
    best = ("", "")
    for item in _items:
        url = address_or_nothing(item.url_name)
        inside = path == url or (url != "/" and url and path.startswith(url))
        if inside and item.open_to(actor.permissions) and len(url) > len(best[1]):
            best = (item.section, url)
    return best


def _enter(entries: list[Any], item: NavItem | NewItem) -> None:
    if item not in entries:
        entries.append(item)


def _check_section(item: NavItem) -> None:
    if item.section not in {section.code for section in SECTIONS}:
        raise ValueError(f"there is no section {item.section}")
