"""What the archive declares at start: what it takes, permissions, places, the ways its numbers are written."""

from zhongshu.archive import actions, defaults
from zhongshu.base.actors import Actor
from zhongshu.matters import handovers
from zhongshu.matters.installation import at_installation
from zhongshu.people.models import OrgUnit
from zhongshu.ui import navigation
from zhongshu.ui.navigation import NavItem
from zhongshu.ui.permissions import declare

GROUP = "档案"


def declare_all() -> None:
    """Declare everything; called once when the house starts."""
    handovers.register_taker("archive", actions.take)
    at_installation(begin)
    declare("archive.keep", "归档、编目", roles=("archivist",), group=GROUP)
    declare(
        "archive.read",
        "查看归档目录和归档率",
        roles=("archivist", "secretariat", "office_director", "office_deputy"),
        group=GROUP,
    )
    navigation.register(
        NavItem("documents", "待归档", "archive:waiting", "archive.keep", 110, "归档"),
        NavItem("documents", "归档目录", "archive:catalogue", "archive.read", 120, "归档"),
        NavItem("documents", "归档范围", "archive:scopes", "archive.keep", 130, "归档"),
    )


def begin(office: OrgUnit, by: Actor) -> None:
    """Give a new office the scope table to begin with."""
    defaults.ensure_scopes(office)
