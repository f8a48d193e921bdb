"""How the trail is linked: canonical entries, a keyed SM3 chain, one head under whose lock it grows."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from zhongshu.base import bulk, clock, crypto, keys
from zhongshu.base.actors import Actor
from zhongshu.base.models import TrailEntry, TrailHead
from zhongshu.base.models.trail import Outcome

GENESIS = "0" * 64
HEAD_ID = 1
# From here on rows are poured in past the models: an import writes a hundred thousand lines.
MANY = 50
# The order is part of the chain: a new column goes to the end, with a decision on old rows.
LINKED = (
    "seq", "at", "verb", "label", "text", "actor_id", "actor_name", "unit_id", "unit_name", "on_behalf_of_id",
    "on_behalf_of_name", "ip", "channel", "tenant_id", "object_kind", "object_id", "matter_id", "data",
    "before_digest", "after_digest", "key_act", "outcome", "prev_hash",
)  # fmt: skip
_LIMITS = {
    column.attname: column.max_length for column in TrailEntry._meta.fields if column.max_length is not None
}


@dataclass(frozen=True)
class Entry:
    """An act that waits to be linked."""

    verb: str
    by: Actor
    label: str
    object_kind: str = ""
    object_id: str | int = ""
    text: str = ""
    matter_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    before_digest: str = ""
    after_digest: str = ""
    key_act: bool = False
    outcome: str = Outcome.DONE
    at: datetime = field(default_factory=clock.now)

    def row(self) -> TrailEntry:
        """Return the table row, not yet linked; too long or unprintable words never stop an act."""
        by = self.by
        return TrailEntry(
            at=self.at,
            matter_id=self.matter_id,
            data=plain(self.data),
            key_act=self.key_act,
            actor_id=by.person_id,
            unit_id=by.unit_id,
            on_behalf_of_id=by.on_behalf_of_id,
            tenant_id=by.tenant_id,
            text=_text(self.text),
            **{name: _text(value)[: _LIMITS[name]] for name, value in self._words().items()},
        )

    def _words(self) -> dict[str, object]:
        by = self.by
        return {
            "verb": self.verb,
            "label": self.label,
            "actor_name": by.name,
            "unit_name": by.unit_name,
            "on_behalf_of_name": by.on_behalf_of_name,
            "ip": by.ip,
            "channel": by.channel,
            "object_kind": self.object_kind,
            "object_id": self.object_id,
            "before_digest": self.before_digest,
            "after_digest": self.after_digest,
            "outcome": self.outcome,
        }


def _text(value: object) -> str:
    """Return text that both databases take: no NUL, no half characters."""
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode()


def plain(value: Any) -> Any:
    """Return what JSON keeps unchanged in both databases: floats and dates become text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dict):
        return {_text(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, date):
        return value.isoformat()
    return _text(value)


def canonical(value: Any) -> str:
    """Return the one spelling of a JSON value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def link(values: Sequence[Any], key: bytes) -> str:
    """Return the chain value of a row given as its LINKED columns."""
    seq, at, *rest = values
    return crypto.hmac_sm3(key, canonical([seq, _moment(at), *rest]))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def columns(row: TrailEntry) -> list[Any]:
    """Return the LINKED columns of a row."""
    return [getattr(row, name) for name in LINKED]


def chain_key() -> bytes:
    """Return the key that is not in the database."""
    return keys.key("trail")


def append(entries: Iterable[Entry]) -> list[TrailEntry]:
    """Link the entries to the head. Only as the last statements of a transaction: the head stays locked."""
    rows = [entry.row() for entry in entries]
    key, head = chain_key(), _locked_head()
    for row in rows:
        head.seq += 1
        row.seq, row.prev_hash = head.seq, head.hash
        head.hash = row.hash = link(columns(row), key)
    if len(rows) < MANY:
        TrailEntry.objects.bulk_create(rows)
    else:
        bulk.insert(TrailEntry, [vars(row) for row in rows])
    TrailHead.objects.filter(pk=HEAD_ID).update(seq=head.seq, hash=head.hash)
    return rows


def _locked_head() -> TrailHead:
    heads = TrailHead.objects.select_for_update().filter(pk=HEAD_ID)
    if head := heads.first():
        return head
    TrailHead.objects.bulk_create([TrailHead(pk=HEAD_ID, seq=0, hash=GENESIS)], ignore_conflicts=True)
    return heads.get()
