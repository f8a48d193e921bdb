"""来文拖放: registering what was dropped, joining it to the paper that is there, and the memory of corrections."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import record
from zhongshu.documents import rules
from zhongshu.documents.actions import receiving
from zhongshu.documents.actions.closing import join_channel
from zhongshu.documents.actions.receiving import Arrival, Registration
from zhongshu.documents.actions.trails import note
from zhongshu.documents.intake import corrections, twins
from zhongshu.documents.intake.filling import Filling, kept_values
from zhongshu.documents.intake.signing import sign
from zhongshu.documents.models import DropPlace, IncomingDocument, RecognitionCorrection
from zhongshu.files import drops
from zhongshu.files import rules as file_rules
from zhongshu.files.actions import attach_all
from zhongshu.files.models import Attachment, AttachmentKind, Drop
from zhongshu.files.screening import Received

Files = Sequence[tuple[Received, str]]


@dataclass(frozen=True)
class Dropped:
    """The files of one paper as they passed the gate, the words of its text, and how they filled the form."""

    files: Files
    text: str
    filling: Filling


@act("register_dropped", "收文登记")
def register_dropped(
    data: Registration, arrival: Arrival, dropped: Dropped, *, by: Actor
) -> IncomingDocument:
    """收文登记 of a dropped paper: with its files, its signature, and what is to be remembered of the issuer."""
    incoming = register_attached(data, arrival, dropped.files, dropped.text, by=by)
    _learn(incoming, data, dropped.filling, by)
    return incoming


@act("register_attached", "收文登记")
def register_attached(
    data: Registration, arrival: Arrival, files: Files, text: str, *, by: Actor
) -> IncomingDocument:
    """收文登记 with its files, whoever filled the form: asks first about what is there in nearly these words."""
    if not data.distinct_reason.strip() and (found := _there_already(data, bodies_of(files), text, by)):
        raise Refused(*found)
    incoming = receiving.register_with_files(data, arrival, list(files), by=by)
    sign([incoming])
    return incoming


@act("complete_registration", "登记")
def enter_taken(
    incoming: IncomingDocument,
    data: Registration,
    bodies: Sequence[Attachment],
    text: str,
    filling: Filling,
    *,
    by: Actor,
) -> IncomingDocument:
    """登记 of what came at night with its files: asked about and remembered as what comes by the basket."""
    if not data.distinct_reason.strip():
        digests = [file.sm3_digest for file in bodies]
        if found := _there_already(data, digests, text, by, but=incoming.pk):
            raise Refused(*found)
    receiving.complete_registration(incoming, data, by=by)
    sign([incoming])
    _learn(incoming, data, filling, by)
    return incoming


@act("receive_attached", "值班收文")
def receive_attached(data: Registration, arrival: Arrival, files: Files, *, by: Actor) -> IncomingDocument:
    """值班收文: the paper waits, with its files and its signature, for the 秘书科 to sign."""
    incoming = receiving.receive_with_files(data, arrival, list(files), by=by)
    sign([incoming])
    return incoming


def _there_already(
    data: Registration, digests: list[str], text: str, by: Actor, *, but: int | None = None
) -> list[Refusal]:
    """Say that the paper is registered, under its number in whatever spelling, or in nearly the same words."""
    numbered = twins.numbered(data.issuer_name, data.issuer_unit_id, data.doc_number, by=by, but=but)
    if numbered:
        return [rules.duplicate_refusal(numbered[0].incoming)]
    twin = twins.nearest(text, digests, by=by, but=but)
    if twin is None:
        return []
    return [
        Refusal(
            "DOC-90",
            f"已登记的{twin.incoming.matter.number or '一件来文'}《{twin.incoming.matter.title}》与这一件相近，{twin.why}。"
            "请比对：同一件的，并为又一来路；不是同一件的，写明理由照常登记",
            "distinct_reason",
        )
    ]


def bodies_of(files: Files) -> list[str]:
    """Return the digests of a paper's text."""
    return [file.digest for file, kind in files if kind == AttachmentKind.BODY]


def _learn(incoming: IncomingDocument, data: Registration, filling: Filling, by: Actor) -> None:
    learnt = corrections.learn(filling.read, kept_values(vars(data)), filling.name_key, by=by)
    if learnt:
        note(incoming, "learn_correction", "记住更正", "；".join(learnt), by)


@act("join_dropped", "并件")
def join_dropped(
    incoming: IncomingDocument, arrival: Arrival, received: Sequence[Received], *, by: Actor
) -> IncomingDocument:
    """并入: the same paper came another way; files it does not have yet are put to it, if it is still open."""
    join_channel(incoming, arrival, by=by)
    held = set(
        incoming.matter.attachments.filter(voided_at__isnull=True).values_list("sm3_digest", flat=True)
    )
    is_open = not file_rules.obstacles_to_changing(incoming.matter, by=by)
    new = [file for file in received if is_open and file.digest not in held]
    if new:
        attach_all(incoming.matter, new, AttachmentKind.ATTACHMENT, by=by)
    for drop in Drop.objects.filter(pk__in=[file.drop_id for file in received if file not in new]):
        drops.discard(drop, by=by)
    return incoming


@act("group_drops", "来文成组")
def group_drops(chosen: Sequence[Drop], *, together: bool, by: Actor) -> None:
    """合为一件 puts all files to the first; 分开 makes of each a paper of its own."""
    if not chosen or (together and len(chosen) < 2):
        few = "请至少勾选两份文件再合为一件" if together else "请先勾选要分开的文件"
        raise Refused.one("DOC-91", few)
    for drop in chosen:
        body = chosen[0] if together else drop
        DropPlace.objects.update_or_create(drop=drop, defaults={"body": body})
    _note_group(chosen[0], f"{len(chosen)}份文件{'合为一件' if together else '各作一件'}", by)


@act("group_drops", "来文成组")
def join_drops(chosen: Sequence[Drop], *, onto: Drop, by: Actor) -> None:
    """Put files to a paper as its attachments; the pages of its own text stay what they are."""
    if not chosen or onto in chosen:
        raise Refused.one("DOC-91", "请把一件拖到另一件上")
    for drop in chosen:
        DropPlace.objects.update_or_create(drop=drop, defaults={"body": onto})
    _note_group(onto, f"{len(chosen)}份文件并到另一件", by)


def _note_group(drop: Drop, text: str, by: Actor) -> None:
    record("group_drops", by=by, object_kind="drop", object_id=drop.pk, label="来文成组", text=text)


@act("forget_correction", "删除识别更正")
def forget_correction(row: RecognitionCorrection, *, by: Actor) -> None:
    """Let recognition stand again as it reads."""
    label = corrections.NAMES.get(row.field, row.field)
    before, now = (
        corrections.shown(row.field, value) or "空" for value in (row.read_value, row.corrected_value)
    )
    record(
        "forget_correction",
        by=by,
        object_kind="correction",
        object_id=row.pk,
        label="删除识别更正",
        text=f"{row.issuer_key} {label}：{before} → {now}",
    )
    row.delete()
