"""Deadline policies: how long something may take, counted how, on which ground."""

from typing import ClassVar

from django.db import models


class Unit(models.TextChoices):
    """What a deadline is counted in."""

    HOUR = "hour", "小时"
    WORKDAY = "workday", "个工作日"
    CALENDAR_DAY = "calendar_day", "日"
    MONTH = "month", "个月"


class DeadlinePolicy(models.Model):
    """One rule of time; without a tenant it holds for every office that has none of its own."""

    tenant_id = models.BigIntegerField("用户单位编号", null=True, blank=True)
    code = models.CharField("代码", max_length=60)
    name = models.CharField("名称", max_length=60)
    quantity = models.PositiveIntegerField("数量")
    unit = models.CharField("单位", max_length=12, choices=Unit)
    start_event = models.CharField("起算事件", max_length=60, blank=True)
    pausable = models.BooleanField("可以暂停", default=False)
    basis = models.CharField("依据", max_length=200, blank=True)
    max_extensions = models.PositiveSmallIntegerField("延期次数上限", default=1)
    end_of_day = models.TimeField("到期时刻", null=True, blank=True, help_text="不填为下班时间")

    class Meta:
        verbose_name = "期限规则"
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["tenant_id", "code"], name="deadline_policy_once"),
            models.UniqueConstraint(
                fields=["code"], name="deadline_policy_common", condition=models.Q(tenant_id__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}：{self.quantity}{self.get_unit_display()}"
