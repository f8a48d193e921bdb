"""Nothing stays in the quarantine for good: old drops expire, stuck ones are given up, leftovers are wiped."""

from datetime import datetime, timedelta

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, nothing_done
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.files import drops, inspection, quarantine
from zhongshu.files.drops import INSPECT
from zhongshu.files.limits import DROP_DAYS
from zhongshu.files.models import Drop, DropState
from zhongshu.files.models.drops import OPEN, QUARANTINED
from zhongshu.matters import outbox, settings
from zhongshu.people.models import OrgUnit

LEFT_OVER = timedelta(hours=6)
STUCK = Refusal("FILE-34", "文件没能检查完，副本已擦除。请重新上传；再次失败请告知系统管理员", "file")


def expire_drops(now: datetime) -> int:
    """Let go of what is too old, stuck, or left over; return how many drops went."""
    gone = sum(_expire_of(tenant_id, now) for tenant_id in _tenants())
    gone += sum(_give_up(drop) for drop in _stuck(now))
    _wipe_leftovers(now)
    return gone


def _tenants() -> list[int]:
    return list(OrgUnit.objects.filter(is_tenant=True).values_list("pk", flat=True))


def _expire_of(tenant_id: int, now: datetime) -> int:
    before = now - timedelta(days=int(settings.get(DROP_DAYS, tenant_id)))
    old = Drop.objects.filter(tenant_id=tenant_id, state__in=OPEN, created_at__lt=before)
    return sum(expire(drop, by=inspection.robot(drop)) for drop in old)


@act("expire_drop")
def expire(drop: Drop, *, by: Actor) -> bool:
    """Clear away a drop that nobody took."""
    if not drops.leave(drop, DropState.EXPIRED, OPEN):
        nothing_done()
        return False
    drops.note(drop, "expire_drop", "到期清除", "", by=by)
    return True


def _stuck(now: datetime) -> list[Drop]:
    """Return what waits although no worker will come for it."""
    still = Drop.objects.filter(state__in=inspection.BEING_READ, changed_at__lt=now - LEFT_OVER)
    promised = set(outbox.pending().filter(topic=INSPECT).values_list("payload__drop", flat=True))
    return [drop for drop in still if drop.pk not in promised]


def _give_up(drop: Drop) -> bool:
    inspection.refuse(drop, Refused(STUCK), by=inspection.robot(drop))
    return True


def _wipe_leftovers(now: datetime) -> None:
    for item in quarantine.listed(now - LEFT_OVER):
        if not Drop.objects.filter(quarantine_id=item, state__in=QUARANTINED).exists():
            quarantine.wipe(item)
