"""Reading a workbook into rows: in the limited process, past the gate of 涉密, judged as they come."""

import json
import re
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from zhongshu.base import bulk, clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, nothing_done
from zhongshu.base.transactions import writing
from zhongshu.documents.importing import columns, gaps, turns
from zhongshu.documents.importing.judging import Judge, Judged
from zhongshu.documents.importing.known import Known
from zhongshu.documents.models import ColumnHabit, ImportRow, RegisterImport
from zhongshu.files import gate, quarantine, releases, sandbox, screening
from zhongshu.files.reading.tables import MAX_ROWS, ROWS_FILE
from zhongshu.files.reading.troubles import Trouble
from zhongshu.matters.outbox import TryLater

CHUNK = 1_000
SECONDS = 60
SHOWN = 12
State = RegisterImport.State
TROUBLES = {
    "unknown": "这不是 Excel（xlsx、xls、et）或 CSV 文件。请用表格软件打开，另存为 xlsx 再传",
    "broken": "文件打不开，可能已损坏或没有传完整。请用表格软件打开确认，另存为 xlsx 再传",
    "encrypted": "文件设了打开密码。请去掉密码后再传",
    "macro": "文件带有宏程序。请另存为不带宏的 xlsx 再传",
    "bomb": "文件展开后异常庞大，为安全起见不予读取。请删去空白的行列和图片，或按年度分成几个文件再传",
}
SECRET = "{where}有国家秘密标志。本系统为非涉密系统，文件没有留存；请将涉密件从台账中去掉，按机要渠道登记"
LOST = "上传的文件已经过期清除，请重新上传"
_GRADE = re.compile(r"^[\s(（【\[]*(?:绝密|机密|秘密)级?[\s)）】\]★☆*]*")
_GRADE_HEAD = re.compile(r"密级|秘密等级|保密等级|定密")

Rows = Iterator[tuple[int, list[str]]]


class Failed(Exception):  # noqa: N818 - what is said of the file
    """The workbook cannot be read; the words go to the clerk."""


class Classified(Failed):
    """Rows that carry a mark of secrecy."""


def read(run: RegisterImport) -> None:
    """Read the workbook anew; begun again after a blow, it begins from nothing."""
    with writing():
        ImportRow.objects.filter(run=run).delete()
    try:
        with quarantine.opened(run.quarantine_id) as file, tempfile.TemporaryDirectory() as folder:
            found = sandbox.read("tables", file, seconds=SECONDS, folder=folder, sheet=run.sheet_no)
            place = Path(folder) / ROWS_FILE
            _refuse_classified(run, found, place)
            _recognise(run, found)
            _judge(run, place)
    except sandbox.Busy as error:
        raise TryLater("正在检查的文件太多") from error
    except quarantine.Lost:
        _fail(run, LOST)
    except Trouble as trouble:
        _fail(run, TROUBLES.get(trouble.code, TROUBLES["broken"]))
    except Classified as reason:
        _fail(run, str(reason))
        by, data = turns.actor_of(run), {"codes": ["DOC-01"], "sm3": run.digest, "size": run.size}
        screening.raise_alarm(data, uploader=by, by=by)
    except Failed as reason:
        _fail(run, str(reason))


def rows_in(place: Path) -> Rows:
    """Yield row numbers and cells."""
    with place.open(encoding="utf-8") as lines:
        for line in lines:
            number, row = json.loads(line)
            yield number, row


def _refuse_classified(run: RegisterImport, found: dict[str, Any], place: Path) -> None:
    """Look at every cell before a single one is stored, and at the heads of the sheets beside."""
    suspects = _suspect_rows(place)
    where = ""
    if suspects:
        rows = "、".join(str(number) for number in suspects[:SHOWN])
        where = f"第{rows}行{'等' if len(suspects) > SHOWN else ''}"
    for place_no, sheet in enumerate(found["sheets"], 1):
        texts = [sheet["name"], *(cell for row in sheet["head"] for cell in row)]
        if not where and any(_is_marked(text) for text in texts):
            where = f"第{place_no}张工作表"
    if where and not (run.is_released or _use_release(run, by=turns.actor_of(run))):
        raise Classified(SECRET.format(where=where))


@act("release_import")
def _use_release(run: RegisterImport, *, by: Actor) -> bool:
    """Use a release up for these bytes: read again under other columns or from another sheet, they are the same."""
    run.is_released = releases.use(run.tenant_id, run.digest, by=by)
    if run.is_released:
        RegisterImport.objects.filter(pk=run.pk).update(is_released=True)
    else:
        nothing_done()
    return run.is_released


