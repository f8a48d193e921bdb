"""What an office sets: rules switched off, words of its own, thresholds; as an object or a JSON file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """The office's choices.

    `off` names rules (NUM-03), or whole kinds (标点). `words` maps what the office does not want to what it wants;
    `cautious` maps a word to the advice about it. `allowed` are words no rule may touch. `variants` are groups of which
    a text should use one. `is_public` says whether the text will be published: None reads it from 附注.
    """

    off: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)
    cautious: Mapping[str, str] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    variants: tuple[tuple[str, ...], ...] = ()
    longest_sentence: int = 200
    is_public: bool | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Settings":
        """Read the settings from plain data; raises `ValueError` naming what is not known."""
        known = {each.name for each in fields(cls)}
        if unknown := sorted(set(data) - known):
            raise ValueError(f"校对设置里没有：{'、'.join(unknown)}；可用的是：{'、'.join(sorted(known))}")
        given = dict(data)
        for name in ("off", "allowed"):
            given[name] = frozenset(given.get(name, ()))
        given["variants"] = tuple(tuple(group) for group in given.get("variants", ()))
        return cls(**given)

    @classmethod
    def load(cls, path: Path) -> "Settings":
        """Read a JSON file; raises `ValueError` or `OSError`."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError as error:
            raise ValueError(f"{path} 不是 JSON：第 {error.lineno} 行 {error.msg}") from error
        if not isinstance(data, dict):
            raise ValueError(f"{path} 应当是一个 JSON 对象")
        return cls.from_json(data)


DEFAULT = Settings()
