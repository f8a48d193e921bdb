"""What files hangs into the navigation: the judgement of doubtful files, and their release."""

from zhongshu.base.actors import Actor
from zhongshu.files import permissions, review
from zhongshu.ui.navigation import NavItem, register


def _waiting(actor: Actor) -> int | None:
    return review.cases_of(actor)[:100].count() or None


register(
    NavItem(
        "documents",
        "保密审查",
        "files:secrecy",
        f"{permissions.REVIEW_SECRECY}|{permissions.CONFIRM_SCAN}",
        55,
        "收文",
        count=_waiting,
    ),
    NavItem("system", "放行申请", "files:releases", permissions.RELEASE, 150, "账号与权限"),
)
