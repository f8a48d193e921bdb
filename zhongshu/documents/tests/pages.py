"""The sheet as its people meet it: addresses of acts and verbs, forms sent, and what the page says."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from zhongshu.base import clock
from zhongshu.documents.models import IncomingDocument
from zhongshu.flow.models import FlowTask
from zhongshu.matters.models import Notification


def sheet(incoming: IncomingDocument) -> str:
    """Return the address of a paper's sheet."""
    return reverse("documents:incoming", args=[incoming.matter.public_id])


def act(incoming: IncomingDocument, code: str) -> str:
    """Return the address of an act of the room."""
    return reverse("documents:incoming_act", args=[incoming.matter.public_id, code])


def task_verb(task: FlowTask, verb: str) -> str:
    """Return the address of a verb on a task."""
    return reverse("flow:task_verb", args=[task.matter.public_id, task.pk, verb])


def matter_verb(incoming: IncomingDocument, verb: str) -> str:
    """Return the address of a verb on the matter."""
    return reverse("flow:matter_verb", args=[incoming.matter.public_id, verb])


def minute(at: datetime | None = None, **ahead: float) -> str:
    """Return a moment as the date-time control sends it; without one, so long from now."""
    return clock.local(at or clock.now() + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


def do(client: Any, incoming: IncomingDocument, code: str, **data: Any) -> Any:
    """Send an act's form."""
    return client.post(act(incoming, code), data)


def buttons(client: Any, incoming: IncomingDocument) -> str:
    """Return the page's action bar as the signed-in person sees it."""
    text: str = client.get(sheet(incoming)).text
    return text.split('class="zs-actions', 1)[-1].split("<aside", 1)[0]


def task_of(incoming: IncomingDocument, **known: Any) -> FlowTask:
    """Return the open task of which something is known."""
    return FlowTask.objects.get(matter=incoming.matter, closed_at__isnull=True, **known)


def told(person: Any, event: str = "") -> list[str]:
    """Return what a person was told, newest first."""
    found = Notification.objects.filter(person=person).order_by("-pk")
    return list((found.filter(event=event) if event else found).values_list("text", flat=True))
