"""Small marks: deadline light, urgency, tag, count, moments of time."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from zhongshu.base import clock

register = template.Library()

LIGHTS = {"g": "正常", "y": "临期", "r": "超期", "done": "已办结", "paused": "暂停"}
URGENCIES = {
    "extra_urgent": ("特急", "is-urgent"),
    "urgent": ("加急", "is-soon"),
    "normal": ("平件", ""),
}


@register.simple_tag
def light(light: Any, words: Any = None, *, big: bool = False, bare: bool = False) -> SafeString:
    """Draw a deadline light from a `Light`, or from a colour and words; `bare` leaves only shape and number."""
    colour = light if isinstance(light, str) else getattr(light, "colour", "")
    if colour not in LIGHTS:
        return mark_safe("")
    said = words if words is not None else getattr(light, "words", LIGHTS[colour])
    size = " is-big" if big else ""
    hidden = format_html('<span class="visually-hidden">{}</span>', LIGHTS[colour]) if bare else ""
    text = '<span class="zs-light is-{}{}"><i aria-hidden="true"></i>{}{}</span>'
    return format_html(text, colour, size, hidden, said)


@register.simple_tag
def urgency(value: str, *, always: bool = False) -> SafeString:
    """Draw 特急 or 加急; 平件 only where `always` is asked for."""
    if value not in URGENCIES or (value == "normal" and not always):
        return mark_safe("")
    word, kind = URGENCIES[value]
    return format_html('<span class="zs-tag {}">{}</span>', kind, word)


@register.simple_tag
def tag(words: str, kind: str = "") -> SafeString:
    """Draw a grey tag; kind is "", "soon" (outlined in ink), "urgent" (solid) or "flat"."""
    return format_html('<span class="zs-tag{}">{}</span>', f" is-{kind}" if kind else "", words)


@register.simple_tag
def count(number: int | None) -> SafeString:
    """Draw the red figure of unread things; nothing for none."""
    if not number:
        return mark_safe("")
    return format_html('<span class="zs-count">{}</span>', "99+" if number > 99 else number)


@register.filter
def capped(number: int, cap: int = 999) -> str:
    """Write a counter that was counted only up to a cap."""
    return f"{cap}+" if number > cap else str(number)


@register.filter
def when(moment: datetime | None) -> str:
    """Write a moment for lists: 08:47 today, 06-09 16:40 this year, 2025-06-09 before."""
    if moment is None:
        return ""
    local = clock.local(moment)
    today = clock.today()
    if local.date() == today:
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d}"


@register.filter
def when_told(moment: datetime | None) -> str:
    """Write a moment for the trail: 今日 10:05, 06-09 15:06, 2025-06-09 15:06."""
    if moment is None:
        return ""
    local = clock.local(moment)
    today = clock.today()
    if local.date() == today:
        return f"今日 {local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d %H:%M}"


@register.filter
def day_words(day: date | datetime | None) -> str:
    """Write a day as documents do: 2026年6月9日."""
    day = _day(day)
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@register.filter
def day_short(day: date | datetime | None) -> str:
    """Write a day without its year where it is this year's: 6月9日."""
    day = _day(day)
    if day is None:
        return ""
    return (
        f"{day.month}月{day.day}日"
        if day.year == clock.today().year
        else f"{day.year}年{day.month}月{day.day}日"
    )


@register.filter
def moment_words(moment: datetime | None) -> str:
    """Write a moment under an opinion: 6月9日 14:10."""
    return f"{day_short(moment)} {clock.local(moment):%H:%M}" if moment else ""


def _day(day: date | datetime | None) -> date | None:
    return clock.local(day).date() if isinstance(day, datetime) else day
