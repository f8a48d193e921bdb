"""When a paper, a 批示 and a task fall due: the house's own reckoning, remembered by day."""

import datetime as dt
from typing import Any

from demo.papers.paper import Paper
from zhongshu.base import clock, deadlines
from zhongshu.base.deadlines import DeadlinePolicy
from zhongshu.flow import limits
from zhongshu.matters.cursors import FAR

_DAYS = (("days", "workday"), ("calendar_days", "calendar_day"))


class Dues:
    """The deadlines of one office."""

    def __init__(self, tenant_id: int) -> None:
        self._tenant_id = tenant_id
        self._policies: dict[str, DeadlinePolicy] = {}
        self._known: dict[tuple[str, int, dt.date], dt.datetime] = {}

    def of_paper(self, paper: Paper) -> dt.datetime:
        """As the paper states itself, else by its urgency and kind."""
        if paper.due:
            return paper.due
        code = "request" if paper.kind == "请示" and paper.urgency == "normal" else paper.urgency
        return self._by_policy(f"documents.incoming.{code}", paper.received_at)

    def of_instruction(self, instructed_at: dt.datetime) -> dt.datetime:
        return self._by_policy("documents.instruction.county", instructed_at)

    def of_task(self, rule: dict[str, Any], start: dt.datetime, matter_due: dt.datetime) -> dt.datetime:
        """By the rule the task was given."""
        if at := rule.get("at"):
            return limits.as_moment(at) or FAR
        for key, unit in _DAYS:
            if quantity := rule.get(key):
                return self._by_days(unit, int(quantity), start)
        if quantity := rule.get("hours"):
            return deadlines.compute((int(quantity), "hour"), start).due_at
        return matter_due

    def _by_policy(self, code: str, start: dt.datetime) -> dt.datetime:
        if code not in self._policies:
            self._policies[code] = deadlines.policy(code, self._tenant_id)
        return deadlines.compute(self._policies[code], start).due_at

    def _by_days(self, unit: str, quantity: int, start: dt.datetime) -> dt.datetime:
        """Days end with the office hours, so the day of the start decides."""
        day = start.astimezone(clock.ZONE).date()
        if (unit, quantity, day) not in self._known:
            self._known[unit, quantity, day] = deadlines.compute((quantity, unit), start).due_at
        return self._known[unit, quantity, day]
