"""撤回: when a step is taken back unread, what it wrote on the sheet goes with it; words return to the pad."""

import json
from collections.abc import Callable

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.documents import states as s
from zhongshu.documents.models import (
    IncomingDocument,
    LeaderInstruction,
    Opinion,
    OpinionDraft,
    Proposal,
    ReturnSlip,
    UnitHandling,
)
from zhongshu.documents.search import reindex
from zhongshu.flow.hooks import Moment
from zhongshu.flow.models import FlowInstance
from zhongshu.matters import handovers, spine
from zhongshu.matters.models import Handover

State = UnitHandling.State
_OUT = (State.DECLINED, State.WITHDRAWN)


def take_back(moment: Moment) -> None:
    """Undo what the withdrawn task had written; the trail keeps both the act and its withdrawal."""
    if moment.task is None or moment.node is None:
        return
    incoming = IncomingDocument.objects.select_related("matter").get(pk=moment.matter.pk)
    for opinion in Opinion.objects.filter(incoming=incoming, task_id=moment.task.pk):
        _take_back_words(opinion, moment.by)
    if undo := _UNDO.get(moment.node.phase):
        undo(incoming, moment)
    if moment.instance.is_root:
        _restore(incoming, moment)
        reindex(incoming)


def _restore(incoming: IncomingDocument, moment: Moment) -> None:
    """Let the paper say again what the steps that still stand said of it: kind, litigation, who leads."""
    leading = incoming.handlings.filter(role=UnitHandling.Role.LEAD).exclude(state__in=_OUT).first()
    proposal: Proposal | None = incoming.proposals.last()
    incoming.lead_unit_id = leading.unit_id if leading else proposal.lead_unit_id if proposal else None
    incoming.handling_type = moment.vars.get("handling_type", incoming.handling_type)
    incoming.is_litigation_related = moment.vars.get("litigation", incoming.is_litigation_related)
    incoming.save(update_fields=["lead_unit", "handling_type", "is_litigation_related"])


def _take_back_words(opinion: Opinion, by: Actor) -> None:
    """Put the words back on the pad of who wrote them."""
    if opinion.superseded_by.exists():
        raise Refused.one("DOC-80", "这条意见已经改批，不能撤回；再有变化请继续用“改批”")
    _void_instruction(opinion, by)
    kept = {
        "text": opinion.text,
        "ink": json.dumps(opinion.strokes) if opinion.strokes else "",
        "meaning": opinion.meaning,
        "form": opinion.form,
    }
    OpinionDraft.objects.update_or_create(
        incoming_id=opinion.incoming_id,
        person_id=opinion.recorded_by_id,
        box=opinion.box,
        defaults={"data": kept},
    )
    opinion.delete()


def _void_instruction(opinion: Opinion, by: Actor) -> None:
    """A 批示件 nobody has moved yet is made void with its number; one on its way is not taken back."""
    row = LeaderInstruction.objects.select_related("matter").filter(opinion=opinion).first()
    if row is None:
        return
    if row.matter.phase != "registered":
        raise Refused.one(
            "DOC-80", f"这条批示已按批示件（{row.matter.number}）转办，不能撤回；改主意请用“改批”"
        )
    row.opinion = None
    row.save(update_fields=["opinion"])
    for offered in row.matter.handovers.filter(state=Handover.State.OFFERED):
        handovers.decline(offered, "批示已撤回", by=by)
    spine.set_phase(row.matter, "closed", "已作废")
    spine.close_matter(row.matter, s.VOIDED)
    record(
        "void_instruction",
        by=by,
        object_kind=s.INSTRUCTION_KIND,
        object_id=row.matter.public_id,
        label="批示撤回，作废",
        text=row.content,
        matter_id=row.matter_id,
        key_act=True,
    )


def _undo_signing(_incoming: IncomingDocument, moment: Moment) -> None:
    """Nobody has signed for it: who signs next is 首接责任人."""
    moment.instance.first_receiver_id = None
    FlowInstance.objects.filter(pk=moment.instance.pk).update(first_receiver=None)


def _undo_review(incoming: IncomingDocument, _moment: Moment) -> None:
    if last := incoming.reviews.last():
        last.delete()
    incoming.return_slips.filter(state=ReturnSlip.State.DRAFTED).delete()


def _undo_legal(incoming: IncomingDocument, _moment: Moment) -> None:
    """The gate closes again: what was passed is not yet passed."""
    if last := incoming.legal_reviews.last():
        last.delete()


def _undo_proposal(incoming: IncomingDocument, _moment: Moment) -> None:
    if last := incoming.proposals.last():
        last.delete()


def _undo_check(incoming: IncomingDocument, moment: Moment) -> None:
    """Who checked may have written another way: that proposal goes, the one that was checked stands again."""
    last = incoming.proposals.last()
    if last and moment.task and last.proposed_at > moment.task.created_at:
        last.delete()


def _undo_assignment(incoming: IncomingDocument, _moment: Moment) -> None:
    """The units have not seen it: their rows say so."""
    incoming.handlings.filter(state=State.ASSIGNED).update(state=State.WITHDRAWN)


def _row(incoming: IncomingDocument, moment: Moment) -> UnitHandling:
    return UnitHandling.objects.get(incoming=incoming, unit_id=moment.instance.org_id)


def _undo_unit_signing(incoming: IncomingDocument, moment: Moment) -> None:
    row = _row(incoming, moment)
    row.state, row.signed_at, row.handler, row.handler_name = State.ASSIGNED, None, None, ""
    row.save()


def _undo_feedback(incoming: IncomingDocument, moment: Moment) -> None:
    row = _row(incoming, moment)
    if last := row.feedbacks.filter(is_final=True, approved_at__isnull=True).last():
        last.delete()
    before = row.feedbacks.last()
    row.latest = before.text[:500] if before else ""
    row.fed_back_at = before.given_at if before else None
    row.save()


def _undo_approval(incoming: IncomingDocument, moment: Moment) -> None:
    row = _row(incoming, moment)
    row.state = State.SIGNED
    row.save(update_fields=["state"])
    if last := row.feedbacks.filter(is_final=True).last():
        last.approved_by_name, last.approved_at = "", None
        last.save(update_fields=["approved_by_name", "approved_at"])


def _undo_reply(incoming: IncomingDocument, _moment: Moment) -> None:
    incoming.reply_kind, incoming.reply_text, incoming.replied_at = "", "", None
    incoming.save(update_fields=["reply_kind", "reply_text", "replied_at"])


_UNDO: dict[str, Callable[[IncomingDocument, Moment], None]] = {
    s.ARRIVED: _undo_signing,
    s.REGISTERED: _undo_review,
    s.LEGAL: _undo_legal,
    s.REVIEWED: _undo_proposal,
    s.PROPOSED: _undo_check,
    s.INSTRUCTING: _undo_assignment,
    s.ASSIGNING: _undo_assignment,
    s.UNIT_SIGNING: _undo_unit_signing,
    s.UNIT_HANDLING: _undo_feedback,
    s.UNIT_CHECKING: _undo_approval,
    s.REPLYING: _undo_reply,
}
