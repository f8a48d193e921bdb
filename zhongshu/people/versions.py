"""What a process remembers of a person lasts until the person's version moves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q

from zhongshu.base import clock
from zhongshu.people.models import Delegation, Person


def bump(*person_ids: int) -> None:
    """Forget what is remembered of these persons and of those who act for them."""
    agents = Delegation.objects.filter(principal_person__in=person_ids, end__gt=clock.now()).values(
        "agent_id"
    )
    _move(
        Person.objects.filter(
            Q(pk__in=person_ids) | Q(pk__in=list(agents.values_list("agent_id", flat=True)))
        )
    )


def bump_all() -> None:
    """Forget everybody: a role or the account policy has changed."""
    _move(Person.objects.all())


def bump_units(unit_ids: Iterable[int]) -> None:
    """Forget everybody appointed in these units or in units of these tenants."""
    ids = list(unit_ids)
    found = Person.objects.filter(Q(appointments__unit__in=ids) | Q(appointments__unit__tenant__in=ids))
    bump(*found.values_list("pk", flat=True).distinct())


def _move(people: object) -> None:
    people.update(access_version=F("access_version") + 1)  # type: ignore[attr-defined]
