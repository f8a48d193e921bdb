"""账号策略: changed by the security administrator, old and new values in the trail."""

from __future__ import annotations

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.trail import record
from zhongshu.people import policy as policies
from zhongshu.people import versions
from zhongshu.people.models import AccountPolicy
from zhongshu.people.wording import label_of


@act("policy_change")
def change_policy(changes: dict[str, object], *, by: Actor) -> AccountPolicy:
    """Change the account policy; it holds for everybody from their next page."""
    policy = policies.current()
    told, data = [], {}
    for name, value in changes.items():
        old = getattr(policy, name)
        if old != value:
            setattr(policy, name, value)
            told.append(f"{label_of(AccountPolicy, name)}由{_words(old)}改为{_words(value)}")
            data[name] = [old, value]
    policy.save()
    versions.bump_all()
    record(
        "policy_change",
        by=by,
        object_kind="accountpolicy",
        object_id=1,
        label="修改账号策略",
        text="；".join(told) or "未作改动",
        data=data,
        key_act=True,
    )
    return policy


def _words(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
