"""What an act on the sheet is, as its button and its form show it.

Not a rule book: whether an act is open to somebody is decided by the actions themselves; `phases` only says on
whose task the button is drawn, `shown` when pressing it would be pointless.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhongshu.base.actors import Actor
from zhongshu.documents import forms
from zhongshu.documents.models import IncomingDocument, Proposal
from zhongshu.documents.sheet import Sheet

Perform = Callable[[IncomingDocument, Any, Actor], object]
Initial = Callable[[IncomingDocument], dict[str, Any]]


def nothing(_incoming: IncomingDocument) -> dict[str, Any]:
    """Prefill nothing."""
    return {}


def while_open(sheet: Sheet) -> bool:
    """Show an act as long as the matter is open."""
    return sheet.matter.is_open


@dataclass(frozen=True)
class Act:
    """One act of the sheet; `permission` may name several, joined by |."""

    code: str
    label: str
    form: type[forms.ActForm]
    perform: Perform
    phases: tuple[str, ...] = ()
    permission: str = ""
    template: str = "documents/act.html"
    submit: str = ""
    said: str = ""
    sign: str = ""
    key: str = ""
    initial: Initial = nothing
    is_open: bool = False
    shown: Callable[[Sheet], bool] = while_open

    @property
    def button(self) -> str:
        """Return the words on the button that sends it."""
        return self.submit or self.label

    def is_for(self, actor: Actor) -> bool:
        """Tell whether the actor's post does such a thing at all."""
        return not self.permission or any(actor.may(code) for code in self.permission.split("|"))


def last_proposal(incoming: IncomingDocument) -> dict[str, Any]:
    """Prefill 转给 and 时限 from the last 拟办."""
    found: Proposal | None = incoming.proposals.last()
    if found is None:
        return {"lead_unit": incoming.lead_unit_id}
    return {
        "lead_unit": found.lead_unit_id,
        "co_units": found.co_units,
        "due_at": forms.local_minute(found.due_at or incoming.matter.due_at),
        "requirement": found.text,
    }


def first_proposal(incoming: IncomingDocument) -> dict[str, Any]:
    """Prefill the 拟办 with what is known: kind and deadline, and the last one where it is done again."""
    known = {"handling_type": incoming.handling_type, "due_at": forms.local_minute(incoming.matter.due_at)}
    found: Proposal | None = incoming.proposals.last()
    if found is None:
        return known
    last = {name: getattr(found, name) for name in ("text", "basis", "leaders", "co_units")}
    return {**known, **last, "lead_unit": found.lead_unit_id}


def registered(incoming: IncomingDocument) -> dict[str, Any]:
    """Prefill a registration with what is known of the paper."""
    names = forms.RegistrationForm.base_fields
    known = {name: getattr(incoming, name) for name in names if hasattr(incoming, name)}
    return {**known, **{name: getattr(incoming.matter, name) for name in ("title", "urgency", "label")}}
