"""机要登记, 常用批语, 效率基准 and 年报数字."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.documents import statistics
from zhongshu.documents.models import (
    BaselineHours,
    Box,
    ConfidentialEntry,
    FigureCorrection,
    ReportedFigure,
    TypicalPhrase,
)
from zhongshu.documents.numbers import draw

MAX_UNIT_NAME = 60


@dataclass(frozen=True)
class Entry:
    """What the 机要 counter writes: dates, numbers, from and to."""

    way: str
    handled_on: date
    quantity: int
    from_unit: str
    to_unit: str


@act("enter_confidential")
def enter_confidential(entry: Entry, *, by: Actor) -> ConfidentialEntry:
    """机要登记: never a title, never a word of content."""
    if entry.quantity < 1:
        raise Refused.one("CNT-01", "数量至少为 1", "quantity")
    if entry.handled_on > clock.today():
        raise Refused.one("CNT-02", "日期晚于今天，请核对", "handled_on")
    for name, value in (("from_unit", entry.from_unit), ("to_unit", entry.to_unit)):
        if not value.strip():
            raise Refused.one("CNT-03", "请填写来去单位", name)
        if "《" in value or "关于" in value:
            raise Refused.one("CNT-04", "这里只记单位名称，不得写标题或内容", name)
    row = ConfidentialEntry.objects.create(
        tenant_id=by.office,
        number=draw("counter", by=by),
        handled_by_id=by.me,
        created_at=clock.now(),
        **entry.__dict__,
    )
    text = f"{row.number} {row.get_way_display()}{row.quantity}件"
    record(
        "enter_confidential",
        by=by,
        object_kind="confidential_entry",
        object_id=row.pk,
        label="机要登记",
        text=text,
    )
    return row


@act("void_confidential")
def void_confidential(row: ConfidentialEntry, *, reason: str, by: Actor) -> ConfidentialEntry:
    """作废一条登记; the number is kept."""
    if not reason.strip():
        raise Refused.one("CNT-05", "请写明作废理由", "reason")
    row.voided_reason = reason.strip()[:60]
    row.save(update_fields=["voided_reason"])
    record(
        "void_confidential",
        by=by,
        object_kind="confidential_entry",
        object_id=row.pk,
        label="机要登记作废",
        text=f"{row.number}：{row.voided_reason}",
    )
    return row


@act("save_phrase")
def save_phrase(
    text: str, *, box: str = Box.INSTRUCTION, for_office: bool = False, by: Actor
) -> TypicalPhrase:
    """存为常用批语, one's own or the office's."""
    if not text.strip():
        raise Refused.one("PHR-01", "请填写批语", "text")
    if for_office and not by.may("documents.office_phrases"):
        raise Refused.one("PHR-02", "办公室的常用批语由办公室主任、副主任维护")
    row = TypicalPhrase.objects.create(
        tenant_id=by.office,
        person_id=None if for_office else by.person_id,
        box=box,
        text=text.strip()[:100],
    )
    record("save_phrase", by=by, object_kind="phrase", object_id=row.pk, label="存常用批语", text=row.text)
    return row


@act("set_baseline")
def set_baseline(year: int, hours: dict[str, Decimal], *, by: Actor) -> int:
    """录入效率基准: mean hours of each step in the year that is compared against."""
    if not hours:
        raise Refused.one("STA-01", "请至少填写一个环节的小时数")
    for phase, value in hours.items():
        if value < 0:
            raise Refused.one("STA-02", "小时数不能是负数", phase)
        BaselineHours.objects.update_or_create(
            tenant_id=by.office, year=year, phase=phase, defaults={"hours": value}
        )
    record(
        "set_baseline", by=by, object_kind="baseline", object_id=year, label="录入效率基准", text=f"{year}年"
    )
    return len(hours)


@act("freeze_figures")
def freeze_figures(year: int, *, by: Actor) -> list[ReportedFigure]:
    """年报定稿: figures stay as reported; what changes later is shown as a correction."""
    if ReportedFigure.objects.filter(tenant_id=by.office, year=year).exists():
        raise Refused.one("STA-03", f"{year}年的年报数字已经定稿，有变化请用“更正”")
    rows = [
        ReportedFigure(
            tenant_id=by.office,
            year=year,
            metric=figure.key,
            value=figure.value,
            frozen_by_id=by.me,
            frozen_at=clock.now(),
        )
        for figure in statistics.figures(by, year)
    ]
    ReportedFigure.objects.bulk_create(rows)
    record(
        "freeze_figures",
        by=by,
        object_kind="figures",
        object_id=year,
        label="年报数字定稿",
        text=f"{year}年 {len(rows)}项",
        data={row.metric: row.value for row in rows},
    )
    return rows


@act("correct_figure")
def correct_figure(figure: ReportedFigure, *, value: str, reason: str, by: Actor) -> FigureCorrection:
    """更正: the reported figure stays, the correction stands beside it."""
    if not reason.strip() or not value.strip():
        raise Refused.one("STA-04", "请填写更正后的数字和理由", "reason")
    row = FigureCorrection.objects.create(
        figure=figure, value=value.strip(), reason=reason.strip(), corrected_by_id=by.me
    )
    record(
        "correct_figure",
        by=by,
        object_kind="figures",
        object_id=figure.year,
        label="年报更正",
        text=f"{figure.metric}：{figure.value} → {row.value}（{row.reason}）",
    )
    return row
