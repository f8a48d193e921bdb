"""The acts a person can do on the sheet, in the order of the procedure."""

from zhongshu.base.actors import Actor
from zhongshu.documents import actions, forms, rules
from zhongshu.documents import states as s
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.proposals import options_for
from zhongshu.documents.sheet import Sheet
from zhongshu.documents.views.table import Act, first_proposal, last_proposal, registered
from zhongshu.flow.models import FlowTask


def _propose(incoming: IncomingDocument, form: forms.ProposeForm, by: Actor) -> object:
    options = [option.as_dict() for option in options_for(incoming)]
    return actions.propose(incoming, form.proposal(options), by=by)


def _instruct(incoming: IncomingDocument, form: forms.InstructForm, by: Actor) -> object:
    assignment = form.assignment() if form.cleaned_data["relay"] else None
    return actions.instruct(incoming, form.words(), assignment=assignment, by=by)


def _feed_back(incoming: IncomingDocument, form: forms.FeedbackForm, by: Actor) -> object:
    act = actions.feed_back if form.cleaned_data["is_final"] else actions.report_progress
    return act(incoming, text=form.cleaned_data["text"], by=by)


def _text(form: forms.ActForm) -> str:
    return str(form.cleaned_data.get("text", ""))


def _may_write_late(sheet: Sheet) -> bool:
    """Whose turn it is writes the 批示 itself; a sheet that was put away takes no more words."""
    return s.INSTRUCTING not in sheet.phases and not rules.obstacles_to_late_words(sheet.matter)


def _may_mark(sheet: Sheet) -> bool:
    is_put = any(row.is_open or row.handling.state == "fed_back" for row in sheet.units)
    return sheet.matter.is_open and not sheet.incoming.is_litigation_related and not is_put


def _is_given_back(sheet: Sheet) -> bool:
    return any(task.kind == FlowTask.Kind.REASSIGN for task in sheet.mine)


