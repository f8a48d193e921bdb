"""台账 of the archive: what waits, and the catalogue (目录)."""

from zhongshu.archive.models import ArchivalFile, Retention
from zhongshu.archive.queries import years
from zhongshu.base.actors import Actor
from zhongshu.ui.tables import Column, Register, Select


def _years(actor: Actor) -> list[tuple[str, str]]:
    return [(str(year), f"{year}年") for year in years(actor)]


def _retention(file: ArchivalFile) -> str:
    return file.get_retention_display() if file.retention else "未定"


WAITING = Register(
    "archive_waiting",
    "待归档文件",
    (
        Column("title", "题名", is_title=True),
        Column("doc_number", "文号", width="zs-w-no"),
        Column("responsible_party", "责任者", width="zs-w-unit"),
        Column(
            "scope",
            "归档范围",
            lambda f: f.scope.name if f.scope else "无对应，请人工确定",
            width="zs-w-unit",
        ),
        Column("retention", "建议期限", _retention, width="zs-w-state"),
        Column("due_on", "应归档", lambda f: f"{f.due_on:%Y-%m-%d}", width="zs-w-date"),
    ),
    selects=(Select("year", "年度", _years),),
    lights=(),
    placeholder="题名、文号、责任者",
)

# 目录 as domain 2.12 lists it.
CATALOGUE = Register(
    "archive_catalogue",
    "归档文件目录",
    (
        Column("item_no", "件号", lambda f: f"{f.item_no:04d}", width="zs-w-num", is_fixed=True),
        Column("archival_code", "档号", width="zs-w-code", is_fixed=True),
        Column("doc_number", "文号", width="zs-w-no"),
        Column("responsible_party", "责任者", width="zs-w-unit"),
        Column("title", "题名", is_title=True),
        Column(
            "doc_date", "日期", lambda f: f"{f.doc_date:%Y%m%d}" if f.doc_date else "", width="zs-w-person"
        ),
        Column(
            "label",
            "密级",
            lambda f: "工作秘密" if f.matter.label == "work_secret" else "",
            width="zs-w-person",
        ),
        Column("pages", "页数", width="zs-w-num", is_number=True),
        Column("note", "备注", width="zs-w-state", is_shy=True),
    ),
    selects=(Select("year", "年度", _years), Select("retention", "保管期限", Retention.choices)),
    lights=(),
    placeholder="题名、文号、档号",
)
