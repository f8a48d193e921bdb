"""What people does by itself each night; the ticker of the house calls it."""

from __future__ import annotations

from zhongshu.base import clock
from zhongshu.base.actors import SYSTEM, Actor
from zhongshu.base.refusals import Refused
from zhongshu.people import queries
from zhongshu.people.actions.accounts import disable_account
from zhongshu.people.actions.sign_in import forget_stale_guards
from zhongshu.people.actions.standins import turn_delegations
from zhongshu.people.models import OfficeSession


def each_minute(*, by: Actor = SYSTEM) -> None:
    """Let delegations begin and end on time."""
    if queries.delegations_due(clock.now()):
        turn_delegations(by=by)


def each_night(*, by: Actor = SYSTEM) -> list[str]:
    """Disable the accounts of those who have left, and tidy up; return who could not be disabled yet."""
    forget_stale_guards()
    OfficeSession.objects.filter(expire_date__lt=clock.now()).delete()
    kept = []
    for person in queries.without_post(clock.today()):
        try:
            disable_account(person, reason="已离任", by=by)
        except Refused as refused:
            kept.append(f"{person.name}：{refused}")
    return kept
