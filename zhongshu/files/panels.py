"""What files hang onto the desk: requests to print that wait for an answer."""

from typing import Any

from zhongshu.base.actors import Actor
from zhongshu.files import permissions
from zhongshu.files.models import PrintRequest, PrintState
from zhongshu.matters.panels import DeskPanel, register_panel
from zhongshu.ui import navigation
from zhongshu.ui.navigation import NavItem

MOST = 6


def register() -> None:
    """Hang the panel and the line of the navigation."""
    template = "files/panels/print_requests.html"
    register_panel(
        DeskPanel("print_requests", template, waiting, permissions.APPROVE_PRINT, side=True, order=15)
    )
    navigation.register(
        NavItem(
            "desk", "打印申请", "files:print_requests", f"{permissions.PRINT}|{permissions.APPROVE_PRINT}", 85
        )
    )


def waiting(actor: Actor) -> dict[str, Any] | None:
    """Return the requests of the actor's office that nobody has answered, oldest first."""
    found = PrintRequest.objects.filter(tenant_id=actor.tenant_id or 0, state=PrintState.ASKED)
    others = (
        found.exclude(asked_by_id=actor.person_id or 0).select_related("matter").order_by("asked_at", "id")
    )
    rows = list(others[:MOST])
    return {"rows": rows} if rows else None
