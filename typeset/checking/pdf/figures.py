"""The figures of GB/T 9704-2012 in millimetres and points; a profile may give others."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

SQUARE = 156 / 28
"""One 字: 28 of them fill the text area."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured against; `name` is the profile's."""

    name: str = "gbt9704"
    width: float = 210.0
    height: float = 297.0
    top: float = 37.0
    left: float = 28.0
    right: float = 26.0
    bottom: float = 35.0
    lines: int = 22
    chars: int = 28
    body_size: float = 15.793
    title_size: float = 22.0
    small_size: float = 14.0
    body_face: str = "仿宋"
    title_face: str = "小标宋"
    mark_top: float = 35.0
    rule_gap: float = 4.0
    folio_gap: float = 7.0

    @property
    def area_width(self) -> float:
        """Return the width of the text area."""
        return self.width - self.left - self.right

    @property
    def area_height(self) -> float:
        """Return the height of the text area."""
        return self.height - self.top - self.bottom

    @property
    def area_right(self) -> float:
        """Return where the text area ends on the right."""
        return self.width - self.right

    @property
    def area_bottom(self) -> float:
        """Return where the text area ends below."""
        return self.height - self.bottom

    @property
    def square(self) -> float:
        """Return one 字 in millimetres."""
        return self.area_width / self.chars

    @property
    def pitch(self) -> float:
        """Return one 行: from one base line to the next."""
        return (self.area_height - self.square) / (self.lines - 1)


def figures_of(profile: "Figures | Mapping[str, Any] | None") -> Figures:
    """Return the figures of a profile; names it does not know are left to those who set the pages."""
    if isinstance(profile, Figures):
        return profile
    known = {each.name for each in fields(Figures)}
    return Figures(**{key: value for key, value in (profile or {}).items() if key in known})
