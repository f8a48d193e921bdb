"""承办: which unit does what by when, and what it fed back."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from zhongshu.base import clock
from zhongshu.documents.models.incoming import IncomingDocument


class UnitHandling(models.Model):
    """承办情况 of one unit."""

    class Role(models.TextChoices):
        LEAD = "lead", "主办"
        CO = "co", "协办"

    class State(models.TextChoices):
        ASSIGNED = "assigned", "待签收"
        SIGNED = "signed", "承办中"
        FED_BACK = "fed_back", "已反馈"
        DECLINED = "declined", "已退办"
        WITHDRAWN = "withdrawn", "已撤销"

    incoming = models.ForeignKey(
        IncomingDocument, on_delete=models.CASCADE, related_name="handlings", verbose_name="收文"
    )
    unit = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    unit_name = models.CharField("单位名称", max_length=120)
    role = models.CharField("角色", max_length=4, choices=Role)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASSIGNED)
    requirement = models.CharField("交办要求", max_length=500, blank=True)
    assigned_at = models.DateTimeField("交办时间", default=clock.now)
    due_at = models.DateTimeField("时限", null=True, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办人",
    )
    handler_name = models.CharField("承办人姓名", max_length=60, blank=True)
    latest = models.CharField("最近反馈", max_length=500, blank=True)
    fed_back_at = models.DateTimeField("反馈时间", null=True, blank=True)
    times_sent_back = models.PositiveSmallIntegerField("退回次数", default=0)

    class Meta:
        verbose_name = "承办情况"
        verbose_name_plural = "承办情况"
        ordering: ClassVar = ["-role", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incoming", "unit"], name="handling_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "state"], name="handling_unit")]

    def __str__(self) -> str:
        return f"{self.unit_name}（{self.get_role_display()}）"


class Feedback(models.Model):
    """反馈: progress or the result, with its approval inside the unit."""

    handling = models.ForeignKey(
        UnitHandling, on_delete=models.CASCADE, related_name="feedbacks", verbose_name="承办情况"
    )
    text = models.TextField("反馈内容")
    is_final = models.BooleanField("办理结果", default=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="反馈人"
    )
    given_by_name = models.CharField("反馈人姓名", max_length=80)
    given_at = models.DateTimeField("反馈时间", default=clock.now)
    approved_by_name = models.CharField("审签人", max_length=80, blank=True)
    approved_at = models.DateTimeField("审签时间", null=True, blank=True)

    class Meta:
        verbose_name = "反馈"
        verbose_name_plural = "反馈"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class LegalReview(models.Model):
    """合法性审核."""

    class Conclusion(models.TextChoices):
        PASS = "pass", "通过"
        PASS_WITH_CHANGES = "pass_with_changes", "修改后通过"
        REJECT = "reject", "不通过"

    incoming = models.ForeignKey(
        IncomingDocument, on_delete=models.CASCADE, related_name="legal_reviews", verbose_name="收文"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="审核人"
    )
    conclusion = models.CharField("结论", max_length=20, choices=Conclusion)
    opinion = models.TextField("审核意见")
    responses = models.TextField("逐条回应", blank=True)
    reviewed_at = models.DateTimeField("审核时间", default=clock.now)

    class Meta:
        verbose_name = "合法性审核"
        verbose_name_plural = "合法性审核"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.get_conclusion_display()
