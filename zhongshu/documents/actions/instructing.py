"""批示: a chain, half of it on paper; words that come later reach those already at work."""

from datetime import datetime
from typing import Any

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.transactions import writing
from zhongshu.documents import notices, rules
from zhongshu.documents import states as s
from zhongshu.documents.actions.assigning import Assignment, units_var, write_assignment
from zhongshu.documents.actions.instructions import become_instruction
from zhongshu.documents.actions.opinions import Words, write_opinion
from zhongshu.documents.actions.trails import note
from zhongshu.documents.models import (
    Box,
    IncomingDocument,
    Meaning,
    Opinion,
    OpinionDraft,
    OpinionForm,
)
from zhongshu.documents.search import reindex
from zhongshu.documents.tasks import is_last_in_turn, my_task, open_tasks
from zhongshu.flow import verbs
from zhongshu.flow.models import FlowTask
from zhongshu.people.models import Person

ON_PAPER = {OpinionForm.PAPER, OpinionForm.ORAL, OpinionForm.TELEPHONE}


@act("instruct_incoming")
def instruct(
    incoming: IncomingDocument,
    words: Words,
    *,
    assignment: Assignment | None = None,
    for_leader: Person | None = None,
    by: Actor,
) -> Opinion:
    """批示; with an assignment: 签名并转办. `for_leader`: 秘书代录 of paper, oral or telephone words."""
    task = _task_of(incoming, for_leader, by) if for_leader else my_task(incoming, s.INSTRUCTING, by=by)
    is_last = is_last_in_turn(task)
    if found := _obstacles(incoming, words, assignment, is_last=is_last):
        raise Refused(*found)
    opinion = write_opinion(incoming, Box.INSTRUCTION, words, task=task, author=for_leader, by=by)
    data: dict[str, Any] = {}
    if assignment is not None and is_last:
        write_assignment(incoming, assignment, by=by)
        data = {"vars": {"relayed": True, "units": units_var(assignment)}}
    verbs.finish(
        task,
        outcome=words.meaning,
        opinion=_trail_words(words, for_leader),
        data=data,
        by=_as(by, for_leader),
    )
    become_instruction(incoming, opinion, assignment, by=by)
    reindex(incoming)
    if for_leader:
        notices.ask_for_confirmation(opinion, by=by)
    return opinion


def _obstacles(
    incoming: IncomingDocument, words: Words, assignment: Assignment | None, *, is_last: bool
) -> list[Refusal]:
    has_ink = bool(words.strokes or words.scan)
    found = rules.obstacles_to_instructing(
        incoming, is_last=is_last, meaning=words.meaning, text=words.text, has_ink=has_ink
    )
    if assignment is not None and is_last:
        found += rules.obstacles_to_assigning(incoming, units_var(assignment)) + rules.legal_obstacles(
            incoming
        )
    if words.form in ON_PAPER and words.instructed_at is None:
        found.append(Refusal("DOC-49", "请填写领导批示的实际时间", "instructed_at"))
    return found


def _task_of(incoming: IncomingDocument, leader: Person, by: Actor) -> FlowTask:
    """Return the leader's own open task; whoever records for leaders must hold that permission."""
    if not by.may("documents.record_for_leader"):
        raise Refused.one("DOC-50", "您没有代录领导批示的权限")
    tasks = open_tasks(incoming.matter)
    found = [t for t in tasks if t.assignee_id == leader.pk and t.step and t.step.phase == s.INSTRUCTING]
    if not found:
        raise Refused.one("DOC-51", f"这件现在没有送{leader.name}批示；已经批过又有新话的，请用“补批”")
    return found[0]


def _as(by: Actor, leader: Person | None) -> Actor:
    return by.for_(leader.pk, leader.name) if leader else by


def _trail_words(words: Words, leader: Person | None) -> str:
    if leader is None:
        return words.shown
    return f"{OpinionForm(words.form).label}（秘书代录）：{words.shown}"


