"""Proves that the bytes in the store are still those that were received."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from zhongshu.base.actors import SYSTEM, Actor
from zhongshu.files import actions, blobs, derived, queries
from zhongshu.files.models import Attachment

MISSING, CHANGED = "内容缺失", "内容与登记时的摘要不符"


@dataclass(frozen=True)
class Damage:
    """One content that is no longer what it was, and the attachments that rest on it."""

    tenant_id: int
    sm3_digest: str
    problem: str
    attachments: list[str]

    def as_json(self) -> dict[str, Any]:
        """Return it for a command's output."""
        return asdict(self)


def problem_of(attachment: Attachment) -> str:
    """Return what is wrong with an attachment's bytes, or ""."""
    try:
        with blobs.opened(attachment.tenant_id, attachment.sm3_digest) as file:
            same = blobs.digest_of(file) == attachment.sm3_digest
    except FileNotFoundError:
        return MISSING
    return "" if same else CHANGED


def changed_blobs(tenant_id: int | None = None) -> Iterator[Damage]:
    """Read every content once and yield those that changed or are gone."""
    rows = Attachment.objects.order_by("tenant_id", "sm3_digest", "id")
    if tenant_id is not None:
        rows = rows.filter(tenant_id=tenant_id)
    seen: tuple[int, str] | None = None
    for attachment in rows.iterator(chunk_size=500):
        if seen == (attachment.tenant_id, attachment.sm3_digest):
            continue
        seen = (attachment.tenant_id, attachment.sm3_digest)
        if problem := problem_of(attachment):
            same = rows.filter(tenant_id=seen[0], sm3_digest=seen[1])
            yield Damage(*seen, problem, list(same.values_list("public_id", flat=True)))


def verify(*, by: Actor = SYSTEM, tenant_id: int | None = None) -> list[Damage]:
    """Check everything and write each finding into the trail."""
    found = list(changed_blobs(tenant_id))
    for damage in found:
        for attachment in Attachment.objects.filter(public_id__in=damage.attachments):
            actions.note_changed(attachment, damage.problem, by=by)
    return found


def sweep_blobs(now: datetime) -> int:
    """Delete content that no attachment speaks of and that nobody laid down in the last day."""
    before, gone = now - blobs.GRACE, 0
    for tenant_id, digest in blobs.listed():
        if not queries.digests_in_use(tenant_id, [digest]) and blobs.take_away(tenant_id, digest, before):
            derived.forget(tenant_id, digest)
            gone += 1
    return gone
