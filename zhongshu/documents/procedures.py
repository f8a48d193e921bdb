"""The procedures of this room: their default drawing, gates, and what happens at an end."""

from zhongshu.base.refusals import Refused
from zhongshu.documents import rules
from zhongshu.documents import states as s
from zhongshu.documents.models import IncomingDocument, UnitHandling
from zhongshu.documents.procedure_blocks import INCOMING, UNIT
from zhongshu.flow import hooks
from zhongshu.flow.hooks import Moment
from zhongshu.flow.models import FlowTask
from zhongshu.matters import handovers, settings, spine
from zhongshu.people.models import LeaderPortfolio, OrgUnit, Person
from zhongshu.people.queries import holders, leaders_for

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
        state=UnitHandling.State.DECLINED
    )


def units_added(moment: Moment) -> None:
    """A unit came to the paper later (增加单位, 改派): it gets its row."""
    found = FlowTask.objects.filter(
        matter=moment.matter, closed_at__isnull=True, unit__isnull=False, step__phase=s.HANDLING, kind="do"
    )
    for task in found.select_related("unit"):
        if task.unit is None:
            continue
        UnitHandling.objects.get_or_create(
            incoming_id=moment.matter.pk,
            unit=task.unit,
            defaults={
                "unit_name": task.unit.label,
                "role": UnitHandling.Role.LEAD if task.duty == "主办" else UnitHandling.Role.CO,
                "due_at": task.due_at,
                "assigned_at": task.created_at,
            },
        )


def refuse_units_before_review(moment: Moment) -> None:
    """涉法涉诉: leaders may be told, but nothing is put to any unit before the legality review (practice 11)."""
    labels = set(moment.data.get("to", ()))
    outside = OrgUnit.objects.filter(is_tenant=True).exclude(pk=moment.matter.tenant_id)
    named = {unit.label for unit in outside}
    if labels & named and (reasons := rules.legal_obstacles(_incoming(moment))):
        raise Refused(*reasons)


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
        },
        before={"circulate": refuse_units_before_review},
        after={"decline": unit_declined, "add_units": units_added, "transfer": units_added},
        on_end=on_end,
    )
    hooks.register(
        "incoming_unit",
        name="部门（乡镇）承办",
        blocks=UNIT,
        phases=s.NAMES,
        vars={"due": "办理时限"},
    )
