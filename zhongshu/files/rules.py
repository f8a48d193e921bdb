"""When a file may join a matter, leave it, be renamed, be taken away on paper; reads only."""

from collections.abc import Callable
from datetime import datetime

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refusal
from zhongshu.files import leaves, permissions
from zhongshu.files.copies import COPY_WORK_SECRET, MARK_DOWNLOADS
from zhongshu.files.leaves import Source
from zhongshu.files.limits import MOST_A_MATTER
from zhongshu.files.models import Attachment, PrintRequest, PrintState
from zhongshu.matters import settings
from zhongshu.matters.models import Matter, Part, SecurityLabel

Guard = Callable[[Matter, Actor], list[Refusal]]

MOST_COPIES = 500
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
    if attachment.print_runs.exists() or attachment.print_requests.exists():
        return [Refusal("FILE-15", "打印过、申请过打印的附件不能删除；确实有误请作废，并写明原因")]
    return []


def obstacles_to_voiding(attachment: Attachment, reason: str, *, by: Actor) -> list[Refusal]:
    """Say why the attachment cannot be declared void."""
    reasons = obstacles_to_handling(attachment, by=by)
    if not reason.strip():
        reasons.append(Refusal("FILE-16", "请写明作废的原因", "reason"))
    return reasons


def obstacles_to_taking(attachment: Attachment) -> list[Refusal]:
    """Say why nobody takes the file away any more."""
    if attachment.is_void:
        return [Refusal("FILE-12", f"这份附件已经作废，不能下载或打印。原因：{attachment.void_reason}")]
    return []


def obstacles_to_downloading(attachment: Attachment, *, by: Actor) -> list[Refusal]:
    """Say why this person does not get the file itself: what leaves as a file is no longer counted."""
    if reasons := obstacles_to_taking(attachment):
        return reasons
    is_secret = attachment.matter.label == SecurityLabel.WORK_SECRET
    if is_secret and not by.may(permissions.DOWNLOAD_WORK_SECRET):
        return [Refusal("FILE-53", "工作秘密件不能下载，请在线阅看；确需带走的，请申请打印")]
    return []


def leaves_marked(attachment: Attachment, *, by: Actor) -> bool:
    """Say whether this person gets a marked copy in place of the file, because the office wants it so."""
    is_internal = attachment.matter.label == SecurityLabel.INTERNAL
    wanted = is_internal and bool(settings.get(MARK_DOWNLOADS, attachment.tenant_id))
    return wanted and not by.may(permissions.KEEP) and leaves.source_of(attachment) == Source.OWN


def obstacles_to_copying(attachment: Attachment) -> list[Refusal]:
    """Say why the letters of the file do not leave it."""
    is_secret = attachment.matter.label == SecurityLabel.WORK_SECRET
    if is_secret and not settings.get(COPY_WORK_SECRET, attachment.tenant_id):
        return [
            Refusal("FILE-40", "工作秘密件不能查看、复制文字，请看版式。确需读屏的，请管理员在设置中放开")
        ]
    return []


def obstacles_to_printing(attachment: Attachment, copies: int, *, by: Actor) -> list[Refusal]:
    """Say why this person may not take the file away on paper."""
    reasons = obstacles_to_taking(attachment)
    if needs_approval(attachment, by=by):
        reasons += obstacles_of_request(request_of(attachment, by=by), copies)
    if not 1 <= copies <= MOST_COPIES:
        reasons.append(Refusal("FILE-18", f"份数须在 1～{MOST_COPIES} 之间", "copies"))
    return reasons + obstacles_of_type(attachment)


def obstacles_of_type(attachment: Attachment) -> list[Refusal]:
    """Say why no page of the file can be drawn."""
    if leaves.source_of(attachment):
        return []
    return [
        Refusal("FILE-19", "这类文件在本机画不成页，不能在线打印。请下载后打印，或请管理员安装 LibreOffice")
    ]


def needs_approval(attachment: Attachment, *, by: Actor) -> bool:
    """Say whether this person prints the file only after somebody approved it."""
    is_secret = attachment.matter.label == SecurityLabel.WORK_SECRET
    return is_secret and not by.may(permissions.PRINT_WORK_SECRET)


