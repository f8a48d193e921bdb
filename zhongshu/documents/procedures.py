"""The procedures of this room: their default drawing, gates, and what happens at an end."""

from zhongshu.base.refusals import Refusal, Refused
from zhongshu.documents import rules, undoing
from zhongshu.documents import states as s
from zhongshu.documents.models import Direction, DocType, HandlingType, IncomingDocument, UnitHandling
from zhongshu.documents.procedure_blocks import INCOMING, UNIT
from zhongshu.flow import hooks
from zhongshu.flow.hooks import Moment
from zhongshu.flow.models import FlowTask
from zhongshu.flow.seats import Seat
from zhongshu.matters import handovers, settings, spine
from zhongshu.matters.models import Urgency
from zhongshu.people.models import LeaderPortfolio, OrgUnit, Person
from zhongshu.people.queries import current_appointments, holders, leaders_for

State = UnitHandling.State

VARS = {
    "litigation": "涉法涉诉",
    "review": "初审结论",
    "handling_type": "办件类型",
    "doc_type": "文种",
    "direction": "行文方向",
    "needs_reply": "须答复",
    "leaders": "送批领导",
    "readers": "传阅范围",
    "relayed": "领导已转办",
    "units": "承办单位",
}


def _incoming(moment: Moment) -> IncomingDocument:
    return IncomingDocument.objects.select_related("matter", "issuer_unit", "lead_unit").get(
        pk=moment.matter.pk
    )


def legal_gate(moment: Moment) -> str:
    """Return why a paper on litigation may not go on; nothing passes it, not even a jump."""
    return "；".join(refusal.message for refusal in rules.legal_obstacles(_incoming(moment)))


def checkers(moment: Moment) -> list[Person]:
    """Return who checks the proposal: the director, the deputy director of the portfolio, or both in turn."""
    who = settings.get("documents.checkers", moment.matter.tenant_id)
    deputy = return_checkers(moment)[:1]
    director = holders("office_director", tenant=moment.matter.tenant_id)[:1]
    return {"deputy": deputy or director, "both": [*deputy, *director]}.get(who, director or deputy)


def return_checkers(moment: Moment) -> list[Person]:
    """Return the deputy director who approves: of the portfolio the sender falls under, else any."""
    incoming = _incoming(moment)
    unit = incoming.issuer_unit or incoming.lead_unit
    portfolios: list[LeaderPortfolio] = leaders_for(unit) if unit else []
    named = [p.deputy_director for p in portfolios if p.deputy_director]
    return named[:1] or holders("office_deputy", tenant=moment.matter.tenant_id)[:1]


def on_end(moment: Moment) -> None:
    """Project the end on the matter, and hand what is closed to the archive."""
    incoming = _incoming(moment)
    phase = s.RETURNED_TO_SENDER if moment.vars.get("review") == "return" else s.CLOSED
    spine.close_matter(moment.matter, phase)
    spine.set_phase(moment.matter, phase, s.NAMES[phase])
    if phase == s.CLOSED:
        _hand_to_archive(incoming, moment)


def _hand_to_archive(incoming: IncomingDocument, moment: Moment) -> None:
    data = {
        "doc_type": incoming.doc_type,
        "direction": incoming.direction,
        "handling_type": incoming.handling_type,
        "doc_number": incoming.doc_number,
        "responsible_party": incoming.issuer_name,
        "doc_date": incoming.doc_date.isoformat() if incoming.doc_date else "",
        "pages": incoming.pages,
    }
    handovers.handover("archive", moment.matter, data, by=moment.by)


def unit_declined(moment: Moment) -> None:
    """A unit gave the paper back (退办): its row shows it."""
    if moment.task is None or moment.task.unit_id is None:
        return
    UnitHandling.objects.filter(incoming_id=moment.matter.pk, unit_id=moment.task.unit_id).update(
        state=State.DECLINED
    )


def units_added(moment: Moment) -> None:
    """A unit came to the paper later (增加单位, 改派): it gets its row, or takes up its old one."""
    found = FlowTask.objects.filter(
        matter=moment.matter, closed_at__isnull=True, unit__isnull=False, step__phase=s.HANDLING, kind="do"
    )
    for task in found.select_related("unit"):
        if task.unit is not None:
            _put_to(moment.matter.pk, task, task.unit)


