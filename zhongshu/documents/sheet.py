"""What the 办理单 shows: where it stands and who carries it, boxes with their opinions, units, the trail."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.lights import Light, light
from zhongshu.base.narrow import all_but
from zhongshu.base.trail import TrailEntry, done_with
from zhongshu.documents import rules, tasks
from zhongshu.documents import states as s
from zhongshu.documents.models import (
    Box,
    IncomingDocument,
    LegalReview,
    Opinion,
    ReturnSlip,
    TelephoneRecord,
    UnitHandling,
)
from zhongshu.files.models import Attachment
from zhongshu.flow.graph import graph_of
from zhongshu.flow.models import FlowTask
from zhongshu.flow.rows import Rows, rows_of
from zhongshu.matters import settings
from zhongshu.matters.models import Follow, Matter, MatterLink
from zhongshu.people import joined

TRAIL_SIZE = 60
RETURN_PHASES = {s.REGISTERED, s.RETURNING, s.RETURNED_TO_SENDER}


@dataclass(frozen=True)
class Line:
    """One opinion as it stands in its box, and what this person may still do with it."""

    opinion: Opinion
    is_superseded: bool = False
    may_amend: bool = False
    may_transcribe: bool = False


@dataclass(frozen=True)
class BoxView:
    """One box of the sheet with its opinions, oldest first."""

    code: str
    label: str
    lines: list[Line]
    code_svg: str = ""

    @property
    def opinions(self) -> list[Opinion]:
        """Return the opinions alone."""
        return [line.opinion for line in self.lines]


@dataclass(frozen=True)
class UnitRow:
    """One unit at work."""

    handling: UnitHandling
    light: Light
    task: FlowTask | None

    @property
    def is_open(self) -> bool:
        """Tell whether the unit has still to answer."""
        return self.handling.state in (UnitHandling.State.ASSIGNED, UnitHandling.State.SIGNED)


@dataclass(frozen=True)
class Place:
    """A step at which the paper stands: in whose hands, who carries it through (A5), what is to be filled in and heeded."""

    name: str
    holders: str
    carrier: str
    form: str = ""
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything the page of one document needs."""

    incoming: IncomingDocument
    light: Light
    boxes: list[BoxView]
    units: list[UnitRow]
    trail: list[TrailEntry]
    mine: list[FlowTask]
    last: FlowTask | None
    rows: Rows
    places: list[Place]
    phases: set[str]
    links: list[Matter]
    is_followed: bool
    legal: LegalReview | None
    calls: list[TelephoneRecord]
    return_slips: list[ReturnSlip]
    obstacles: list[str] = field(default_factory=list)

    @property
    def matter(self) -> Matter:
        """Return the matter."""
        return self.incoming.matter

    @property
    def units_done(self) -> int:
        """Return how many units have answered."""
        return sum(not row.is_open for row in self.units)

    @property
    def awaiting_me(self) -> list[Opinion]:
        """Return what was written down in the actor's name and is not yet confirmed."""
        return [o for box in self.boxes for o in box.opinions if o.awaits_confirmation]


def sheet_of(incoming: IncomingDocument, *, by: Actor) -> Sheet:
    """Gather the sheet of a document for one person."""
    matter = incoming.matter
    near = settings.get("documents.yellow_days", matter.tenant_id)
    rows = rows_of(matter)
    mine = tasks.in_hand(rows.waiting, matter, by=by)
    is_litigation = incoming.is_litigation_related
    has_slips = matter.phase in RETURN_PHASES
    return Sheet(
        incoming=incoming,
        light=light(matter.due_at, matter.closed_at, paused=matter.paused_at is not None, near=near),
        boxes=_boxes(incoming, by),
        units=_units(incoming, rows.waiting, near),
        trail=done_with(matter.pk, TRAIL_SIZE),
        mine=mine,
        last=rows.last_done_by(by),
        rows=rows,
        places=_places(rows),
        phases={task.step.phase for task in mine if task.step},
        links=_links(matter, by),
        is_followed=Follow.objects.filter(matter=matter, person_id=by.me).exists(),
        legal=incoming.legal_reviews.last() if is_litigation else None,
        calls=_calls(incoming),
        return_slips=list(incoming.return_slips.all()) if has_slips else [],
        obstacles=_obstacles(incoming, mine, by),
    )


