"""The account policy in force: the security administrator's row, or the defaults."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from django.conf import settings

from zhongshu.base import clock
from zhongshu.people.models import AccountPolicy, Person, Role, RoleKind, SecondFactorFor


def current() -> AccountPolicy:
    """Read the policy."""
    return AccountPolicy.objects.first() or AccountPolicy(pk=1)


def remembered(person: Person) -> AccountPolicy:
    """Return the policy without a query while the person's version stands (a change moves everybody's)."""
    return _remembered(person.pk, person.access_version)


@lru_cache(maxsize=2000)
def _remembered(person_id: int, version: int) -> AccountPolicy:
    return current()


def must_change_password(person: Person, policy: AccountPolicy) -> bool:
    """Say whether the first or an aged password has to be changed before anything else."""
    if not person.has_usable_password():
        return False
    if person.must_change_password:
        return True
    if not policy.max_age_days or person.password_changed_at is None:
        return False
    return clock.now() - person.password_changed_at > timedelta(days=policy.max_age_days)


def needs_second_factor(person: Person) -> bool:
    """Say whether this person must sign in with a second factor; never in the demonstration."""
    wanted = current().second_factor_for
    if settings.ZHONGSHU_DEMO or wanted == SecondFactorFor.NOBODY:
        return False
    held = Role.objects.filter(grants__person=person, grants__revoked_at__isnull=True)
    if held.filter(kind=RoleKind.ADMIN).exists():
        return True
    return wanted == SecondFactorFor.ADMINS_SIGNERS and held.filter(is_signer=True).exists()