def _suspect_rows(place: Path) -> list[int]:
    graded: set[int] = set()
    suspects = []
    for number, row in rows_in(place):
        if not any("密" in cell for cell in row):
            continue
        graded |= {at for at, cell in enumerate(row) if len(cell) <= SHOWN and _GRADE_HEAD.search(cell)}
        if any(_is_marked(cell) or (at in graded and _GRADE.match(cell)) for at, cell in enumerate(row)):
            suspects.append(number)
    return suspects


def _is_marked(text: str) -> bool:
    """A register has nobody who could judge a doubtful line: doubt stops it as well."""
    return "密" in text and any(gate.in_text("", text))


def _recognise(run: RegisterImport, found: dict[str, Any]) -> None:
    """Find the head and what its columns hold, unless the clerk has said so."""
    if not found["sheets"] or not found["rows"]:
        raise Failed("表是空的，没有任何内容。请确认选对了文件和工作表")
    if found["cut"]:
        raise Failed(f"行数超过{MAX_ROWS:,}。请按年度分成几个文件再传")
    habits = habits_of(run.tenant_id)
    seen = found["sheets"][found["sheet"]]
    head = run.header_row or columns.find_head(seen["head"], habits) or 1
    heads = seen["head"][head - 1] if head <= len(seen["head"]) else []
    if not run.mapping or run.heads != heads:
        run.mapping = columns.mapping_of(heads, habits)
    run.sheets = [
        {name: sheet[name] for name in ("name", "hidden", "rows", "merged")} for sheet in found["sheets"]
    ]
    run.sheet_no, run.header_row, run.heads = found["sheet"], head, heads
    run.notes = _notes(found, run)


def _notes(found: dict[str, Any], run: RegisterImport) -> list[str]:
    notes = []
    seen = found["sheets"][found["sheet"]]
    if seen["merged"]:
        notes.append(f"表里有{seen['merged']}处合并单元格，只有左上角一格有内容；合并的行请先拆开")
    if hidden := [sheet["name"] for sheet in found["sheets"] if sheet["hidden"]]:
        notes.append(f"有隐藏的工作表（{'、'.join(hidden[:5])}），没有读取")
    if left := columns.unused(run.heads, run.mapping):
        notes.append(f"没有用到的列：{'、'.join(left[:12])}")
    return notes


def habits_of(tenant_id: int) -> dict[str, str]:
    """Return what the office has called its columns before."""
    return dict(ColumnHabit.objects.filter(tenant_id=tenant_id).values_list("head", "field"))


def _judge(run: RegisterImport, place: Path) -> None:
    lacking = columns.missing(run.mapping)
    judge = Judge(Known(run.tenant_id), run.mapping)
    below: Rows = ((number, row) for number, row in rows_in(place) if number > (run.header_row or 0))
    if lacking:
        below = islice(below, SHOWN)
        run.notes.insert(0, f"还不知道哪一列是{'、'.join(lacking)}，请在“列的对应”里选定")
    run.total = sum(1 for number, _ in rows_in(place) if number > (run.header_row or 0))
    run.warned = run.faulty = run.progress = 0
    while chunk := list(islice(below, CHUNK)):
        judged = judge.chunk(chunk)
        run.warned += sum(row.state == ImportRow.State.WARNED for row in judged)
        run.faulty += sum(row.state == ImportRow.State.FAULTY for row in judged)
        run.progress += len(judged)
        _keep(run, judged)
    run.notes += gaps.notes(run.tenant_id, judge.series)
    _finish(run)


def _keep(run: RegisterImport, judged: list[Judged]) -> None:
    with writing():
        if not _is_current(run):
            raise TryLater("核对已重新开始")
        bulk.insert(ImportRow, bulk.keyed(ImportRow, [_row(run, row) for row in judged]))
        RegisterImport.objects.filter(pk=run.pk).update(progress=run.progress, total=run.total)


def _row(run: RegisterImport, row: Judged) -> bulk.Row:
    return {
        "run_id": run.pk,
        "number": row.number,
        "cells": row.cells,
        "values": row.values,
        "state": str(row.state),
        "findings": row.findings,
        "outcome": "",
        "matter_id": None,
        "channel_id": None,
    }


def _is_current(run: RegisterImport) -> bool:
    now = turns.locked(run.pk)
    return (now.state, now.turn) == (State.READING, run.turn)


def _finish(run: RegisterImport) -> None:
    with writing():
        if _is_current(run):
            run.state, run.judged_at = State.CHECKED, clock.now()
            run.save()


def _fail(run: RegisterImport, problem: str) -> None:
    """Say why, and forget the file and whatever was read of it."""
    run.problem, run.sheets, run.heads, run.mapping, run.notes = problem[:300], [], [], {}, []
    item, run.quarantine_id = run.quarantine_id, ""
    with writing():
        if not _is_current(run):
            return
        ImportRow.objects.filter(run=run).delete()
        run.state = State.FAILED
        run.save()
    quarantine.wipe(item)
