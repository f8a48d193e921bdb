"""Writing an old register: a chunk of rows, their trail and the mark how far it came in one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection

from zhongshu.archive.models import ArchivalFile
from zhongshu.base import bulk, clock, numbers
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, nothing_done
from zhongshu.base.bulk import Row
from zhongshu.base.trail import record
from zhongshu.documents.importing import turns
from zhongshu.documents.importing.judging import MERGE, SKIP
from zhongshu.documents.importing.known import SCOPE, Known
from zhongshu.documents.importing.made import NOTE, Maker, OldPaper, archival_parts
from zhongshu.documents.models import (
    ImportRow,
    IncomingChannel,
    IncomingDocument,
    Opinion,
    Proposal,
    RegisterImport,
    UnitHandling,
)
from zhongshu.documents.numbers import number_key
from zhongshu.documents.states import KIND
from zhongshu.matters import search_index
from zhongshu.matters.models import Matter, Part, SearchEntry
from zhongshu.people.models import OrgUnit

CHUNK = 200
VERB = "import_incoming"
MERGE_VERB = "import_channel"
KEYED = (IncomingChannel, Part, Proposal, Opinion, UnitHandling, ArchivalFile)
ORDER = (Matter, IncomingDocument, *KEYED)
RunState = RegisterImport.State
State = ImportRow.State


@dataclass
class Chunk:
    """What a chunk of rows becomes, gathered before it is written."""

    run: RegisterImport
    rows: list[ImportRow]
    by: Actor
    made: dict[type, list[Row]] = field(default_factory=lambda: defaultdict(list))
    fresh: dict[int, OldPaper] = field(default_factory=dict)
    papers: dict[int, OldPaper] = field(default_factory=dict)
    ways: dict[int, tuple[int, OldPaper]] = field(default_factory=dict)


@act("import_rows", "历史台账导入")
def write_chunk(run_id: int, turn: int, *, by: Actor) -> bool:
    """Write the next rows; False when there is nothing more to do, or another hand has taken over."""
    run = turns.locked(run_id)
    if (run.state, run.turn) != (RunState.RUNNING, turn):
        nothing_done()
        return False
    rows = list(ImportRow.objects.filter(run=run, number__gt=run.cursor).order_by("number")[:CHUNK])
    if not rows:
        _finish(run, by)
        return False
    chunk = Chunk(run, rows, by)
    _decide(chunk)
    if not run.only_good and any(row.state == State.SKIPPED and row.values["plan"] != SKIP for row in rows):
        _give_up(chunk)
        return False
    numbers_back(run, [paper for number, paper in chunk.fresh.items() if number not in chunk.papers])
    _write(chunk)
    _tick(run, rows)
    return True


def _decide(chunk: Chunk) -> None:
    """Say of each row whether it is new, a further way of a known paper, or left out, and why."""
    run, rows = chunk.run, chunk.rows
    good = [row for row in rows if row.state != State.FAULTY]
    for row in rows:
        if row.state == State.FAULTY:
            _skip(row, "有错误：" + "；".join(words for level, _, words in row.findings if level == "error"))
    known = Known(run.tenant_id)
    papers = known.papers_with(number_key(row.values["doc_number"]) for row in good)
    taken = known.codes_taken(row.values["archival"] for row in good)
    keys = iter(bulk.next_keys(Matter, len(good)))
    chunk.fresh = {row.number: OldPaper(next(keys), row.number, row.values) for row in good}
    held = _adopt(run, chunk.fresh.values(), papers, chunk.by)
    before = _written_before(run, [row.values["like_row"] for row in good if row.values["like_row"]])
    for row in good:
        paper, values = chunk.fresh[row.number], row.values
        same = papers.get((values["issuer"], number_key(values["doc_number"])))
        target = (same[0] if same else None) or before.get(values["like_row"] or 0)
        if not target and (like := chunk.papers.get(values["like_row"] or 0)):
            target = like.key
        if values["plan"] == SKIP:
            _skip(row, "已经登记过")
        elif target:
            chunk.ways[row.number] = (target, paper)
        elif values["number"] in held:
            _skip(row, f"编号{values['number']}在核对后已被占用")
        elif values["archival"] in taken:
            _skip(row, f"档号{values['archival']}在核对后已被占用")
        else:
            chunk.papers[row.number] = paper


def _skip(row: ImportRow, why: str) -> None:
    row.state, row.outcome = State.SKIPPED, why[:200]


def _adopt(
    run: RegisterImport,
    papers: Iterable[OldPaper],
    registered: dict[tuple[str, str], tuple[int, str]],
    by: Actor,
) -> set[str]:
    """Enter the old numbers into the series of their years; return those that the series gave itself."""
    wanted: dict[tuple[str, int], dict[int, tuple[str, str]]] = defaultdict(dict)
    for paper in papers:
        values = paper.values
        identity = (values["issuer"], number_key(values["doc_number"]))
        if values["plan"] in (SKIP, MERGE) or identity in registered:
            continue
        for scope, year, no in numbers_of(paper):
            text = values["number"] if scope == SCOPE else values["archival"]
            wanted[scope, year][no] = (text, paper.public_id)
    held: set[str] = set()
    for (scope, year), given in sorted(wanted.items()):
        kept = numbers.adopt(
            scope, tenant_id=run.tenant_id, year=year, given=given, object_kind=KIND, reason=NOTE, by=by
        )
        held |= {given[no][0] for no in kept if scope == SCOPE}
    return held


def _written_before(run: RegisterImport, rows: list[int]) -> dict[int, int]:
    """Return the papers that earlier rows of this workbook became."""
    found = ImportRow.objects.filter(run=run, number__in=rows, matter__isnull=False)
    return dict(found.values_list("number", "matter_id")) if rows else {}


def _write(chunk: Chunk) -> None:
    tenant = OrgUnit.objects.get(pk=chunk.run.tenant_id)
    units = {unit for paper in chunk.papers.values() for unit in paper.values["units"]}
    names = {unit.pk: unit.label for unit in OrgUnit.objects.filter(pk__in=units)}
    maker = Maker(tenant, chunk.by, names)
    for paper in chunk.papers.values():
        for model, row in maker.rows_of(paper):
            chunk.made[model].append(row)
    ways = bulk.keyed(IncomingChannel, [maker.channel(paper, key) for key, paper in chunk.ways.values()])
    for model in ORDER:
        rows = chunk.made[model]
        bulk.insert(model, bulk.keyed(model, rows) if model in KEYED else rows)
    bulk.insert(IncomingChannel, ways)
    search_index.insert([(row["matter_id"], row["kind"], row["text"]) for row in chunk.made[SearchEntry]])
    _note(chunk, {number: way["id"] for number, way in zip(chunk.ways, ways, strict=True)})


def _note(chunk: Chunk, way_ids: dict[int, int]) -> None:
    """Leave a line in each paper's trail, and on each row what it became."""
    targets = Matter.objects.in_bulk([key for key, _ in chunk.ways.values()])
    for row in chunk.rows:
        if paper := chunk.papers.get(row.number):
            row.state, row.matter_id, row.outcome = State.CREATED, paper.key, ""
            said = f"{NOTE}：{row.values['number']} {row.values['issuer']} {row.values['doc_number']}（第{row.number}行）"
            _line(chunk, VERB, "导入", paper.key, paper.public_id, said)
        elif row.number in chunk.ways:
            key, paper = chunk.ways[row.number]
            matter = targets[key]
            row.state, row.matter_id, row.channel_id = State.MERGED, key, way_ids[row.number]
            row.outcome = f"并为{matter.number or '已登记件'}的又一来路"[:200]
            said = f"{NOTE}：又一来路，{paper.values['copies']}份（第{row.number}行）"
            _line(chunk, MERGE_VERB, "并件", key, matter.public_id, said)