def _places(rows: Rows) -> list[Place]:
    """Return where the matter's own procedure stands, each step once with all its holders."""
    holders: dict[tuple[str, ...], list[str]] = {}
    for task in rows.tasks:
        if task.is_open and task.is_counted and task.instance.is_root and task.step:
            drawn = graph_of(task.instance.definition)[task.node].spec
            said = tuple(str(drawn.get(key) or "") for key in ("carrier", "form", "note"))
            holders.setdefault((task.name, *said), []).append(task.holder_name)
    return [
        Place(name, "、".join(dict.fromkeys(each for each in names if each)), *said)
        for (name, *said), names in holders.items()
    ]


def _boxes(incoming: IncomingDocument, by: Actor) -> list[BoxView]:
    unread = [
        *all_but("scan", Attachment, "public_id", "matter"),
        *all_but("supersedes", Opinion, "instructed_at"),
    ]
    found = list(incoming.opinions.select_related("scan", "supersedes").defer(*unread))
    superseded = {opinion.supersedes_id for opinion in found}
    by_box: dict[str, list[Line]] = {}
    for opinion in found:
        line = _line(opinion, incoming.matter, opinion.pk in superseded, by)
        by_box.setdefault(opinion.box, []).append(line)
    shown = (
        [Box.PROPOSAL, Box.INSTRUCTION] if incoming.handling_type == "action" else [Box.PROPOSAL, Box.READING]
    )
    rest = [
        box
        for box in (Box.LEGAL, Box.READING, Box.INSTRUCTION, Box.RESULT)
        if box in by_box and box not in shown
    ]
    return [BoxView(box, str(Box(box).label), _with_checks(box, by_box)) for box in [*shown, *rest]]


def _line(opinion: Opinion, matter: Matter, is_superseded: bool, by: Actor) -> Line:
    return Line(
        opinion,
        is_superseded,
        may_amend=not is_superseded and not rules.obstacles_to_amending(opinion, matter, by=by),
        may_transcribe=not rules.obstacles_to_transcribing(opinion, by=by),
    )


def _with_checks(box: str, by_box: dict[str, list[Line]]) -> list[Line]:
    """The director's check stands under the proposal, as on paper."""
    own = list(by_box.get(box, []))
    return own + by_box.get(Box.CHECK, []) if box == Box.PROPOSAL else own


def _units(incoming: IncomingDocument, open_tasks: Sequence[FlowTask], near: int) -> list[UnitRow]:
    by_unit = {task.unit_id: task for task in open_tasks if task.unit_id and task.kind == FlowTask.Kind.DO}
    return [
        UnitRow(row, _unit_light(row, near), by_unit.get(row.unit_id))
        for row in incoming.handlings.order_by("-role", "pk")
    ]


def _unit_light(row: UnitHandling, near: int) -> Light:
    if row.state == UnitHandling.State.FED_BACK:
        return Light("done", "已反馈")
    if row.state in (UnitHandling.State.DECLINED, UnitHandling.State.WITHDRAWN):
        return Light("paused", str(UnitHandling.State(row.state).label))
    return light(row.due_at, now=clock.now(), near=near)


def _calls(incoming: IncomingDocument) -> list[TelephoneRecord]:
    return list(incoming.telephone_records.select_related("called_by").defer(*joined.person("called_by")))


def _links(matter: Matter, by: Actor) -> list[Matter]:
    rows = MatterLink.objects.filter(source=matter, target__parts__principal_id__in=by.principals)
    return [link.target for link in rows.select_related("target").distinct()[:20]]


def _obstacles(incoming: IncomingDocument, mine: list[FlowTask], by: Actor) -> list[str]:
    if not any(task.step and task.step.phase == s.REPLIED for task in mine):
        return []
    return [refusal.message for refusal in rules.obstacles_to_closing(incoming, by=by)]
