"""The rows of an import as its page and its workbooks show them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zhongshu.documents.importing.columns import FIELDS
from zhongshu.documents.models import ImportRow, RegisterImport
from zhongshu.documents.registers.book import plain
from zhongshu.ui.tables import Column

SHOWN = ("number", "received", "issuer", "doc_number", "title")
SIZE = 50
MOST = 20_000
State, RunState = ImportRow.State, RegisterImport.State
JUDGED = (State.FAULTY, State.WARNED, State.GOOD)
DONE = (State.CREATED, State.MERGED, State.SKIPPED, State.KEPT, State.UNDONE)


@dataclass(frozen=True)
class Line:
    """One row of the workbook: its words under the heads they belong to, and what is said of it."""

    row: ImportRow
    words: Sequence[tuple[str, str]]
    said: Sequence[tuple[str, str]]

    @property
    def label(self) -> str:
        """Return the verdict, or what became of it."""
        return str(self.row.get_state_display())


@dataclass(frozen=True)
class Page:
    """Some rows, and after which row the next begin."""

    lines: Sequence[Line]
    after: int


def states_of(run: RegisterImport) -> Sequence[str]:
    """Return the states in which rows of this import can be."""
    before = run.state in (RunState.CHECKED, RunState.READING, RunState.FAILED)
    return JUDGED if before else DONE


def page(run: RegisterImport, *, state: str = "", after: int = 0) -> Page:
    """Read a page of rows; rows have their place by number."""
    rows = list(_rows(run, state).filter(number__gt=after)[: SIZE + 1])
    lines = [line_of(run, row) for row in rows[:SIZE]]
    return Page(lines, rows[SIZE - 1].number if len(rows) > SIZE else 0)


def _rows(run: RegisterImport, state: str) -> QuerySet[ImportRow]:
    rows = ImportRow.objects.filter(run=run).select_related("matter").order_by("number")
    return rows.filter(state=state) if state else rows


def line_of(run: RegisterImport, row: ImportRow) -> Line:
    """Draw a row with its own words."""
    words = [(FIELDS[name][0], _cell(row, run.mapping.get(name))) for name in SHOWN]
    said = [("warn", row.outcome)] if row.outcome else [(level, words) for level, _, words in row.findings]
    return Line(row, words, said)


def _cell(row: ImportRow, at: int | None) -> str:
    return str(row.cells[at]) if at is not None and at < len(row.cells) else ""


def counts(run: RegisterImport) -> list[tuple[str, str, int]]:
    """Return state, label and number of rows for the tabs."""
    if states_of(run) is JUDGED:
        numbers = {
            State.FAULTY: run.faulty,
            State.WARNED: run.warned,
            State.GOOD: run.good - run.warned,
        }
    else:
        numbers = {State.CREATED: run.created, State.MERGED: run.merged, State.SKIPPED: run.skipped}
        if run.state == RunState.UNDONE:
            numbers = {State.SKIPPED: run.skipped, State.KEPT: run.kept}
    return [(str(state), str(state.label), number) for state, number in numbers.items()]


def headings() -> list[str]:
    """Return the names of the columns shown."""
    return [FIELDS[name][0] for name in SHOWN]


def faulty_rows(run: RegisterImport) -> Iterator[ImportRow]:
    """Yield the rows to be mended."""
    rows = ImportRow.objects.filter(run=run, state__in=[State.FAULTY, State.SKIPPED])
    yield from rows.order_by("number")[:MOST].iterator(chunk_size=500)


def error_columns(run: RegisterImport) -> list[Column]:
    """Return the workbook's own columns, as they stood, and what is wrong; mended, it can be uploaded again."""
    own = [plain(f"c{at}", head or f"第{at + 1}列", _column(at)) for at, head in enumerate(run.heads)]
    return [plain("row", "原行号", lambda row: row.number), *own, plain("wrong", "问题", _wrong)]


def _column(at: int) -> Any:
    return lambda row: _cell(row, at)


def _wrong(row: ImportRow) -> str:
    return row.outcome or "；".join(words for level, _, words in row.findings if level == "error")


def report_rows(run: RegisterImport) -> Iterator[ImportRow]:
    """Yield what became of the rows."""
    yield from _rows(run, "")[:MOST].iterator(chunk_size=500)


def report_columns(run: RegisterImport) -> list[Column]:
    """Return the columns of the report."""
    return [
        plain("row", "原行号", lambda row: row.number),
        *(plain(name, FIELDS[name][0], _column_of(run, name)) for name in SHOWN),
        plain("state", "结果", lambda row: str(row.get_state_display())),
        plain("why", "说明", _said),
    ]


def _column_of(run: RegisterImport, name: str) -> Any:
    return lambda row: _cell(row, run.mapping.get(name))


def _said(row: ImportRow) -> str:
    return row.outcome or "；".join(words for _, _, words in row.findings)
