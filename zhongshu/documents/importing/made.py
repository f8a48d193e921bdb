"""The rows of the house's tables that one row of an old register becomes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Model

from zhongshu.archive import rules as archive_rules
from zhongshu.archive.actions import SECTION_DEFAULT
from zhongshu.archive.models import RETENTION_CODES, ArchivalFile
from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.bulk import Row, defaults
from zhongshu.documents import states as s
from zhongshu.documents.models import (
    Box,
    Direction,
    HandlingType,
    IncomingChannel,
    IncomingDocument,
    Opinion,
    OpinionForm,
    Proposal,
    UnitHandling,
)
from zhongshu.documents.numbers import number_key
from zhongshu.matters import bigrams
from zhongshu.matters.models import Matter, Part, SearchEntry
from zhongshu.matters.models.spine import new_public_id
from zhongshu.people.models import OrgUnit

ORIGIN = "历史台账"
NOTE = "历史台账导入"
_CODE = re.compile(r"^.+-WS·(\d{4})-(Y|D30|D10)-([A-Z]+)-(\d{4,})$")
_SAID_BY = re.compile(r"^([\u4e00-\u9fff·（）()]{2,12})[:：]\s*")
BOXES = ((Box.PROPOSAL, "proposal"), (Box.INSTRUCTION, "instruction"), (Box.RESULT, "result"))
RETENTIONS = {code: str(retention) for retention, code in RETENTION_CODES.items()}


@dataclass(frozen=True)
class OldPaper:
    """One row of the old register, with the key its matter gets."""

    key: int
    number: int
    values: dict[str, Any]
    public_id: str = field(default_factory=new_public_id)

    @cached_property
    def received(self) -> datetime:
        return datetime.fromisoformat(self.values["received"])

    @cached_property
    def closed(self) -> datetime:
        """Return when it was closed; unknown, it was closed the day it came."""
        return datetime.fromisoformat(self.values["closed"]) if self.values["closed"] else self.received

    @cached_property
    def due(self) -> datetime | None:
        """Return its deadline; a day ends with its last minute."""
        if not self.values["due"]:
            return None
        found = datetime.fromisoformat(self.values["due"])
        return found if found != clock.midnight(found.date()) else found.replace(hour=23, minute=59)

    @property
    def is_archived(self) -> bool:
        return bool(self.values["archival"])


@dataclass
class Maker:
    """Makes rows for one office and the clerk who imports."""

    tenant: OrgUnit
    by: Actor
    names: dict[int, str]
    at: datetime = field(default_factory=clock.now)
    _blanks: dict[type[Model], Row] = field(default_factory=dict)

    def blank(self, model: type[Model]) -> Row:
        """Return a row of defaults; what differs from row to row is given besides."""
        if model not in self._blanks:
            self._blanks[model] = defaults(model)
        return self._blanks[model]

    def rows_of(self, paper: OldPaper) -> Iterator[tuple[type, Row]]:
        """Yield the rows that a new paper becomes, those without a key still to be given one."""
        yield Matter, self._matter(paper)
        yield IncomingDocument, self._document(paper)
        yield IncomingChannel, self.channel(paper, paper.key)
        yield Part, self._part(paper)
        yield SearchEntry, {"matter_id": paper.key, "kind": s.KIND, "text": self._words(paper)}
        if paper.values["proposal"]:
            yield Proposal, self._proposal(paper)
        for box, name in BOXES:
            if paper.values[name]:
                yield Opinion, self._opinion(paper, box, paper.values[name])
        for place, unit in enumerate(paper.values["units"]):
            yield UnitHandling, self._handling(paper, unit, is_lead=not place)
        if paper.is_archived:
            yield ArchivalFile, self._piece(paper)

    def channel(self, paper: OldPaper, incoming_id: int) -> Row:
        """Return how the paper came, also as a further way of one that is there."""
        values = paper.values
        return {
            **self.blank(IncomingChannel),
            "incoming_id": incoming_id,
            "kind": "exchange",
            "received_at": paper.received,
            "copies": values["copies"],
            "signed_by_id": self.by.me,
            "note": NOTE,
        }

    def _matter(self, paper: OldPaper) -> Row:
        phase = s.ARCHIVED if paper.is_archived else s.CLOSED
        return {
            **self.blank(Matter),
            "id": paper.key,
            "public_id": paper.public_id,
            "kind": s.KIND,
            "tenant_id": self.tenant.pk,
            "title": paper.values["title"],
            "number": paper.values["number"],
            "urgency": paper.values["urgency"],
            "phase": phase,
            "phase_name": ORIGIN,
            "sort_at": paper.received,
            "due_at": paper.due,
            "closed_at": paper.closed,
            "outcome": s.CLOSED,
            "created_at": self.at,
        }

    def _document(self, paper: OldPaper) -> Row:
        values = paper.values
        is_action = any(values[name] for name in ("unit", "due", "instruction"))
        written = values["doc_date"]
        return {
            **self.blank(IncomingDocument),
            "matter_id": paper.key,
            "issuer_name": values["issuer"],
            "issuer_unit_id": values["issuer_unit"],
            "direction": str(Direction.UPWARD if values["issuer_unit"] else Direction.DOWNWARD),
            "doc_number": values["doc_number"],
            "number_key": number_key(values["doc_number"]),
            "doc_type": values["doc_type"],
            "doc_date": date.fromisoformat(written) if written else None,
            "copies": values["copies"],
            "body": self._body(paper),
            "handling_type": str(HandlingType.ACTION if is_action else HandlingType.READ),
            "received_at": paper.received,
            "first_receiver_id": self.by.me,
            "registered_at": paper.received,
            "lead_unit_id": values["units"][0] if values["units"] else None,
            "original_holder": ORIGIN,
        }

    def _body(self, paper: OldPaper) -> str:
        """Keep in words what has no column of its own."""
        values = paper.values
        known = "、".join(self.names.get(unit, "") for unit in values["units"])
        lines = [f"承办：{values['unit']}"] if values["unit"] and values["unit"] != known else []
        lines += [f"备注：{values['note']}"] if values["note"] else []
        return "\n".join(lines)

    def _part(self, paper: OldPaper) -> Row:
        return {
            **self.blank(Part),
            "principal_id": self.tenant.principal_id,
            "matter_id": paper.key,
            "kind": s.KIND,
            "role": "office",
            "sort_at": paper.received,
            "due_at": paper.due,
            "closed": True,
        }

    def _words(self, paper: OldPaper) -> str:
        names = (
            "title",
            "number",
            "doc_number",
            "issuer",
            "proposal",
            "instruction",
            "result",
            "unit",
            "note",
        )
        return bigrams.normal("\n".join(paper.values[name] for name in names if paper.values[name]))

    def _proposal(self, paper: OldPaper) -> Row:
        return {
            **self.blank(Proposal),
            "incoming_id": paper.key,
            "text": paper.values["proposal"],
            "basis": ORIGIN,
            "proposed_by_id": self.by.me,
            "proposed_at": paper.received,
        }

    def _opinion(self, paper: OldPaper, box: str, text: str) -> Row:
        """Keep the words under the name they carry; the old book, not the clerk, is the author."""
        said_by = _SAID_BY.match(text)
        return {
            **self.blank(Opinion),
            "incoming_id": paper.key,
            "box": str(box),
            "author_id": self.by.me,
            "author_name": said_by.group(1) if said_by else ORIGIN,
            "form": str(OpinionForm.PAPER),
            "text": text[said_by.end() :] if said_by else text,
            "original_holder": ORIGIN,
            "instructed_at": paper.received,
            "recorded_by_id": self.by.me,
            "recorded_by_name": self.by.display[:80],
            "recorded_at": self.at,
            "confirmed_at": self.at,
        }

    def _handling(self, paper: OldPaper, unit: int, *, is_lead: bool) -> Row:
        return {
            **self.blank(UnitHandling),
            "incoming_id": paper.key,
            "unit_id": unit,
            "unit_name": self.names.get(unit, ""),
            "role": str(UnitHandling.Role.LEAD if is_lead else UnitHandling.Role.CO),
            "state": str(UnitHandling.State.FED_BACK),
            "assigned_at": paper.received,
            "due_at": paper.due,
            "signed_at": paper.received,
            "latest": NOTE,
            "fed_back_at": paper.closed,
        }

    def _piece(self, paper: OldPaper) -> Row:
        values = paper.values
        year, retention, section, item_no = archival_parts(values["archival"]) or (
            paper.closed.year, "", SECTION_DEFAULT, None,
        )  # fmt: skip
        return {
            **self.blank(ArchivalFile),
            "matter_id": paper.key,
            "tenant_id": self.tenant.pk,
            "year": year,
            "state": str(ArchivalFile.State.ARCHIVED),
            "retention": retention,
            "section_code": section,
            "item_no": item_no,
            "archival_code": values["archival"],
            "doc_number": values["doc_number"],
            "responsible_party": values["issuer"],
            "title": values["title"],
            "doc_date": date.fromisoformat(values["doc_date"]) if values["doc_date"] else None,
            "note": NOTE,
            "due_on": archive_rules.due_on(year),
            "archived_by_id": self.by.me,
            "archived_at": paper.closed,
        }


def archival_parts(code: str) -> tuple[int, str, str, int] | None:
    """Return year, retention, section and 件号 of a 档号 of the standard; None for other codes."""
    found = _CODE.match(code)
    if not found:
        return None
    year, retention, section, no = found.groups()
    return int(year), RETENTIONS[retention], section, int(no)
