"""历史台账导入: a workbook of past years, its rows as judged, and what became of each."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from zhongshu.base import clock
from zhongshu.matters.models import Matter
from zhongshu.matters.models.spine import new_public_id


class RegisterImport(models.Model):
    """One workbook on its way into the register."""

    class State(models.TextChoices):
        READING = "reading", "正在读表"
        CHECKED = "checked", "待导入"
        FAILED = "failed", "未能读出"
        RUNNING = "running", "正在导入"
        PAUSED = "paused", "已暂停"
        DONE = "done", "已导入"
        STOPPED = "stopped", "已中止"
        DISCARDED = "discarded", "已放弃"
        UNDOING = "undoing", "正在撤销"
        UNDONE = "undone", "已撤销"

    public_id = models.CharField(
        "公开标识", max_length=32, unique=True, default=new_public_id, editable=False
    )
    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="办公单位"
    )
    file_name = models.CharField("文件名", max_length=120)
    digest = models.CharField("文件摘要", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    quarantine_id = models.CharField("隔离区编号", max_length=32, blank=True)
    is_released = models.BooleanField("已凭放行码放行", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.READING)
    problem = models.CharField("问题", max_length=300, blank=True)
    sheets = models.JSONField("工作表", default=list)
    sheet_no = models.PositiveSmallIntegerField("所用工作表", null=True, blank=True)
    header_row = models.PositiveIntegerField("表头行", null=True, blank=True)
    heads = models.JSONField("表头", default=list)
    mapping = models.JSONField("列的对应", default=dict)
    notes = models.JSONField("提示", default=list)
    only_good = models.BooleanField("只导入没有错误的行", default=True)
    total = models.PositiveIntegerField("行数", default=0)
    warned = models.PositiveIntegerField("有提醒的行", default=0)
    faulty = models.PositiveIntegerField("有错误的行", default=0)
    created = models.PositiveIntegerField("新建", default=0)
    merged = models.PositiveIntegerField("并件", default=0)
    skipped = models.PositiveIntegerField("跳过", default=0)
    kept = models.PositiveIntegerField("撤销时保留", default=0)
    series_before = models.PositiveIntegerField("接续前编到", null=True, blank=True)
    series_after = models.PositiveIntegerField("接续到", null=True, blank=True)
    cursor = models.PositiveIntegerField("办到第几行", default=0)
    progress = models.PositiveIntegerField("已办行数", default=0)
    turn = models.PositiveIntegerField("轮次", default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="经办人"
    )
    created_at = models.DateTimeField("上传时间", default=clock.now)
    judged_at = models.DateTimeField("核对时间", null=True, blank=True)
    started_at = models.DateTimeField("开始导入", null=True, blank=True)
    finished_at = models.DateTimeField("导入结束", null=True, blank=True)
    undo_reason = models.CharField("撤销理由", max_length=200, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "历史台账导入"
        verbose_name_plural = "历史台账导入"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["tenant", "-id"], name="register_import_newest")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant"],
                name="register_import_one_at_a_time",
                condition=models.Q(state__in=["running", "paused", "undoing"]),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_busy(self) -> bool:
        """Tell whether the worker has it in hand."""
        return self.state in (self.State.READING, self.State.RUNNING, self.State.UNDOING)

    @property
    def good(self) -> int:
        """Return how many rows have no error."""
        return self.total - self.faulty

    @property
    def percent(self) -> int:
        """Return how much of the present stage is done."""
        return self.progress * 100 // self.total if self.total else 0


class ImportRow(models.Model):
    """One row of the workbook: what stands in it, what was read from it, what became of it."""

    class State(models.TextChoices):
        GOOD = "good", "可以导入"
        WARNED = "warned", "有提醒"
        FAULTY = "faulty", "有错误"
        CREATED = "created", "已新建"
        MERGED = "merged", "已并件"
        SKIPPED = "skipped", "已跳过"
        UNDONE = "undone", "已撤销"
        KEPT = "kept", "未撤销"

    run = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="rows", verbose_name="导入"
    )
    number = models.PositiveIntegerField("行号")
    cells = models.JSONField("原文", default=list)
    values = models.JSONField("读出的内容", default=dict)
    state = models.CharField("状态", max_length=8, choices=State)
    findings = models.JSONField("问题", default=list)
    outcome = models.CharField("结果", max_length=200, blank=True)
    matter = models.ForeignKey(
        Matter, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="事项"
    )
    channel_id = models.BigIntegerField("并入的来路", null=True, blank=True)

    class Meta:
        verbose_name = "导入的行"
        verbose_name_plural = "导入的行"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]
        indexes: ClassVar = [models.Index(fields=["run", "state", "number"], name="import_row_state")]


class ColumnHabit(models.Model):
    """What an office calls a column of its old books."""

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.CASCADE, related_name="+", verbose_name="办公单位"
    )
    head = models.CharField("表头", max_length=60)
    field = models.CharField("对应", max_length=20, blank=True)

    class Meta:
        verbose_name = "台账列的习惯"
        verbose_name_plural = "台账列的习惯"
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "head"], name="column_habit_once")]
