"""A mould: the rows and trail that the real acts leave, taken before they are undone."""

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from unittest import mock

from django.db.models import Model, Q

from demo.registry import County
from demo.year.parts import Shape
from demo.year.stage import Stage
from zhongshu.archive.models import ArchivalFile
from zhongshu.base import acts, clock
from zhongshu.base.actors import SYSTEM, Actor
from zhongshu.base.acts import act
from zhongshu.base.bulk import Row
from zhongshu.base.chain import Entry
from zhongshu.documents.models import (
    Feedback,
    IncomingChannel,
    IncomingDocument,
    InitialReview,
    LeaderInstruction,
    LegalReview,
    Opinion,
    Proposal,
    ReturnSlip,
    TelephoneRecord,
    UnitHandling,
)
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.matters import search, stirs
from zhongshu.matters.models import Handover, Matter, MatterLink, Notification, Part

# The models of a story, parents first, and how their rows are found from the matters of the story.
MODELS: dict[type[Model], str] = {
    Matter: "pk",
    IncomingDocument: "pk",
    IncomingChannel: "incoming_id",
    InitialReview: "incoming_id",
    ReturnSlip: "incoming_id",
    Proposal: "incoming_id",
    LegalReview: "incoming_id",
    TelephoneRecord: "incoming_id",
    FlowInstance: "matter_id",
    FlowStep: "instance__matter_id",
    FlowTask: "matter_id",
    Opinion: "incoming_id",
    UnitHandling: "incoming_id",
    Feedback: "handling__incoming_id",
    LeaderInstruction: "pk",
    Part: "matter_id",
    MatterLink: "source_id",
    Handover: "matter_id",
    ArchivalFile: "matter_id",
    Notification: "matter_id",
}
_START = dt.datetime(2026, 3, 2, 10, 0, 7, 123457, clock.ZONE)


@dataclass
class Mould:
    """What stands after a number of steps."""

    matter_id: int
    rows: dict[type[Model], list[Row]]
    entries: list[Entry]


@dataclass
class MouldSet:
    """The moulds of one shape, by the number of steps told."""

    shape: Shape
    moments: tuple[dt.datetime, ...]
    by_steps: dict[int, Mould] = field(default_factory=dict)


class _UndoError(Exception):
    """The play is over; nothing of it stays."""


def cast_moulds(county: County, shape: Shape, cuts: Iterable[int]) -> MouldSet:
    """Play the shape's steps once and take a mould after each of the wanted numbers of steps."""
    moments = tuple(_START + dt.timedelta(minutes=11 * at) for at in range(len(shape.steps)))
    found = MouldSet(shape, moments)
    with contextlib.suppress(_UndoError), _quiet():
        _play(found, Stage(county, shape), frozenset(cuts), by=SYSTEM)
    return found


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Wake no desks and index no words: a third of the work, for what is undone a moment later."""
    with mock.patch.object(stirs, "stir"), mock.patch.object(search, "index_many"):
        yield


@act("demo_mould")
def _play(found: MouldSet, stage: Stage, cuts: frozenset[int], *, by: Actor) -> None:
    for told, (step, at) in enumerate(zip(found.shape.steps, found.moments, strict=True), start=1):
        with clock.fixed(at):
            stage.play(step)
        if told in cuts:
            found.by_steps[told] = _take(stage)
        if told >= max(cuts):
            break
    raise _UndoError


def _take(stage: Stage) -> Mould:
    main = stage.incoming.pk
    ids = [main, *LeaderInstruction.objects.filter(source_id=main).values_list("pk", flat=True)]
    rows = {
        model: list(model._default_manager.filter(Q(**{f"{path}__in": ids})).order_by("pk").values())
        for model, path in MODELS.items()
    }
    return Mould(main, rows, list(acts.running().entries))
