"""The invented lines of the sample pages, read from county.json."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def county() -> dict[str, list[list[Any]]]:
    """Return all lists by name."""
    return json.loads(Path(__file__).with_name("county.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]
