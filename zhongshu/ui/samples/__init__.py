"""What the styleguide shows: invented papers of the fictional county, for the eye only."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from zhongshu.ui.samples import desks, register, sheets

Context = dict[str, Any]

PAGES: dict[str, tuple[str, Callable[[HttpRequest], Context]]] = {
    "register": ("台账与抽屉", register.context),
    "sheet": ("办理单", sheets.context),
    "desk": ("工作台", desks.desk),
    "cockpit": ("领导工作台", desks.cockpit),
    "phone-list": ("手机：待批", desks.phone),
    "phone-sheet": ("手机：办理单与手写", sheets.context),
}


def sample_of(page: str, request: HttpRequest) -> Context:
    """Return the context of a sample page."""
    return PAGES[page][1](request)
