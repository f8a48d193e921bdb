"""The lines of the 收文 books with everything their columns show, read in a few statements for a whole page."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zhongshu.archive.models import ArchivalFile
from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.lights import Light, light
from zhongshu.documents.models import Box, IncomingDocument, Meaning, Opinion, Proposal, UnitHandling
from zhongshu.flow.models import FlowTask
from zhongshu.matters import settings
from zhongshu.matters.models import Matter, Notification
from zhongshu.people import joined

Ids = Sequence[int]
Texts = Mapping[int, str]


@dataclass(frozen=True)
class Line:
    """One incoming document as a line of a book."""

    incoming: IncomingDocument
    light: Light
    is_unread: bool = False
    own: UnitHandling | None = None
    own_light: Light = field(default_factory=lambda: Light("", ""))
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def matter(self) -> Matter:
        """Return its matter."""
        return self.incoming.matter


def lines(actor: Actor, ids: Ids, *, keys: Collection[str] = (), own: bool = False) -> list[Line]:
    """Return lines in the order of ids; `keys` name the columns whose texts are gathered besides."""
    found = IncomingDocument.objects.select_related("matter", "lead_unit")
    rows = found.defer("body", "reply_text", *joined.unit("lead_unit")).in_bulk(list(ids))
    near = settings.get("documents.yellow_days", actor.tenant_id)
    unread = unread_among(actor, ids)
    gathered = {key: gather(ids) for key, gather in GATHERED.items() if key in keys}
    handlings = _handlings_of(actor, ids) if own else {}
    return [
        Line(
            incoming=rows[pk],
            light=light_of(rows[pk].matter, near),
            is_unread=pk in unread,
            own=handlings.get(pk),
            own_light=unit_light(handlings.get(pk), near),
            texts={key: texts.get(pk, "") for key, texts in gathered.items()},
        )
        for pk in ids
        if pk in rows
    ]


def light_of(matter: Matter, near: int) -> Light:
    """Return the light of a whole matter."""
    return light(matter.due_at, matter.closed_at, paused=matter.paused_at is not None, near=near)


def unit_light(row: UnitHandling | None, near: int) -> Light:
    """Return the light of one unit's part."""
    if row is None:
        return Light("", "")
    if row.state == UnitHandling.State.FED_BACK:
        return Light("done", "已反馈")
    if row.state in (UnitHandling.State.DECLINED, UnitHandling.State.WITHDRAWN):
        return Light("paused", str(row.get_state_display()))
    return light(row.due_at, near=near)


def unread_among(actor: Actor, ids: Ids) -> set[int]:
    """Return which matters the actor was told of and has not opened since."""
    mine = Notification.objects.filter(person_id=actor.person_id or 0, read_at__isnull=True)
    found = mine.filter(matter_id__in=ids).order_by().values_list("matter_id", flat=True)
    return {pk for pk in found if pk}


def _handlings_of(actor: Actor, ids: Ids) -> dict[int, UnitHandling]:
    rows = UnitHandling.objects.filter(unit_id=actor.tenant_id, incoming_id__in=ids)
    return {row.incoming_id: row for row in rows}


def _proposals(ids: Ids) -> Texts:
    rows = Proposal.objects.filter(incoming_id__in=ids).order_by("pk").values_list("incoming_id", "text")
    return dict(rows)


def _instructions(ids: Ids) -> Texts:
    rows = Opinion.objects.filter(incoming_id__in=ids, box=Box.INSTRUCTION).order_by("instructed_at", "pk")
    return _joined(
        (o.incoming_id, f"{o.author_name}：{words_of(o)}") for o in rows.defer("strokes", "signature")
    )


def words_of(opinion: Opinion) -> str:
    """Return what an opinion says: its words or transcription, else what the circle means."""
    if opinion.text:
        return opinion.text
    return "（手写，待录文）" if opinion.meaning == Meaning.WORDS else str(opinion.get_meaning_display())


def _units(ids: Ids) -> Texts:
    rows = UnitHandling.objects.filter(incoming_id__in=ids).order_by("-role", "pk")
    return _joined(
        (row.incoming_id, f"{row.unit_name}（{row.get_role_display()}，{row.get_state_display()}）")
        for row in rows.exclude(state=UnitHandling.State.WITHDRAWN)
    )


def _holders(ids: Ids) -> Texts:
    rows = FlowTask.objects.filter(
        matter_id__in=ids, closed_at__isnull=True, parked=False, instance__parent_task__isnull=True
    )
    open_ = rows.exclude(kind=FlowTask.Kind.CC).order_by("pk").values_list("matter_id", "holder_name")
    return _joined(((pk, name) for pk, name in open_ if name), "、")


def _codes(ids: Ids) -> Texts:
    files = ArchivalFile.objects.filter(matter_id__in=ids)
    return {file.matter_id: file.archival_code or str(file.get_state_display()) for file in files}


def _joined(pairs: Iterable[tuple[int, str]], separator: str = "；") -> Texts:
    found: dict[int, list[str]] = {}
    for pk, text in pairs:
        found.setdefault(pk, []).append(text)
    return {pk: separator.join(dict.fromkeys(texts)) for pk, texts in found.items()}


GATHERED: dict[str, Callable[[Ids], Texts]] = {
    "proposal": _proposals,
    "instruction": _instructions,
    "units": _units,
    "holder": _holders,
    "archived": _codes,
}


def on_time_words(matter: Matter) -> str:
    """Say of a closed matter whether it was closed in time."""
    if matter.closed_at is None:
        return ""
    if matter.due_at is None or matter.closed_at <= matter.due_at:
        return "按时"
    return "逾期" if matter.outcome == "closed" else ""


def month_day(at: object) -> str:
    """Write a day of this year as 06-12, of another with its year."""
    if at is None:
        return ""
    day = clock.local(at)  # type: ignore[arg-type]
    return f"{day:%m-%d}" if day.year == clock.today().year else f"{day:%Y-%m-%d}"
