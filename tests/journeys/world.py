"""An office in the middle of its work: a paper at every step, and what else fills the pages."""

from typing import Any

from zhongshu.documents import actions
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.tests.conftest import Carrier, passed


def papers_at_every_step(office: Any) -> dict[str, IncomingDocument]:
    """Return papers by where they stand."""
    carrier = Carrier(office)
    number = iter(range(1, 99))

    def facts(**more: Any) -> dict[str, Any]:
        n = next(number)
        return {"doc_number": f"澜政办发〔2026〕{n}号", "title": f"关于做好第{n}项防汛工作的通知", **more}

    head = [office.county_head]
    found = {
        "registered": carrier.registered(**facts()),
        "reviewed": carrier.reviewed(**facts(urgency="urgent")),
        "proposed": carrier.proposed(**facts()),
        "instructing": carrier.instructing(head, **facts(urgency="extra_urgent")),
        "assigning": carrier.assigning(**facts()),
        "signing": carrier.handling(**facts()),
        "collating": carrier.fed_back(**facts(requires_feedback=True)),
        "legal": carrier.reviewed(**facts(is_litigation_related=True)),
        "reading": for_reading(office),
        "returning": _returning(carrier, facts()),
        "closed": _closed(carrier, facts()),
    }
    found["handling"] = _handling(carrier, facts())
    found["checking"] = _checking(carrier, facts())
    return found


def _returning(carrier: Carrier, facts: dict[str, Any]) -> IncomingDocument:
    unit = carrier.office.townships[0].unit
    asked = {**facts, "issuer_unit_id": unit.pk, "issuer_name": unit.name, "direction": "upward"}
    incoming = carrier.registered(**asked, doc_type="request_for_instructions")
    form = passed(is_ours=False, conclusion="return", faults=["DOC-20"], opinion="不属县政府职权。")
    return actions.review(incoming, form, by=carrier.clerk)


def _handling(carrier: Carrier, facts: dict[str, Any]) -> IncomingDocument:
    incoming = carrier.handling(1, **facts)
    actions.sign_for_unit(incoming, by=carrier.office.actor(carrier.office.depts[0].liaison))
    return incoming


def _checking(carrier: Carrier, facts: dict[str, Any]) -> IncomingDocument:
    incoming = _handling(carrier, facts)
    liaison = carrier.office.actor(carrier.office.depts[0].liaison)
    actions.feed_back(incoming, text="已完成排查，发现隐患五处，均已落实。", by=liaison)
    return incoming


def _closed(carrier: Carrier, facts: dict[str, Any]) -> IncomingDocument:
    incoming = carrier.fed_back(1, **facts)
    actions.collate(incoming, text="已办结。", by=carrier.clerk)
    return actions.close(incoming, by=carrier.clerk)


def for_reading(office: Any, title: str = "关于印发会议纪要的通知") -> IncomingDocument:
    """A paper on its round among three leaders."""
    carrier = Carrier(office)
    incoming = carrier.reviewed(title=title, doc_number="澜政办发〔2026〕99号", handling_type="read")
    readers = [office.county_head, office.exec_vice_head, office.vice_head]
    form = carrier.proposal(readers, lead_unit_id=None, co_units=[], handling_type="read")
    actions.propose(incoming, form, by=carrier.clerk)
    return actions.check(incoming, Words(text="同意。"), by=office.actor(office.director))
