"""导出: the sheet carries who took it out, and no cell of it can act."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime

from python_calamine import CalamineWorkbook

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.ui.exports import excel, workbook_response
from zhongshu.ui.tables import Column

CLERK = Actor(1, "林晓禾", unit_name="秘书科", on_behalf_of_name="许清和")
AT = datetime(2026, 6, 10, 9, 30, tzinfo=clock.ZONE)


@dataclass
class Paper:
    title: str
    came: date = date(2026, 6, 9)
    told: datetime = datetime(2026, 6, 9, 7, 0, tzinfo=UTC)
    pages: int | None = 6


COLUMNS = [
    Column("title", "标题", lambda paper: "<b>drawn</b>", is_title=True),
    Column("came", "收文日期"),
    Column("told", "最近反馈"),
    Column("pages", "页数"),
]
HEADER_COLUMNS = [Column("title", "标题", text=lambda paper: paper.title)]


def sheet(*papers, columns=COLUMNS):
    with clock.fixed(AT):
        content = excel(iter(papers), columns, by=CLERK, title="收文登记簿（在办）", number="20260610-abc")
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_mark_names_person_unit_time_and_number():
    title, mark, head = sheet(Paper("防汛"))[:3]
    assert title[0] == "收文登记簿（在办）"
    assert mark[0] == "导出人：林晓禾（代许清和）　单位：秘书科　时间：2026-06-10 09:30　编号：20260610-abc"
    assert head == ["标题", "收文日期", "最近反馈", "页数"]


def test_values_keep_their_kind_and_the_office_clock():
    line = sheet(Paper("防汛"))[3]
    assert line[0] == "防汛"
    assert line[1] == date(2026, 6, 9)
    assert line[2] == datetime(2026, 6, 9, 15, 0)  # noqa: DTZ001 - a sheet knows only the wall clock
    assert line[3] == 6


def test_formulas_and_addresses_stay_text():
    titles = ['=HYPERLINK("http://evil")', "+1+1", "-2", "@SUM(A1)", "https://evil.example/"]
    rows = sheet(*map(Paper, titles), columns=HEADER_COLUMNS)[3:]
    assert [row[0] for row in rows] == titles


def test_the_file_is_a_download_nobody_keeps():
    response = workbook_response(b"x", "收文登记簿")
    assert response["Cache-Control"] == "no-store"
    assert "attachment" in response["Content-Disposition"]
    assert "%E6%94%B6%E6%96%87%E7%99%BB%E8%AE%B0%E7%B0%BF.xlsx" in response["Content-Disposition"]
