"""What a check is given and what it hands back: a place, and what to write there."""

from dataclasses import dataclass
from typing import NamedTuple

from proofread.findings import Severity
from proofread.lists import Lists
from proofread.settings import Settings


@dataclass(frozen=True, slots=True)
class Given:
    """What a check may look at besides the paper."""

    settings: Settings
    lists: Lists


class Hit(NamedTuple):
    """A place of the whole text; `reason` and `severity` only where they differ from the rule's own."""

    start: int
    end: int
    suggestion: str = ""
    reason: str = ""
    severity: Severity | None = None