def _put_to(incoming_id: int, task: FlowTask, unit: OrgUnit) -> None:
    role = UnitHandling.Role.LEAD if task.duty == "主办" else UnitHandling.Role.CO
    given = {"role": role, "state": State.ASSIGNED, "due_at": task.due_at, "assigned_at": task.created_at}
    row, made = UnitHandling.objects.get_or_create(
        incoming_id=incoming_id, unit=unit, defaults={"unit_name": unit.label, **given}
    )
    if not made and row.state in (State.DECLINED, State.WITHDRAWN):
        UnitHandling.objects.filter(pk=row.pk).update(**given, signed_at=None)
    if role == UnitHandling.Role.LEAD:
        IncomingDocument.objects.filter(pk=incoming_id).update(lead_unit=unit)


def unit_put_off(moment: Moment) -> None:
    """A unit was given more time (延期): its row and its light go by the new deadline."""
    if moment.task is None:
        return
    unit_id = moment.task.unit_id if moment.instance.is_root else moment.instance.org_id
    rows = UnitHandling.objects.filter(incoming_id=moment.matter.pk, unit_id=unit_id or 0)
    rows.update(due_at=moment.task.due_at)


def refuse_units_before_review(moment: Moment) -> None:
    """涉法涉诉: leaders may be told, but nothing goes to a unit or its people before the review (practice 11)."""
    called: list[Seat] = moment.data.get("called", [])
    if any(_is_outside(seat, moment.matter.tenant_id) for seat in called) and (
        reasons := rules.legal_obstacles(_incoming(moment))
    ):
        raise Refused(*reasons)


def _is_outside(seat: Seat, tenant_id: int) -> bool:
    """Tell whether a seat leads out of the office: to a unit, or to a person who works in one."""
    if seat.person is None:
        return seat.unit is not None and (seat.unit.tenant_id or seat.unit.pk) != tenant_id
    return not current_appointments(seat.person).filter(unit__tenant_id=tenant_id).exists()


def refuse_second_lead(moment: Moment) -> None:
    """增加单位: one unit leads, an urgent paper names its time."""
    refuse_units_before_review(moment)
    called: list[Seat] = moment.data.get("called", [])
    incoming = _incoming(moment)
    leading = incoming.handlings.filter(role=UnitHandling.Role.LEAD).exclude(state__in=_OUT).first()
    if leading and any(seat.duty == "主办" for seat in called):
        raise Refused.one("DOC-28", f"已由{leading.unit_name}主办，增加的单位只能协办", "duty")
    found = [reason for seat in called for reason in rules.obstacles_to_due(seat.due_at)]
    if moment.matter.urgency != Urgency.NORMAL and any(seat.due_at is None for seat in called):
        found.append(Refusal("DOC-30", "紧急公文必须明确办理时限", "due_at"))
    if found:
        raise Refused(*found)


_OUT = (State.DECLINED, State.WITHDRAWN)


def may_mark_litigation(moment: Moment) -> bool:
    """Whoever marks a paper as 涉法涉诉 sends it to the review, and nowhere else."""
    is_legal = moment.node is not None and moment.node.phase == s.LEGAL
    return is_legal and moment.by.may("documents.litigation")


def may_record(moment: Moment) -> bool:
    """秘书代录: the secretary writes down what the leader signed, said or telephoned."""
    phase = moment.node.phase if moment.node else ""
    return phase in RECORDED and moment.by.may("documents.record_for_leader")


RECORDED = (s.PROPOSED, s.INSTRUCTING, s.CIRCULATING)


def register() -> None:
    """Register both procedures with the engine."""
    hooks.register(
        s.KIND,
        name="收文办理",
        blocks=INCOMING,
        phases=s.NAMES,
        vars=VARS,
        gates={"legal": legal_gate},
        resolvers={"checkers": checkers, "return_checkers": return_checkers},
        labels={
            "legal": "涉法涉诉须先经合法性审核",
            "checkers": "审核人（按设置）",
            "return_checkers": "分管副主任",
            **VARS,
            "review=return": "退文",
            **{f"handling_type={code}": label for code, label in HandlingType.choices},
            **{f"doc_type={code}": label for code, label in DocType.choices},
            **{f"direction={code}": label for code, label in Direction.choices},
        },
        before={
            "circulate": refuse_units_before_review,
            "transfer": refuse_units_before_review,
            "delegate": refuse_units_before_review,
            "add_sign": refuse_units_before_review,
            "add_units": refuse_second_lead,
        },
        after={
            "decline": unit_declined,
            "add_units": units_added,
            "transfer": units_added,
            "extend": unit_put_off,
            "withdraw": undoing.take_back,
        },
        entitled={"jump": may_mark_litigation, "record": may_record},
        returns_to_first_receiver=True,
        on_end=on_end,
    )
    hooks.register(
        "incoming_unit",
        name="部门（乡镇）承办",
        blocks=UNIT,
        phases=s.NAMES,
        vars={"due": "办理时限"},
        after={"extend": unit_put_off, "withdraw": undoing.take_back},
    )
