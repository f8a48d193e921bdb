"""Playing a story with the real acts, words standing for words to come: so a mould is made."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from demo.registry import County
from demo.year.parts import Players, Shape
from zhongshu.archive import actions as archive
from zhongshu.archive.models import ArchivalFile
from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.documents import actions
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.actions.closing import Call
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.actions.receiving import Arrival, Registration
from zhongshu.documents.actions.reviewing import ProposalForm, ReviewForm
from zhongshu.documents.models import (
    DocType,
    IncomingDocument,
    LeaderInstruction,
    Meaning,
    OpinionForm,
)
from zhongshu.people.actors import actor_for
from zhongshu.people.models import Delegation, DelegationState, Person

TITLE = "⟪标题⟫"
ISSUER = "⟪来文机关⟫"
ASSIGN_DUE = dt.datetime(2099, 12, 24, 7, 7, tzinfo=clock.ZONE)
STAND_INS = Players(
    clerk="林晓禾",
    sorter="冯小满",
    director="程以安",
    deputy="闻仲谦",
    legal="江守律",
    supervisor="尹卓",
    archivist="文静姝",
    leaders=("陆承安", "沈知衡"),
    readers=("顾怀川", "贺云岫", "叶书宁"),
    units=("fagai", "jiaoti", "kegong", "minzheng"),
)
SENDER = "chengguan_zhen"


def token(step: str) -> str:
    """The words that stand for what is said at a step; ten characters, as a result must have."""
    return f"⟪此处待填{step}的话⟫"


@dataclass
class Stage:
    """The stand-ins and the paper they act on."""

    county: County
    shape: Shape
    incoming: IncomingDocument = field(init=False)

    def by(self, name: str) -> Actor:
        return self.county.actor(name)

    def play(self, step: str) -> None:
        """Perform one step: its name, then what it is about (sign:0)."""
        verb, _, rest = step.partition(":")
        _VERBS[verb](self, rest)

    # what the stand-ins are

    def leader(self, at: str) -> str:
        return STAND_INS.leaders[int(at)]

    def unit(self, at: str) -> str:
        return STAND_INS.units[int(at)]

    def unit_actor(self, at: str, who: int) -> Actor:
        code = self.unit(at)
        name = Players.unit_people(code)[who]
        person = self.county.person(name)
        return actor_for(person, appointment=self.county.appointments[name, code])

    def fresh(self) -> IncomingDocument:
        return IncomingDocument.objects.select_related("matter__tenant", "issuer_unit", "lead_unit").get(
            pk=self.incoming.pk
        )


def _registration(stage: Stage) -> Registration:
    shape = stage.shape
    return Registration(
        title=TITLE,
        issuer_name=ISSUER,
        issuer_unit_id=stage.county.unit(SENDER).pk,
        direction="upward" if shape.is_returned or shape.is_request else "downward",
        doc_type=DocType.REQUEST if shape.is_request else DocType.NOTICE,
        urgency=shape.urgency,
        requires_feedback=shape.needs_reply,
        handling_type="read" if shape.is_reading else "action",
        is_litigation_related=shape.is_litigation,
    )


def _arrive(stage: Stage, _: str) -> None:
    stage.incoming = actions.receive(_registration(stage), Arrival(), by=stage.by(STAND_INS.sorter))


def _take(stage: Stage, _: str) -> None:
    by = stage.by(STAND_INS.clerk)
    actions.sign_for(stage.incoming, by=by)
    actions.complete_registration(stage.incoming, _registration(stage), by=by)


def _register(stage: Stage, _: str) -> None:
    stage.incoming = actions.register(_registration(stage), Arrival(), by=stage.by(STAND_INS.clerk))


def _review(stage: Stage, _: str) -> None:
    shape = stage.shape
    form = ReviewForm(
        is_ours=True,
        conforms_rules=not shape.is_returned,
        conforms_format=True,
        was_consulted=True,
        conclusion="return" if shape.is_returned else "passed",
        opinion=token("review") if shape.is_returned else "",
        advice=token("advice") if shape.is_returned else "",
        handling_type="read" if shape.is_reading else "action",
        is_litigation_related=shape.is_litigation,
    )
    actions.review(stage.fresh(), form, by=stage.by(STAND_INS.clerk))


def _send_back(stage: Stage, _: str) -> None:
    actions.approve_return(stage.fresh(), opinion="同意退文", by=stage.by(STAND_INS.deputy))


def _legal(stage: Stage, _: str) -> None:
    actions.review_legality(
        stage.fresh(), conclusion="pass", opinion=token("legal"), by=stage.by(STAND_INS.legal)
    )


def _propose(stage: Stage, _: str) -> None:
    shape, county = stage.shape, stage.county
    names = STAND_INS.readers[: shape.readers] if shape.is_reading else STAND_INS.leaders[: shape.leaders]
    units = [county.unit(code).pk for code in STAND_INS.units[: shape.units]]
    form = ProposalForm(
        text=token("propose"),
        leaders=[county.person(name).pk for name in names],
        lead_unit_id=units[0] if units else None,
        co_units=units[1:],
        due_at=ASSIGN_DUE if units else None,
        handling_type="read" if shape.is_reading else "action",
    )
    actions.propose(stage.fresh(), form, by=stage.by(STAND_INS.clerk))


def _check(stage: Stage, _: str) -> None:
    actions.check(stage.fresh(), Words(text=token("check")), by=stage.by(STAND_INS.director))


def _instruct(stage: Stage, rest: str) -> None:
    """instruct:0w in words, :0c by a circle, :0p on paper, recorded by the clerk."""
    at, how = rest[0], rest[1]
    leader = stage.leader(at)
    if how == "p":
        words = Words(text=token(f"instruct{at}"), form=OpinionForm.PAPER, instructed_at=clock.now())
        person = stage.county.person(leader)
        _let_record(person, stage.county.person(STAND_INS.sorter))
        actions.instruct(stage.fresh(), words, for_leader=person, by=stage.by(STAND_INS.sorter))
        return
    words = Words(meaning=Meaning.AGREED) if how == "c" else Words(text=token(f"instruct{at}"))
    actions.instruct(stage.fresh(), words, by=stage.by(leader))


def _let_record(leader: Person, recorder: Person) -> None:
    """The engine lets nobody finish another's task without a delegation; this one is undone with the play."""
    Delegation.objects.create(
        principal_person=leader,
        agent=recorder,
        scope=["documents"],
        can_sign=True,
        start=clock.now() - dt.timedelta(hours=1),
        end=clock.now() + dt.timedelta(hours=1),
        reason="代录",
        state=DelegationState.ACTIVE,
    )


