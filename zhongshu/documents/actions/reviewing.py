"""初审, 退文, 合法性审核, 拟办 and 审核."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.documents import notices, rules
from zhongshu.documents import states as s
from zhongshu.documents.actions.instructing import (
    as_leader,
    obstacles_to_recording,
    task_of,
    words_for_trail,
)
from zhongshu.documents.actions.opinions import Words, write_opinion
from zhongshu.documents.actions.trails import note
from zhongshu.documents.models import (
    Box,
    HandlingType,
    IncomingDocument,
    InitialReview,
    LegalReview,
    Proposal,
    ReturnSlip,
)
from zhongshu.documents.numbers import draw
from zhongshu.documents.search import reindex
from zhongshu.documents.tasks import my_task, my_tasks
from zhongshu.flow import verbs
from zhongshu.flow.models import FlowTask
from zhongshu.people.models import Person

Conclusion = InitialReview.Conclusion


@dataclass(frozen=True)
class ReviewForm:
    """The four points and what follows."""

    is_ours: bool
    conforms_rules: bool
    conforms_format: bool
    was_consulted: bool
    conclusion: str
    faults: list[str] = field(default_factory=list)
    opinion: str = ""
    advice: str = ""
    handling_type: str = HandlingType.ACTION
    is_litigation_related: bool = False

    @property
    def all_points_hold(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.is_ours and self.conforms_rules and self.conforms_format and self.was_consulted


@act("review_incoming", "初审")
def review(incoming: IncomingDocument, form: ReviewForm, *, by: Actor) -> IncomingDocument:
    """初审: faults are named here; a paper with faults goes on, or to a 退文单, never back into the post."""
    task = my_task(incoming, s.REGISTERED, by=by)
    if found := _review_obstacles(incoming, form):
        raise Refused(*found)
    InitialReview.objects.create(
        incoming=incoming,
        is_ours=form.is_ours,
        conforms_rules=form.conforms_rules,
        conforms_format=form.conforms_format,
        was_consulted=form.was_consulted,
        faults=form.faults,
        opinion=form.opinion,
        conclusion=form.conclusion,
        reviewed_by_id=by.me,
        reviewed_at=clock.now(),
    )
    incoming.handling_type = form.handling_type
    incoming.is_litigation_related = incoming.is_litigation_related or form.is_litigation_related
    incoming.save(update_fields=["handling_type", "is_litigation_related"])
    if form.conclusion == Conclusion.RETURN:
        _draft_slip(incoming, form, by)
    verbs.finish(
        task,
        opinion=_review_words(form),
        data={
            "vars": {
                "review": "return" if form.conclusion == Conclusion.RETURN else "go_on",
                "litigation": incoming.is_litigation_related,
                "handling_type": form.handling_type,
            }
        },
        by=by,
    )
    return incoming


def _review_obstacles(incoming: IncomingDocument, form: ReviewForm) -> list[Refusal]:
    if form.conclusion == Conclusion.PASSED:
        if not form.all_points_hold and not form.opinion.strip():
            return [Refusal("DOC-34", "四点中有不符合的，请写明为什么仍送拟办，或改为拟退文", "opinion")]
        return []
    if not form.faults and not form.opinion.strip():
        return [Refusal("DOC-35", "请勾选问题或写明理由", "faults")]
    return (
        rules.obstacles_to_return(incoming)
        if form.conclusion == Conclusion.RETURN
        else _call_obstacles(incoming)
    )


def _call_obstacles(incoming: IncomingDocument) -> list[Refusal]:
    if incoming.telephone_records.filter(purpose="superior").exists():
        return []
    return [Refusal("DOC-36", "请先登记与上级机关联系的电话记录（谁、几点、接电话的人）", "conclusion")]


def _review_words(form: ReviewForm) -> str:
    faults = "、".join(rules.FAULT_NAMES.get(code, code) for code in form.faults)
    words = [str(Conclusion(form.conclusion).label), faults, form.opinion]
    return "；".join(word for word in words if word)


def _draft_slip(incoming: IncomingDocument, form: ReviewForm, by: Actor) -> ReturnSlip:
    reasons = [{"code": code, "text": rules.FAULT_NAMES.get(code, code)} for code in form.faults]
    if form.opinion.strip():
        reasons.append({"code": "", "text": form.opinion.strip()})
    return ReturnSlip.objects.create(
        incoming=incoming,
        reasons=reasons,
        advice=form.advice,
        drafted_by_id=by.me,
        drafted_at=clock.now(),
    )


@act("approve_return", "批准退文")
def approve_return(incoming: IncomingDocument, *, opinion: str = "", by: Actor) -> IncomingDocument:
    """批准退文: the deputy director approves, the slip gets its number, the matter ends as returned."""
    task, slip = my_task(incoming, s.RETURNING, by=by), _waiting_slip(incoming)
    if found := rules.obstacles_to_return(incoming):
        raise Refused(*found)
    slip.number = draw("return", by=by, object_id=incoming.matter.public_id)
    slip.state, slip.approved_by_id, slip.approved_at = ReturnSlip.State.APPROVED, by.me, clock.now()
    slip.save()
    verbs.finish(task, outcome=s.RETURNED_TO_SENDER, opinion=opinion or "同意退文", by=by)
    note(incoming, "approve_return", "批准退文", f"{slip.number}：{_reasons(slip)}", by)
    return incoming


@act("refuse_return", "不同意退文")
def refuse_return(incoming: IncomingDocument, *, opinion: str, by: Actor) -> IncomingDocument:
    """不同意退文: the paper goes back to 初审."""
    task, slip = my_task(incoming, s.RETURNING, by=by), _waiting_slip(incoming)
    if not opinion.strip():
        raise Refused.one("DOC-37", "请写明不同意退文的理由", "text")
    slip.state, slip.approved_by_id, slip.approved_at = ReturnSlip.State.REFUSED, by.person_id, clock.now()
    slip.save()
    verbs.send_back(task, "review", opinion, by=by)
    return incoming


def _waiting_slip(incoming: IncomingDocument) -> ReturnSlip:
    slip = incoming.return_slips.filter(state=ReturnSlip.State.DRAFTED).first()
    if slip is None:
        raise Refused.one("DOC-38", "没有待审批的退文单")
    return slip


def _reasons(slip: ReturnSlip) -> str:
    return "；".join(str(reason["text"]) for reason in slip.reasons)


@act("review_legality", "合法性审核")
def review_legality(
    incoming: IncomingDocument, *, conclusion: str, opinion: str, by: Actor
) -> IncomingDocument:
    """合法性审核: pass, pass with changes, or reject; a reject holds the paper here."""
    task = my_task(incoming, s.LEGAL, by=by)
    if conclusion not in LegalReview.Conclusion.values:
        raise Refused.one("DOC-39", "请选择审核结论", "conclusion")
    if not opinion.strip():
        raise Refused.one("DOC-39", "请写明审核意见", "text")
    LegalReview.objects.create(
        incoming=incoming,
        reviewer_id=by.me,
        conclusion=conclusion,
        opinion=opinion.strip(),
        reviewed_at=clock.now(),
    )
    write_opinion(incoming, Box.LEGAL, Words(text=opinion.strip()), task=task, by=by)
    label = str(LegalReview.Conclusion(conclusion).label)
    if conclusion != LegalReview.Conclusion.REJECT:
        verbs.finish(task, opinion=f"{label}：{opinion.strip()}", by=by)
    note(incoming, "review_legality", "合法性审核", f"{label}：{opinion.strip()}", by, key_act=True)
    return incoming


@act("answer_legal", "回应法制意见")
def answer_legal(incoming: IncomingDocument, *, responses: str, by: Actor) -> IncomingDocument:
    """逐条回应: answer a legality review that passed with changes."""
    last = incoming.legal_reviews.last()
    if last is None or not rules.is_unanswered(last):
        raise Refused.one("DOC-42", "没有需要逐条回应的审核意见")
    at_work = [task for task in my_tasks(incoming.matter, by=by) if task.kind != FlowTask.Kind.CC]
    if incoming.first_receiver_id != by.person_id and not at_work:
        raise Refused.one("DOC-67", f"由首接责任人{incoming.first_receiver.name}或正在办理的人回应")
    if not responses.strip():
        raise Refused.one("DOC-42", "请逐条写明如何修改", "text")
    last.responses = responses.strip()
    last.save(update_fields=["responses"])
    note(incoming, "answer_legal", "回应法制意见", responses.strip(), by)
    return incoming


@dataclass(frozen=True)
class ProposalForm:
    """拟办 as ticked or written."""

    text: str
    basis: str = ""
    leaders: list[int] = field(default_factory=list)
    lead_unit_id: int | None = None
    co_units: list[int] = field(default_factory=list)
    due_at: datetime | None = None
    handling_type: str = HandlingType.ACTION
    options: list[dict[str, Any]] = field(default_factory=list)


@act("propose_incoming", "拟办")
def propose(incoming: IncomingDocument, form: ProposalForm, *, by: Actor) -> IncomingDocument:
    """拟办: who is asked, who leads, who helps, by when."""
    task = my_task(incoming, s.REVIEWED, by=by)
    found = _proposal_obstacles(form)
    if incoming.is_litigation_related and rules.is_unanswered(incoming.legal_reviews.last()):
        found += rules.legal_obstacles(incoming)
    if found:
        raise Refused(*found)
    _write_proposal(incoming, form, by)
    write_opinion(incoming, Box.PROPOSAL, Words(text=form.text.strip()), task=task, by=by)
    verbs.finish(task, opinion=form.text.strip(), data={"vars": _route(form)}, by=by)
    reindex(incoming)
    return incoming


def _proposal_obstacles(form: ProposalForm) -> list[Refusal]:
    found = []
    if not form.text.strip():
        found.append(Refusal("DOC-43", "请勾选一个拟办方案或写出拟办意见", "text"))
    if form.handling_type == HandlingType.READ and not form.leaders:
        found.append(Refusal("DOC-44", "阅件请选择传阅范围", "leaders"))
    if form.handling_type == HandlingType.ACTION and not form.leaders and not form.lead_unit_id:
        found.append(Refusal("DOC-45", "请选择送批领导；直接批办的，请选择主办单位", "leaders"))
    if form.lead_unit_id in form.co_units:
        found.append(Refusal("DOC-29", "同一单位不能既主办又协办", "co_units"))
    return found + rules.obstacles_to_due(form.due_at)


def _write_proposal(incoming: IncomingDocument, form: ProposalForm, by: Actor) -> Proposal:
    incoming.handling_type = form.handling_type
    incoming.lead_unit_id = form.lead_unit_id
    incoming.save(update_fields=["handling_type", "lead_unit"])
    return Proposal.objects.create(
        incoming=incoming,
        text=form.text.strip(),
        basis=form.basis,
        options=form.options,
        leaders=form.leaders,
        lead_unit_id=form.lead_unit_id,
        co_units=form.co_units,
        due_at=form.due_at,
        proposed_by_id=by.me,
        proposed_at=clock.now(),
    )


def _route(form: ProposalForm) -> dict[str, Any]:
    reading = form.handling_type == HandlingType.READ
    return {
        "handling_type": form.handling_type,
        "leaders": [] if reading else form.leaders,
        "readers": form.leaders if reading else [],
    }


@act("check_incoming", "审核")
def check(
    incoming: IncomingDocument,
    words: Words,
    *,
    route: ProposalForm | None = None,
    for_leader: Person | None = None,
    by: Actor,
) -> IncomingDocument:
    """审核: the director agrees with the proposal, or writes another way; on paper it is recorded for them."""
    task: FlowTask = task_of(incoming, s.PROPOSED, for_leader, by=by)
    if missing := obstacles_to_recording(words):
        raise Refused(*missing)
    data: dict[str, Any] = {}
    if route is not None:
        if found := _proposal_obstacles(route):
            raise Refused(*found)
        _write_proposal(incoming, route, by)
        data = {"vars": _route(route)}
    opinion = write_opinion(incoming, Box.CHECK, words, task=task, author=for_leader, by=by)
    said = words_for_trail(words, for_leader) if for_leader else words.text or "同意拟办意见"
    verbs.finish(task, opinion=said, data=data, by=as_leader(by, for_leader))
    reindex(incoming)
    if for_leader:
        notices.ask_for_confirmation(opinion, by=by)
    return incoming
