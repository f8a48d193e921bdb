"""来文拖放: the papers lying in the basket, each with its files, what was read of them, and what is there already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from django.core.cache import cache
from django.db.models import Q
from django.http import Http404

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.documents.intake import returns, twins
from zhongshu.documents.intake.filling import Filling, fill
from zhongshu.documents.intake.grouping import Named, Paper, grouped
from zhongshu.documents.intake.returns import Returned
from zhongshu.documents.intake.seen import Seen, SeenFile, seen_file
from zhongshu.documents.intake.twins import Twin
from zhongshu.documents.models import DropPlace
from zhongshu.documents.taking import entering
from zhongshu.files import drops, permissions, quarantine
from zhongshu.files.models import AttachmentKind, Drop, DropState
from zhongshu.files.screening import Received

WORKING = (DropState.WAITING, DropState.READING)
REJECTED = (DropState.STOPPED, DropState.REFUSED)
SHOWN_FOR = timedelta(hours=12)
MOST = 60
LOOKED_FOR = 15  # seconds: a basket that is being read is asked for every moment
ADVICE = {
    DropState.DOUBTFUL: "有像密级标志的字样，已送保密审查人判断；判断之前不能登记",
    DropState.UNREAD: "有认不出文字的页，须由另一个人看过、确认不涉密；确认之前不能登记",
}


@dataclass(frozen=True)
class DropLine:
    """One file on a card."""

    drop: Drop
    name: str
    role: str = ""

    @property
    def is_working(self) -> bool:
        """Say whether the worker is still at it."""
        return self.drop.state in WORKING

    @property
    def progress(self) -> str:
        """Return how far the worker is, in words."""
        if self.drop.state == DropState.READING and self.drop.total:
            return f"识别中 {self.drop.done}/{self.drop.total} 页"
        return self.drop.get_state_display()

    @property
    def came(self) -> str:
        """Return how a file came that nobody laid there, and what its mail said of it."""
        if self.drop.source not in drops.COMMON:
            return ""
        hint = entering.hint_of(self.drop)
        said = f"：{hint.sender}《{hint.subject}》" if hint else ""
        return f"{self.drop.get_source_display()}收到{said}"

    @property
    def advice(self) -> str:
        """Return what is wrong and how it is mended."""
        said = self.drop.refusal_text
        if self.drop.state == DropState.STOPPED:
            return f"{said}。副本已擦除；请把原件送机要渠道，确属误拦的，带原件找保密审查人"
        return said or ADVICE.get(DropState(self.drop.state), "")


@dataclass
class Card:
    """One paper in the basket."""

    paper: Paper
    lines: list[DropLine]
    by: Actor
    may_be_old: bool = False

    @property
    def key(self) -> str:
        """Return the address of the paper: that of its text."""
        return self.paper.key

    @property
    def drops(self) -> list[Drop]:
        """Return the files, the text first."""
        return [line.drop for line in self.lines]

    @property
    def bodies(self) -> list[Drop]:
        """Return the files of the text."""
        return self.drops[: len(self.paper.body)]

    @property
    def state(self) -> str:
        """Say whether it can be registered (ready), is being read (working), or waits for somebody (stuck)."""
        states = {drop.state for drop in self.drops}
        if states <= {DropState.CLEAN}:
            return "ready"
        return "working" if states & set(WORKING) else "stuck"

    @property
    def version(self) -> str:
        """Return what changes when the card looks different."""
        parts = [f"{line.drop.pk}{line.drop.state}{line.drop.done}{line.role}" for line in self.lines]
        parts += [f"{twin.incoming.pk}{twin.percent}" for twin in self.twins]
        return "-".join(parts)

    @cached_property
    def seen(self) -> Seen:
        """Return what was read of the text."""
        return Seen(tuple(_seen(drop) for drop in self.bodies))

    @cached_property
    def filling(self) -> Filling:
        """Return the form as it fills itself."""
        return fill(self.seen, tenant_id=self.by.office, pages=sum(drop.page_count for drop in self.bodies))

    @cached_property
    def twins(self) -> list[Twin]:
        """Return the papers that may be this one."""
        if self.state != "ready":
            return []
        if not self.may_be_old:
            return self._twins_now()
        place = f"twins:{self.by.person_id}:{self.key}"
        known = cache.get(place)
        if known is None:
            known = [(twin.incoming.pk, twin.why, twin.percent) for twin in self._twins_now()]
            cache.set(place, known, LOOKED_FOR)
        return twins.again(known, by=self.by)

    def _twins_now(self) -> list[Twin]:
        form = self.filling
        return twins.twins_of(
            self.seen.text,
            issuer_name=form.value("issuer_name"),
            unit_id=form.unit_id,
            doc_number=form.value("doc_number"),
            digests=[drop.sm3_digest for drop in self.bodies],
            by=self.by,
        )

    @cached_property
    def returns(self) -> list[Returned]:
        """Return the files that are no new paper but came back: a signed sheet, an original behind its cover."""
        if self.state != "ready":
            return []
        found = [returns.returned(drop, by=self.by) for drop in self.drops]
        return [each for each in found if each]

    @property
    def title(self) -> str:
        """Return what the card is called by."""
        read = self.filling.value("title") if self.state == "ready" else ""
        return read or self.lines[0].name

    def received(self) -> list[tuple[Received, str]]:
        """Return the files for the act that registers them, each with its kind; refused if one is not clean."""
        bodies = len(self.paper.body)
        kinds = [AttachmentKind.BODY] * bodies + [AttachmentKind.ATTACHMENT] * (len(self.drops) - bodies)
        return [
            (drops.received_of(drop, by=self.by), kind) for drop, kind in zip(self.drops, kinds, strict=True)
        ]


def _seen(drop: Drop) -> SeenFile:
    found = drops.recognition_of(drop) if drop.state == DropState.CLEAN else None
    return seen_file(drop.public_id, found, drop.page_count)


def cards_of(by: Actor) -> list[Card]:
    """Return the papers in this person's basket, in the order they came."""
    open_drops = list(drops.mine(by)[:MOST])
    return _cards(open_drops, by, may_be_old=True)


