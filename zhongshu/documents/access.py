"""Who sees which incoming document; the only door of this room's views."""

from django.db.models import QuerySet
from django.http import Http404

from zhongshu.base.actors import Actor
from zhongshu.documents.models import IncomingDocument, LeaderInstruction, RegisterImport
from zhongshu.documents.states import INSTRUCTION_KIND, KIND
from zhongshu.matters.access import access_matter, matters_visible_to
from zhongshu.people import joined

UNREAD = [*joined.unit("issuer_unit"), *joined.unit("lead_unit"), *joined.person("first_receiver")]


def access_incoming(actor: Actor, public_id: str) -> IncomingDocument:
    """Return the document, or 404: another unit cannot tell that it exists."""
    matter = access_matter(actor, public_id, KIND)
    wide = IncomingDocument.objects.select_related("issuer_unit", "lead_unit", "first_receiver")
    found = wide.defer(*UNREAD).get(pk=matter.pk)
    found.matter = matter
    return found


def incoming_visible_to(actor: Actor) -> QuerySet[IncomingDocument]:
    """Return all the actor may see; for small sets, lists start from Part."""
    return IncomingDocument.objects.filter(matter__in=matters_visible_to(actor).filter(kind=KIND))


def access_instruction(actor: Actor, public_id: str) -> LeaderInstruction:
    """Return the 批示件 if the actor is in the circle of those who may know."""
    matter = access_matter(actor, public_id, INSTRUCTION_KIND)
    found = LeaderInstruction.objects.select_related("source__matter", "owner_unit", "leader", "opinion")
    row = found.filter(pk=matter.pk).first()
    if row is None:
        raise Http404
    row.matter = matter
    return row


def access_import(actor: Actor, public_id: str) -> RegisterImport:
    """Return an import of the actor's own office."""
    rows = RegisterImport.objects.select_related("created_by").filter(tenant_id=actor.tenant_id or 0)
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
