"""Panels of the desk: rooms hang theirs in, the desk shows those the person may see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhongshu.base.actors import Actor


@dataclass(frozen=True)
class DeskPanel:
    """One panel: a template and what it is filled with; None of content leaves it out."""

    code: str
    template: str
    content: Callable[[Actor], dict[str, Any] | None]
    permission: str = ""
    side: bool = False
    for_leaders: bool = False
    order: int = 100


_panels: dict[str, DeskPanel] = {}


def register_panel(panel: DeskPanel) -> None:
    """Hang a panel onto the desk."""
    _panels[panel.code] = panel


def panels_for(actor: Actor, *, leaders: bool = False) -> list[tuple[DeskPanel, dict[str, Any]]]:
    """Return the panels a person sees, with their content."""
    shown = sorted(_panels.values(), key=lambda panel: panel.order)
    found = [
        (panel, panel.content(actor))
        for panel in shown
        if panel.for_leaders == leaders and (not panel.permission or actor.may(panel.permission))
    ]
    return [(panel, content) for panel, content in found if content is not None]
