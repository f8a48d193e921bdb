"""Who sees which attachment: whoever sees its matter; the only door for views."""

from django.http import Http404

from zhongshu.base.actors import Actor
from zhongshu.files import permissions, rules
from zhongshu.files.models import Attachment, PrintRequest, PrintRun
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
    return actor.may(permissions.DOWNLOAD) and not rules.obstacles_to_downloading(attachment, by=actor)


def can_print(actor: Actor, attachment: Attachment) -> bool:
    """Say whether a print button is shown; of 工作秘密 it leads to the request."""
    return actor.may(permissions.PRINT) and not attachment.is_void


def can_copy_text(actor: Actor, attachment: Attachment) -> bool:
    """Say whether the letters themselves may leave the house in a copy."""
    return actor.may(permissions.COPY_TEXT) and not rules.obstacles_to_copying(attachment)


def access_print_request(actor: Actor, public_id: str) -> PrintRequest:
    """Return a print request: to who asked, and to those who decide in its office; else 404."""
    found = PrintRequest.objects.select_related("attachment", "matter", "matter__tenant")
    asked = found.filter(public_id=public_id).first()
    if asked is None or not (_asked_it(actor, asked) or decides(actor, asked)):
        raise Http404("没有这份打印申请，或者您无权查看")
    return asked


def access_print_run(actor: Actor, public_id: str) -> PrintRun:
    """Return a print of one's own that one still sees; else 404."""
    found = PrintRun.objects.select_related("attachment", "attachment__matter", "attachment__matter__tenant")
    run = found.filter(public_id=public_id, printed_by_id=actor.person_id or 0).first()
    if run is None or not sees(actor, run.attachment.matter):
        raise Http404("没有这次打印，或者您无权查看")
    return run


def decides(actor: Actor, asked: PrintRequest) -> bool:
    """Say whether the actor decides on print requests of that office."""
    return actor.may(permissions.APPROVE_PRINT) and actor.tenant_id == asked.tenant_id


def _asked_it(actor: Actor, asked: PrintRequest) -> bool:
    return asked.asked_by_id == actor.person_id


def can_arrange(actor: Actor, matter: Matter) -> bool:
    """Say whether the way to adding and arranging attachments is shown."""
    return actor.may(permissions.ATTACH) and not rules.obstacles_to_changing(matter, by=actor)