def _confirm(stage: Stage, at: str) -> None:
    leader = stage.leader(at)
    opinion = stage.incoming.opinions.get(author=stage.county.person(leader), box="instruction")
    actions.confirm_opinion(opinion, by=stage.by(leader))


def _assign(stage: Stage, _: str) -> None:
    units = [stage.county.unit(code).pk for code in STAND_INS.units[: stage.shape.units]]
    assignment = Assignment(units[0], units[1:], ASSIGN_DUE, token("assign"))
    actions.assign(stage.fresh(), assignment, by=stage.by(STAND_INS.clerk))


def _sign(stage: Stage, at: str) -> None:
    actions.sign_for_unit(stage.fresh(), by=stage.unit_actor(at, 0))


def _progress(stage: Stage, at: str) -> None:
    actions.report_progress(stage.fresh(), text=token(f"progress{at}"), by=stage.unit_actor(at, 0))


def _feed(stage: Stage, at: str) -> None:
    actions.feed_back(stage.fresh(), text=token(f"feed{at}"), by=stage.unit_actor(at, 0))


def _approve(stage: Stage, at: str) -> None:
    actions.approve_feedback(stage.fresh(), by=stage.unit_actor(at, 2))


def _call(stage: Stage, _: str) -> None:
    call = Call("confirm", token("called"), token("answered"), clock.now(), token("call"))
    actions.note_call(stage.fresh(), call, by=stage.by(STAND_INS.clerk))


def _read(stage: Stage, rest: str) -> None:
    """read:0c by a circle, :0w with words."""
    name = STAND_INS.readers[int(rest[0])]
    words = Words(text=token(f"read{rest[0]}")) if rest[1] == "w" else Words(meaning=Meaning.READ)
    actions.initial_reading(stage.fresh(), words, by=stage.by(name))


def _collate(stage: Stage, _: str) -> None:
    actions.collate(stage.fresh(), text=token("collate"), by=stage.by(STAND_INS.clerk))


def _reply(stage: Stage, _: str) -> None:
    actions.reply(stage.fresh(), kind="exchange", text=token("reply"), by=stage.by(STAND_INS.clerk))


def _close(stage: Stage, _: str) -> None:
    actions.close(stage.fresh(), by=stage.by(STAND_INS.clerk))


def _archive(stage: Stage, _: str) -> None:
    file = ArchivalFile.objects.get(matter_id=stage.incoming.pk)
    archive.archive(file, retention="d30", by=stage.by(STAND_INS.archivist))


def _exempt(stage: Stage, _: str) -> None:
    file = ArchivalFile.objects.get(matter_id=stage.incoming.pk)
    archive.exempt(file, reason="普发性不需办理的上级件", by=stage.by(STAND_INS.archivist))


def _move(stage: Stage, rest: str) -> None:
    """move:relayed moves every 批示件 of the paper that can move there; the leader reads their own."""
    for row in _instructions(stage):
        who = STAND_INS.supervisor
        if rest == "leader_read" and row.leader:
            who = row.leader.name
        actions.move_instruction(row, rest, by=stage.by(who))


def _instructions(stage: Stage) -> list[LeaderInstruction]:
    rows = LeaderInstruction.objects.filter(source_id=stage.incoming.pk, matter__closed_at__isnull=True)
    return list(rows.select_related("matter", "leader").order_by("pk"))


_VERBS: dict[str, Callable[[Stage, str], None]] = {
    "arrive": _arrive,
    "take": _take,
    "register": _register,
    "review": _review,
    "send_back": _send_back,
    "legal": _legal,
    "propose": _propose,
    "check": _check,
    "instruct": _instruct,
    "confirm": _confirm,
    "assign": _assign,
    "sign": _sign,
    "progress": _progress,
    "feed": _feed,
    "approve": _approve,
    "call": _call,
    "read": _read,
    "collate": _collate,
    "reply": _reply,
    "close": _close,
    "archive": _archive,
    "exempt": _exempt,
    "move": _move,
}
