"""口令规则（SEC-01）: length, kinds of characters, no reuse."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password

from zhongshu.base.refusals import Refusal
from zhongshu.people.models import AccountPolicy, Person

FIELD = "new_password"


def obstacles_to_password(person: Person, raw: str, policy: AccountPolicy) -> list[Refusal]:
    """List what is wrong with a new password."""
    found = []
    if len(raw) < policy.min_length:
        found.append(f"口令至少{policy.min_length}位")
    if classes_of(raw) < policy.min_classes:
        found.append(f"口令须含大写字母、小写字母、数字、符号中的至少{policy.min_classes}类")
    if person.username and person.username.lower() in raw.lower():
        found.append("口令不能包含账号")
    if not found and is_reused(person, raw, policy.history):
        found.append(f"不能与最近{policy.history}次用过的口令相同")
    return [Refusal("SEC-01", message, FIELD) for message in found]


def classes_of(raw: str) -> int:
    """Count the kinds of characters: upper case, lower case, digits, anything else."""
    kinds = [
        any(c.isascii() and c.isupper() for c in raw),
        any(c.isascii() and c.islower() for c in raw),
        any(c.isdigit() for c in raw),
        any(not (c.isascii() and c.isalnum()) and not c.isdigit() for c in raw),
    ]
    return sum(kinds)


def is_reused(person: Person, raw: str, history: int) -> bool:
    """Say whether the password is the present one or one of the last few."""
    past = list(person.past_passwords.values_list("password", flat=True)[:history])
    return any(check_password(raw, old) for old in {*past[:history], person.password} if old)
