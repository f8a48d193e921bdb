"""The columns that only the paper itself can fill, model by model."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demo import ink
from demo.papers.paper import Arrival, Paper
from demo.registry import County
from demo.year.dues import Dues
from demo.year.mould import Row
from demo.year.templates import Answers, RowTemplate, Template
from zhongshu.archive import rules as archive_rules
from zhongshu.archive.models import ArchivalFile, ArchiveScope
from zhongshu.archive.rules import Described
from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.chain import Entry
from zhongshu.base.trail import digest
from zhongshu.documents.models import (
    ChannelKind,
    DocType,
    Feedback,
    IncomingChannel,
    IncomingDocument,
    InitialReview,
    LeaderInstruction,
    Opinion,
    OpinionForm,
    Proposal,
    ReturnSlip,
)
from zhongshu.documents.numbers import number_key
from zhongshu.documents.rules import FAULT_NAMES
from zhongshu.documents.states import KIND
from zhongshu.flow.models import FlowInstance, FlowTask
from zhongshu.matters import bigrams
from zhongshu.matters.models import Handover, Matter, Part
from zhongshu.people.models import OrgUnit, Person

if TYPE_CHECKING:
    from demo.year.pour import Told

Rows = dict[Any, list[Row]]
CHANNEL, UNIT = IncomingChannel, OrgUnit
DOC_TYPES = {
    "通知": DocType.NOTICE,
    "报告": DocType.REPORT,
    "函": DocType.LETTER,
    "通报": DocType.CIRCULAR,
    "请示": DocType.REQUEST,
    "纪要": DocType.MINUTES,
    "意见": DocType.OPINION,
    "批复": DocType.REPLY,
    "决定": DocType.DECISION,
    "通告": DocType.PUBLIC_NOTICE,
}
WAYS = {
    "电子交换": ChannelKind.EXCHANGE,
    "机要交换": ChannelKind.EXCHANGE,
    "邮寄": ChannelKind.POST,
    "传真": ChannelKind.FAX,
    "直送": ChannelKind.HAND,
}
# Handwriting is kept for the papers people look at; a year of strokes would fill the database.
INK_DAYS = dt.timedelta(days=75)


def old_text(row: RowTemplate, name: str) -> str:
    """What the mould itself held in a text column."""
    return str(row.old.get(name) or "")


def slip_number(template: Template) -> str:
    return old_text(template.rows[ReturnSlip][0], "number")


def doc_type_of(paper: Paper) -> str:
    return str(DOC_TYPES[paper.kind])


def register_entry(county: County, paper: Paper) -> Row:
    """What the register says of a paper."""
    name, _, phone = paper.contact.partition("，")
    return {
        "issuer_name": paper.sender.name,
        "issuer_unit_id": county.unit(paper.sender.unit).pk if paper.sender.unit else None,
        "direction": paper.direction,
        "doc_number": paper.doc_number,
        "number_key": number_key(paper.doc_number),
        "doc_type": doc_type_of(paper),
        "doc_date": paper.doc_date,
        "copies": paper.copies,
        "pages": paper.pages,
        "main_recipients": paper.recipients,
        "signer": paper.signer,
        "contact": name,
        "contact_phone": phone,
        "body": paper.body,
        "stated_due": paper.due,
        "is_litigation_related": paper.is_litigation and not paper.fault,
        "received_at": paper.received_at,
    }


def fit_document(county: County, paper: Paper, made: Rows, previous_id: int | None) -> None:
    """Write the register's entry itself, and how the paper came."""
    made[IncomingDocument][0].update(register_entry(county, paper), previous_id=previous_id)
    way, first = made[IncomingChannel][0], paper.arrivals[0]
    way.update(kind=WAYS[first.channel], received_at=first.at, copies=paper.copies)
    if first.channel == "机要交换":
        way["note"] = "机要交换（非涉密件）"
    _name_faults(paper, made)


