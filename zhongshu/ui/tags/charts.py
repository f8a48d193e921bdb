"""Charts drawn by the server as SVG: progress, stacked bar, sparkline, paired columns."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

STACK = ("done", "g", "y", "r")


@register.simple_tag
def progress(percent: int) -> SafeString:
    """Draw a bar of progress with its figure."""
    width = max(0, min(100, int(percent)))
    text = (
        '<span class="zs-prog"><svg class="zs-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="back" width="100" height="6"/><rect class="fill" width="{}" height="6"/></svg><b>{}%</b></span>'
    )
    return format_html(text, width, width)


@register.simple_tag
def stack(done: int = 0, g: int = 0, y: int = 0, r: int = 0, *, of: int = 0) -> SafeString:
    """Draw one stacked bar (办结 正常 临期 超期) to the scale of `of`, the longest bar."""
    parts = list(zip(STACK, (done, g, y, r), strict=True))
    total = max(of, done + g + y + r, 1)
    x, rects = 0.0, []
    for name, value in parts:
        if value:
            width = value / total * 200
            rects.append((name, round(x, 1), round(max(width - 1, 1), 1)))
            x += width
    drawn = format_html_join("", '<rect class="is-{}" x="{}" width="{}" height="12"/>', rects)
    said = f"办结{done}，正常{g}，临期{y}，超期{r}"
    text = '<svg class="zs-stack-bar" viewBox="0 0 200 12" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    return format_html(text, said, drawn)


@register.simple_tag
def sparkline(values: Sequence[float], label: str = "") -> SafeString:
    """Draw a small line of development, its last point marked."""
    if not values:
        return mark_safe("")
    points = _points(values, width=54, height=14, left=4, top=4)
    path = " ".join(f"{x},{y}" for x, y in points)
    said = label or "、".join(str(value) for value in values)
    text = (
        '<svg class="zs-spark" viewBox="0 0 64 22" role="img" aria-label="{}">'
        '<polyline class="line" points="{}"/><circle class="dot" cx="{}" cy="{}" r="2.5"/></svg>'
    )
    return format_html(text, said, path, *points[-1])


@register.simple_tag
def columns(rows: Sequence[Sequence[Any]], label: str, *, height: int = 112, width: int = 512) -> SafeString:
    """Draw paired columns: rows of (name, last year's value, this year's value); values are printed.

    A long series takes more width; a value that is None is not drawn.
    """
    top = _ceiling(max([max(row[1] or 0, row[2] or 0) for row in rows] or [1]))
    base, span = height - 22, height - 40
    step = (width - 26) / max(len(rows), 1)
    parts = [_grid(top, base, span, width)]
    for index, (name, before, now) in enumerate(rows):
        parts.append(_pair(26 + step * (index + 0.5), name, before, now, top=top, base=base, span=span))
    text = '<svg class="zs-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    return format_html(text, width, height, label, mark_safe("".join(parts)))


def _grid(top: int, base: int, span: int, width: int) -> SafeString:
    lines = [(base - span * i / 2 + 0.5, base - span * i / 2 + 4, top * i // 2, width) for i in range(3)]
    text = '<line class="grid" x1="26" x2="{3}" y1="{0}" y2="{0}"/><text x="20" y="{1}" text-anchor="end">{2}</text>'
    return mark_safe("".join(format_html(text, *line) for line in lines))


def _pair(
    x: float, name: str, before: int | None, now: int | None, *, top: int, base: int, span: int
) -> SafeString:
    drawn = [format_html('<text x="{}" y="{}" text-anchor="middle">{}</text>', round(x, 1), base + 17, name)]
    for value, left, cls, text_cls in (
        (before, x - 23, "is-before", "before"),
        (now, x + 1, "is-now", "value"),
    ):
        if value is not None:
            high = round(span * value / top, 1)
            drawn.append(_column(round(left, 1), round(base - high, 1), high, cls))
            drawn.append(_figure(round(left + 11, 1), round(base - high - 4, 1), value, text_cls))
    return mark_safe("".join(drawn))


def _column(x: float, y: float, high: float, cls: str) -> SafeString:
    return format_html('<rect class="{}" x="{}" y="{}" width="22" height="{}"/>', cls, x, y, high)


def _figure(x: float, y: float, value: int, cls: str) -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>', cls, x, y, value)


def _points(
    values: Sequence[float], *, width: int, height: int, left: int, top: int
) -> list[tuple[float, float]]:
    low, high = min(values), max(values)
    reach = (high - low) or 1
    step = width / max(len(values) - 1, 1)
    return [
        (round(left + i * step, 1), round(top + height - (v - low) / reach * height, 1))
        for i, v in enumerate(values)
    ]


def _ceiling(value: float) -> int:
    """Return the round figure the axis ends at: 10, 20, 40, 50, 100, 200 …"""
    size = 10
    while True:
        for step in (1, 2, 4, 5):
            if size * step >= value:
                return size * step
        size *= 10
