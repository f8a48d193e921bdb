"""The deadline light: shape, colour and words, always all three."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from zhongshu.base import calendars, clock

# Colour to (shape, name).
LOOKS = {
    "": ("", ""),
    "g": ("●", "正常"),
    "y": ("◆", "临期"),
    "r": ("■", "超期"),
    "done": ("✓", "已办结"),
    "paused": ("○", "暂停"),
}
NEAR = 2


@dataclass(frozen=True)
class Light:
    """What a row shows of its deadline; without a deadline the colour is empty."""

    colour: str
    words: str

    @property
    def shape(self) -> str:
        """Return the sign that can be told apart without colour."""
        return LOOKS[self.colour][0]

    @property
    def name(self) -> str:
        """Return the state in words: 正常, 临期, 超期, 已办结, 暂停."""
        return LOOKS[self.colour][1]


def light(
    due_at: datetime | None,
    closed_at: datetime | None = None,
    now: datetime | None = None,
    paused: bool = False,
    *,
    near: int = NEAR,
) -> Light:
    """Return the light; it turns ◆ when at most `near` working days are left."""
    if closed_at:
        return Light("done", "已办结")
    if paused:
        return Light("paused", "暂停")
    if due_at is None:
        return Light("", "")
    now, due_at = clock.local(now or clock.now()), clock.local(due_at)
    if now > due_at:
        return Light("r", _overdue(now, due_at))
    left = calendars.workdays_between(now.date(), due_at.date())
    return Light("g" if left > near else "y", _remaining(now, due_at, left))


def _remaining(now: datetime, due_at: datetime, left: int) -> str:
    if now.date() == due_at.date():
        return f"今日 {due_at:%H:%M}"
    return f"余{left}天" if left else f"余{(due_at - now) // timedelta(hours=1)}小时"


def _overdue(now: datetime, due_at: datetime) -> str:
    """Say by how much: within a day in hours, then in working days."""
    late = now - due_at
    if late < timedelta(hours=1):
        return f"超期{max(1, late // timedelta(minutes=1))}分钟"
    if late < timedelta(days=1):
        return f"超期{late // timedelta(hours=1)}小时"
    return f"超期{max(1, calendars.workdays_between(due_at.date(), now.date()))}天"
