"""What the archive's rules say: which retention a matter gets, what must not be archived, when it is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhongshu.archive.models import RETENTION_CODES, ArchivalFile, ArchiveScope, Retention
from zhongshu.base.refusals import Refusal


@dataclass(frozen=True)
class Described:
    """What the archive is told of a closed matter; the room that closes it fills this in."""

    doc_type: str = ""
    direction: str = ""
    handling_type: str = ""
    doc_number: str = ""
    responsible_party: str = ""
    doc_date: date | None = None
    pages: int | None = None


def scope_for(
    scopes: Iterable[ArchiveScope], kind: str, title: str, described: Described
) -> ArchiveScope | None:
    """Return the first row of the scope table that fits."""
    return next((scope for scope in scopes if _fits(scope, kind, title, described)), None)


def _fits(scope: ArchiveScope, kind: str, title: str, described: Described) -> bool:
    return (
        (not scope.kind or scope.kind == kind)
        and (not scope.doc_types or described.doc_type in scope.doc_types)
        and (not scope.directions or described.direction in scope.directions)
        and (not scope.handling_type or scope.handling_type == described.handling_type)
        and (not scope.words or any(word in title for word in scope.words))
    )


def due_on(year: int) -> date:
    """Return by when the papers of a year must be archived: the end of June of the next (domain 2.12)."""
    return date(year + 1, 6, 30)


def code_of(fonds: str, year: int, retention: str, section: str, item_no: int) -> str:
    """Return the 档号, e.g. Z001-WS·2026-Y-BGS-0001 (domain 2.12)."""
    return f"{fonds}-WS·{year}-{RETENTION_CODES[Retention(retention)]}-{section}-{item_no:04d}"


def obstacles_to_archiving(file: ArchivalFile) -> list[Refusal]:
    """Return all reasons why the piece cannot be archived."""
    found = []
    if file.matter.closed_at is None:
        found.append(Refusal("ARC-01", "这件还没有办结，不能归档"))
    if file.state == ArchivalFile.State.ARCHIVED:
        found.append(Refusal("ARC-02", f"这件已经归档（{file.archival_code}），不能重复归档"))
    if not file.retention:
        found.append(Refusal("ARC-03", "请选择保管期限", "retention"))
    if not file.section_code:
        found.append(Refusal("ARC-04", "请填写机构（问题）代码", "section_code"))
    return found
