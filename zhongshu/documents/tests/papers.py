"""Incoming papers written straight into the tables, many at once, for tests of books and figures."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from zhongshu.base import clock
from zhongshu.documents.models import IncomingDocument, UnitHandling
from zhongshu.documents.states import NAMES
from zhongshu.matters import search
from zhongshu.matters.models import Matter, Part
from zhongshu.people.models import OrgUnit, Person

MATTER_FIELDS = {"title", "urgency", "label", "due_at", "closed_at", "outcome", "paused_at", "phase"}


def paper(office: Any, n: int = 1, *, seen_by: Iterable[Any] = (), **fields: Any) -> IncomingDocument:
    """Write one registered paper; the office sees it, and the units or persons of `seen_by`."""
    return papers(office, [{"n": n, **fields}], seen_by=seen_by)[0]


def papers(
    office: Any, rows: Iterable[dict[str, Any]], *, seen_by: Iterable[Any] = ()
) -> list[IncomingDocument]:
    """Write many papers in a few statements."""
    specs = list(rows)
    matters = Matter.objects.bulk_create([_matter(office, spec) for spec in specs], batch_size=500)
    documents = IncomingDocument.objects.bulk_create(
        [_document(office, m, s) for m, s in zip(matters, specs, strict=True)], batch_size=500
    )
    Part.objects.bulk_create(
        [part for m, s in zip(matters, specs, strict=True) for part in _parts(office, m, s, list(seen_by))],
        batch_size=1000,
    )
    search.index_many(
        [
            (m, f"{m.title} {m.number} {d.doc_number} {d.issuer_name}")
            for m, d in zip(matters, documents, strict=True)
        ]
    )
    return documents


def _matter(office: Any, spec: dict[str, Any]) -> Matter:
    n = spec.get("n", 1)
    given = {key: value for key, value in spec.items() if key in MATTER_FIELDS}
    closed = given.get("closed_at") is not None
    phase = given.pop("phase", "closed" if closed else "instructing")
    if closed:
        given.setdefault("outcome", phase)
    return Matter(
        kind="incoming",
        tenant=office.tenant,
        number=spec.get("number", f"收〔2026〕{n}号"),
        sort_at=received_at(spec),
        phase=phase,
        phase_name=NAMES[phase],
        **{"title": f"关于第{n}项工作的通知", "due_at": clock.now() + timedelta(days=30), **given},
    )


def received_at(spec: dict[str, Any]) -> datetime:
    """Return when a paper came; by default each a minute before the other."""
    at: datetime = spec.get("received_at") or clock.now() - timedelta(minutes=spec.get("n", 1))
    return at


def _document(office: Any, matter: Matter, spec: dict[str, Any]) -> IncomingDocument:
    apart = {*MATTER_FIELDS, "n", "number", "received_at", "seen_by"}
    given = {key: value for key, value in spec.items() if key not in apart}
    return IncomingDocument(
        matter=matter,
        received_at=received_at(spec),
        **{
            "issuer_name": "澜川市人民政府办公室",
            "doc_number": f"澜政办发〔2026〕{spec.get('n', 1)}号",
            "first_receiver": office.clerk,
            "registered_at": received_at(spec),
            **given,
        },
    )


def _parts(office: Any, matter: Matter, spec: dict[str, Any], seen_by: list[Any]) -> list[Part]:
    seers: list[Any] = [*spec.get("seen_by", ()), *seen_by]
    if matter.label != "work_secret":
        seers.append(office.tenant)
    return [
        Part(
            principal_id=seer.principal_id,
            matter=matter,
            kind=matter.kind,
            sort_at=matter.sort_at,
            due_at=matter.due_at,
            closed=matter.closed_at is not None,
        )
        for seer in {s.principal_id: s for s in seers}.values()
    ]


def put_to(document: IncomingDocument, unit: OrgUnit, **fields: Any) -> UnitHandling:
    """Put a paper to a unit."""
    return UnitHandling.objects.create(
        incoming=document,
        unit=unit,
        unit_name=unit.label,
        **{"role": "lead", "due_at": document.matter.due_at, **fields},
    )


def rows_of(response: Any) -> list[str]:
    """Return the titles of the register a page shows, without urgency and 文号."""
    return [row.label for row in response.context["shown"].rows]


def all_rows(client: Any, url: str) -> list[str]:
    """Read a register page by page to its end."""
    found: list[str] = []
    path = url.split("?")[0]
    while True:
        shown = client.get(url).context["shown"]
        found += [row.id for row in shown.rows]
        if not shown.next_url:
            return found
        url = f"{path}{shown.next_url}"


def person_with_role(office: Any, person: Person, code: str) -> Person:
    """Give a person one more role."""
    from zhongshu.people.models import Role, RoleGrant  # noqa: PLC0415 - tests only

    RoleGrant.objects.create(person=person, role=Role.objects.get(code=code))
    return person
