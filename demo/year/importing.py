"""The register of the time before: what an office carries over from its old books when it begins with the system."""

import datetime as dt
import random
import secrets
from collections.abc import Iterable

from django.db import transaction

from demo.papers.paper import Paper
from demo.registry import County
from demo.year import columns, hours
from demo.year.numbering import Numberer
from demo.year.pour import Pourer
from zhongshu.archive import rules as archive_rules
from zhongshu.archive.models import ArchivalFile, Retention
from zhongshu.base import clock
from zhongshu.base.actors import SYSTEM
from zhongshu.base.bulk import Row, insert
from zhongshu.base.chain import Entry
from zhongshu.documents import states as s
from zhongshu.documents.models import ChannelKind, HandlingType, IncomingChannel, IncomingDocument
from zhongshu.matters import bigrams
from zhongshu.matters.models import Matter, Part, SearchEntry

SECTION = "BGS"
CHUNK = 500


def import_register(
    county: County, papers: Iterable[Paper], pourer: Pourer, numberer: Numberer, at: dt.datetime
) -> list[Entry]:
    """Write the closed papers of the old register, and the line that each leaves in the trail."""
    found = list(papers)
    for start in range(0, len(found), CHUNK):
        rows = [
            row for paper in found[start : start + CHUNK] for row in _rows(county, paper, pourer, numberer)
        ]
        with transaction.atomic():
            for model in (Matter, IncomingDocument, IncomingChannel, Part, ArchivalFile, SearchEntry):
                insert(model, [row for of, row in rows if of is model])
    return [_line(pourer.imported[paper.serial], paper, at) for paper in found]


def _rows(county: County, paper: Paper, pourer: Pourer, numberer: Numberer) -> Iterable[tuple[type, Row]]:
    rng = random.Random(f"import-{paper.serial}")
    registered = hours.working(clock.local(paper.received_at), rng.uniform(0.1, 1.5))
    closed = hours.working(registered, rng.uniform(4, 46))
    clerk = county.person("林晓禾" if rng.random() < 0.7 else "苏映雪")
    number = numberer.draw("documents.incoming", registered, county.actor(clerk.name), "incoming", "")[1]
    pk = pourer.next_key(Matter)
    public_id = secrets.token_urlsafe(16)
    pourer.remember(paper.serial, pk, public_id, number)
    due = pourer.dues.of_paper(paper)
    yield Matter, _matter(county, paper, pk, public_id, number, due, closed)
    document = _document(county, paper, pk, clerk.pk, registered, pourer)
    yield IncomingDocument, document
    yield IncomingChannel, _way(paper, pourer.next_key(IncomingChannel), pk, clerk.pk)
    yield Part, _part(county, paper, pourer.next_key(Part), pk, due)
    if not paper.fault:
        yield ArchivalFile, _piece(county, paper, pourer, numberer, pk, closed)
    words = [paper.title, number, paper.doc_number, paper.sender.name, paper.body]
    yield SearchEntry, {"matter_id": pk, "kind": s.KIND, "text": bigrams.normal("\n".join(words))}


def _matter(
    county: County, paper: Paper, pk: int, public_id: str, number: str, due: dt.datetime, closed: dt.datetime
) -> Row:
    phase = s.RETURNED_TO_SENDER if paper.fault else s.ARCHIVED
    return {
        "id": pk,
        "public_id": public_id,
        "kind": s.KIND,
        "tenant_id": county.office.pk,
        "title": paper.title,
        "number": number,
        "urgency": paper.urgency,
        "label": paper.label,
        "phase": phase,
        "phase_name": s.NAMES[phase],
        "version": 1,
        "sort_at": paper.received_at,
        "due_at": due,
        "paused_at": None,
        "closed_at": closed,
        "outcome": s.RETURNED_TO_SENDER if paper.fault else s.CLOSED,
        "created_at": paper.received_at,
    }


def _document(
    county: County, paper: Paper, pk: int, clerk_id: int, registered: dt.datetime, pourer: Pourer
) -> Row:
    row: Row = {column.attname: column.get_default() for column in IncomingDocument._meta.concrete_fields}
    is_action = paper.needs_work and not paper.fault
    row.update(
        columns.register_entry(county, paper),
        matter_id=pk,
        handling_type=HandlingType.ACTION if is_action else HandlingType.READ,
        first_receiver_id=clerk_id,
        registered_at=registered,
        lead_unit_id=county.unit(paper.lead).pk if is_action else None,
        previous_id=pourer.key_of(paper.previous),
        original_holder="旧台账",
    )
    return row


def _way(paper: Paper, pk: int, matter_id: int, clerk_id: int) -> Row:
    return {
        "id": pk,
        "incoming_id": matter_id,
        "kind": columns.WAYS.get(paper.arrivals[0].channel, ChannelKind.EXCHANGE),
        "received_at": paper.received_at,
        "copies": paper.copies,
        "signed_by_id": clerk_id,
        "note": "旧台账导入",
    }


def _part(county: County, paper: Paper, pk: int, matter_id: int, due: dt.datetime) -> Row:
    return {
        "id": pk,
        "principal_id": county.office.principal_id,
        "matter_id": matter_id,
        "kind": s.KIND,
        "role": "office",
        "sort_at": paper.received_at,
        "due_at": due,
        "closed": True,
    }


def _piece(
    county: County, paper: Paper, pourer: Pourer, numberer: Numberer, matter_id: int, closed: dt.datetime
) -> Row:
    """The piece in the archive, with the number it had there."""
    scope = pourer.scopes.of(paper, not paper.needs_work)
    retention = str(scope.retention if scope and scope.is_archived else Retention.D10)
    year, keeper = closed.year, county.person("文静姝")
    archived = hours.opening(closed + dt.timedelta(days=30))
    by = county.actor(keeper.name)
    no = numberer.draw(f"archive.{retention}.{SECTION}", archived, by, "archival_file", "", year=year)[0]
    return {
        "id": pourer.next_key(ArchivalFile),
        "matter_id": matter_id,
        "tenant_id": county.office.pk,
        "year": year,
        "state": ArchivalFile.State.ARCHIVED,
        "scope_id": scope.pk if scope else None,
        "retention": retention,
        "section_code": SECTION,
        "item_no": no,
        "archival_code": archive_rules.code_of(county.office.fonds_no, year, retention, SECTION, no),
        "doc_number": paper.doc_number,
        "responsible_party": paper.sender.name,
        "title": paper.title,
        "doc_date": paper.doc_date,
        "pages": paper.pages,
        "note": "旧台账导入",
        "exempt_reason": "",
        "due_on": archive_rules.due_on(year),
        "digest": "",
        "archived_by_id": keeper.pk,
        "archived_at": archived,
    }


def _line(known: tuple[int, str, str], paper: Paper, at: dt.datetime) -> Entry:
    pk, public_id, number = known
    text = f"由旧台账导入：{number} {paper.sender.name} {paper.doc_number}"
    return Entry("import_incoming", SYSTEM, "导入", s.KIND, public_id, text, pk, at=at)
