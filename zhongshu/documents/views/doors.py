"""The doors of one paper's addresses: who may not see it learns nothing; who sees it may still be told no."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from zhongshu.base.actors import Actor
from zhongshu.documents.access import access_incoming, access_instruction
from zhongshu.documents.models import IncomingDocument, LeaderInstruction
from zhongshu.ui.permissions import SIGNED_IN, to_sign_in
from zhongshu.ui.requests import OfficeRequest, actor_of

P = ParamSpec("P")
Paper = TypeVar("Paper", IncomingDocument, LeaderInstruction)
PaperView = Callable[Concatenate[OfficeRequest, Paper, P], HttpResponse]
View = Callable[Concatenate[OfficeRequest, str, P], HttpResponse]


def of_paper(*codes: str) -> Callable[[PaperView[IncomingDocument, P]], View[P]]:
    """Hand the view the 收文 its address names: 404 first for who may not see it, then 403 for who may not act.

    Without codes it is enough to have a part in the paper: a colleague it was handed to may hold no role at all.
    """
    return _door(access_incoming, codes)


def of_instruction(*codes: str) -> Callable[[PaperView[LeaderInstruction, P]], View[P]]:
    """Hand the view the 批示件 its address names, 404 and 403 in the same order."""
    return _door(access_instruction, codes)


def _door(
    find: Callable[[Actor, str], Paper], codes: tuple[str, ...]
) -> Callable[[PaperView[Paper, P]], View[P]]:
    def decorate(view: PaperView[Paper, P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: OfficeRequest, public_id: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            actor = actor_of(request)
            if actor is None:
                return to_sign_in(request)
            found = find(actor, public_id)
            if codes and not any(actor.may(code) for code in codes):
                raise PermissionDenied("您的岗位没有打开这一页的权限。")
            return view(request, found, *args, **kwargs)

        guarded.permission = "|".join(codes) or SIGNED_IN  # type: ignore[attr-defined]
        return guarded

    return decorate