def _name_faults(paper: Paper, made: Rows) -> None:
    if paper.fault is None:
        return
    code = "DOC-24" if paper.fault.code == "DOC-05" else paper.fault.code
    code = code if code in FAULT_NAMES else "DOC-21"
    for review in made[InitialReview]:
        review["faults"] = [code]
    for slip in made[ReturnSlip]:
        slip["reasons"] = [
            {"code": code, "text": FAULT_NAMES[code]},
            {"code": "", "text": paper.fault.label},
        ]


def fit_matters(paper: Paper, due: dt.datetime, made: Rows) -> None:
    """Title, label, urgency and deadline of the paper; its 批示件 have their own."""
    main = made[Matter][0]
    main.update(title=paper.title, label=paper.label, sort_at=paper.received_at)
    if main["due_at"] is not None:
        main["due_at"] = due
    for part in made[Part]:
        if part["matter_id"] == main["id"]:
            part["due_at"], part["sort_at"] = main["due_at"], main["sort_at"]


def fit_flow(county: County, paper: Paper, answers: Answers, made: Rows) -> None:
    """What the procedure knows of the paper, and the people and units it was sent to."""
    for instance in made[FlowInstance]:
        instance["origin"] = paper.sender.name
        facts = dict(instance["vars"])
        if instance["parent_task_id"] is None:
            facts.update(doc_type=doc_type_of(paper), direction=paper.direction)
            for name in ("leaders", "readers"):
                facts[name] = [answers.id_of(Person, one) for one in facts.get(name, [])]
            facts["units"] = [_unit_fact(answers, one) for one in facts.get("units", [])]
        instance["vars"] = facts
    for task in made[FlowTask]:
        role, _, unit = task["pool"].partition("@")
        if unit:
            task["pool"] = f"{role}@{answers.id_of(OrgUnit, int(unit))}"
    for proposal in made[Proposal]:
        proposal["leaders"] = [answers.id_of(Person, one) for one in proposal["leaders"]]
        proposal["co_units"] = [answers.id_of(OrgUnit, one) for one in proposal["co_units"]]
        proposal["basis"] = _basis(paper)


def _unit_fact(answers: Answers, fact: dict[str, Any]) -> dict[str, Any]:
    unit = answers.id_of(OrgUnit, fact["unit"])
    return {**fact, "id": unit, "unit": unit}


def _basis(paper: Paper) -> str:
    return f"领导分工：{paper.topic.name}" if paper.needs_work else ""


def fit_opinions(
    posts: dict[str, str], answers: Answers, made: Rows, rng: random.Random, now: dt.datetime
) -> None:
    """Posts of those who sign, and handwriting where a leader wrote by hand."""
    for row in made[Opinion]:
        row["author_post"] = posts[row["author_name"]]
        if row["task_id"]:
            row["task_id"] = answers.id_of(FlowTask, row["task_id"])
        by_hand = row["box"] in {"instruction", "check", "reading"} and row["form"] == OpinionForm.TYPED
        if by_hand and now - row["instructed_at"] < INK_DAYS and rng.random() < 0.6:
            row["form"] = OpinionForm.INK
            row["strokes"] = ink.line(row["text"], hand=row["author_name"])
            row["signature"] = ink.signature(row["author_name"])


def fit_instructions(dues: Dues, answers: Answers, made: Rows) -> None:
    """A 批示件 is titled by its words and has its own clock: as the 批示 asks, at least the default."""
    by_id = {row["id"]: row for row in made[Matter]}
    posts = {row["author_id"]: row for row in made[Opinion]}
    for row in made[LeaderInstruction]:
        author = posts[row["leader_id"]]
        row["leader_name"] = f"{author['author_name']} {author['author_post']}".strip()
        row["co_units"] = [answers.id_of(OrgUnit, one) for one in row["co_units"]]
        matter = by_id[row["matter_id"]]
        matter["title"] = f"{row['leader_name']}批示：{row['content'][:60]}"
        if matter["due_at"] is not None:
            asked = answers.assign_due or row["instructed_at"]
            matter["due_at"] = max(dues.of_instruction(row["instructed_at"]), asked)
    for part in made[Part]:
        part["due_at"] = by_id[part["matter_id"]]["due_at"]
    for handover in made[Handover]:
        if handover["kind"] == "supervision.propose":
            title = by_id[handover["matter_id"]]["title"]
            handover["data"] = {**handover["data"], "title": title}


