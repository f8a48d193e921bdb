"""Lists: trail, pager, opinion of the form sheet."""

from collections.abc import Iterable
from typing import Any

from django import template

from zhongshu.ui.tables import Shown

register = template.Library()


@register.inclusion_tag("ui/parts/trail.html")
def trail(entries: Iterable[Any], *, label: str = "办理痕迹") -> dict[str, Any]:
    """Draw the trail, newest first; an entry has at, actor_name, unit_name, label, text and maybe is_key."""
    return {"lines": [_trail_line(entry) for entry in entries], "label": label}


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


def _trail_line(entry: Any) -> dict[str, Any]:
    behalf = getattr(entry, "on_behalf_of_name", "")
    name = getattr(entry, "actor_name", "")
    data = getattr(entry, "data", None) or {}
    return {
        "at": entry.at,
        "who": f"{name}（代{behalf}）" if behalf and behalf not in name else name,
        "unit": getattr(entry, "unit_name", ""),
        "label": getattr(entry, "label", ""),
        "text": getattr(entry, "text", ""),
        "is_key": bool(getattr(entry, "key_act", False) or data.get("key_act")),
        "is_refused": getattr(entry, "outcome", "") == "refused",
    }
