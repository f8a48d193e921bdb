"""How long a task may take: the rule it was given, the deadline that follows, and its place in the list."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from zhongshu.base import calendars, clock, deadlines
from zhongshu.base.deadlines import DeadlinePolicy, Pause, Unit
from zhongshu.flow.graph import Node
from zhongshu.flow.models import FlowInstance, FlowTask
from zhongshu.matters.cursors import FAR
from zhongshu.matters.models import Matter, Urgency

UNITS = {"days": Unit.WORKDAY, "hours": Unit.HOUR, "calendar_days": Unit.CALENDAR_DAY}


def pauses_of(root: FlowInstance) -> list[Pause]:
    """Return the times in which the procedure stood still."""
    return [(_moment(since), _moment(until) if until else None) for since, until in root.pauses]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def rule_of(node: Node, matter: Matter, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rule a task of this node is given; nothing given means: as the matter."""
    limit = node.limit(matter.urgency)
    if name := limit.pop("due_var", ""):
        return {"at": at.isoformat()} if (at := as_moment(facts.get(name))) else limit
    return limit


def as_moment(value: object) -> datetime | None:
    """Read a moment or a day (its end) from a variable."""
    if isinstance(value, str) and value:
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return (
            value
            if value.tzinfo
            else _end_of(value.date())
            if _is_day(value)
            else value.replace(tzinfo=clock.ZONE)
        )
    return _end_of(value) if isinstance(value, date) else None


def _is_day(value: datetime) -> bool:
    return value.time() == time(0)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, calendars.end_of_office(), clock.ZONE)


def policy_of(rule: Mapping[str, Any], matter: Matter) -> DeadlinePolicy | None:
    """Return the policy a rule names."""
    code = rule.get("policy")
    return deadlines.policy(code, matter.tenant_id) if code else None


def max_extensions(task: FlowTask, matter: Matter) -> int:
    """Return how often the deadline may be put off."""
    policy = policy_of(task.limit, matter)
    return policy.max_extensions if policy else 1


def due_of(
    rule: Mapping[str, Any], start: datetime, matter: Matter, pauses: Iterable[Pause] = ()
) -> datetime | None:
    """Return when a task falls due that was given this rule at that moment; inside a unit not after its own time."""
    due_at, until = _due_of(rule, start, matter, pauses), as_moment(rule.get("until"))
    if until is None or until <= start:
        return due_at
    return min(due_at, until) if due_at else until


def is_own(rule: Mapping[str, Any]) -> bool:
    """Tell a time of the task's own from the matter's."""
    return any(rule.get(key) for key in ("at", "policy", *UNITS))


def _due_of(
    rule: Mapping[str, Any], start: datetime, matter: Matter, pauses: Iterable[Pause]
) -> datetime | None:
    if at := rule.get("at"):
        return as_moment(at)
    if policy := policy_of(rule, matter):
        return deadlines.compute(policy, start, pauses if policy.pausable else ()).due_at
    for key, unit in UNITS.items():
        if quantity := rule.get(key):
            return deadlines.compute((int(quantity), unit), start, pauses).due_at
    return matter.due_at


def set_due(task: FlowTask, due_at: datetime | None) -> None:
    """Write the deadline and the place it gives in the list."""
    task.due_at = due_at
    task.sort_due = due_at or FAR


def rank_of(matter: Matter) -> int:
    """Return the place of the matter's urgency: 特急 before everything."""
    return 0 if matter.urgency == Urgency.EXTRA_URGENT else 1