def rejected_of(by: Actor) -> list[DropLine]:
    """Return what was stopped or refused lately, so that its owner, or who takes in for the office, learns why."""
    reach = Q(owner_id=by.person_id)
    if by.may(permissions.TAKE_DROPS):
        reach |= Q(source__in=drops.COMMON)
    since = clock.now() - SHOWN_FOR
    found = Drop.objects.filter(reach, tenant_id=by.office, state__in=REJECTED, changed_at__gte=since)
    return [DropLine(drop, drop.name) for drop in found.order_by("-changed_at")[:MOST]]


def card_of(by: Actor, public_id: str) -> Card:
    """Return the paper a file belongs to, or 404; also a paper of a colleague of the same table."""
    drop = drops.access_drop(by, public_id)
    mates = list(drops.mine(by)[:MOST])
    if drop not in mates:
        mates = [drop]
    found = next((card for card in _cards(mates, by) if drop in card.drops), None)
    if found is None:
        raise Http404("没有这份来文，或者已经登记")
    return found


def next_ready(by: Actor, but: Iterable[str] = ()) -> Card | None:
    """Return the next paper that can be registered."""
    left_out = set(but)
    return next((card for card in cards_of(by) if card.state == "ready" and card.key not in left_out), None)


def _cards(found: Sequence[Drop], by: Actor, *, may_be_old: bool = False) -> list[Card]:
    by_key = {drop.public_id: drop for drop in found}
    names = {drop.public_id: name_of(drop) for drop in found}
    named = [Named(drop.public_id, names[drop.public_id] or drop.public_id) for drop in found]
    if any(file.is_attached for file in named):
        named = [replace(file, lists=_listed(by_key[file.key])) for file in named]
    papers = grouped(named, _chosen(found))
    return [Card(paper, _lines(paper, by_key, names), by, may_be_old) for paper in papers]


def _lines(paper: Paper, by_key: dict[str, Drop], names: dict[str, str]) -> list[DropLine]:
    several = len(paper.files) > 1
    roles = ["正文"] * len(paper.body) + ["附件"] * len(paper.attached)
    return [
        DropLine(by_key[file.key], names[file.key], role if several else "")
        for file, role in zip(paper.files, roles, strict=True)
    ]


def _chosen(found: Sequence[Drop]) -> dict[str, str]:
    places = DropPlace.objects.filter(drop__in=found).select_related("drop", "body")
    return {place.drop.public_id: place.body.public_id for place in places}


def _listed(drop: Drop) -> tuple[str, ...]:
    """Return what the text names as its attachments."""
    if drop.state != DropState.CLEAN:
        return ()
    value = _seen(drop).fields.get("attachments")
    return tuple(map(str, value.value)) if value and isinstance(value.value, list) else ()


def name_of(drop: Drop) -> str:
    """Return the file's name; until the verdict only the quarantine knows it."""
    if drop.name or not drop.is_quarantined:
        return drop.name
    try:
        return quarantine.name_of(drop.quarantine_id)
    except quarantine.Lost:
        return ""
