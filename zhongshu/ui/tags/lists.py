"""Lists: trail, pager, opinion of the form sheet."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from zhongshu.base import clock
from zhongshu.ui.tables import Column, Row, Shown
from zhongshu.ui.tags.marks import when_told

register = template.Library()


@register.simple_tag
def trail(entries: Iterable[Any], *, label: str = "办理痕迹") -> SafeString:
    """Draw the trail, newest first; an entry has at, actor_name, unit_name, label, text and maybe is_key."""
    lines = "".join(_trail_line(entry) for entry in entries)
    return SafeString(f'<ol class="zs-trail" aria-label="{escape(label)}">{lines}</ol>')


@register.inclusion_tag("ui/parts/opinion.html")
def opinion(opinion: Any, *, ink_url: str = "", sign_url: str = "") -> dict[str, Any]:
    """Draw one opinion of the sheet: ink or typed text, signature and time, the transcription under ink."""
    return {"opinion": opinion, "ink_url": ink_url, "sign_url": sign_url}


@register.inclusion_tag("ui/parts/pager.html")
def pager(
    next_url: str = "", *, first_url: str = "", said: str = "", target: str = "", part: str = ""
) -> dict[str, Any]:
    """Draw the foot of a list: what is shown, and the next page."""
    return {"next_url": next_url, "first_url": first_url, "said": said, "target": target, "part": part}


@register.simple_tag
def order_url(shown: Shown, order: str) -> str:
    """Return the address of a register in another order."""
    return shown.state.query(order=order)


@register.simple_tag
def register_rows(shown: Shown) -> SafeString:
    """Draw the rows of a register: written out here, as the template's engine took a third of the page's time."""
    classes = [column.classes for column in shown.columns]
    return SafeString(
        "".join(
            _row(row, classes, is_ticked=shown.is_ticked, is_first=n == 0) for n, row in enumerate(shown.rows)
        )
    )


def _row(row: Row, classes: list[str], *, is_ticked: bool, is_first: bool) -> str:
    key, label = escape(row.id), escape(row.label)
    unread = ' class="is-unread"' if row.is_unread else ""
    drawer = f' data-drawer-url="{escape(row.drawer_url)}"' if row.drawer_url else ""
    tick = (
        '<td class="zs-tick zs-no-print"><input type="checkbox" class="form-check-input" name="id" '
        f'value="{key}" form="bulk-form" data-tick aria-label="选择 {label}"></td>'
    )
    cells = "".join(
        f'<td class="{cls}">{_cell(column, value, row.url, label)}</td>'
        for (column, value), cls in zip(row.cells, classes, strict=True)
    )
    return (
        f'<tr data-row tabindex="{0 if is_first else -1}" id="row-{key}"{unread}{drawer}>'
        f"{tick if is_ticked else ''}{cells}</tr>"
    )


def _cell(column: Column, value: Any, url: str, label: str) -> str:
    html = value.__html__() if hasattr(value, "__html__") else escape(str(value))
    return f'<a href="{escape(url)}" title="{label}">{html}</a>' if column.is_title and url else html


def _trail_line(entry: Any) -> str:
    behalf, name = getattr(entry, "on_behalf_of_name", ""), getattr(entry, "actor_name", "")
    who = f"{name}（代{behalf}）" if behalf and behalf not in name else name
    unit, text = getattr(entry, "unit_name", ""), getattr(entry, "text", "")
    is_refused = getattr(entry, "outcome", "") == "refused"
    is_key = getattr(entry, "key_act", False) or (getattr(entry, "data", None) or {}).get("key_act")
    kinds = " ".join(kind for kind, there in (("is-key", is_key), ("is-refused", is_refused)) if there)
    said = f"{getattr(entry, 'label', '')}{'（未予办理）' if is_refused else ''}{f'：{text}' if text else ''}"
    at_unit = f' <span class="zs-meta">{escape(unit)}</span>' if unit else ""
    return (
        f'<li class="{kinds}"><time datetime="{clock.local(entry.at).isoformat()}">{when_told(entry.at)}</time>'
        f'<div><b class="zs-trail-who">{escape(who)}</b>'
        f"{at_unit}<p>{escape(said)}</p></div></li>"
    )
