"""Small books of the office: the 机要 counter, baselines and reported figures."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhongshu.base import clock


class ConfidentialEntry(models.Model):
    """机要登记本: dates, numbers, from and to; never a title or a word of content (practice 6, part 2)."""

    class Way(models.TextChoices):
        IN = "in", "收"
        OUT = "out", "发"

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="办公单位"
    )
    number = models.CharField("登记号", max_length=40)
    way = models.CharField("收发", max_length=4, choices=Way)
    handled_on = models.DateField("日期")
    quantity = models.PositiveSmallIntegerField("数量")
    from_unit = models.CharField("来自", max_length=60)
    to_unit = models.CharField("去往", max_length=60)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="机要员"
    )
    created_at = models.DateTimeField("登记时间", default=clock.now)
    voided_reason = models.CharField("作废理由", max_length=60, blank=True)

    class Meta:
        verbose_name = "机要登记"
        verbose_name_plural = "机要登记"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "number"], name="confidential_number"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="confidential_quantity"),
        ]

    def __str__(self) -> str:
        return self.number


class BaselineHours(models.Model):
    """效率基准: hours a step took in the entered baseline year (A21)."""

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="办公单位"
    )
    year = models.PositiveSmallIntegerField("基准年")
    phase = models.CharField("环节", max_length=32)
    hours = models.DecimalField("平均小时", max_digits=8, decimal_places=1)

    class Meta:
        verbose_name = "效率基准"
        verbose_name_plural = "效率基准"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "year", "phase"], name="baseline_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}·{self.phase}"


class ReportedFigure(models.Model):
    """年报数字: frozen as reported; later changes are corrections beside it."""

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="办公单位"
    )
    year = models.PositiveSmallIntegerField("年度")
    metric = models.CharField("指标", max_length=40)
    value = models.CharField("上报数", max_length=40)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="定稿人"
    )
    frozen_at = models.DateTimeField("定稿时间", default=clock.now)

    class Meta:
        verbose_name = "年报数字"
        verbose_name_plural = "年报数字"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "year", "metric"], name="figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}·{self.metric}"


class FigureCorrection(models.Model):
    """更正: what a reported figure should have been, and why."""

    figure = models.ForeignKey(
        ReportedFigure, on_delete=models.PROTECT, related_name="corrections", verbose_name="年报数字"
    )
    value = models.CharField("更正为", max_length=40)
    reason = models.CharField("理由", max_length=200)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="更正人"
    )
    corrected_at = models.DateTimeField("更正时间", default=clock.now)

    class Meta:
        verbose_name = "年报更正"
        verbose_name_plural = "年报更正"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.value
