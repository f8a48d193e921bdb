"""一次性放行: a content is let through the gate once, by its digest alone; who releases it sees neither name nor page."""

import secrets

from django.db.models import QuerySet

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import log_event
from zhongshu.files.models import DigestRelease

DIGEST_LENGTH = 64
HEX = frozenset("0123456789abcdef")


def unused(tenant_id: int, digest: str) -> QuerySet[DigestRelease]:
    """Return the releases of a content that still stand."""
    return DigestRelease.objects.filter(
        tenant_id=tenant_id, sm3_digest=digest, is_granted=True, used_at__isnull=True
    )


def is_open(tenant_id: int, digest: str) -> bool:
    """Say whether the content may pass once."""
    return unused(tenant_id, digest).exists()


def use(tenant_id: int, digest: str, *, by: Actor) -> bool:
    """Use up a release; False if there is none."""
    for release in unused(tenant_id, digest).order_by("answered_at"):
        if unused(tenant_id, digest).filter(pk=release.pk).update(used_at=clock.now()):
            log_event(
                "use_release",
                by=by,
                label="使用放行码",
                object_kind="digest_release",
                object_id=release.pk,
                text=f"放行码 {release.code}",
                data={"sm3": digest},
            )
            return True
    return False


def new_code() -> str:
    """Return a code by which people speak of a release."""
    return "-".join(f"{secrets.randbelow(10_000):04d}" for _ in range(3))


def parse_digest(typed: str) -> str:
    """Read a digest as it was copied; refuse what is none."""
    digest = "".join(typed.split()).lower()
    if len(digest) != DIGEST_LENGTH or not HEX.issuperset(digest):
        raise Refused.one("FILE-36", "SM3 摘要应为 64 位十六进制数，请从拦截提醒或痕迹里整段复制", "digest")
    return digest
