"""How a taker keeps going: whether it is on, when it is its turn again, and who is told when it fails."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, nothing_done
from zhongshu.base.trail import record
from zhongshu.documents.models import Taker, TakerKind
from zhongshu.documents.taking.entering import robot
from zhongshu.matters import settings
from zhongshu.matters.events import Event, declare
from zhongshu.matters.notices import tell
from zhongshu.people.defaults import SYS_ADMIN
from zhongshu.people.models import OrgUnit, Person, RoleGrant

log = logging.getLogger(__name__)

SWITCHES = {TakerKind.MAILBOX: "documents.take_mail", TakerKind.FOLDER: "documents.take_folder"}
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 15, 60, 120))
TOLD_AFTER = 3
FAILED = "taker_failed"
declare(Event(FAILED, "邮箱、扫描文件夹收取失败", outward=False))


class Unable(Exception):  # noqa: N818 - what is said to the administrator
    """The taker cannot do its work; the words name the cause and hold no content and no secret."""


@dataclass
class Tally:
    """What one run came to."""

    taken: int = 0
    refused: int = 0


Work = Callable[[Taker], Tally]


def offices(kind: TakerKind) -> list[OrgUnit]:
    """Return the offices that have switched this taker on; site settings name one mailbox, so one office."""
    tenants = OrgUnit.objects.filter(is_tenant=True, valid_to__isnull=True).order_by("pk")
    return [tenant for tenant in tenants if settings.get(SWITCHES[kind], tenant.pk)][:1]


def taker_of(tenant: OrgUnit, kind: TakerKind) -> Taker:
    """Return the taker's own row."""
    return Taker.objects.get_or_create(tenant=tenant, kind=kind)[0]


def is_due(taker: Taker) -> bool:
    """Say whether it may run; after failures it waits longer each time."""
    return taker.next_at is None or taker.next_at <= clock.now()


def run(taker: Taker, work: Work) -> Tally:
    """Do one run and write down how it went; raises `Unable` after that."""
    try:
        tally = work(taker)
    except Unable as reason:
        _failed(taker, str(reason))
        raise
    now = clock.now()
    Taker.objects.filter(pk=taker.pk).update(
        ran_at=now,
        succeeded_at=now,
        next_at=None,
        failures=0,
        error="",
        taken=F("taken") + tally.taken,
        refused=F("refused") + tally.refused,
    )
    return tally


def _failed(taker: Taker, error: str) -> None:
    failures = taker.failures + 1
    pause = PAUSES[min(failures, len(PAUSES)) - 1]
    log.warning("taker %s of office %s failed: %s", taker.kind, taker.tenant_id, error)
    Taker.objects.filter(pk=taker.pk).update(
        ran_at=clock.now(), next_at=clock.now() + pause, failures=failures, error=error[:300]
    )
    if failures == TOLD_AFTER:
        tell_admins(taker, error, by=robot(taker.tenant_id))


@act("taker_failed")
def tell_admins(taker: Taker, error: str, *, by: Actor) -> None:
    """Tell the system administrators once in a row of failures."""
    grants = RoleGrant.objects.standing().filter(role__code=SYS_ADMIN).values("person_id")
    admins = list(Person.objects.filter(pk__in=grants))
    if not admins:
        nothing_done()
        return
    text = f"{taker.get_kind_display()}收取来文连续{TOLD_AFTER}次失败：{error}"
    tell(admins, matter=None, text=text, by=by, event=FAILED)
    record(FAILED, by=by, object_kind="taker", object_id=taker.pk, label="收取来文失败", text=text)


def key_of(*parts: str | bytes) -> str:
    """Return a digest of what makes a thing the same thing."""
    work = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
        work.update(len(data).to_bytes(8, "big") + data)
    return work.hexdigest()
