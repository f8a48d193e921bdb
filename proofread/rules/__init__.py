"""The rules as data: one TOML file a kind, each rule with its source, an example that fires and one that does not."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from proofread.findings import Severity

FOLDER = Path(__file__).parent
KEYS = {
    "id", "severity", "reason", "source", "pattern", "suggestion", "words", "check", "roles", "not_roles", "since", "quoted",
    "habit",
    "fires", "silent", "lists", "settings",
}  # fmt: skip
ROUND = re.compile(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: a pattern with its correction, a table of words, or the name of a check; and the examples it is held to.

    `roles` limits it to parts of a paper. `since` is the day of the standard it goes by: a paper of an earlier day is
    left alone. `quoted` says whether it looks inside 《》 too; `habit`
    that what it finds all over a text is the way the file was made, and only advice.
    """

    id: str
    kind: str
    severity: Severity
    reason: str
    source: str
    check: str
    pattern: "re.Pattern[str] | None"
    suggestion: str
    words: dict[str, str]
    roles: frozenset[str]
    not_roles: frozenset[str]
    since: date | None
    quoted: bool
    habit: bool
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    lists: str
    settings: dict[str, Any]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule that comes with the library, in the order of its files."""
    return tuple(rule for path in sorted(FOLDER.glob("*.toml")) for rule in _rules_in(path))


def _rules_in(path: Path) -> Iterator[Rule]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for row in data["rule"]:
        if unknown := set(row) - KEYS:
            raise ValueError(f"{path.name} {row.get('id')}: {sorted(unknown)}")
        yield _rule(data["kind"], row)


def _rule(kind: str, row: dict[str, Any]) -> Rule:
    words: dict[str, str] = row.get("words", {})
    pattern = row.get("pattern") or (pattern_of(words) if words else None)
    return Rule(
        id=row["id"],
        kind=kind,
        severity=row["severity"],
        reason=row["reason"],
        source=row["source"],
        check=row.get("check", ""),
        pattern=re.compile(pattern) if pattern else None,
        suggestion=row.get("suggestion", ""),
        words={bare(key): value for key, value in words.items()},
        roles=frozenset(row.get("roles", ())),
        not_roles=frozenset(row.get("not_roles", ())),
        since=row.get("since"),
        quoted=row.get("quoted", not words),
        habit=row.get("habit", False),
        fires=tuple(row.get("fires", ())),
        silent=tuple(row.get("silent", ())),
        lists=row.get("lists", ""),
        settings=row.get("settings", {}),
    )


def pattern_of(words: dict[str, str]) -> str:
    """Return one pattern for a table of words, the longest first; a word may carry (?!…) and (?<!…) about its neighbours."""
    ordered = sorted(words, key=lambda word: -len(bare(word)))
    first = "".join(sorted({re.escape(bare(word)[0]) for word in words}))
    return f"(?=[{first}])(?:{'|'.join(ordered)})"


def bare(word: str) -> str:
    """Return a word without what it says about its neighbours."""
    return ROUND.sub("", word)
