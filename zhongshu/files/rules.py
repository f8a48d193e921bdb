"""When a file may join a matter, leave it, be renamed, be taken away on paper; reads only."""

from collections.abc import Callable

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refusal
from zhongshu.files import permissions
from zhongshu.files.limits import MOST_A_MATTER
from zhongshu.files.models import Attachment
from zhongshu.matters import settings
from zhongshu.matters.models import Matter, Part, SecurityLabel

Guard = Callable[[Matter, Actor], list[Refusal]]

READING = ("reader", "cc", "circle")
NOT_YOURS = Refusal("FILE-26", "这件不在您手上办理，不能变动附件", "file")

_guards: dict[str, Guard] = {}


def register_guard(kind: str, guard: Guard) -> None:
    """Let a room say who, besides the keepers of the office's papers, may change its matters' files, and when."""
    _guards[kind] = guard


def obstacles_to_changing(matter: Matter, *, by: Actor) -> list[Refusal]:
    """Say why the matter's files stand still."""
    if not matter.is_open:
        return [Refusal("FILE-13", "这件已经办结，附件不能再变动", "file")]
    if by.person_id is None or by.may(permissions.KEEP):
        return []
    return _guards.get(matter.kind, only_with_more_than_sight)(matter, by)


def only_with_more_than_sight(matter: Matter, by: Actor) -> list[Refusal]:
    """Refuse who was only given the matter to read; rooms that know who works on it register a better guard."""
    parts = Part.objects.filter(matter=matter, principal_id__in=by.principals)
    return [] if parts.exclude(role__in=READING).exists() else [NOT_YOURS]


def obstacles_to_attaching(matter: Matter, digests: list[str], *, by: Actor) -> list[Refusal]:
    """Say why these contents may not join the matter."""
    if reasons := obstacles_to_changing(matter, by=by):
        return reasons
    standing = Attachment.objects.filter(matter=matter, voided_at__isnull=True)
    most = int(settings.get(MOST_A_MATTER, matter.tenant_id))
    if standing.count() + len(digests) > most:
        return [Refusal("FILE-09", f"每件最多 {most} 份附件，请合并后再上传", "file")]
    doubled = standing.filter(sm3_digest__in=digests).first()
    if doubled or len(set(digests)) < len(digests):
        name = f"：{doubled.name}" if doubled else ""
        return [Refusal("FILE-11", f"这份文件已经在本件的附件里{name}", "file")]
    return []


def obstacles_to_handling(attachment: Attachment, *, by: Actor) -> list[Refusal]:
    """Say why this person may not rename, move or void the attachment."""
    if attachment.is_void:
        return [Refusal("FILE-12", "这份附件已经作废")]
    if by.person_id is not None and not is_keeper_of(attachment, by=by):
        return [Refusal("FILE-14", "只有上传人或文书人员可以整理这份附件")]
    return obstacles_to_changing(attachment.matter, by=by)


def obstacles_to_removing(attachment: Attachment, *, by: Actor) -> list[Refusal]:
    """Say why the attachment cannot simply disappear."""
    if reasons := obstacles_to_handling(attachment, by=by):
        return reasons
    if attachment.matter.phase != "draft" or attachment.matter.number:
        return [Refusal("FILE-15", "已登记的附件不能删除；确实有误请作废，并写明原因")]
    return []


def obstacles_to_voiding(attachment: Attachment, reason: str, *, by: Actor) -> list[Refusal]:
    """Say why the attachment cannot be declared void."""
    reasons = obstacles_to_handling(attachment, by=by)
    if not reason.strip():
        reasons.append(Refusal("FILE-16", "请写明作废的原因", "reason"))
    return reasons


def obstacles_to_downloading(attachment: Attachment) -> list[Refusal]:
    """Say why nobody gets the file any more."""
    if attachment.is_void:
        return [Refusal("FILE-12", f"这份附件已经作废，不能下载或打印。原因：{attachment.void_reason}")]
    return []


def obstacles_to_printing(attachment: Attachment, copies: int, *, by: Actor) -> list[Refusal]:
    """Say why this person may not take the file away on paper."""
    reasons = obstacles_to_downloading(attachment)
    secret = attachment.matter.label == SecurityLabel.WORK_SECRET
    if secret and not by.may(permissions.PRINT_WORK_SECRET):
        reasons.append(Refusal("FILE-17", "工作秘密件须经批准才能打印，请找办公室负责人办理"))
    if not 1 <= copies <= 500:
        reasons.append(Refusal("FILE-18", "份数须在 1～500 之间", "copies"))
    if not attachment.file_type.showing:
        reasons.append(Refusal("FILE-19", "这类文件不能在线打印，请下载后打印"))
    return reasons


def is_keeper_of(attachment: Attachment, *, by: Actor) -> bool:
    """Say whether this person uploaded the attachment or keeps the office's papers."""
    return attachment.uploaded_by_id == by.person_id or by.may(permissions.KEEP)
