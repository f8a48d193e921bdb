"""来文收取: what a taker (mailbox, folder) has taken, and how its last runs went; never a word of content."""

from typing import ClassVar

from django.db import models

from zhongshu.base import clock


class TakerKind(models.TextChoices):
    """From where files are fetched."""

    MAILBOX = "mailbox", "邮箱"
    FOLDER = "folder", "扫描文件夹"


class Taker(models.Model):
    """One taker of an office: when it ran, what went wrong, how much it took."""

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.CASCADE, related_name="+", verbose_name="办公单位"
    )
    kind = models.CharField("种类", max_length=8, choices=TakerKind)
    ran_at = models.DateTimeField("上次收取", null=True, blank=True)
    succeeded_at = models.DateTimeField("上次成功", null=True, blank=True)
    next_at = models.DateTimeField("不早于", null=True, blank=True)
    failures = models.PositiveIntegerField("连续失败次数", default=0)
    error = models.CharField("上次错误", max_length=300, blank=True)
    taken = models.PositiveIntegerField("收进文件数", default=0)
    refused = models.PositiveIntegerField("没有收的份数", default=0)
    seen = models.JSONField(
        "上次看到的文件", default=dict, help_text="文件名摘要、大小和时间，用来判断是否还在写入"
    )

    class Meta:
        verbose_name = "来文收取器"
        verbose_name_plural = "来文收取器"
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "kind"], name="taker_once")]


class TakenItem(models.Model):
    """One file or mail, by digest: what was taken once is not taken again."""

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.CASCADE, related_name="+", verbose_name="办公单位"
    )
    kind = models.CharField("种类", max_length=8, choices=TakerKind)
    key = models.CharField("摘要", max_length=64)
    drop = models.ForeignKey(
        "files.Drop",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="上传篮文件",
    )
    hint = models.TextField("提示（加密）", blank=True, help_text="发件人和主题，只给登记人看")
    outcome = models.CharField("结果", max_length=200, blank=True)
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "已收取"
        verbose_name_plural = "已收取"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "kind", "key"], name="taken_item_once")
        ]
        indexes: ClassVar = [models.Index(fields=["drop"], name="taken_item_drop")]
