"""The shape of a drawing as data: which value is a text, a number, a list; nothing about what it means."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

MAX_DEPTH = 8
Shape = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


def _plain_list(value: Any) -> bool:
    return isinstance(value, list) and all(_plain(each) for each in value)


def _row(value: Any) -> bool:
    """A dictionary of plain values."""
    return isinstance(value, dict) and all(_plain(each) for each in value.values())


def _rows(value: Any) -> bool:
    return isinstance(value, list) and all(_row(each) for each in value)


def _who(value: Any) -> bool:
    return isinstance(value, dict) and all(
        _text(each) if key in WHO_TEXTS else _plain(each) or _plain_list(each) or _rows(each)
        for key, each in value.items()
    )


def _by_urgency(value: Any) -> bool:
    return isinstance(value, dict) and all(_row(each) for each in value.values())


def _requires(value: Any) -> bool:
    return _text(value) or (isinstance(value, list) and all(_text(each) or _gate(each) for each in value))


def _gate(value: Any) -> bool:
    return isinstance(value, dict) and _text(value.get("done")) and isinstance(value.get("when", []), list)


def _branches(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, dict)
        and _text(each.get("id"))
        and _text(each.get("name", ""))
        and (each.get("when") is None or isinstance(each["when"], list))
        for each in value
    )


WHO_TEXTS = {"role", "var", "as", "pick", "person_of", "portfolio", "room"}
SHAPES: dict[str, Shape] = {
    "who": _who, "by_urgency": _by_urgency, "requires": _requires, "actions": _plain_list, "outcomes": _rows,
    "branches": _branches,
}  # fmt: skip
TEXTS = ("id", "type", "name", "phase", "child", "mode", "policy", "due_var", "carrier", "note")


def faults(blocks: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield (where, what) for everything that is not of its shape."""
    if not isinstance(blocks, list) or depth > MAX_DEPTH:
        yield "", "步骤应是一列，且不要套得太深"
        return
    for block in blocks:
        if not isinstance(block, dict):
            yield "", "步骤的写法不对"
        elif odd := list(_odd(block)):
            yield str(block.get("name") or block.get("id") or "？"), f"写法不对：{'、'.join(odd)}"
        else:
            for branch in block.get("branches") or ():
                yield from faults(branch.get("blocks"), depth + 1)


def _odd(block: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys whose value is of another shape; what is not listed is a plain value."""
    for key, value in block.items():
        if value is None:
            continue
        shape = SHAPES.get(key) or (_text if key in TEXTS else _plain)
        if not isinstance(key, str) or not shape(value):
            yield str(key)
