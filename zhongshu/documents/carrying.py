"""Carry a paper through its whole procedure by those in whose hands it lies: for drills and real input."""

from collections.abc import Callable

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.documents import actions, proposals, tasks
from zhongshu.documents import states as s
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.actions.receiving import Registration
from zhongshu.documents.actions.reviewing import ProposalForm, ReviewForm
from zhongshu.documents.models import HandlingType, IncomingDocument
from zhongshu.people.actors import actor_for
from zhongshu.people.models import OrgUnit, UnitType

MOST_STEPS = 60
Step = Callable[[IncomingDocument, Actor], object]


def carry(incoming: IncomingDocument) -> list[str]:
    """Do each step as the first person who has it, until nothing waits; return who did what."""
    told: list[str] = []
    for _ in range(MOST_STEPS):
        incoming.refresh_from_db()
        incoming.matter.refresh_from_db()
        waiting = [task for task in tasks.open_tasks(incoming.matter) if task.step]
        if incoming.matter.closed_at or not waiting:
            return told
        task = waiting[0]
        actor = actor_for(tasks.persons_of_task(task)[0], channel="command")
        phase = task.step.phase if task.step else ""
        STEPS[phase](incoming, actor)
        told.append(f"{s.NAMES[phase]} {actor.name}")
    raise Refused.one("CARRY-01", f"办了{MOST_STEPS}步仍未办结，停在“{incoming.matter.phase_name}”")


def _register(incoming: IncomingDocument, by: Actor) -> object:
    matter = incoming.matter
    names = Registration.__dataclass_fields__
    known = {name: getattr(incoming, name) for name in names if hasattr(incoming, name)}
    known |= {name: getattr(matter, name) for name in ("title", "urgency", "label")}
    return actions.complete_registration(incoming, Registration(**known), by=by)


def _review(incoming: IncomingDocument, by: Actor) -> object:
    form = ReviewForm(True, True, True, True, "passed", handling_type=incoming.handling_type)
    return actions.review(incoming, form, by=by)


def _propose(incoming: IncomingDocument, by: Actor) -> object:
    option = next(o for o in proposals.options_for(incoming))
    lead = option.lead_unit
    if option.handling_type == HandlingType.ACTION and lead is None:
        lead = _any_unit(incoming)
    form = ProposalForm(
        text=option.text,
        basis=option.basis,
        leaders=option.leaders,
        lead_unit_id=lead,
        co_units=option.co_units,
        due_at=incoming.matter.due_at,
        handling_type=option.handling_type,
    )
    return actions.propose(incoming, form, by=by)


def _any_unit(incoming: IncomingDocument) -> int | None:
    dept = (
        OrgUnit.objects.filter(unit_type=UnitType.DEPT, is_tenant=True).order_by("sort_order", "pk").first()
    )
    return dept.pk if dept else None


def _assign(incoming: IncomingDocument, by: Actor) -> object:
    proposal = incoming.proposals.last()
    lead = incoming.lead_unit_id or _any_unit(incoming)
    co_units = proposal.co_units if proposal else []
    return actions.assign(incoming, Assignment(lead, co_units, incoming.matter.due_at), by=by)


RESULT = "已按要求办理完毕，有关情况已书面报告。"

STEPS: dict[str, Step] = {
    s.ARRIVED: lambda i, by: actions.sign_for(i, by=by),
    s.RECEIVED: _register,
    s.REGISTERED: _review,
    s.LEGAL: lambda i, by: actions.review_legality(
        i, conclusion="pass", opinion="不违反法律法规，可以办理。", by=by
    ),
    s.REVIEWED: _propose,
    s.PROPOSED: lambda i, by: actions.check(i, Words(text="同意拟办意见。"), by=by),
    s.INSTRUCTING: lambda i, by: actions.instruct(i, Words(text="请按拟办意见办理。"), by=by),
    s.CIRCULATING: lambda i, by: actions.initial_reading(i, Words(meaning="read"), by=by),
    s.ASSIGNING: _assign,
    s.UNIT_SIGNING: lambda i, by: actions.sign_for_unit(i, by=by),
    s.UNIT_HANDLING: lambda i, by: actions.feed_back(i, text=RESULT, by=by),
    s.UNIT_CHECKING: lambda i, by: actions.approve_feedback(i, by=by),
    s.COLLATING: lambda i, by: actions.collate(i, text=RESULT, by=by),
    s.REPLYING: lambda i, by: actions.reply(i, kind="letter", text=RESULT, by=by),
    s.REPLIED: lambda i, by: actions.close(i, by=by),
}
