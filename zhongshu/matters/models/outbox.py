"""The transactional outbox and the ticker's memory: what is still to be done, by whom, and what failed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhongshu.base import clock
from zhongshu.matters.models.spine import Matter


class OutboxItem(models.Model):
    """One piece of work promised inside a transaction and done after it by a worker."""

    topic = models.CharField("事项类别", max_length=80)
    key = models.CharField("唯一键", max_length=200, unique=True)
    payload = models.JSONField("内容", default=dict)
    matter = models.ForeignKey(
        Matter,
        verbose_name="事项",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("登记时间", default=clock.now)
    run_at = models.DateTimeField("应办时间")
    lease_until = models.DateTimeField("领用到期", null=True, blank=True)
    leased_by = models.CharField("领用者", max_length=80, blank=True, default="")
    attempts = models.PositiveIntegerField("已试次数", default=0)
    done_at = models.DateTimeField("办结时间", null=True, blank=True)
    dead_at = models.DateTimeField("放弃时间", null=True, blank=True)
    error = models.TextField("最近错误", blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        indexes: ClassVar = [
            models.Index(
                fields=["run_at", "id"],
                name="outbox_waiting",
                condition=Q(done_at__isnull=True, dead_at__isnull=True),
            ),
            models.Index(fields=["dead_at"], name="outbox_dead", condition=Q(dead_at__isnull=False)),
            models.Index(fields=["done_at"], name="outbox_done", condition=Q(done_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.topic}#{self.pk}"


class TickerJob(models.Model):
    """When a scheduled job ran last, when it is due next, and which worker holds it."""

    name = models.CharField("名称", max_length=80, unique=True)
    next_at = models.DateTimeField("下次时间")
    lease_until = models.DateTimeField("领用到期", null=True, blank=True)
    leased_by = models.CharField("领用者", max_length=80, blank=True, default="")
    started_at = models.DateTimeField("上次开始", null=True, blank=True)
    finished_at = models.DateTimeField("上次结束", null=True, blank=True)
    error = models.TextField("上次错误", blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "定时任务"

    def __str__(self) -> str:
        return self.name
