"""The invented lines of the sample pages, read from county.json."""

import json
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("county.json")


@cache
def county() -> dict[str, list[list[Any]]]:
    """Return all lists by name."""
    lists: dict[str, list[list[Any]]] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return lists
