"""Writes about attachments: attach, remove, void, rename, reorder; taking one away on paper or disk."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, nothing_done
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import Outcome, log_event, record
from zhongshu.files import blobs, gate, names, office, rules, texts
from zhongshu.files.handing import receive
from zhongshu.files.models import Attachment, AttachmentKind, AttachmentWords, Drop, DropState
from zhongshu.files.screening import SECRET, Received
from zhongshu.matters import outbox
from zhongshu.matters.models import Matter

INDEX = "files.index"
WORDS = 30_000


def attach(
    matter: Matter, upload: Received | UploadedFile | bytes, kind: str, *, by: Actor, name: str = ""
) -> Attachment:
    """Attach one file; outside an act it is checked before the transaction begins."""
    received = upload if isinstance(upload, Received) else _receive(matter, upload, name, by)
    return attach_all(matter, [received], kind, by=by)[0]


def _receive(matter: Matter, upload: UploadedFile | bytes, name: str, by: Actor) -> Received:
    return receive(upload, tenant_id=matter.tenant_id, by=by, name=name)


@act("attach")
def attach_all(matter: Matter, files: Sequence[Received], kind: str, *, by: Actor) -> list[Attachment]:
    """Attach files that were received before."""
    _hold(matter)
    if reasons := rules.obstacles_to_attaching(matter, [file.digest for file in files], by=by):
        raise Refused(*reasons)
    return [_attach(matter, file, kind, by) for file in files]


def _attach(matter: Matter, file: Received, kind: str, by: Actor) -> Attachment:
    if file.tenant_id != matter.tenant_id or not blobs.is_there(file.tenant_id, file.digest):
        raise Refused.one("FILE-20", "文件已经过期，请重新上传", "file")
    _take(file.drop_id)
    attachment = Attachment.objects.create(
        matter=matter,
        tenant_id=matter.tenant_id,
        kind=AttachmentKind(kind),
        position=_next_position(matter),
        name=file.name,
        type_code=file.file_type.code,
        content_type=file.file_type.content_type,
        size=file.size,
        sm3_digest=file.digest,
        page_count=file.page_count,
        has_text=file.has_text,
        uploaded_by_id=by.person_id,
        uploaded_by_name=by.name,
    )
    if file.has_text:
        AttachmentWords.objects.create(attachment=attachment, words=texts.text_of(attachment, WORDS))
    outbox.enqueue(INDEX, {"attachment": attachment.pk}, key=f"{INDEX}:{attachment.pk}", matter=matter)
    office.ask_for(attachment)
    _record("attach", "添加附件", f"{attachment.get_kind_display()}：{attachment.name}", attachment, by)
    return attachment


def _take(drop_id: int) -> None:
    """Take the drop that the file comes from; of two who do, only the first has it."""
    clean = Drop.objects.filter(pk=drop_id, state=DropState.CLEAN)
    if not clean.update(state=DropState.TAKEN, changed_at=clock.now()):
        raise Refused.one("FILE-31", "上传篮里的这份文件已经登记或清除，请刷新后再看", "file")


@act("remove_attachment")
def remove(attachment: Attachment, *, by: Actor) -> None:
    """Take an attachment out of a draft; the trail keeps its name and digest."""
    _hold(attachment.matter)
    if reasons := rules.obstacles_to_removing(attachment, by=by):
        raise Refused(*reasons)
    _record("remove_attachment", "删除附件", attachment.name, attachment, by)
    attachment.delete()


@act("void_attachment")
def void(attachment: Attachment, reason: str, *, by: Actor) -> None:
    """Declare an attachment void; it stays to be seen, marked so."""
    _hold(attachment.matter)
    attachment.refresh_from_db(fields=["voided_at"])
    if reasons := rules.obstacles_to_voiding(attachment, reason, by=by):
        raise Refused(*reasons)
    attachment.voided_at, attachment.voided_by_name = clock.now(), by.display
    attachment.void_reason = reason.strip()[:200]
    attachment.save(update_fields=["voided_at", "voided_by_name", "void_reason"])
    _record("void_attachment", "作废附件", f"{attachment.name}：{attachment.void_reason}", attachment, by)


@act("rename_attachment")
def rename(attachment: Attachment, name: str, *, by: Actor) -> None:
    """Give an attachment another name; its extension stays."""
    _, extension = names.split(attachment.name)
    stem = names.clean(name).removesuffix(f".{extension}")
    new = names.clean(f"{stem}.{extension}")
    if reasons := rules.obstacles_to_handling(attachment, by=by):
        raise Refused(*reasons)
    if not name.strip():
        raise Refused.one("FILE-21", "请填写文件名", "name")
    if any(gate.in_name(new)):
        raise Refused.one("DOC-01", SECRET, "name")
    if new == attachment.name:
        nothing_done()
        return
    old, attachment.name = attachment.name, new
    attachment.save(update_fields=["name"])
    _record("rename_attachment", "附件改名", f"{old} → {new}", attachment, by)


@act("reorder_attachments")
def reorder(matter: Matter, public_ids: Sequence[str], *, by: Actor) -> None:
    """Put the attachments in this order; those not named keep theirs after them."""
    _hold(matter)
    if reasons := rules.obstacles_to_changing(matter, by=by):
        raise Refused(*reasons)
    standing = list(Attachment.objects.filter(matter=matter).order_by("position", "id"))
    place = {public_id: number for number, public_id in enumerate(public_ids)}
    ordered = sorted(standing, key=lambda a: place.get(a.public_id, len(place)))
    if ordered == standing:
        nothing_done()
        return
    for position, attachment in enumerate(ordered, start=1):
        attachment.position = position
    Attachment.objects.bulk_update(ordered, ["position"])
    record(
        "reorder_attachments",
        by=by,
        object_kind="matter",
        object_id=matter.pk,
        matter_id=matter.pk,
        label="调整附件次序",
        text="、".join(attachment.name for attachment in ordered)[:300],
    )


def note_download(attachment: Attachment, *, by: Actor, is_marked: bool = False) -> None:
    """Write a download into the trail, before the first byte leaves."""
    words = f"{attachment.name}（带水印副本）" if is_marked else attachment.name
    _log("download", "下载附件", words, attachment, by, {"copies": 1, "marked": is_marked})


def note_cover(matter: Matter, *, by: Actor) -> None:
    """Write into the trail that a cover was made for the paper original."""
    log_event(
        "print_cover",
        by=by,
        label="打印封面",
        text="原件封面1份",
        object_kind="matter",
        object_id=matter.pk,
        matter_id=matter.pk,
        data={"copies": 1},
    )


def note_copied_text(attachment: Attachment, letters: int, *, by: Actor) -> None:
    """Write into the trail that somebody took the letters of a file, and how many."""
    _log("copy_text", "查看文字", f"{attachment.name}，{letters}字", attachment, by, {"letters": letters})


def note_changed(attachment: Attachment, problem: str, *, by: Actor) -> None:
    """Write into the trail that the bytes are no longer those that were received."""
    words = f"{attachment.name}：{problem}"
    _log("blob_changed", "附件摘要不符", words, attachment, by, {}, Outcome.REFUSED)


def _hold(matter: Matter) -> None:
    """Let one change of a matter's files at a time through."""
    Matter.objects.select_for_update(of=("self",)).values_list("pk").get(pk=matter.pk)


def _next_position(matter: Matter) -> int:
    last = Attachment.objects.filter(matter=matter).aggregate(Max("position"))["position__max"]
    return (last or 0) + 1


def _record(verb: str, label: str, text: str, attachment: Attachment, by: Actor) -> None:
    record(
        verb,
        by=by,
        object_kind="attachment",
        object_id=attachment.pk,
        matter_id=attachment.matter_id,
        label=label,
        text=text,
        data={"sm3": attachment.sm3_digest, "size": attachment.size},
        after=attachment.sm3_digest,
    )


def _log(
    verb: str,
    label: str,
    text: str,
    attachment: Attachment,
    by: Actor,
    data: dict[str, object],
    outcome: str = Outcome.DONE,
) -> None:
    log_event(
        verb,
        by=by,
        label=label,
        text=text,
        outcome=outcome,
        object_kind="attachment",
        object_id=attachment.pk,
        matter_id=attachment.matter_id,
        data={"sm3": attachment.sm3_digest, **data},
    )
