"""批示: a chain of leaders' words and circles, typed or in ink; 圈阅 of papers that are only read."""

from dataclasses import replace
from typing import Any

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.documents import notices, rules
from zhongshu.documents import states as s
from zhongshu.documents.actions.assigning import Assignment, obstacles_to_units, units_var, write_assignment
from zhongshu.documents.actions.instructions import become_instruction
from zhongshu.documents.actions.opinions import ON_PAPER, Words, write_opinion
from zhongshu.documents.models import Box, IncomingDocument, Meaning, Opinion, OpinionForm
from zhongshu.documents.search import reindex
from zhongshu.documents.tasks import my_task, next_in_turn, open_tasks
from zhongshu.flow import verbs
from zhongshu.flow.models import FlowTask
from zhongshu.people.models import Person


@act("instruct_incoming", "批示")
def instruct(
    incoming: IncomingDocument,
    words: Words,
    *,
    assignment: Assignment | None = None,
    for_leader: Person | None = None,
    by: Actor,
) -> Opinion:
    """批示; with an assignment: 签名并转办. `for_leader`: 秘书代录 of paper, oral or telephone words."""
    task = task_of(incoming, s.INSTRUCTING, for_leader, by=by)
    after = next_in_turn(task)
    if found := _obstacles(incoming, words, assignment, after):
        raise Refused(*found)
    opinion = write_opinion(incoming, Box.INSTRUCTION, words, task=task, author=for_leader, by=by)
    given: dict[str, Any] = {"relayed": assignment is not None}
    if assignment is not None:
        write_assignment(incoming, assignment, by=by)
        given["units"] = units_var(assignment)
    verbs.finish(
        task,
        outcome=words.meaning,
        opinion=words_for_trail(words, for_leader),
        data={"vars": given},
        by=as_leader(by, for_leader),
    )
    become_instruction(incoming, opinion, assignment, by=by)
    reindex(incoming)
    if for_leader:
        notices.ask_for_confirmation(opinion, by=by)
    return opinion


def _obstacles(
    incoming: IncomingDocument, words: Words, assignment: Assignment | None, after: FlowTask | None
) -> list[Refusal]:
    has_ink = bool(words.strokes or words.scan)
    found = rules.obstacles_to_instructing(
        incoming, is_last=after is None, meaning=words.meaning, text=words.text, has_ink=has_ink
    )
    if assignment is not None and after is not None:
        found.append(
            Refusal(
                "DOC-69",
                f"后面还有{after.holder_name}批示，请用“只批示”；由最后一位领导签名并转办，或由秘书科交办",
            )
        )
    elif assignment is not None:
        found += obstacles_to_units(incoming, assignment)
    return found + obstacles_to_recording(words)


def obstacles_to_recording(words: Words) -> list[Refusal]:
    """What was not written here must say when it was really given."""
    if words.form in ON_PAPER and words.instructed_at is None:
        return [Refusal("DOC-49", "请填写领导批示的实际时间", "instructed_at")]
    return []


def task_of(incoming: IncomingDocument, phase: str, leader: Person | None, *, by: Actor) -> FlowTask:
    """Return the actor's own task, or the leader's open one for who may record what leaders said on paper."""
    if leader is None:
        return my_task(incoming, phase, by=by)
    demand_recorder(by)
    for task in open_tasks(incoming.matter):
        if task.assignee_id == leader.pk and task.step and task.step.phase == phase:
            return task
    raise Refused.one(
        "DOC-51",
        f"这件现在没有送{leader.name}{s.NAMES[phase]}；已经批过又有新话的，请勾选“补批”",
        "leader",
    )


def demand_recorder(by: Actor) -> None:
    """Refuse who may not write down a leader's words."""
    if not by.may("documents.record_for_leader"):
        raise Refused.one("DOC-50", "您没有代录领导批示的权限，请交秘书科代录")


def as_leader(by: Actor, leader: Person | None) -> Actor:
    """Return who is written down for a step: 林某（代陆某） where a secretary records."""
    return by.for_(leader.pk, leader.name) if leader else by


def words_for_trail(words: Words, leader: Person | None) -> str:
    """Return the words as the trail shows them, with the way they came."""
    if leader is None:
        return words.shown
    return f"{OpinionForm(words.form).label}（秘书代录）：{words.shown}"


@act("initial_reading", "圈阅")
def initial_reading(
    incoming: IncomingDocument, words: Words, *, for_leader: Person | None = None, by: Actor
) -> IncomingDocument:
    """阅件圈阅: on a paper for reading a circle means read, nothing more; words are words (practice 9)."""
    task = task_of(incoming, s.CIRCULATING, for_leader, by=by)
    if found := obstacles_to_recording(words):
        raise Refused(*found)
    has_words = bool(words.text.strip() or words.strokes) or (
        words.scan is not None and words.meaning == Meaning.WORDS
    )
    said = replace(words, meaning=Meaning.WORDS if has_words else Meaning.READ)
    opinion = write_opinion(incoming, Box.READING, said, task=task, author=for_leader, by=by)
    verbs.finish(
        task,
        outcome=said.meaning,
        opinion=words_for_trail(said, for_leader),
        by=as_leader(by, for_leader),
    )
    if has_words:
        become_instruction(incoming, opinion, None, by=by)
        reindex(incoming)
    if for_leader:
        notices.ask_for_confirmation(opinion, by=by)
    return incoming
