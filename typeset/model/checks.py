"""What a part of the model must keep beyond its types: a table is a grid, a formula can be read, a width fits a page."""

from collections.abc import Callable
from typing import Any

from typeset.model import blocks, document, papers
from typeset.model.formula import parse
from typeset.model.troubles import At


def _check_table(table: blocks.Table, at: At) -> None:
    """See that the rows are a grid: spans reach no further than it, and every row fills it."""
    if not table.rows:
        raise at.wrong("表格没有行")
    if not 0 <= table.header_rows < max(2, len(table.rows)):
        raise at.wrong(f"表头 {table.header_rows} 行，而表格只有 {len(table.rows)} 行")
    columns = sum(max(1, cell.columns) for cell in table.rows[0])
    if table.widths and (len(table.widths) != columns or min(table.widths) <= 0):
        raise at.wrong(f"列宽有 {len(table.widths)} 个，应是 {columns} 个大于 0 的数")
    open_rows = [0] * columns
    for index, row in enumerate(table.rows):
        _fill_row(row, open_rows, len(table.rows) - index, at.field("行", "rows").item(index))


def _fill_row(row: tuple[blocks.Cell, ...], open_rows: list[int], left: int, at: At) -> None:
    """Lay the cells of a row where no cell from above reaches; `open_rows` counts the rows each column is taken for."""
    place = 0
    for cell in row:
        while place < len(open_rows) and open_rows[place]:
            place += 1
        reach = place + cell.columns
        if cell.columns < 1 or cell.rows < 1 or reach > len(open_rows) or any(open_rows[place:reach]):
            raise at.wrong(f"这一行的格子超出 {len(open_rows)} 列")
        if cell.rows > left:
            raise at.wrong(f"跨 {cell.rows} 行的格子超出表格")
        open_rows[place:reach] = [cell.rows] * cell.columns
        place = reach
    if 0 in open_rows:
        raise at.wrong(f"这一行只有 {len(open_rows) - open_rows.count(0)} 列，应是 {len(open_rows)} 列")
    open_rows[:] = [rows - 1 for rows in open_rows]


def _check_formula(formula: blocks.Formula, at: At) -> None:
    try:
        parse(formula.source)
    except ValueError as error:
        raise at.wrong(str(error)) from None


def _check_width(made: blocks.Figure | document.Seal, at: At) -> None:
    if not 5 <= made.width_mm <= 240:
        raise at.wrong(f"宽度应在 5 到 240 毫米之间，现在是 {made.width_mm:g}")


def _check_plates(plates: papers.NamePlates, at: At) -> None:
    if not plates.plates:
        raise at.wrong("一个座签也没有")


CHECKS: dict[type, Callable[[Any, At], None]] = {
    blocks.Table: _check_table,
    blocks.Formula: _check_formula,
    blocks.Figure: _check_width,
    document.Seal: _check_width,
    papers.NamePlates: _check_plates,
}
