"""Reads shared by screens and rooms."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from zhongshu.files.models import Attachment, AttachmentKind, Drop, DropState
from zhongshu.matters.models import Matter

ORDER = (AttachmentKind.BODY, AttachmentKind.SCAN, AttachmentKind.ATTACHMENT, AttachmentKind.FEEDBACK)


def attachments_of(matter: Matter, *, with_void: bool = False) -> QuerySet[Attachment]:
    """Return a matter's attachments as the tabs show them: body first."""
    rank = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(ORDER)),
        default=Value(len(ORDER)),
        output_field=IntegerField(),
    )
    found = matter.attachments.all()
    if not with_void:
        found = found.filter(voided_at__isnull=True)
    return found.order_by(rank, "position", "id")


def body_of(matter: Matter) -> Attachment | None:
    """Return the body (or the scan that stands for it)."""
    return attachments_of(matter).filter(kind__in=(AttachmentKind.BODY, AttachmentKind.SCAN)).first()


def words_of(matter: Matter) -> str:
    """Return names and words of a matter's attachments for the search index; cheap, for use inside an act."""
    found = attachments_of(matter).values_list("name", "words__words")
    return "\n".join(f"{name}\n{words or ''}" for name, words in found)


def digests_in_use(tenant_id: int, digests: list[str]) -> set[str]:
    """Return those of the digests that rows of this tenant speak of."""
    attached = Attachment.objects.filter(tenant_id=tenant_id, sm3_digest__in=digests)
    laid = Drop.objects.filter(tenant_id=tenant_id, sm3_digest__in=digests, state=DropState.CLEAN)
    found = attached.order_by().values_list("sm3_digest", flat=True)
    return {*found, *laid.order_by().values_list("sm3_digest", flat=True)}
