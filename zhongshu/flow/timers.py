"""When to remind: before the deadline, at it, and after it ever higher up (domain 0.6)."""

from datetime import datetime, timedelta

from zhongshu.base import calendars, clock
from zhongshu.flow.models import FlowTask, FlowTimer
from zhongshu.matters import events, settings
from zhongshu.matters.events import Event
from zhongshu.matters.models import Matter, Urgency
from zhongshu.matters.settings import Declared

Kind = FlowTimer.Kind
GROUP = "催办"

settings.declare(
    Declared("flow.before_hours", "紧急件到期前几小时提醒", "int", 2, GROUP, "加急、特急件", 0, 72),
    Declared("flow.before_days", "平件到期前几个工作日提醒", "int", 1, GROUP, "", 0, 10),
    Declared("flow.late_1", "逾期几个工作日报分管副主任", "int", 1, GROUP, "", 0, 30),
    Declared("flow.late_3", "逾期几个工作日报主任", "int", 3, GROUP, "", 0, 60),
    Declared("flow.unclaimed", "几个工作日未签收再提醒", "int", 1, GROUP, "", 0, 30),
)
events.declare(
    Event("flow.todo", "新待办"),
    Event("flow.returned", "被退回、被撤回"),
    Event("flow.cc", "传阅"),
    Event("flow.remind", "催办"),
    Event("flow.due", "期限将到、到期"),
    Event("flow.late", "逾期升级"),
    Event("flow.changed", "办理变动"),
)


def first(task: FlowTask, matter: Matter, now: datetime) -> list[FlowTimer]:
    """Return the first timers of a task that has just come."""
    found = [FlowTimer(task=task, kind=Kind.UNCLAIMED, due_at=_days_on(now, "flow.unclaimed", matter))]
    waiting = found if task.assignee_id is None else []
    return waiting + ([coming] if (coming := following(task, matter, now)) else [])


def following(task: FlowTask, matter: Matter, now: datetime) -> FlowTimer | None:
    """Return the next timer of a task after the moment; one only, the rest follow when it has rung."""
    if task.due_at is None:
        return None
    for kind, at in schedule(task.due_at, matter):
        if at > now:
            return FlowTimer(task=task, kind=kind, due_at=at)
    return None


def schedule(due_at: datetime, matter: Matter) -> list[tuple[str, datetime]]:
    """Return the moments at which a deadline makes itself heard, in order."""
    if matter.urgency == Urgency.NORMAL:
        before = _days_on(due_at, "flow.before_days", matter, back=True)
    else:
        before = due_at - timedelta(hours=settings.get("flow.before_hours", matter.tenant_id))
    return [
        (Kind.BEFORE, before),
        (Kind.DUE, due_at),
        (Kind.LATE_1, _days_on(due_at, "flow.late_1", matter)),
        (Kind.LATE_3, _days_on(due_at, "flow.late_3", matter)),
    ]


def _days_on(moment: datetime, setting: str, matter: Matter, *, back: bool = False) -> datetime:
    """Return the same time of day so many working days on."""
    here = clock.local(moment)
    days = settings.get(setting, matter.tenant_id)
    day = calendars.add_workdays(here.date(), -days if back else days)
    return datetime.combine(day, here.time(), clock.ZONE)
