"""What the security administrator must hear of at once; rooms above carry it to them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Alarm(StrEnum):
    """The occasions."""

    LOCKED = "people.locked"
    LEFT_BEHIND = "people.left_behind"


Listener = Callable[[Alarm, str], object]
_listeners: list[Listener] = []


def on_alarm(listener: Listener) -> Listener:
    """Register who carries alarms on; entering the same one again changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def sound(alarm: Alarm, text: str) -> None:
    """Tell every listener."""
    for listener in _listeners:
        listener(alarm, text)
