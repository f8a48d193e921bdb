"""The spine: matters, who has a part in them, and how they hang together."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhongshu.base import clock


def new_public_id() -> str:
    """Return an address part that cannot be guessed."""
    return secrets.token_urlsafe(16)


class Urgency(models.TextChoices):
    """紧急程度."""

    NORMAL = "normal", "平件"
    URGENT = "urgent", "加急"
    EXTRA_URGENT = "extra_urgent", "特急"


class SecurityLabel(models.TextChoices):
    """数据密标: the classified marks have no place here (domain 2.14)."""

    PUBLIC = "public", "公开"
    INTERNAL = "internal", "内部"
    WORK_SECRET = "work_secret", "工作秘密"


class Matter(models.Model):
    """One thing the office follows to its end; a room's object is one-to-one with it."""

    public_id = models.CharField(
        "公开标识", max_length=32, unique=True, default=new_public_id, editable=False
    )
    kind = models.CharField("类别", max_length=40)
    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="matters", verbose_name="办公单位"
    )
    title = models.CharField("标题", max_length=300)
    number = models.CharField("编号", max_length=80, blank=True)
    urgency = models.CharField("紧急程度", max_length=16, choices=Urgency, default=Urgency.NORMAL)
    label = models.CharField("数据密标", max_length=16, choices=SecurityLabel, default=SecurityLabel.INTERNAL)
    phase = models.CharField("阶段", max_length=32, default="draft")
    phase_name = models.CharField("阶段名称", max_length=40, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    sort_at = models.DateTimeField("排序时间", default=clock.now)
    due_at = models.DateTimeField("办结期限", null=True, blank=True)
    paused_at = models.DateTimeField("暂停于", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    outcome = models.CharField("结果", max_length=32, blank=True)
    created_at = models.DateTimeField("建立时间", default=clock.now)

    class Meta:
        verbose_name = "事项"
        verbose_name_plural = "事项"
        indexes: ClassVar = [
            models.Index(fields=["tenant", "kind", "-sort_at", "-id"], name="matter_register"),
            models.Index(
                fields=["tenant", "kind", "due_at"],
                name="matter_open_due",
                condition=Q(closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Tell whether the matter still waits for an end."""
        return self.closed_at is None


class Part(models.Model):
    """A principal (a person, a section or a unit) has a part in a matter: lists start from here."""

    principal = models.ForeignKey(
        "people.Principal", on_delete=models.PROTECT, related_name="parts", verbose_name="参与方"
    )
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parts", verbose_name="事项")
    kind = models.CharField("类别", max_length=40)
    role = models.CharField("身份", max_length=24, blank=True)
    sort_at = models.DateTimeField("排序时间")
    due_at = models.DateTimeField("办结期限", null=True, blank=True)
    closed = models.BooleanField("已办结", default=False)

    class Meta:
        verbose_name = "参与"
        verbose_name_plural = "参与"
        constraints: ClassVar = [models.UniqueConstraint(fields=["principal", "matter"], name="part_once")]
        indexes: ClassVar = [
            models.Index(fields=["principal", "kind", "-sort_at", "-matter"], name="part_newest"),
            models.Index(
                fields=["principal", "kind", "due_at", "matter"],
                name="part_open_due",
                condition=Q(closed=False),
            ),
            models.Index(fields=["principal", "-sort_at", "-matter"], name="part_all_kinds"),
        ]

    def __str__(self) -> str:
        return f"{self.principal_id}·{self.matter_id}"


class MatterLink(models.Model):
    """关联: one matter points at another (原件, 批示件, 督办 …)."""

    source = models.ForeignKey(
        Matter, on_delete=models.CASCADE, related_name="links_out", verbose_name="事项"
    )
    target = models.ForeignKey(
        Matter, on_delete=models.CASCADE, related_name="links_in", verbose_name="关联事项"
    )
    kind = models.CharField("关系", max_length=24)
    created_at = models.DateTimeField("建立时间", default=clock.now)

    class Meta:
        verbose_name = "关联"
        verbose_name_plural = "关联"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="matter_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_id}→{self.target_id}"


class Handover(models.Model):
    """A room hands something over to another (批示→督办, 办结→归档 …) and hears what became of it."""

    class State(models.TextChoices):
        OFFERED = "offered", "待接"
        TAKEN = "taken", "已接"
        DECLINED = "declined", "不接"
        DONE = "done", "已回"

    kind = models.CharField("移交种类", max_length=40)
    matter = models.ForeignKey(
        Matter, on_delete=models.CASCADE, related_name="handovers", verbose_name="来源事项"
    )
    taken_as = models.ForeignKey(
        Matter, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="转为事项"
    )
    data = models.JSONField("内容", default=dict)
    state = models.CharField("状态", max_length=12, choices=State, default=State.OFFERED)
    result = models.JSONField("结果", default=dict)
    created_at = models.DateTimeField("移交时间", default=clock.now)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "移交"
        verbose_name_plural = "移交"
        indexes: ClassVar = [models.Index(fields=["kind", "state", "-id"], name="handover_state")]

    def __str__(self) -> str:
        return f"{self.kind}·{self.matter_id}"


class Follow(models.Model):
    """关注: a person keeps an eye on a matter."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, verbose_name="人员")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="follows", verbose_name="事项")
    created_at = models.DateTimeField("关注时间", default=clock.now)

    class Meta:
        verbose_name = "关注"
        verbose_name_plural = "关注"
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "matter"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.person_id}·{self.matter_id}"
