"""收文全程: a paper from 签收 to 归档, act by act, by those who do it."""

from datetime import timedelta

from zhongshu.archive import actions as archive
from zhongshu.archive.models import ArchivalFile
from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.documents import actions
from zhongshu.documents import states as s
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.actions.receiving import Arrival, Registration
from zhongshu.documents.actions.reviewing import ProposalForm, ReviewForm
from zhongshu.documents.models import IncomingDocument, UnitHandling


def registration(**changes: object) -> Registration:
    values = {
        "title": "关于开展汛期地质灾害隐患排查整治工作的通知",
        "issuer_name": "澜川市人民政府办公室",
        "doc_number": "澜政办发〔2026〕21号",
        "requires_feedback": True,
        **changes,
    }
    return Registration(**values)  # type: ignore[arg-type]


def passed(**changes: object) -> ReviewForm:
    values = {
        "is_ours": True,
        "conforms_rules": True,
        "conforms_format": True,
        "was_consulted": True,
        "conclusion": "passed",
        **changes,
    }
    return ReviewForm(**values)  # type: ignore[arg-type]


def phase(incoming: IncomingDocument) -> str:
    incoming.matter.refresh_from_db()
    return incoming.matter.phase


def finish_unit(incoming: IncomingDocument, liaison: Actor, head: Actor) -> None:
    actions.sign_for_unit(incoming, by=liaison)
    actions.feed_back(incoming, text="已完成排查，发现隐患五处，全部落实监测人。", by=liaison)
    actions.approve_feedback(incoming, by=head)


def test_from_arrival_to_archive(office):
    clerk = office.actor(office.clerk)
    director = office.actor(office.director)
    head, vice = office.actor(office.county_head), office.actor(office.vice_head)
    incoming = actions.register(registration(), Arrival(), by=clerk)
    assert phase(incoming) == s.REGISTERED
    assert incoming.matter.number.startswith("收〔")
    assert incoming.first_receiver == office.clerk

    actions.review(incoming, passed(), by=clerk)
    assert phase(incoming) == s.REVIEWED
    units = [office.depts[0].unit, office.depts[1].unit]
    proposal = ProposalForm(
        text="建议由水利局主办。",
        leaders=[office.county_head.pk, office.vice_head.pk],
        lead_unit_id=units[0].pk,
        co_units=[units[1].pk],
    )
    actions.propose(incoming, proposal, by=clerk)
    assert phase(incoming) == s.PROPOSED
    actions.check(incoming, Words(text="拟同意，呈陆县长、顾副县长阅示。"), by=director)
    assert phase(incoming) == s.INSTRUCTING
    actions.instruct(incoming, Words(text="请怀川同志牵头落实。"), by=head)
    actions.instruct(incoming, Words(text="按陆县长批示落实，周五前报进展。"), by=vice)
    assert phase(incoming) == s.ASSIGNING
    due = clock.now() + timedelta(days=3)
    actions.assign(incoming, Assignment(units[0].pk, [units[1].pk], due), by=clerk)
    assert phase(incoming) == s.HANDLING
    for unit in office.depts[:2]:
        finish_unit(incoming, office.actor(unit.liaison), office.actor(unit.head))
    assert phase(incoming) == s.COLLATING
    assert set(incoming.handlings.values_list("state", flat=True)) == {UnitHandling.State.FED_BACK}
    actions.collate(incoming, text="两家单位均已办结，隐患全部落实。", by=clerk)
    actions.reply(incoming, kind="letter", text="已按要求完成。", by=clerk)
    actions.close(incoming, by=clerk)
    assert phase(incoming) == s.CLOSED
    assert incoming.matter.closed_at is not None

    file = ArchivalFile.objects.get(matter=incoming.matter)
    archive.archive(file, retention="d30", by=office.actor(office.archivist))
    assert phase(incoming) == s.ARCHIVED
    file.refresh_from_db()
    assert file.archival_code.endswith("-BGS-0001")
