"""Settings an administrator edits, with their history, and what a person saves of a register."""

from typing import ClassVar

from django.db import models

from zhongshu.base import clock


class Setting(models.Model):
    """A value an office set otherwise than the default."""

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.CASCADE, related_name="settings", verbose_name="办公单位"
    )
    key = models.CharField("设置项", max_length=80)
    value = models.JSONField("值")
    changed_at = models.DateTimeField("修改时间", default=clock.now)

    class Meta:
        verbose_name = "设置"
        verbose_name_plural = "设置"
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "key"], name="setting_once")]

    def __str__(self) -> str:
        return self.key


class SettingChange(models.Model):
    """设置的历史: what it was, what it became, who changed it."""

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.CASCADE, related_name="+", verbose_name="办公单位"
    )
    key = models.CharField("设置项", max_length=80)
    before = models.JSONField("原值", null=True)
    after = models.JSONField("新值", null=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    changed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="修改人"
    )
    changed_at = models.DateTimeField("修改时间", default=clock.now)

    class Meta:
        verbose_name = "设置变更"
        verbose_name_plural = "设置变更"
        indexes: ClassVar = [models.Index(fields=["tenant", "key", "-id"], name="setting_history")]

    def __str__(self) -> str:
        return self.key


class SavedView(models.Model):
    """存为视图: filters and columns a person keeps for a register."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, verbose_name="人员")
    register = models.CharField("台账", max_length=60)
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=1000)
    columns = models.JSONField("列", default=list)
    sort_order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "保存的视图"
        verbose_name_plural = "保存的视图"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "register", "name"], name="saved_view_once")
        ]

    def __str__(self) -> str:
        return self.name
