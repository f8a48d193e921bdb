"""打印: each run takes numbers for its copies; 工作秘密 is printed on an approved request, until it is used up or over."""

from datetime import timedelta

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.files import permissions, rules
from zhongshu.files.copies import PRINT_DAYS
from zhongshu.files.models import Attachment, PrintRequest, PrintRun, PrintState
from zhongshu.matters import settings
from zhongshu.matters.models import Matter, Part
from zhongshu.matters.notices import tell
from zhongshu.people.grants import roles_with
from zhongshu.people.models import Person
from zhongshu.people.queries import holders


@act("print", "打印附件")
def print_copies(attachment: Attachment, copies: int, *, by: Actor) -> PrintRun:
    """Note a print before the first page is shown; its copies are numbered after those printed before."""
    _hold(attachment.matter_id)
    if reasons := rules.obstacles_to_printing(attachment, copies, by=by):
        raise Refused(*reasons)
    request = rules.request_of(attachment, by=by) if rules.needs_approval(attachment, by=by) else None
    if request:
        request.printed_copies += copies
        request.save(update_fields=["printed_copies"])
    last = PrintRun.objects.filter(attachment=attachment).order_by("-id").first()
    run = PrintRun.objects.create(
        attachment=attachment,
        request=request,
        copies=copies,
        first_number=last.first_number + last.copies if last else 1,
        printed_by_id=by.me,
        printed_by_name=by.display[:60],
    )
    numbers = f"第{run.numbers[0]}份" if copies == 1 else f"第{run.numbers[0]}～{run.numbers[-1]}份"
    data = {"copies": copies, "first": run.first_number, "request": request.public_id if request else ""}
    _record("print", "打印附件", f"{attachment.name}，{copies}份（{numbers}）", attachment, by, data)
    return run


@act("ask_to_print", "申请打印")
def ask_to_print(attachment: Attachment, copies: int, purpose: str, *, by: Actor) -> PrintRequest:
    """Ask those who decide for the office to let one print a 工作秘密 paper."""
    _hold(attachment.matter_id)
    if reasons := rules.obstacles_to_asking(attachment, copies, purpose, by=by):
        raise Refused(*reasons)
    request = PrintRequest.objects.create(
        attachment=attachment,
        matter=attachment.matter,
        tenant_id=attachment.tenant_id,
        copies=copies,
        purpose=purpose.strip()[:200],
        asked_by_id=by.me,
        asked_by_name=by.display[:60],
        unit_name=by.unit_name[:100],
    )
    _record(
        "ask_to_print",
        "申请打印",
        f"{attachment.name}，{copies}份，{request.purpose}",
        attachment,
        by,
        {"copies": copies},
    )
    _tell_approvers(request, by=by)
    return request


@act("decide_print", "审批打印")
def decide(request: PrintRequest, is_granted: bool, copies: int, reply: str, *, by: Actor) -> None:
    """Answer a request; an approved one may be printed on for some days."""
    _hold(request.matter_id)
    request.refresh_from_db(fields=["state", "copies"])
    if reasons := rules.obstacles_to_deciding(request, is_granted, copies, reply, by=by):
        raise Refused(*reasons)
    now = clock.now()
    request.state = PrintState.APPROVED if is_granted else PrintState.REFUSED
    request.decided_by_id, request.decided_by_name, request.decided_at = by.me, by.display[:60], now
    request.reply = reply.strip()[:200]
    if is_granted:
        request.approved_copies = copies
        request.valid_until = now + timedelta(days=int(settings.get(PRINT_DAYS, request.tenant_id)))
    request.save()
    words = f"批准{copies}份" if is_granted else "不同意"
    text = f"{request.asked_by_name}申请打印{request.attachment.name} {request.copies}份：{words}"
    data = {"copies": request.approved_copies, "request": request.public_id}
    _record("decide_print", "审批打印", f"{text}　{request.reply}".strip(), request.attachment, by, data)
    until = f"，{clock.local(request.valid_until):%-m月%-d日 %H:%M}前有效" if request.valid_until else ""
    told = f"您申请打印{request.copies}份：{words}{until}{'。' + request.reply if request.reply else ''}"
    _tell([request.asked_by], request, told, "print_decided", by)


@act("withdraw_print_request", "撤回打印申请")
def withdraw(request: PrintRequest, *, by: Actor) -> None:
    """Take one's own request back while nobody has answered."""
    _hold(request.matter_id)
    request.refresh_from_db(fields=["state"])
    if reasons := rules.obstacles_to_withdrawing(request, by=by):
        raise Refused(*reasons)
    request.state = PrintState.WITHDRAWN
    request.save(update_fields=["state"])
    _record("withdraw_print_request", "撤回打印申请", request.attachment.name, request.attachment, by, {})


def approvers_of(request: PrintRequest) -> list[Person]:
    """Return who decides for the office of the matter."""
    roles = roles_with(permissions.APPROVE_PRINT)
    found = [person for role in roles for person in holders(role.code, tenant=request.tenant_id)]
    return [person for person in dict.fromkeys(found) if person.pk != request.asked_by_id]


def _tell_approvers(request: PrintRequest, *, by: Actor) -> None:
    words = f"{request.asked_by_name}申请打印工作秘密件{request.copies}份，请在工作台“打印审批”办理"
    _tell(approvers_of(request), request, words, "print_asked", by)


def _tell(persons: list[Person], request: PrintRequest, words: str, event: str, by: Actor) -> None:
    """Name the matter only to those who know of it."""
    principals = [person.principal_id for person in persons]
    parts = Part.objects.filter(matter_id=request.matter_id, principal_id__in=principals)
    knowing = set(parts.values_list("principal_id", flat=True))
    key = f"{event}:{request.pk}"
    inside = [person for person in persons if person.principal_id in knowing]
    outside = [person for person in persons if person.principal_id not in knowing]
    title = request.matter.number or "工作秘密件"
    tell(inside, matter=request.matter, text=f"{words}（{title}）", by=by, event=event, key=key)
    tell(outside, matter=None, text=words, by=by, event=event, key=key)


def _hold(matter_id: int) -> None:
    """Let one print or decision on a matter's files at a time through, so that no copy is counted twice."""
    Matter.objects.select_for_update(of=("self",)).values_list("pk").get(pk=matter_id)


def _record(
    verb: str, label: str, text: str, attachment: Attachment, by: Actor, data: dict[str, object]
) -> None:
    record(
        verb,
        by=by,
        object_kind="attachment",
        object_id=attachment.pk,
        matter_id=attachment.matter_id,
        label=label,
        text=text[:300],
        data={"sm3": attachment.sm3_digest, **data},
    )
