"""The checks that need more than a pattern, by the name a rule calls them with."""

from collections.abc import Callable, Iterable
from typing import Any

from proofread.checks import (
    attachments,
    conduct,
    counts,
    dates,
    figures,
    genres,
    growth,
    heads,
    listed,
    numbering,
    numbers,
    privacy,
    punctuation,
    quoting,
    recipients,
    spelled,
    style,
    titles,
)
from proofread.hits import Hit

SHELVES = (
    attachments, conduct, counts, dates, figures, genres, growth, heads, listed, numbering, numbers, privacy, punctuation, quoting,
    recipients, spelled, style, titles,
)  # fmt: skip
CHECKS: dict[str, Callable[[Any, Any], Iterable[Hit]]] = {
    f"{shelf.__name__.rpartition('.')[2]}.{name}": found
    for shelf in SHELVES
    for name, found in vars(shelf).items()
    if callable(found) and not name.startswith("_") and getattr(found, "__module__", "") == shelf.__name__
}
