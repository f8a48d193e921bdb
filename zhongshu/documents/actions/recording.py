"""秘书代录: what a leader wrote on paper, said or telephoned comes into its box, with the page it was signed on."""

from dataclasses import replace

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.documents.actions.instructing import demand_recorder, initial_reading, instruct
from zhongshu.documents.actions.late_words import instruct_late
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.actions.reviewing import check
from zhongshu.documents.models import Box, IncomingDocument, OpinionForm
from zhongshu.files.actions import attach_all
from zhongshu.files.models import Attachment
from zhongshu.files.screening import Received
from zhongshu.people.models import Person

RECORDED_BOXES = (Box.INSTRUCTION, Box.READING, Box.CHECK)


@act("keep_scan", "扫描件回单")
def keep_scan(incoming: IncomingDocument, scan: Received, *, by: Actor) -> Attachment:
    """Put a signed and scanned sheet with its paper, so that nothing is lost while the words are typed."""
    demand_recorder(by)
    same = incoming.matter.attachments.filter(sm3_digest=scan.digest, voided_at__isnull=True).first()
    if same is not None:
        raise Refused.one("DOC-75", f"这一页已经扫描上传过（{same.name}），请直接打开那一件代录")
    return attach_all(incoming.matter, [scan], "scan", by=by)[0]


@act("record_for_leader", "代录批示")
def record_for_leader(
    incoming: IncomingDocument,
    words: Words,
    *,
    leader: Person,
    box: str = Box.INSTRUCTION,
    is_late: bool = False,
    scan: Received | None = None,
    by: Actor,
) -> IncomingDocument:
    """代录 in one act: the page and the words, or neither."""
    demand_recorder(by)
    if scan is not None:
        words = replace(words, scan=attach_all(incoming.matter, [scan], "scan", by=by)[0])
    if words.form == OpinionForm.PAPER and words.scan is None and not words.original_holder.strip():
        raise Refused.one("DOC-76", "纸上批示请上传签批页扫描件，或写明原件在谁手里", "original_holder")
    if is_late:
        instruct_late(incoming, words, for_leader=leader, by=by)
    elif box == Box.READING:
        initial_reading(incoming, words, for_leader=leader, by=by)
    elif box == Box.CHECK:
        check(incoming, words, for_leader=leader, by=by)
    else:
        instruct(incoming, words, for_leader=leader, by=by)
    return incoming
