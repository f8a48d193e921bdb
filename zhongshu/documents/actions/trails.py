"""The line an act of this room leaves in the trail of its document."""

from typing import Any

from zhongshu.base.actors import Actor
from zhongshu.base.trail import record
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.states import KIND


def note(incoming: IncomingDocument, verb: str, label: str, text: str, by: Actor, **extra: Any) -> None:
    """Note what was done with the document."""
    record(
        verb,
        by=by,
        object_kind=KIND,
        object_id=incoming.matter.public_id,
        label=label,
        text=text,
        matter_id=incoming.pk,
        **extra,
    )
