"""The house's own upkeep on schedule: the trail's head, delegations, sessions, and sweeping after ourselves."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from zhongshu.base.actors import SYSTEM
from zhongshu.base.heads import export_head
from zhongshu.matters import notices, outbox, stirs
from zhongshu.matters.events import Event, declare
from zhongshu.matters.ticker import every
from zhongshu.people.actions.leavers import disable_leavers
from zhongshu.people.actions.sign_in import forget_stale_guards
from zhongshu.people.actions.standins import turn_delegations
from zhongshu.people.alarms import Alarm, on_alarm
from zhongshu.people.defaults import SEC_ADMIN, SYS_ADMIN
from zhongshu.people.models import Delegation, DelegationState, OfficeSession, Person, RoleGrant

GIVEN_UP = "system.given_up"
ALARM = "people.alarm"
declare(
    Event(GIVEN_UP, "后台任务多次未成"),
    Event(ALARM, "登录锁定、离任账号未能停用", by_night=True, outward=False),
)


@every("base.trail_head", at="00:05", label="导出痕迹链头")
def trail_head(now: datetime) -> None:
    """Write the day's head of the trail where the database cannot reach it."""
    export_head()


@every("people.delegations", seconds=300, label="委托到期与生效")
def delegations(now: datetime) -> None:
    """Let delegations begin and end on time; where none does, nothing is noted."""
    starting = Q(state=DelegationState.DRAFT, start__lte=now)
    ending = Q(state__in=[DelegationState.DRAFT, DelegationState.ACTIVE], end__lte=now)
    if Delegation.objects.filter(starting | ending).exists():
        turn_delegations(by=SYSTEM)


@every("people.sessions", at="03:10", label="清理过期会话")
def sessions(now: datetime) -> None:
    """Forget sessions that ran out and old counts of failed sign-ins."""
    OfficeSession.objects.filter(expire_date__lt=now).delete()
    forget_stale_guards()


@every("people.leavers", at="00:30", label="停用离任人员的账号")
def leavers(now: datetime) -> None:
    """Disable the accounts of those who left yesterday."""
    disable_leavers(by=SYSTEM)


@on_alarm
def tell_security(alarm: Alarm, text: str) -> None:
    """Carry what people sounds the alarm for to the security administrators."""
    admins = RoleGrant.objects.standing().filter(role__code=SEC_ADMIN).values("person_id")
    with transaction.atomic():
        notices.tell(
            Person.objects.filter(pk__in=admins),
            matter=None,
            text=text,
            event=ALARM,
            urgency="urgent",
            by=SYSTEM,
        )


@every("matters.sweep", at="03:20", label="清理旧消息和办结的后台任务")
def sweep(now: datetime) -> None:
    """Forget what nobody asks for any more."""
    for forget in (outbox.sweep, stirs.sweep, notices.sweep):
        forget(now)


@every("matters.given_up", seconds=600, label="提醒未成的后台任务")
def tell_given_up(now: datetime) -> None:
    """Tell the system administrators that something was given up, once for each new one."""
    newest = outbox.dead().first()
    if newest is None:
        return
    admins = RoleGrant.objects.standing().filter(role__code=SYS_ADMIN).values("person_id")
    with transaction.atomic():
        notices.tell(
            Person.objects.filter(pk__in=admins),
            matter=None,
            text=f"有 {outbox.dead().count()} 项后台任务多次未成，请到“后台任务”查看",
            event=GIVEN_UP,
            key=f"{GIVEN_UP}:{newest.pk}:{newest.dead_at}",
            by=SYSTEM,
        )
