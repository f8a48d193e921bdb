"""The registry of matter kinds: what a kind is called and which page shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of matter as its room declares it."""

    code: str
    label: str
    url_name: str
    icon: str = "file-text"
    show_title_outside: bool = False


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind of matter known to notices, search and desk."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """Return the kind of this code; an unknown one is shown plainly."""
    return _kinds.get(code) or Kind(code, "事项", "matters:no_room")


def all_kinds() -> list[Kind]:
    """Return all kinds in the order they were declared."""
    return list(_kinds.values())
