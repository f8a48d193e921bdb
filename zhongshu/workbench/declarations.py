"""What the workbench declares at start: its place on the rail and the search box of the shell."""

from zhongshu.ui import navigation, slots
from zhongshu.ui.addresses import address
from zhongshu.ui.navigation import NavItem


def declare_all() -> None:
    """Declare everything; called once when the house starts."""
    navigation.register(NavItem("desk", "工作台", "workbench:desk", order=1))
    slots.fill(
        search_url=lambda: address("workbench:search"),
        suggest_url=lambda: address("workbench:suggest"),
    )
