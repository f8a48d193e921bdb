"""Papers on their way, brought to the step a test is about by those whose turn it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base import clock
from zhongshu.documents import actions
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.actions.receiving import Arrival, Registration
from zhongshu.documents.actions.reviewing import ProposalForm, ReviewForm
from zhongshu.documents.models import IncomingDocument

Make = Callable[..., IncomingDocument]


def registration(**changes: Any) -> Registration:
    """Return what a clerk registers of an ordinary 通知."""
    values = {
        "title": "关于开展汛期地质灾害隐患排查整治工作的通知",
        "issuer_name": "澜川市人民政府办公室",
        "doc_number": "澜政办发〔2026〕21号",
        **changes,
    }
    return Registration(**values)


def passed(**changes: Any) -> ReviewForm:
    """Return a review that finds nothing wrong."""
    values = {
        "is_ours": True,
        "conforms_rules": True,
        "conforms_format": True,
        "was_consulted": True,
        "conclusion": "passed",
        **changes,
    }
    return ReviewForm(**values)


class Carrier:
    """Brings papers to a step."""

    def __init__(self, office: Any) -> None:
        self.office = office
        self.clerk = office.actor(office.clerk)

    def registered(self, **changes: Any) -> IncomingDocument:
        """登记好，待初审."""
        return actions.register(registration(**changes), Arrival(), by=self.clerk)

    def reviewed(self, **changes: Any) -> IncomingDocument:
        """初审过，待拟办."""
        incoming = self.registered(**changes)
        return actions.review(incoming, passed(handling_type=incoming.handling_type), by=self.clerk)

    def proposed(self, leaders: list[Any] | None = None, **changes: Any) -> IncomingDocument:
        """拟办过，待审核."""
        chain = leaders if leaders is not None else [self.office.county_head, self.office.vice_head]
        return actions.propose(self.reviewed(**changes), self.proposal(chain), by=self.clerk)

    def proposal(self, leaders: list[Any], **changes: Any) -> ProposalForm:
        """Return a proposal that puts the paper to two departments."""
        units = [group.unit for group in self.office.depts]
        values = {
            "text": "建议由发改局主办，财政局协办。",
            "leaders": [leader.pk for leader in leaders],
            "lead_unit_id": units[0].pk,
            "co_units": [units[1].pk],
            "due_at": clock.now() + timedelta(days=2),
            **changes,
        }
        return ProposalForm(**values)

    def instructing(self, leaders: list[Any] | None = None, **changes: Any) -> IncomingDocument:
        """审核过，待批示."""
        incoming = self.proposed(leaders, **changes)
        return actions.check(incoming, Words(text="同意。"), by=self.office.actor(self.office.director))

    def assigning(self, **changes: Any) -> IncomingDocument:
        """批示过，待交办."""
        incoming = self.instructing([self.office.county_head], **changes)
        actions.instruct(incoming, Words(text="请抓紧办理。"), by=self.office.actor(self.office.county_head))
        return incoming

    def handling(self, units: int = 2, **changes: Any) -> IncomingDocument:
        """交办了，待承办单位签收."""
        incoming = self.assigning(**changes)
        return actions.assign(incoming, self.assignment(units), by=self.clerk)

    def assignment(self, units: int = 2) -> Assignment:
        """Return an assignment to so many units, the first of them leading."""
        chosen = [group.unit.pk for group in self.office.depts[:units]]
        return Assignment(chosen[0], chosen[1:], clock.now() + timedelta(days=2))

    def fed_back(self, units: int = 2, **changes: Any) -> IncomingDocument:
        """承办单位都反馈了，待汇总."""
        incoming = self.handling(units, **changes)
        for group in self.office.depts[:units]:
            self.answer(incoming, group)
        return incoming

    def answer(self, incoming: IncomingDocument, group: Any) -> None:
        """Let a unit sign, answer and approve."""
        actions.sign_for_unit(incoming, by=self.office.actor(group.liaison))
        actions.feed_back(
            incoming, text="已完成排查，发现隐患五处，均已落实监测人。", by=self.office.actor(group.liaison)
        )
        actions.approve_feedback(incoming, by=self.office.actor(group.head))


@pytest.fixture
def carrier(office: Any) -> Carrier:
    """Return who brings papers to a step."""
    return Carrier(office)


def phase(incoming: IncomingDocument) -> str:
    """Return where the paper stands now."""
    incoming.matter.refresh_from_db()
    return incoming.matter.phase
