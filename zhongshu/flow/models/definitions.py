"""Procedures as the administrator draws them: versions that never change once published."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhongshu.base import clock


class FlowDefinition(models.Model):
    """One version of one procedure of an office: nested blocks, and the graph they compile to."""

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "现行"
        RETIRED = "retired", "已停用"

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="procedures", verbose_name="办公单位"
    )
    key = models.CharField("代码", max_length=60)
    name = models.CharField("名称", max_length=60)
    version = models.PositiveIntegerField("版本")
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT)
    blocks = models.JSONField("步骤", default=list)
    options = models.JSONField("选项", default=dict, blank=True)
    graph = models.JSONField("图", default=dict, blank=True, editable=False)
    digest = models.CharField("摘要", max_length=64, blank=True, editable=False)
    note = models.CharField("修改说明", max_length=300, blank=True)
    edition = models.PositiveIntegerField("草稿改动次数", default=0)
    created_at = models.DateTimeField("建立时间", default=clock.now)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="发布人",
    )

    class Meta:
        verbose_name = "流程"
        verbose_name_plural = "流程"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "key", "version"], name="flow_version_once"),
            models.UniqueConstraint(
                fields=["tenant", "key"], condition=Q(status="published"), name="flow_one_published"
            ),
            models.UniqueConstraint(
                fields=["tenant", "key"], condition=Q(status="draft"), name="flow_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} 第{self.version}版"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to write what was published; the database refuses it too."""
        fields = kwargs.get("update_fields")
        if self.pk and self.digest and (fields is None or not set(fields) <= {"status"}):
            stored = FlowDefinition.objects.filter(pk=self.pk).exclude(status=self.Status.DRAFT).exists()
            if stored:
                raise ValueError("a published procedure never changes; make a new version")
        super().save(*args, **kwargs)

    @property
    def is_draft(self) -> bool:
        """Tell whether it can still be edited."""
        return self.status == self.Status.DRAFT
