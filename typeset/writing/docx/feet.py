"""The relation ids of running heads and feet."""

from dataclasses import dataclass, field


@dataclass
class Feet:
    """Ids by page: default (odd), even, first."""

    headers: dict[str, str] = field(default_factory=dict)
    footers: dict[str, str] = field(default_factory=dict)
