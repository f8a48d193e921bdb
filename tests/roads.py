"""Roads that incoming papers take through the office by forms alone, and how a paper stands, for comparison."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.posting import small_file
from zhongshu.base.trail import TrailEntry
from zhongshu.documents.models import Feedback, IncomingDocument, LeaderInstruction, Opinion, UnitHandling
from zhongshu.files.models import Attachment
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.matters.models import Handover, Matter, Notification, Part
from zhongshu.people.models import Person

RESULT = "已完成排查，发现隐患五处，均已落实监测人和防范措施。"


@dataclass(frozen=True)
class Step:
    """One form sent: by whom, which, and what is written into it."""

    person: Person
    act: str
    values: dict[str, Any] = field(default_factory=dict)


Road = Callable[[Any, str], Iterator[Step]]


def registered(office: Any, name: str, **values: Any) -> Step:
    """登记 with a text attached."""
    asked = {
        "issuer_name": "澜川市人民政府办公室",
        "title": f"关于做好第{name}项工作的通知",
        "not_classified": "on",
        "body_file": lambda: small_file(name),
        "more_files": None,
        **values,
    }
    return Step(office.clerk, "new", asked)


def _proposal(office: Any, leaders: list[Person], units: list[Any], **values: Any) -> Step:
    asked = {
        "text": "建议按分工办理。",
        "leaders": [leader.pk for leader in leaders],
        "lead_unit": units[0].unit.pk if units else "",
        "co_units": [group.unit.pk for group in units[1:]],
        **values,
    }
    return Step(office.clerk, "propose", asked)


def _units_answer(units: list[Any]) -> Iterator[Step]:
    for group in units:
        yield Step(group.liaison, "unit_sign")
    for group in reversed(units):
        yield Step(group.liaison, "feed_back", {"text": RESULT})
        yield Step(group.head, "approve_feedback")


def by_a_leader(office: Any, name: str) -> Iterator[Step]:
    """One leader signs and relays to two units; the sender wants an answer."""
    units = office.depts[:2]
    yield registered(office, name, requires_feedback="on")
    yield Step(office.clerk, "review")
    yield _proposal(office, [office.county_head], units)
    yield Step(office.director, "check")
    yield Step(office.county_head, "instruct", {"text": "请抓紧办理。", "relay": "on"})
    yield from _units_answer(units)
    yield Step(office.clerk, "collate", {"text": "两家均已办结。"})
    yield Step(office.clerk, "reply", {"text": "已按要求完成。"})
    yield Step(office.clerk, "close")


def by_two_leaders(office: Any, name: str) -> Iterator[Step]:
    """Two leaders in turn, put to a unit by the office."""
    units = office.depts[2:3]
    yield registered(office, name)
    yield Step(office.clerk, "review")
    yield _proposal(office, [office.county_head, office.vice_head], units)
    yield Step(office.director, "check")
    yield Step(office.county_head, "instruct", {"text": "请怀川同志阅处。"})
    yield Step(office.vice_head, "instruct", {"text": "请县水利局办理。"})
    yield Step(office.clerk, "assign")
    yield from _units_answer(units)
    yield Step(office.clerk, "collate", {"text": "已办结。"})
    yield Step(office.clerk, "close")


def for_reading(office: Any, name: str) -> Iterator[Step]:
    """传阅 among three at once."""
    readers = [office.county_head, office.exec_vice_head, office.vice_head]
    yield registered(office, name, handling_type="read")
    yield Step(office.clerk, "review")
    yield _proposal(office, readers, [], handling_type="read")
    yield Step(office.director, "check")
    for reader in readers:
        yield Step(reader, "read", {"meaning": "read"})
    yield Step(office.clerk, "close")


def on_litigation(office: Any, name: str) -> Iterator[Step]:
    """涉法涉诉: the 法制科 first, then to a unit without a leader."""
    units = office.depts[3:4]
    yield registered(office, name, is_litigation_related="on")
    yield Step(office.clerk, "review")
    yield Step(office.legal, "legal", {"conclusion": "pass", "text": "不违反法律法规。"})
    yield _proposal(office, [], units)
    yield Step(office.director, "check")
    yield Step(office.clerk, "assign")
    yield from _units_answer(units)
    yield Step(office.clerk, "collate", {"text": "已办结。"})
    yield Step(office.clerk, "close")


def given_back(office: Any, name: str) -> Iterator[Step]:
    """退文: a township's request that is none of ours."""
    values = {
        "issuer_unit": office.townships[0].unit.pk,
        "doc_type": "request_for_instructions",
        "direction": "upward",
    }
    yield registered(office, name, issuer_name=office.townships[0].unit.name, **values)
    yield Step(
        office.clerk, "review", {"conclusion": "return", "is_ours": None, "opinion": "不属县政府职权。"}
    )
    yield Step(office.deputy, "approve_return", {"text": "同意退文"})


ROADS: list[Road] = [by_a_leader, for_reading, on_litigation, by_two_leaders, given_back]


def standing(public_id: str) -> dict[str, Any]:
    """Return all that the walk of a paper leaves, without its name, numbers and times."""
    matter = Matter.objects.get(public_id=public_id)
    incoming = IncomingDocument.objects.get(pk=matter.pk)
    return {
        "phase": (matter.phase, matter.phase_name, matter.closed_at is not None, bool(matter.number)),
        "facts": (
            incoming.handling_type,
            incoming.lead_unit_id,
            incoming.reply_text,
            bool(incoming.replied_at),
        ),
        **_flow(matter),
        **_words(matter),
        **_spread(matter),
        "trail": list(
            TrailEntry.objects.filter(matter_id=matter.pk)
            .order_by("seq")
            .values_list("verb", "label", "actor_id", "outcome")
        ),
    }


def _flow(matter: Matter) -> dict[str, Any]:
    instances = FlowInstance.objects.filter(matter=matter)
    steps = FlowStep.objects.filter(instance__matter=matter)
    tasks = FlowTask.objects.filter(matter=matter)
    return {
        "instances": sorted(instances.values_list("org_id", "status", "current_label")),
        "steps": sorted(steps.values_list("instance__org_id", "node", "left_as", "outcome")),
        "tasks": sorted(
            tuple(map(str, row))
            for row in tasks.values_list("node", "kind", "state", "assignee_id", "unit_id")
        ),
    }


def _words(matter: Matter) -> dict[str, Any]:
    opinions = Opinion.objects.filter(incoming_id=matter.pk)
    units = UnitHandling.objects.filter(incoming_id=matter.pk)
    feedbacks = Feedback.objects.filter(handling__incoming_id=matter.pk)
    return {
        "opinions": list(opinions.order_by("pk").values_list("box", "author_id", "meaning", "text")),
        "units": sorted(units.values_list("unit_id", "role", "state", "latest")),
        "feedbacks": sorted(feedbacks.values_list("handling__unit_id", "text", "approved_by_name")),
        "instructions": LeaderInstruction.objects.filter(source_id=matter.pk).count(),
        "files": sorted(Attachment.objects.filter(matter=matter).values_list("kind", "content_type")),
    }


def _spread(matter: Matter) -> dict[str, Any]:
    notices = Notification.objects.filter(matter=matter).values_list("person_id", "event")
    parts = Part.objects.filter(matter=matter)
    return {
        "parts": sorted(parts.values_list("principal_id", "role", "closed")),
        "notices": sorted(Counter(notices).items()),
        "handovers": sorted(Handover.objects.filter(matter=matter).values_list("kind", "state")),
    }
