from .calendars import CalendarVersion, CalendarYear, WorkCalendar
from .deadlines import DeadlinePolicy
from .numbers import NumberSequence, NumberUse
from .trail import ActKey, TrailEntry, TrailHead

__all__ = [
    "ActKey",
    "CalendarVersion",
    "CalendarYear",
    "DeadlinePolicy",
    "NumberSequence",
    "NumberUse",
    "TrailEntry",
    "TrailHead",
    "WorkCalendar",
]
