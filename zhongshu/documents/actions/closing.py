"""答复, 办结, and the small acts on the way: another channel, telephone calls, 涉法涉诉."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import digest, log_event
from zhongshu.documents import rules
from zhongshu.documents import states as s
from zhongshu.documents.actions.instructions import report_from
from zhongshu.documents.actions.receiving import Arrival
from zhongshu.documents.actions.trails import note
from zhongshu.documents.models import (
    Box,
    IncomingChannel,
    IncomingDocument,
    TelephoneRecord,
    UnitHandling,
)
from zhongshu.documents.search import reindex
from zhongshu.documents.tasks import my_task, root_of
from zhongshu.flow import verbs
from zhongshu.flow.graph import graph_of
from zhongshu.matters import spine

REPLY_KINDS = {
    "letter": "复函（批复）",
    "exchange": "公文交换",
    "telephone": "电话",
    "meeting": "当面",
    "other": "其他",
}


@act("reply_incoming", "答复")
def reply(incoming: IncomingDocument, *, kind: str, text: str, by: Actor) -> IncomingDocument:
    """答复来文单位."""
    task = my_task(incoming, s.REPLYING, by=by)
    if kind not in REPLY_KINDS:
        raise Refused.one("DOC-61", "请选择答复方式", "kind")
    if not text.strip():
        raise Refused.one("DOC-62", "请写明答复内容", "text")
    incoming.reply_kind, incoming.reply_text, incoming.replied_at = kind, text.strip(), clock.now()
    incoming.save(update_fields=["reply_kind", "reply_text", "replied_at"])
    verbs.finish(task, opinion=f"{REPLY_KINDS[kind]}：{text.strip()}", by=by)
    return incoming


@act("close_incoming", "办结")
def close(incoming: IncomingDocument, *, by: Actor) -> IncomingDocument:
    """办结: only when nothing is left undone; the archive takes over."""
    task = my_task(incoming, s.REPLIED, by=by)
    if found := rules.obstacles_to_closing(incoming, by=by):
        raise Refused(*found)
    verbs.finish(task, outcome="closed", opinion="办结", by=by)
    report_from(incoming, _result(incoming), by=by)
    return incoming


def _result(incoming: IncomingDocument) -> str:
    collated = incoming.opinions.filter(box=Box.RESULT).last()
    return (collated.text if collated else incoming.reply_text) or "已办结"


@act("join_channel", "并件")
def join_channel(incoming: IncomingDocument, arrival: Arrival, *, by: Actor) -> IncomingChannel:
    """并为一件: the same paper came another way; its time is kept, nothing is registered twice (DOC-10)."""
    spine.locked(incoming.matter_id)
    channel = IncomingChannel.objects.create(
        incoming=incoming,
        kind=arrival.kind,
        received_at=arrival.received_at,
        copies=arrival.copies,
        note=arrival.note[:120],
        signed_by_id=by.me,
    )
    note(incoming, "join_channel", "并件", f"又自{channel.get_kind_display()}收到{channel.copies}份", by)
    return channel


@dataclass(frozen=True)
class Call:
    """A telephone call: who, when, who answered, what."""

    purpose: str
    unit_name: str
    answered_by: str
    called_at: datetime
    content: str


@act("note_call", "电话记录")
def note_call(incoming: IncomingDocument, call: Call, *, by: Actor) -> TelephoneRecord:
    """电话确认: who called whom when, and who answered."""
    if not (by.may("documents.receive") or by.may("documents.register_all")):
        raise Refused.one("DOC-79", "电话记录由政府办登记，请告知秘书科或值班室")
    missing = [label for label, value in _required(call).items() if not value.strip()]
    if missing:
        raise Refused.one("DOC-63", f"请填写{'、'.join(missing)}", "answered_by")
    if call.called_at > clock.now():
        raise Refused.one("DOC-64", "通话时间晚于现在，请核对", "called_at")
    row = TelephoneRecord.objects.create(
        incoming=incoming, called_by_id=by.me, recorded_at=clock.now(), **call.__dict__
    )
    text = (
        f"{row.unit_name} {row.answered_by}接，{clock.local(row.called_at):%-m月%-d日 %H:%M}：{row.content}"
    )
    note(incoming, "note_call", f"电话·{row.get_purpose_display()}", text, by)
    return row


def note_print(incoming: IncomingDocument, *, by: Actor) -> None:
    """Leave a line in the trail that the sheet went out on paper."""
    log_event(
        "print_sheet",
        by=by,
        label="打印办理单",
        object_kind=s.KIND,
        object_id=incoming.matter.public_id,
        matter_id=incoming.pk,
    )


def _required(call: Call) -> dict[str, str]:
    return {"对方单位": call.unit_name, "接电话的人": call.answered_by, "内容": call.content}


@act("set_litigation", "标为涉法涉诉")
def set_litigation(incoming: IncomingDocument, *, reason: str, by: Actor) -> IncomingDocument:
    """标为涉法涉诉: nothing goes to a unit any more before the legality review, and the paper goes there now."""
    if found := _obstacles_to_marking(incoming, reason, by):
        raise Refused(*found)
    before = digest(incoming)
    incoming.is_litigation_related = True
    incoming.save(update_fields=["is_litigation_related"])
    set_vars(incoming, {"litigation": True})
    note(
        incoming,
        "set_litigation",
        "标为涉法涉诉",
        reason.strip(),
        by,
        before=before,
        after=digest(incoming),
        key_act=True,
    )
    _send_to_review(incoming, reason, by)
    return incoming


def _obstacles_to_marking(incoming: IncomingDocument, reason: str, by: Actor) -> list[Refusal]:
    if not by.may("documents.litigation"):
        return [Refusal("DOC-67", "请告知秘书科、法制科或办公室领导，由他们标为涉法涉诉")]
    if incoming.is_litigation_related:
        return [Refusal("DOC-65", "已经标为涉法涉诉")]
    if incoming.handlings.exclude(state__in=UNSEEN).exists():
        return [Refusal("DOC-66", "已经批转到单位，请先退回交办环节，再标涉法涉诉")]
    return [] if reason.strip() else [Refusal("DOC-81", "请写明为什么是涉法涉诉件", "text")]


UNSEEN = (UnitHandling.State.DECLINED, UnitHandling.State.WITHDRAWN)
RETURNING_FROM = {s.REVIEWED, s.PROPOSED, s.ASSIGNING}


def _send_to_review(incoming: IncomingDocument, reason: str, by: Actor) -> None:
    """A paper already past the fork goes to 合法性审核 now; from before the leaders it comes straight back."""
    incoming.matter.refresh_from_db()
    phase = incoming.matter.phase
    if phase not in {*RETURNING_FROM, s.INSTRUCTING}:
        return
    root = root_of(incoming.matter)
    nodes = [node.id for node in graph_of(root.definition) if node.phase == s.LEGAL] if root else []
    if nodes:
        words = f"涉法涉诉，先送合法性审核：{reason.strip()}"
        verbs.jump(incoming.matter, nodes[0], words, returns=phase in RETURNING_FROM, by=by)


def set_vars(incoming: IncomingDocument, values: dict[str, Any]) -> None:
    """Tell the running procedure what changed."""
    spine.locked(incoming.matter_id)
    if (instance := root_of(incoming.matter)) is not None:
        instance.vars.update(values)
        instance.save(update_fields=["vars"])
    reindex(incoming)
