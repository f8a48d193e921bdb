"""离任次日停用（SEC-06）: accounts of those without a post, unless work is still open."""

from __future__ import annotations

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.people import alarms, queries
from zhongshu.people.actions.accounts import disable_account
from zhongshu.people.alarms import Alarm


def disable_leavers(*, by: Actor) -> list[str]:
    """Disable them, an act each; return who keeps the account, and why."""
    kept = []
    for person in queries.without_post(clock.today()):
        try:
            disable_account(person, reason="已离任", by=by)
        except Refused as refused:
            kept.append(f"{person.name}：{refused}")
    if kept:
        alarms.sound(Alarm.LEFT_BEHIND, f"{len(kept)}名离任人员的账号未能停用：{'；'.join(kept)}"[:400])
    return kept
