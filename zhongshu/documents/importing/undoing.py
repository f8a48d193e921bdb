"""Undoing an import as a whole: papers that nobody has touched since leave the books; the trail stays."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from zhongshu.archive.models import ArchivalFile
from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, nothing_done
from zhongshu.base.trail import Outcome, TrailEntry, record
from zhongshu.documents.importing import gaps, turns, writing
from zhongshu.documents.importing.made import OldPaper
from zhongshu.documents.models import ImportRow, IncomingChannel, RegisterImport
from zhongshu.documents.states import KIND
from zhongshu.matters import search_index
from zhongshu.matters.models import Matter

CHUNK = 200
# Whoever reads or prints a paper has done nothing to it.
HARMLESS = (writing.VERB, writing.MERGE_VERB, "print_sheet", "print", "download", "preview", "export")
State = ImportRow.State


def touched(run: RegisterImport) -> QuerySet[ImportRow]:
    """Return the rows whose papers were worked on since they were imported."""
    created = ImportRow.objects.filter(run=run, state=State.CREATED)
    return created.filter(matter_id__in=_worked_on().values("matter_id"))


def _worked_on() -> QuerySet[TrailEntry]:
    done = TrailEntry.objects.filter(matter_id__isnull=False, outcome=Outcome.DONE)
    return done.exclude(verb__in=HARMLESS).order_by()


@act("undo_rows", "撤销历史台账导入")
def undo_chunk(run_id: int, turn: int, *, by: Actor) -> bool:
    """Take back the next papers; False when there is nothing more to do."""
    run = turns.locked(run_id)
    if (run.state, run.turn) != (RegisterImport.State.UNDOING, turn):
        nothing_done()
        return False
    standing = ImportRow.objects.filter(run=run, state__in=[State.CREATED, State.MERGED])
    rows = list(standing.filter(number__gt=run.cursor).order_by("number")[:CHUNK])
    if not rows:
        _finish(run, by)
        return False
    _take_back(run, rows, by)
    RegisterImport.objects.filter(pk=run.pk).update(
        cursor=rows[-1].number,
        progress=run.progress + len(rows),
        kept=run.kept + sum(row.state == State.KEPT for row in rows),
    )
    return True


def _take_back(run: RegisterImport, rows: Sequence[ImportRow], by: Actor) -> None:
    created = {row.matter_id: row for row in rows if row.state == State.CREATED and row.matter_id}
    matters = Matter.objects.select_for_update(of=("self",)).in_bulk(list(created))
    worked_on = _worked_on().filter(matter_id__in=list(created)).values_list("matter_id", flat=True)
    busy = {key for key in worked_on if key}
    for key in busy:
        created[key].state, created[key].outcome = State.KEPT, "导入后已有人办理，没有撤销"
    gone = [matters[key] for key in created if key in matters and key not in busy]
    for matter in gone:
        _line(run, matter, created[matter.pk], "撤销导入", by)
    _take_back_ways(run, [row for row in rows if row.state == State.MERGED], by)
    writing.numbers_back(run, [_paper(matter, created[matter.pk]) for matter in gone])
    _delete([matter.pk for matter in gone])
    for row in rows:
        if row.state != State.KEPT:
            row.state, row.outcome, row.matter_id, row.channel_id = State.UNDONE, "", None, None
    writing.store(rows)
    if len(busy) == len(rows):
        nothing_done()


def _paper(matter: Matter, row: ImportRow) -> OldPaper:
    return OldPaper(matter.pk, row.number, row.values, matter.public_id)


def _take_back_ways(run: RegisterImport, rows: Sequence[ImportRow], by: Actor) -> None:
    matters = Matter.objects.in_bulk([row.matter_id for row in rows if row.matter_id])
    IncomingChannel.objects.filter(pk__in=[row.channel_id for row in rows if row.channel_id]).delete()
    for row in rows:
        if row.matter_id in matters:
            _line(run, matters[row.matter_id], row, "撤销并件", by)


def _delete(keys: Sequence[int]) -> None:
    ArchivalFile.objects.filter(matter_id__in=keys).delete()
    search_index.forget(keys)
    Matter.objects.filter(pk__in=keys).delete()


def _line(run: RegisterImport, matter: Matter, row: ImportRow, label: str, by: Actor) -> None:
    record(
        "retract_import", by=by, object_kind=KIND, object_id=matter.public_id, label=label, matter_id=matter.pk,
        text=f"{matter.number}《{matter.title[:60]}》（第{row.number}行）：{run.undo_reason}", data={"import": run.public_id},
    )  # fmt: skip


def _finish(run: RegisterImport, by: Actor) -> None:
    run.state, run.undone_at = RegisterImport.State.UNDONE, clock.now()
    run.save(update_fields=["state", "undone_at"])
    gaps.fall_back(run)
    writing.note_run(run, "import_undone", "历史台账导入已撤销", by)


def numbers_said(rows: Iterable[ImportRow]) -> str:
    """Name some papers in a refusal."""
    return "、".join(row.values.get("number") or f"第{row.number}行" for row in rows)
