"""Number sequences of the office and what became of every single number."""

from typing import ClassVar

from django.db import models

from zhongshu.base import clock


class NumberSequence(models.Model):
    """One series of one year: it runs from 1 without a gap and never gives a number twice."""

    tenant_id = models.BigIntegerField("用户单位编号")
    scope = models.CharField("编号范围", max_length=60)
    year = models.PositiveIntegerField("年度")
    prefix = models.CharField("字头", max_length=40, blank=True)
    format = models.CharField("格式", max_length=80)
    last_no = models.PositiveIntegerField("已用到", default=0)
    closed_at = models.DateTimeField("封存时间", null=True, blank=True)

    class Meta:
        verbose_name = "编号序列"
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["tenant_id", "scope", "-year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["tenant_id", "scope", "year"], name="number_sequence_once")
        ]

    def text_of(self, no: int) -> str:
        """Return the number as it is written: 收〔2026〕1号."""
        return self.format.format(prefix=self.prefix, year=self.year, no=no)


class NumberState(models.TextChoices):
    """What became of a number."""

    USED = "used", "已用"
    RESERVED = "reserved", "预留"
    VOID = "void", "作废"


class NumberUse(models.Model):
    """One number of a series; even a void one stays, with its reason."""

    sequence = models.ForeignKey(
        NumberSequence, on_delete=models.PROTECT, related_name="uses", verbose_name="编号序列"
    )
    no = models.PositiveIntegerField("序号")
    text = models.CharField("编号", max_length=120)
    state = models.CharField("状态", max_length=10, choices=NumberState, default=NumberState.USED)
    reason = models.CharField("原因", max_length=200, blank=True)
    object_kind = models.CharField("对象类别", max_length=60, blank=True)
    object_id = models.CharField("对象编号", max_length=60, blank=True)
    at = models.DateTimeField("取号时间", default=clock.now)
    by_name = models.CharField("取号人", max_length=60, blank=True)
    by_id = models.BigIntegerField("取号人编号", null=True, blank=True)

    class Meta:
        verbose_name = "编号使用"
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["sequence", "no"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sequence", "no"], name="number_use_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["text"], name="number_use_text")]
