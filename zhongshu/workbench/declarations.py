"""What the workbench declares at start: its place on the rail and the search box of the shell."""

from django.urls import reverse

from zhongshu.ui import navigation, slots
from zhongshu.ui.navigation import NavItem


def declare_all() -> None:
    """Declare everything; called once when the house starts."""
    navigation.register(NavItem("desk", "工作台", "workbench:desk", order=1))
    slots.fill(
        search_url=lambda: reverse("workbench:search"),
        suggest_url=lambda: reverse("workbench:suggest"),
    )