@dataclass
class Scopes:
    """The archive's scope table, asked for many papers."""

    rows: list[ArchiveScope]

    def of(self, paper: Paper, is_reading: bool) -> ArchiveScope | None:
        return archive_rules.scope_for(self.rows, KIND, paper.title, described(paper, is_reading))


def described(paper: Paper, is_reading: bool) -> Described:
    return Described(
        doc_type=doc_type_of(paper),
        direction=paper.direction,
        handling_type="read" if is_reading else "action",
        doc_number=paper.doc_number,
        responsible_party=paper.sender.name,
        doc_date=paper.doc_date,
        pages=paper.pages,
    )


def fit_archive(scopes: Scopes, paper: Paper, archived: tuple[str, int, str] | None, made: Rows) -> None:
    """The piece as the archive describes it, and its 档号 if it has one."""
    is_reading = made[IncomingDocument][0]["handling_type"] == "read"
    what = described(paper, is_reading)
    for handover in made[Handover]:
        if handover["kind"] == "archive":
            handover["data"] = {**what.__dict__, "doc_date": paper.doc_date.isoformat()}
    for row in made[ArchivalFile]:
        scope = scopes.of(paper, is_reading)
        closed = clock.local(made[Matter][0]["closed_at"])
        row.update(
            year=closed.year,
            scope_id=scope.pk if scope else None,
            retention=scope.retention if scope and scope.is_archived else "",
            doc_number=paper.doc_number,
            responsible_party=paper.sender.name,
            title=paper.title,
            doc_date=paper.doc_date,
            pages=paper.pages,
            due_on=archive_rules.due_on(closed.year),
        )
        if archived:
            row["retention"], row["item_no"], row["archival_code"] = archived
            row["digest"] = digest(Matter(**made[Matter][0]))


def other_way(first: Row, pk: int, arrival: Arrival) -> Row:
    return {**first, "id": pk, "kind": WAYS[arrival.channel], "received_at": arrival.at, "note": "原件后到"}


def joined(by: Actor, told: "Told", row: Row) -> Entry:
    """The line that joining another way leaves."""
    label = ChannelKind(row["kind"]).label
    return Entry(
        "join_channel",
        by,
        "并件",
        KIND,
        told.public_id,
        f"又自{label}收到{row['copies']}份",
        row["incoming_id"],
        at=row["received_at"],
    )


def trail_text(entry: Entry, told: "Told") -> str:
    """Lines that quote the register."""
    paper = told.paper
    if entry.verb == "register_incoming":
        label = DocType(doc_type_of(paper)).label
        return f"{paper.sender.name} {paper.doc_number}，{label}，{paper.copies}份"
    if entry.verb == "receive_incoming":
        return f"{ChannelKind(WAYS[paper.arrivals[0].channel]).label}到"
    return ""


def digest_of(entry: Entry, told: "Told") -> str:
    """A digest of what this paper is, where the mould had one."""
    if not entry.after_digest:
        return ""
    return digest(
        {"doc_number": told.paper.doc_number, "title": told.paper.title, "number": told.incoming_number}
    )


def searchable(made: Rows) -> Iterator[tuple[int, str, str]]:
    """What can be found of the paper and of its 批示件."""
    main, document = made[Matter][0], made[IncomingDocument][0]
    words = [main["title"], main["number"], document["doc_number"], document["issuer_name"], document["body"]]
    words += [row["text"] for row in made[Opinion]] + [row["text"] for row in made[Feedback]]
    yield main["id"], main["kind"], _joined(words)
    by_id = {row["id"]: row for row in made[Matter]}
    for row in made[LeaderInstruction]:
        matter = by_id[row["matter_id"]]
        said = [matter["title"], matter["number"], row["leader_name"], row["content"], row["result"]]
        yield matter["id"], matter["kind"], _joined(said)


def _joined(words: list[str]) -> str:
    return bigrams.normal("\n".join(word for word in words if word))
