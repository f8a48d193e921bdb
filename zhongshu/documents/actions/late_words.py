"""Words that come later: 补批, 改批, 确认代录, 录文, 暂存; they reach those already at work without a restart."""

from datetime import datetime
from typing import Any

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.transactions import writing
from zhongshu.documents import notices, rules
from zhongshu.documents import states as s
from zhongshu.documents.actions.instructing import demand_recorder, obstacles_to_recording
from zhongshu.documents.actions.instructions import become_instruction, change_words
from zhongshu.documents.actions.opinions import Words, write_opinion
from zhongshu.documents.actions.trails import note
from zhongshu.documents.models import Box, IncomingDocument, Opinion, OpinionDraft
from zhongshu.documents.search import reindex
from zhongshu.documents.tasks import open_tasks
from zhongshu.people.models import Person


@act("instruct_late", "补批")
def instruct_late(
    incoming: IncomingDocument, words: Words, *, for_leader: Person | None = None, by: Actor
) -> Opinion:
    """补批: new words reach those already at work without a restart."""
    if for_leader:
        demand_recorder(by)
    elif not by.may("documents.instruct"):
        raise Refused.one("DOC-52", "您没有批示的权限")
    incoming.matter.refresh_from_db()
    found = rules.obstacles_to_late_words(incoming.matter) + obstacles_to_recording(words)
    if not words.are_given:
        found.append(rules.NO_WORDS)
    if found:
        raise Refused(*found)
    _refuse_turn(incoming, for_leader.pk if for_leader else by.on_behalf_of_id or by.me)
    opinion = write_opinion(incoming, Box.INSTRUCTION, words, author=for_leader, is_late=True, by=by)
    become_instruction(incoming, opinion, None, by=by)
    _spread(incoming, opinion, "补批", by)
    if for_leader:
        notices.ask_for_confirmation(opinion, by=by)
    return opinion


def _refuse_turn(incoming: IncomingDocument, leader_id: int) -> None:
    """Whose turn it is writes the 批示 itself, or the paper would go on waiting."""
    for task in open_tasks(incoming.matter):
        if task.assignee_id == leader_id and task.step and task.step.phase == s.INSTRUCTING:
            raise Refused.one("DOC-73", f"这件正等{task.holder_name}批示，请用“批示”，不用补批", "is_late")


@act("amend_opinion", "改批")
def amend_opinion(opinion: Opinion, words: Words, *, by: Actor) -> Opinion:
    """改批: a changed mind is a new entry beside the old one, and moves the 批示件 it had become."""
    incoming = opinion.incoming
    incoming.matter.refresh_from_db()
    if found := rules.obstacles_to_amending(opinion, incoming.matter, by=by):
        raise Refused(*found)
    if later := opinion.superseded_by.first():
        raise Refused.one("DOC-54", f"这条批示已经改过（改为“{later.text}”），请在最新的一条上改")
    if not words.are_given:
        raise Refused(rules.NO_WORDS)
    author = opinion.author if by.on_behalf_of_id else None
    new = write_opinion(
        incoming, Box(opinion.box), words, author=author, is_late=True, supersedes=opinion, by=by
    )
    if not change_words(opinion, new, by=by):
        become_instruction(incoming, new, None, by=by)
    _spread(incoming, new, "改批", by)
    return new


def _spread(incoming: IncomingDocument, opinion: Opinion, label: str, by: Actor) -> None:
    reindex(incoming)
    notices.tell_those_at_work(incoming, opinion, by=by)
    words = opinion.text or "（手写，待录文）"
    note(incoming, "instruct_late", label, f"{opinion.author_name}：{words}", by, key_act=True)


@act("confirm_opinion", "确认代录")
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


@act("transcribe_opinion", "录文")
def transcribe(opinion: Opinion, text: str, *, by: Actor) -> Opinion:
    """录文: put what was written by hand into letters, so that it is found, read aloud, and understood."""
    if found := rules.obstacles_to_transcribing(opinion, by=by):
        raise Refused(*found)
    if not text.strip():
        raise Refused.one("DOC-74", "请照原样录入手写的内容", "text")
    opinion.text = text.strip()
    fields = ["text"]
    if opinion.author_id != by.person_id:
        opinion.recorded_by_id, opinion.recorded_by_name = by.me, by.display
        opinion.recorded_at, opinion.confirmed_at = clock.now(), None
        fields += ["recorded_by", "recorded_by_name", "recorded_at", "confirmed_at"]
        notices.ask_for_confirmation(opinion, by=by)
    opinion.save(update_fields=fields)
    change_words(opinion, opinion, by=by)
    reindex(opinion.incoming)
    note(opinion.incoming, "transcribe_opinion", "录文", f"{opinion.author_name}：{opinion.text}", by)
    return opinion


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
