"""Handwriting for the demonstration (placeholder until the running hand is written)."""

from typing import Any


def line(text: str, hand: str) -> dict[str, Any] | None:
    return None


def signature(name: str) -> dict[str, Any] | None:
    return None
