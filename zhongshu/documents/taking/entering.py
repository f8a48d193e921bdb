"""Bringing a fetched file to the gate, once: the drop and the note that it was taken are one act."""

import json
from dataclasses import dataclass, replace
from typing import IO

from zhongshu.base import crypto
from zhongshu.base.actors import SYSTEM, Actor
from zhongshu.base.acts import act, nothing_done
from zhongshu.base.refusals import Refused
from zhongshu.documents.models import TakenItem, TakerKind
from zhongshu.files import drops, gate
from zhongshu.files.models import Drop

MOST_HINT = 200


@dataclass(frozen=True)
class Hint:
    """What a mail says of its attachments: who sent it, and under which subject."""

    sender: str
    subject: str


def robot(tenant_id: int) -> Actor:
    """Return the house itself, working for an office."""
    return replace(SYSTEM, tenant_id=tenant_id)


def is_taken(tenant_id: int, kind: str, key: str) -> bool:
    """Say whether this was taken before."""
    return TakenItem.objects.filter(tenant_id=tenant_id, kind=kind, key=key).exists()


@act("take_file", "收取来文")
def take(
    file: IO[bytes], *, name: str, kind: TakerKind, key: str, hint: Hint | None = None, by: Actor
) -> Drop | None:
    """Lay the file into the quarantine and note its key; taken before, it is left alone."""
    if is_taken(by.office, kind, key):
        nothing_done()
        return None
    drop = drops.lay(file, name=name, by=by, source=kind.value)
    TakenItem.objects.create(tenant_id=by.office, kind=kind, key=key, drop=drop, hint=_sealed(hint, key))
    return drop


def note(tenant_id: int, kind: str, key: str, outcome: str = "") -> None:
    """Remember that something was dealt with, and why it was not taken."""
    TakenItem.objects.get_or_create(
        tenant_id=tenant_id, kind=kind, key=key, defaults={"outcome": outcome[:200]}
    )


def hint_of(drop: Drop) -> Hint | None:
    """Return sender and subject of the mail a clean drop came with."""
    item = TakenItem.objects.filter(drop=drop).exclude(hint="").first()
    if item is None or drop.is_quarantined:
        return None
    try:
        return Hint(**json.loads(crypto.decrypt_text(item.hint, item.key)))
    except (crypto.Undecipherable, ValueError, TypeError):
        return None


def _sealed(hint: Hint | None, key: str) -> str:
    """Seal the hint; one that itself carries a mark of secrecy is not kept."""
    if hint is None or any(gate.in_text("", f"{hint.sender}\n{hint.subject}")):
        return ""
    words = {"sender": hint.sender[:MOST_HINT], "subject": hint.subject[:MOST_HINT]}
    return crypto.encrypt_text(json.dumps(words, ensure_ascii=False), key)


def words_of(refused: Refused) -> str:
    """Return why something was not taken, by codes alone: its words may quote a name."""
    return "、".join(refused.codes)
