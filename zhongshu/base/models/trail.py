"""The trail: every act of the office in one chain, its head, and the forms already answered."""

from typing import ClassVar

from django.db import models

from zhongshu.base import clock


class Outcome(models.TextChoices):
    """How it ended."""

    DONE = "done", "已办"
    REFUSED = "refused", "被拒绝"
    FAILED = "failed", "未成功"


class TrailEntry(models.Model):
    """One act, with the names as they were that day; the database refuses to change or remove it."""

    seq = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    verb = models.CharField("动作", max_length=60)
    label = models.CharField("动作名称", max_length=60)
    text = models.TextField("内容", blank=True)
    actor_id = models.BigIntegerField("办理人编号", null=True)
    actor_name = models.CharField("办理人", max_length=60)
    unit_id = models.BigIntegerField("单位编号", null=True)
    unit_name = models.CharField("单位", max_length=120, blank=True)
    on_behalf_of_id = models.BigIntegerField("委托人编号", null=True)
    on_behalf_of_name = models.CharField("委托人", max_length=60, blank=True)
    ip = models.CharField("地址", max_length=45, blank=True)
    channel = models.CharField("渠道", max_length=20, blank=True)
    tenant_id = models.BigIntegerField("用户单位编号", null=True)
    object_kind = models.CharField("对象类别", max_length=60, blank=True)
    object_id = models.CharField("对象编号", max_length=60, blank=True)
    matter_id = models.BigIntegerField("事项编号", null=True)
    data = models.JSONField("数据", default=dict, blank=True)
    before_digest = models.CharField("办前摘要", max_length=64, blank=True)
    after_digest = models.CharField("办后摘要", max_length=64, blank=True)
    key_act = models.BooleanField("关键动作", default=False)
    outcome = models.CharField("结果", max_length=10, choices=Outcome, default=Outcome.DONE)
    prev_hash = models.CharField("前一条的链值", max_length=64)
    hash = models.CharField("链值", max_length=64)

    class Meta:
        verbose_name = "办理痕迹"
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["seq"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["matter_id", "seq"], name="trail_matter"),
            models.Index(fields=["actor_id", "seq"], name="trail_actor"),
            models.Index(fields=["object_kind", "object_id", "seq"], name="trail_object"),
            models.Index(fields=["verb", "seq"], name="trail_verb"),
            models.Index(fields=["at"], name="trail_at"),
        ]

    @property
    def who(self) -> str:
        """Return the name as the office writes it: 乙（代甲）."""
        return (
            f"{self.actor_name}（代{self.on_behalf_of_name}）" if self.on_behalf_of_name else self.actor_name
        )


class TrailHead(models.Model):
    """The last link; its single row is the lock under which the chain grows."""

    seq = models.BigIntegerField("序号", default=0)
    hash = models.CharField("链值", max_length=64)

    class Meta:
        verbose_name = "痕迹链头"
        verbose_name_plural = verbose_name


class ActKey(models.Model):
    """A form that was answered, so that its second coming does nothing."""

    key = models.CharField("表单键", max_length=64)
    verb = models.CharField("动作", max_length=60)
    reference = models.CharField("结果", max_length=200, blank=True)
    at = models.DateTimeField("时间", default=clock.now, db_index=True)

    class Meta:
        verbose_name = "已答表单"
        verbose_name_plural = verbose_name
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "verb"], name="act_key_once")
        ]