T = forms.TextForm.with_label
ACTS: dict[str, Act] = {
    act.code: act
    for act in (
        Act(
            "sign",
            "签收",
            forms.ActForm,
            lambda i, f, by: actions.sign_for(i, by=by),
            (s.ARRIVED,),
            sign="check2-square",
            said="已签收，您是这件文的首接责任人",
        ),
        Act(
            "register",
            "登记",
            forms.EnterForm,
            lambda i, f, by: actions.complete_registration(i, f.registration(), by=by),
            (s.RECEIVED,),
            permission="documents.register",
            template="documents/acts/register.html",
            initial=registered,
            sign="journal-text",
            said="已登记编号",
        ),
        Act(
            "review",
            "初审",
            forms.ReviewActForm,
            lambda i, f, by: actions.review(i, f.review(), by=by),
            (s.REGISTERED,),
            template="documents/acts/review.html",
            sign="clipboard-check",
            said="初审已记",
        ),
        Act(
            "approve_return",
            "同意退文",
            T("审批意见"),
            lambda i, f, by: actions.approve_return(i, opinion=_text(f), by=by),
            (s.RETURNING,),
            sign="reply",
            said="已批准退文，可打印退文单",
        ),
        Act(
            "refuse_return",
            "不同意退文",
            T("理由", required=True),
            lambda i, f, by: actions.refuse_return(i, opinion=_text(f), by=by),
            (s.RETURNING,),
            said="已退回初审",
        ),
        Act(
            "legal",
            "合法性审核",
            forms.LegalForm,
            lambda i, f, by: actions.review_legality(
                i, conclusion=f.cleaned_data["conclusion"], opinion=_text(f), by=by
            ),
            (s.LEGAL,),
            sign="shield-check",
            said="审核意见已记",
        ),
        Act(
            "answer_legal",
            "回应法制意见",
            T("逐条回应", required=True),
            lambda i, f, by: actions.answer_legal(i, responses=_text(f), by=by),
            (s.REVIEWED, s.PROPOSED, s.INSTRUCTING, s.ASSIGNING),
            sign="list-check",
            said="已回应",
            shown=lambda sheet: rules.is_unanswered(sheet.legal),
        ),
        Act(
            "propose",
            "拟办",
            forms.ProposeForm,
            _propose,
            (s.REVIEWED,),
            template="documents/acts/propose.html",
            initial=first_proposal,
            sign="pencil-square",
            submit="送审核",
            said="拟办意见已送审核",
        ),
        Act(
            "check",
            "审核",
            T("审核意见", help="留空即同意拟办意见"),
            lambda i, f, by: actions.check(i, actions.Words(text=_text(f) or "同意拟办意见。"), by=by),
            (s.PROPOSED,),
            sign="check2-circle",
            submit="审核同意",
            said="已审核",
        ),
        Act(
            "instruct",
            "批示",
            forms.InstructForm,
            _instruct,
            (s.INSTRUCTING,),
            template="documents/acts/instruct.html",
            sign="pen",
            key="p",
            initial=last_proposal,
            said="已批示",
        ),
        Act(
            "read",
            "圈阅",
            forms.ReadForm,
            lambda i, f, by: actions.initial_reading(i, f.words(), by=by),
            (s.CIRCULATING,),
            template="documents/acts/instruct.html",
            sign="eye",
            said="已圈阅",
        ),
        Act(
            "assign",
            "交办",
            forms.AssignForm,
            lambda i, f, by: actions.assign(i, f.assignment(f.cleaned_data["requirement"]), by=by),
            (s.ASSIGNING,),
            sign="send",
            initial=last_proposal,
            said="已交办",
        ),
        Act(
            "leave_unassigned",
            "不另派",
            T("理由", required=True),
            lambda i, f, by: actions.leave_unassigned(i, reason=_text(f), by=by),
            (s.HANDLING,),
            shown=_is_given_back,
            said="不再另派，其他单位照办",
        ),
        Act(
            "unit_sign",
            "签收",
            forms.ActForm,
            lambda i, f, by: actions.sign_for_unit(i, by=by),
            (s.UNIT_SIGNING,),
            sign="check2-square",
            said="已签收",
        ),
        Act(
            "feed_back",
            "反馈",
            forms.FeedbackForm,
            _feed_back,
            (s.UNIT_HANDLING,),
            sign="chat-left-text",
            said="反馈已送出",
        ),
        Act(
            "approve_feedback",
            "审签",
            T("审签意见"),
            lambda i, f, by: actions.approve_feedback(i, opinion=_text(f), by=by),
            (s.UNIT_CHECKING,),
            sign="pen",
            said="已审签，反馈已报政府办",
        ),
        Act(
            "send_feedback_back",
            "退回修改",
            T("退回理由", required=True),
            lambda i, f, by: actions.send_feedback_back(i, reason=_text(f), by=by),
            (s.UNIT_CHECKING,),
            said="已退回",
        ),
        Act(
            "collate",
            "汇总",
            T("汇总意见", required=True),
            lambda i, f, by: actions.collate(i, text=_text(f), by=by),
            (s.COLLATING,),
            sign="collection",
            said="已汇总",
        ),
        Act(
            "return_feedback",
            "退回重报",
            forms.ReturnFeedbackForm,
            lambda i, f, by: actions.return_feedback(
                i, list(f.cleaned_data["units"]), reason=_text(f), due_at=f.cleaned_data["due_at"], by=by
            ),
            (s.COLLATING,),
            said="已退回重报，其他单位的反馈不变",
        ),
        Act(
            "reply",
            "答复",
            forms.ReplyForm,
            lambda i, f, by: actions.reply(i, kind=f.cleaned_data["kind"], text=_text(f), by=by),
            (s.REPLYING,),
            sign="reply-all",
            said="已答复来文单位",
        ),
        Act(
            "close",
            "办结",
            forms.ActForm,
            lambda i, f, by: actions.close(i, by=by),
            (s.REPLIED,),
            sign="check2-all",
            said="已办结，移交归档",
        ),
        Act(
            "late",
            "补批",
            forms.LateForm,
            lambda i, f, by: actions.instruct_late(i, f.words(), by=by),
            permission="documents.instruct",
            template="documents/acts/instruct.html",
            is_open=True,
            shown=_may_write_late,
            said="新的批示已送到在办的人",
        ),
        Act(
            "call",
            "电话记录",
            forms.CallForm,
            lambda i, f, by: actions.note_call(i, f.call(), by=by),
            permission="documents.receive|documents.register_all",
            is_open=True,
            sign="telephone",
            said="电话记录已登记",
        ),
        Act(
            "litigation",
            "标为涉法涉诉",
            T("理由", required=True),
            lambda i, f, by: actions.set_litigation(i, reason=_text(f), by=by),
            permission="documents.litigation",
            is_open=True,
            shown=_may_mark,
            said="已标为涉法涉诉，未经合法性审核不能批转到单位",
        ),
        Act(
            "channel",
            "并入又一来路",
            forms.ChannelForm,
            lambda i, f, by: actions.join_channel(i, f.arrival(), by=by),
            permission="documents.register",
            is_open=True,
            said="已并为一件",
        ),
    )
}


def acts_for(sheet: Sheet) -> list[Act]:
    """Return the acts that belong to the person's tasks, in the order of the procedure."""
    return [act for act in ACTS.values() if sheet.phases & set(act.phases) and act.shown(sheet)]


def open_acts(sheet: Sheet, actor: Actor) -> list[Act]:
    """Return the acts that need no task: 补批, 电话记录, 标为涉法涉诉, 并件."""
    return [act for act in ACTS.values() if act.is_open and act.is_for(actor) and act.shown(sheet)]
