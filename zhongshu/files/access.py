"""Who sees which attachment: whoever sees its matter; the only door for views."""

from django.http import Http404

from zhongshu.base.actors import Actor
from zhongshu.files import permissions, rules
from zhongshu.files.models import Attachment
from zhongshu.matters.access import sees
from zhongshu.matters.models import Matter


def access_attachment(actor: Actor, public_id: str) -> Attachment:
    """Return the attachment, or 404: who may not see it cannot tell that it exists."""
    attachment = (
        Attachment.objects.select_related("matter", "matter__tenant").filter(public_id=public_id).first()
    )
    if attachment is None or not sees(actor, attachment.matter):
        raise Http404("没有这份附件，或者您无权查看")
    return attachment


def can_download(actor: Actor, attachment: Attachment) -> bool:
    """Say whether a download button is shown."""
    return actor.may(permissions.DOWNLOAD) and not rules.obstacles_to_downloading(attachment)


def can_print(actor: Actor, attachment: Attachment) -> bool:
    """Say whether a print button is shown."""
    return actor.may(permissions.PRINT) and not rules.obstacles_to_printing(attachment, 1, by=actor)


def can_arrange(actor: Actor, matter: Matter) -> bool:
    """Say whether the way to adding and arranging attachments is shown."""
    return actor.may(permissions.ATTACH) and not rules.obstacles_to_changing(matter, by=actor)
