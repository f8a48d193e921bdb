"""What the styleguide shows: invented papers of the fictional county, for the eye only."""

from typing import Any

PAGES = ("register", "sheet", "desk", "cockpit", "phone-list", "phone-sheet", "phone-sign")


def sample_of(page: str) -> dict[str, Any]:
    """Return the context of a sample page."""
    return {"title": "构件与状态", "page": page}
