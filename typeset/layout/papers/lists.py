"""签收单, 归档文件目录 and 值班表: long lists whose heads stand on every page."""

import datetime
import itertools
from collections.abc import Sequence
from typing import Any

from typeset.layout.papers.cells import MM_OF_PT, breadth, clipped
from typeset.layout.papers.desk import FORM_SIZE, Column, Desk, Fact, about, facts, listing
from typeset.layout.papers.slips import numbered
from typeset.model import ArchiveCatalog, DutyRoster, DutyShift, ReceiptSlip, day_words
from typeset.model.checks import MOST_EMPTY_ROWS

SLIP_FACTS = (22.0, 63.0, 22.0, 63.0)
RECEIPTS = (
    Column("序号", 12),
    Column("收件单位", 44, "left"),
    Column("份数", 12),
    Column("份号", 32),
    Column("签收人", 24),
    Column("签收时间", 29),
    Column("备注", 17, "left"),
)
ENTRIES = (
    Column("序号", 12),
    Column("档号", 53),
    Column("文号", 42),
    Column("责任者", 33),
    Column("题名", 68, "left"),
    Column("日期", 20),
    Column("页数", 12),
    Column("备注", 17, "left"),
)
# A longer line of what the catalogue is of stands on the first page only, not over the head of every page.
LONGEST_HEAD = 110
WEEK = "一二三四五六日"
UPRIGHT, CROSSWISE = 170.0, 257.0
# More shifts of one day than these would make a cell that no page can hold.
MOST_TOGETHER = 6


def receipt_slip(paper: ReceiptSlip, desk: Desk) -> dict[str, Any]:
    """Return the data of a 签收单."""
    rows: list[tuple[str, ...]] = [
        (str(index), each.unit, each.copies, each.copy_nos, each.signed_by, each.signed_at, each.remark)
        for index, each in enumerate(paper.receipts, start=1)
    ]
    start = len(rows) + 1
    rows += [
        (str(start + index), *[""] * 6) for index in range(max(0, min(paper.empty_rows, MOST_EMPTY_ROWS)))
    ]
    return {
        "document": about(f"签收单 {paper.title}", paper.office),
        "title": desk.words.title(paper.office, "文件签收单", 21),
        "facts": facts(
            SLIP_FACTS,
            [
                Fact("文件标题", paper.title, span=3, role="hei", size=12),
                Fact("发文字号", paper.doc_number),
                Fact("分送日期", paper.issued_on),
                Fact("总份数", paper.copies),
                Fact("经办人", paper.sender),
            ],
            desk,
        ),
        "list": listing(RECEIPTS, rows, desk, row_mm=9),
        "running": desk.words.line(clipped(paper.title, 40) + "（签收单续页）", 50, "song"),
    }


def archive_catalog(paper: ArchiveCatalog, desk: Desk) -> dict[str, Any]:
    """Return the data of a 归档文件目录 (DA/T 22)."""
    rows = [
        (
            str(index),
            each.archival_code,
            each.doc_number,
            each.responsible_party,
            each.title,
            each.date,
            each.pages,
            each.remark,
        )
        for index, each in enumerate(paper.entries, start=1)
    ]
    named = (
        ("全宗名称", paper.fonds),
        ("全宗号", paper.fonds_no),
        ("年度", paper.year),
        ("保管期限", paper.retention),
        ("机构（问题）", paper.section),
    )
    return {
        "document": about(f"归档文件目录 {paper.fonds} {paper.year}", paper.fonds),
        "of": [desk.words.line(f"{label}：{value}", 60) for label, value in named if value],
        "is_of_long": sum(breadth(value) for _label, value in named) > LONGEST_HEAD,
        "list": listing(ENTRIES, rows, desk, row_mm=8.6),
    }


def duty_roster(paper: DutyRoster, desk: Desk) -> dict[str, Any]:
    """Return the data of a 值班表; columns that nobody uses are left out."""
    is_crosswise, columns = _roster_columns(paper.shifts)
    with_year = len({each.date.year for each in paper.shifts}) > 1
    made = listing(columns, [_shift(each, columns, with_year) for each in paper.shifts], desk, row_mm=6.7)
    for row, shift, rows in zip(made["rows"], paper.shifts, _together(paper.shifts), strict=True):
        row["is_free"] = shift.date.weekday() >= 5
        row["days"] = rows
    return {
        "document": about(f"{paper.period}值班表", paper.office),
        "title": desk.words.title(paper.office, f"{paper.period}值班表", 23),
        "list": made,
        "is_crosswise": is_crosswise,
        "running": desk.words.line(
            clipped(f"{paper.office}{paper.period}", 40) + "值班表（续页）", 50, "song"
        ),
        "phones": desk.words.lines(f"值班电话：{paper.phones}" if paper.phones else "", 30),
        "demands": numbered(paper.demands, desk, 30),
        "made_by": desk.words.line(f"制表：{paper.made_by}" if paper.made_by else "", 20),
        "made_on": day_words(paper.made_on) if paper.made_on else "",
    }


def _roster_columns(shifts: Sequence[DutyShift]) -> tuple[bool, list[Column]]:
    """Return whether the page is set crosswise, as it is where the longest name finds no room else, and the columns."""
    fixed = [Column("日期", 32 if len({each.date.year for each in shifts}) > 1 else 22), Column("星期", 16)]
    if any(each.part for each in shifts):
        fixed.append(Column("班次", 16))
    after = [Column("电话", 28)] if any(each.phone for each in shifts) else []
    remark = 22.0 if any(each.remark for each in shifts) else 16.0
    taken = sum(each.mm for each in (*fixed, *after)) + remark
    names = (name for each in shifts for name in (each.duty_leader, each.main_officer, each.deputy_officer))
    wanted = min(12.0, max((breadth(name) for name in names), default=0)) * FORM_SIZE * MM_OF_PT + 3.2
    is_crosswise = (UPRIGHT - taken) / 3 < wanted
    left = (CROSSWISE if is_crosswise else UPRIGHT) - taken
    people = [Column(head, left / 3) for head in ("带班领导", "主班", "副班")]
    return is_crosswise, [*fixed, *people, *after, Column("备注", remark, "left")]


def _shift(shift: DutyShift, columns: Sequence[Column], with_year: bool) -> list[str]:
    said = {
        "日期": _day(shift.date, with_year),
        "星期": f"星期{WEEK[shift.date.weekday()]}",
        "班次": shift.part,
        "带班领导": shift.duty_leader,
        "主班": shift.main_officer,
        "副班": shift.deputy_officer,
        "电话": shift.phone,
        "备注": shift.remark,
    }
    return [said[each.head] for each in columns]


def _day(date: datetime.date, with_year: bool) -> str:
    return day_words(date) if with_year else f"{date.month}月{date.day}日"


def _together(shifts: Sequence[DutyShift]) -> list[int]:
    """Return for each shift how many rows its day takes: 0 for those under the first of the day."""
    found: list[int] = []
    for _day_of, group in itertools.groupby(shifts, key=lambda each: each.date):
        count = len(list(group))
        found += [count, *[0] * (count - 1)] if count <= MOST_TOGETHER else [1] * count
    return found
