"""口令: changed by its owner under the policy, or given out once by the security administrator."""

from __future__ import annotations

import secrets

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.people import policy as policies
from zhongshu.people.models import PastPassword, Person
from zhongshu.people.rules.passwords import obstacles_to_password

COLUMNS = ["password", "must_change_password", "password_changed_at"]
LETTERS = "abcdefghjkmnpqrstuvwxyz"
CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"


@act("password_change")
def change_password(person: Person, *, old: str, new: str, by: Actor) -> None:
    """Change one's own password."""
    if not person.check_password(old):
        raise Refused.one("SEC-01", "原口令不正确", "old_password")
    if reasons := obstacles_to_password(person, new, policies.current()):
        raise Refused(*reasons)
    set_password(person, new)
    person.save(update_fields=COLUMNS)
    record(
        "password_change",
        by=by,
        object_kind="person",
        object_id=person.pk,
        label="修改口令",
        text="本人修改口令",
    )


def set_password(person: Person, raw: str, *, must_change: bool = False) -> None:
    """Put a password on a person not yet saved, and keep its digest against reuse."""
    person.set_password(raw)
    person.must_change_password = must_change
    person.password_changed_at = clock.now()
    if not must_change:
        PastPassword.objects.create(person=person, password=person.password)


def one_time_password(person: Person) -> str:
    """Put a random password on a person that only opens the page where it must be changed."""
    parts = [*(secrets.choice(LETTERS) for _ in range(6)), *(secrets.choice(CAPITALS) for _ in range(3))]
    parts += [secrets.choice(DIGITS) for _ in range(5)]
    secrets.SystemRandom().shuffle(parts)
    raw = "".join(parts)
    set_password(person, raw, must_change=True)
    return raw