def obstacles_of_request(asked: PrintRequest | None, copies: int = 1) -> list[Refusal]:
    """Say what a request lacks for printing so many copies now."""
    if asked is None:
        return [Refusal("FILE-17", "工作秘密件须经批准才能打印，请先提交打印申请")]
    if asked.is_waiting:
        return [Refusal("FILE-41", "打印申请还没有批，批准后会通知您")]
    if asked.state == PrintState.REFUSED:
        reply = f"：{asked.reply}" if asked.reply else ""
        return [Refusal("FILE-42", f"打印申请没有批准{reply}。确需打印请说明用途重新申请")]
    if asked.is_expired(clock.now()):
        return [Refusal("FILE-43", f"批准的打印期限（{_moment(asked.valid_until)}）已过，请重新申请")]
    if asked.left < copies:
        left = f"还可打印 {asked.left} 份" if asked.left else "已全部打印"
        return [Refusal("FILE-44", f"批准 {asked.approved_copies} 份，{left}，请改份数或重新申请", "copies")]
    return []


def request_of(attachment: Attachment, *, by: Actor) -> PrintRequest | None:
    """Return the request that counts for this person: one that can still be printed on, else the newest."""
    asked = PrintRequest.objects.filter(attachment=attachment, asked_by_id=by.person_id or 0)
    newest = list(asked.exclude(state=PrintState.WITHDRAWN).order_by("-id")[:20])
    now = clock.now()
    return next((one for one in newest if one.may_print(now)), newest[0] if newest else None)


def obstacles_to_asking(attachment: Attachment, copies: int, purpose: str, *, by: Actor) -> list[Refusal]:
    """Say why a request to print cannot be made."""
    if reasons := obstacles_to_taking(attachment) or obstacles_of_type(attachment):
        return reasons
    if not needs_approval(attachment, by=by):
        return [Refusal("FILE-45", "这份文件您可以直接打印，不用申请")]
    standing = request_of(attachment, by=by)
    if standing and (standing.is_waiting or standing.may_print(clock.now())):
        words = "还没有批" if standing.is_waiting else f"已批准，还可打印 {standing.left} 份"
        return [Refusal("FILE-46", f"您对这份文件的打印申请{words}，不用再申请")]
    reasons = []
    if not 1 <= copies <= MOST_COPIES:
        reasons.append(Refusal("FILE-18", f"份数须在 1～{MOST_COPIES} 之间", "copies"))
    if not purpose.strip():
        reasons.append(Refusal("FILE-47", "请写明打印后作什么用、分送给谁", "purpose"))
    return reasons


def obstacles_to_deciding(
    asked: PrintRequest, is_granted: bool, copies: int, reply: str, *, by: Actor
) -> list[Refusal]:
    """Say why this person may not answer a request, or not so."""
    if not asked.is_waiting:
        return [Refusal("FILE-48", f"这份申请{asked.get_state_display()}，不用再批")]
    if asked.asked_by_id == by.person_id:
        return [Refusal("FILE-49", "不能审批自己的打印申请，请另一位负责人审批")]
    if is_granted and not 1 <= copies <= asked.copies:
        return [Refusal("FILE-50", f"批准份数须在 1～{asked.copies} 之间", "copies")]
    if not is_granted and not reply.strip():
        return [Refusal("FILE-51", "不同意的，请写明原因", "reply")]
    return []


def obstacles_to_withdrawing(asked: PrintRequest, *, by: Actor) -> list[Refusal]:
    """Say why a request cannot be taken back."""
    if asked.asked_by_id != by.person_id:
        return [Refusal("FILE-52", "只有申请人可以撤回打印申请")]
    if not asked.is_waiting:
        return [Refusal("FILE-48", f"这份申请{asked.get_state_display()}，不能撤回")]
    return []


def _moment(at: datetime | None) -> str:
    return f"{clock.local(at):%-m月%-d日 %H:%M}" if at else ""


def is_keeper_of(attachment: Attachment, *, by: Actor) -> bool:
    """Say whether this person uploaded the attachment or keeps the office's papers."""
    return attachment.uploaded_by_id == by.person_id or by.may(permissions.KEEP)