def _line(chunk: Chunk, verb: str, label: str, key: int, public_id: str, text: str) -> None:
    data = {"import": chunk.run.public_id}
    record(
        verb,
        by=chunk.by,
        object_kind=KIND,
        object_id=public_id,
        label=label,
        text=text,
        matter_id=key,
        data=data,
    )


def _tick(run: RegisterImport, rows: list[ImportRow]) -> None:
    store(rows)
    states = [row.state for row in rows]
    run.created += states.count(State.CREATED)
    run.merged += states.count(State.MERGED)
    run.skipped += states.count(State.SKIPPED)
    run.cursor, run.progress = rows[-1].number, run.progress + len(rows)
    run.save(update_fields=["created", "merged", "skipped", "cursor", "progress"])
    if len(rows) == states.count(State.SKIPPED):
        nothing_done()


def store(rows: Iterable[ImportRow]) -> None:
    """Write what became of the rows."""
    table = connection.ops.quote_name(ImportRow._meta.db_table)
    columns = ("state", "outcome", "matter_id", "channel_id")
    values = [(row.pk, str(row.state), row.outcome, row.matter_id, row.channel_id) for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sets = ", ".join(f"{column} = new.{column}" for column in columns)
            cursor.execute(
                f"UPDATE {table} SET {sets} FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])"
                f" AS new(id, {', '.join(columns)}) WHERE {table}.id = new.id",
                [list(column) for column in zip(*values, strict=True)],
            )
            return
        sets = ", ".join(f"{column} = %s" for column in columns)
        cursor.executemany(f"UPDATE {table} SET {sets} WHERE id = %s", [(*row[1:], row[0]) for row in values])


def _finish(run: RegisterImport, by: Actor) -> None:
    run.state, run.finished_at = RunState.DONE, clock.now()
    run.save(update_fields=["state", "finished_at"])
    note_run(run, "import_finished", "历史台账导入完成", by)


def _give_up(chunk: Chunk) -> None:
    """All or nothing was asked for: what is written already is taken back."""
    run = chunk.run
    why = next(f"第{row.number}行：{row.outcome}" for row in chunk.rows if row.state == State.SKIPPED)
    numbers_back(run, chunk.fresh.values())
    turns.reset(run, RunState.UNDOING, undo_reason=f"要求全部导入，但{why}"[:200], finished_at=clock.now())
    turns.next_turn(run)
    note_run(run, "import_given_up", "历史台账导入中止并撤回", chunk.by)


def numbers_back(run: RegisterImport, papers: Iterable[OldPaper]) -> None:
    """Give back the numbers that these papers had brought into the series."""
    wanted: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for paper in papers:
        for scope, year, no in numbers_of(paper):
            wanted[scope, year][no] = paper.public_id
    for (scope, year), given in sorted(wanted.items()):
        numbers.retract(scope, tenant_id=run.tenant_id, year=year, given=given)


def numbers_of(paper: OldPaper) -> Iterator[tuple[str, int, int]]:
    """Yield scope, year and no of the numbers a paper carries: 收文编号 and 件号."""
    if paper.values["series"]:
        year, no = paper.values["series"]
        yield SCOPE, year, no
    if parts := archival_parts(paper.values["archival"]):
        year, retention, section, no = parts
        yield f"archive.{retention}.{section}", year, no


def note_run(run: RegisterImport, verb: str, label: str, by: Actor) -> None:
    """Leave the line of the import itself: how many rows, of which file."""
    counts = f"共{run.total}行，新建{run.created}，并件{run.merged}，跳过{run.skipped}"
    data = {"sm3": run.digest, "rows": run.total, "created": run.created, "merged": run.merged}
    record(
        verb, by=by, object_kind="register_import", object_id=run.public_id, label=label,
        text=f"{run.file_name}：{counts}；文件摘要 {run.digest[:16]}", data={**data, "skipped": run.skipped}, key_act=True,
    )  # fmt: skip
