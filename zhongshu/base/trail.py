"""The trail as the rest of the house uses it: note an act, log an event, write in bulk, verify."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from zhongshu.base import acts, chain, crypto
from zhongshu.base.actors import Actor
from zhongshu.base.chain import Entry
from zhongshu.base.heads import ExportedHead, export_head
from zhongshu.base.models import TrailEntry
from zhongshu.base.models.trail import Outcome
from zhongshu.base.transactions import writing
from zhongshu.base.verification import VerifyReport, verify

__all__ = [
    "Entry",
    "ExportedHead",
    "Outcome",
    "TrailEntry",
    "VerifyReport",
    "digest",
    "done_with",
    "export_head",
    "log_event",
    "record",
    "verify",
    "write_bulk",
]


def record(
    verb: str,
    *,
    by: Actor,
    object_kind: str,
    object_id: str | int,
    label: str,
    text: str = "",
    matter_id: int | None = None,
    data: dict[str, Any] | None = None,
    before: object = "",
    after: object = "",
    key_act: bool = False,
) -> None:
    """Note what the running act did; it is linked when the act ends.

    `before` and `after` are digests, or things to take the digest of.
    """
    acts.running().entries.append(
        Entry(
            verb=verb,
            by=by,
            label=label,
            text=text,
            object_kind=object_kind,
            object_id=object_id,
            matter_id=matter_id,
            data=data or {},
            before_digest=_as_digest(before),
            after_digest=_as_digest(after),
            key_act=key_act,
        )
    )


def log_event(
    verb: str,
    *,
    by: Actor,
    label: str,
    outcome: str = Outcome.DONE,
    object_kind: str = "",
    object_id: str | int = "",
    text: str = "",
    matter_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Write what is no act of the office (failed sign-in, download, export), in a transaction of its own.

    Inside an act it is written with it, and also if the act is refused or fails.
    """
    entry = Entry(
        verb=verb,
        by=by,
        label=label,
        text=text,
        object_kind=object_kind,
        object_id=object_id,
        matter_id=matter_id,
        data=data or {},
        outcome=outcome,
    )
    if now := acts.current():
        now.events.append(entry)
        return
    with writing():
        chain.append([entry])


def write_bulk(entries: Iterable[Entry], chunk: int = 1000) -> int:
    """Link many entries (import, demonstration year), a transaction for each chunk; return how many."""
    written, batch = 0, list[Entry]()
    for entry in entries:
        batch.append(entry)
        if len(batch) == chunk:
            written += _write_chunk(batch)
            batch = []
    return written + (_write_chunk(batch) if batch else 0)


def _write_chunk(batch: list[Entry]) -> int:
    if acts.current():
        chain.append(batch)
    else:
        with writing():
            chain.append(batch)
    return len(batch)


def done_with(matter_id: int, size: int) -> list[TrailEntry]:
    """Return what was done with a matter, newest first; what was refused or failed is for the auditor alone."""
    found = TrailEntry.objects.filter(matter_id=matter_id, outcome=Outcome.DONE)
    return list(found.order_by("-seq")[:size])


def digest(thing: object) -> str:
    """Return the SM3 digest of a row, a dictionary or a text."""
    if isinstance(thing, bytes | str):
        return crypto.sm3(thing)
    if isinstance(thing, models.Model):
        thing = {column.attname: column.value_from_object(thing) for column in thing._meta.concrete_fields}
    return crypto.sm3(chain.canonical(chain.plain(thing)))


def _as_digest(value: object) -> str:
    return value if isinstance(value, str) else digest(value)