@act("instruct_late")
def instruct_late(
    incoming: IncomingDocument, words: Words, *, for_leader: Person | None = None, by: Actor
) -> Opinion:
    """补批: new words reach those already at work without a restart."""
    if for_leader and not by.may("documents.record_for_leader"):
        raise Refused.one("DOC-50", "您没有代录领导批示的权限")
    if not for_leader and not by.may("documents.instruct"):
        raise Refused.one("DOC-52", "您没有批示的权限")
    if not words.text.strip() and not words.strokes and not words.scan:
        raise Refused.one("DOC-26", "请写出批示内容", "text")
    opinion = write_opinion(incoming, Box.INSTRUCTION, words, author=for_leader, is_late=True, by=by)
    _spread(incoming, opinion, "补批", by)
    if for_leader:
        notices.ask_for_confirmation(opinion, by=by)
    return opinion


@act("amend_opinion")
def amend_opinion(opinion: Opinion, words: Words, *, by: Actor) -> Opinion:
    """改批: a changed mind is a new entry beside the old one."""
    if opinion.author_id not in (by.person_id, by.on_behalf_of_id) and not by.may(
        "documents.record_for_leader"
    ):
        raise Refused.one("DOC-53", "只有本人（或代录秘书）可以改批")
    if opinion.superseded_by.exists():
        raise Refused.one("DOC-54", "这条批示已经改过，请在最新的一条上改")
    if not words.text.strip() and not words.strokes:
        raise Refused.one("DOC-26", "请写出批示内容", "text")
    new = write_opinion(
        opinion.incoming,
        Box(opinion.box),
        words,
        author=opinion.author,
        is_late=True,
        supersedes=opinion,
        by=by,
    )
    _spread(opinion.incoming, new, "改批", by)
    return new


def _spread(incoming: IncomingDocument, opinion: Opinion, label: str, by: Actor) -> None:
    become_instruction(incoming, opinion, None, by=by)
    reindex(incoming)
    notices.tell_those_at_work(incoming, opinion, by=by)
    note(incoming, "instruct_late", label, f"{opinion.author_name}：{opinion.text}", by, key_act=True)


@act("confirm_opinion")
def confirm_opinion(opinion: Opinion, *, transcription: str = "", by: Actor) -> Opinion:
    """确认代录: the leader says that this is what was meant."""
    if opinion.author_id != by.person_id:
        raise Refused.one("DOC-55", f"只有{opinion.author_name}本人可以确认")
    if opinion.confirmed_at:
        raise Refused.one("DOC-56", "已经确认过")
    opinion.confirmed_at = clock.now()
    opinion.save(update_fields=["confirmed_at"])
    note(opinion.incoming, "confirm_opinion", "确认代录批示", opinion.text, by)
    return opinion


@act("initial_reading")
def initial_reading(incoming: IncomingDocument, words: Words, *, by: Actor) -> IncomingDocument:
    """阅件圈阅: on a paper for reading a circle means read, nothing more (practice 9)."""
    task = my_task(incoming, s.CIRCULATING, by=by)
    meaning = words.meaning if words.text.strip() else Meaning.READ
    said = Words(**{**words.__dict__, "meaning": meaning})
    opinion = write_opinion(incoming, Box.READING, said, task=task, by=by)
    verbs.finish(task, outcome=meaning, opinion=said.shown, by=by)
    if said.text.strip():
        become_instruction(incoming, opinion, None, by=by)
        reindex(incoming)
    return incoming


def save_draft(incoming: IncomingDocument, box: str, data: dict[str, Any], *, by: Actor) -> datetime:
    """暂存: kept on the server, so that closing the pad loses nothing; no act of the office, so no trail."""
    with writing():
        row, _ = OpinionDraft.objects.update_or_create(
            incoming=incoming,
            person_id=by.me,
            box=box,
            defaults={"data": data, "saved_at": clock.now()},
        )
    return row.saved_at
