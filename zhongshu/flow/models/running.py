"""A procedure under way: the instance, and each visit of one of its nodes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhongshu.base import clock
from zhongshu.base.narrow import all_but
from zhongshu.flow.models.definitions import FlowDefinition
from zhongshu.people import joined

DEFINITION = ("tenant", "key", "name", "version", "status", "digest")


class InstanceQuerySet(models.QuerySet["FlowInstance"]):
    def at_hand(self) -> "InstanceQuerySet":
        """Instances as a verb needs them; the drawing itself is parsed once in a process, so leave it."""
        return self.select_related("definition", "org").defer(*unread_of())


def unread_of(path: str = "") -> list[str]:
    """Return what to leave unread of an instance's definition and unit, where it is joined by that path."""
    return [*all_but(f"{path}definition", FlowDefinition, *DEFINITION), *joined.unit(f"{path}org")]


class FlowInstance(models.Model):
    """A run of a procedure for a matter; a unit's inner procedure hangs on the task it answers."""

    class Status(models.TextChoices):
        RUNNING = "running", "办理中"
        ENDED = "ended", "已办结"
        STOPPED = "stopped", "已终止"

    definition = models.ForeignKey(
        FlowDefinition, on_delete=models.PROTECT, related_name="instances", verbose_name="流程"
    )
    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.CASCADE, related_name="flows", verbose_name="事项"
    )
    parent_task = models.ForeignKey(
        "flow.FlowTask",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="inner",
        verbose_name="所答任务",
    )
    org = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="办理单位"
    )
    initiator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="发起人",
    )
    first_receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="首接责任人",
    )
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.RUNNING)
    origin = models.CharField("来文（牵头）单位", max_length=120, blank=True)
    vars = models.JSONField("变量", default=dict, blank=True)
    pauses = models.JSONField("暂停时段", default=list, blank=True)
    current_label = models.CharField("当前环节", max_length=80, blank=True)
    end_reason = models.CharField("终止原因", max_length=300, blank=True)
    created_at = models.DateTimeField("发起时间", default=clock.now)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = InstanceQuerySet.as_manager()

    class Meta:
        verbose_name = "流程实例"
        verbose_name_plural = "流程实例"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(parent_task__isnull=True, ended_at__isnull=True),
                name="flow_one_root_running",
            ),
            models.UniqueConstraint(
                fields=["parent_task"], condition=Q(ended_at__isnull=True), name="flow_one_inner_running"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["initiator", "-created_at", "-id"], name="flow_initiated"),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id}·{self.matter_id}"

    @property
    def is_root(self) -> bool:
        """Tell the matter's own procedure from a unit's inner one."""
        return self.parent_task_id is None

    @property
    def is_open(self) -> bool:
        """Tell whether it still runs."""
        return self.ended_at is None


class FlowStep(models.Model):
    """One visit of one node: the token. `path` is its scope, "12:b1/" = branch b1 of fork-step 12."""

    class Left(models.TextChoices):
        DONE = "done", "办完"
        SENT_BACK = "sent_back", "退回"
        DROPPED = "dropped", "停办"
        WITHDRAWN = "withdrawn", "被撤回"

    instance = models.ForeignKey(
        FlowInstance, on_delete=models.CASCADE, related_name="steps", db_index=False, verbose_name="实例"
    )
    node = models.CharField("环节", max_length=60)
    name = models.CharField("环节名称", max_length=60)
    phase = models.CharField("阶段", max_length=32, blank=True)
    path = models.CharField("范围", max_length=120, blank=True)
    mode = models.CharField("方式", max_length=8, default="one")
    quota = models.PositiveIntegerField("须办人数", null=True, blank=True)
    prev = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="followers",
        verbose_name="上一环节",
    )
    back_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="办完直送",
    )  # fmt: skip
    entered_at = models.DateTimeField("进入时间", default=clock.now)
    left_at = models.DateTimeField("离开时间", null=True, blank=True)
    left_as = models.CharField("如何离开", max_length=10, choices=Left, blank=True)
    outcome = models.CharField("结果", max_length=32, blank=True)

    class Meta:
        verbose_name = "环节"
        verbose_name_plural = "环节"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instance", "node", "path"], condition=Q(left_at__isnull=True), name="step_one_open"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_as="") | (Q(left_at__isnull=False) & ~Q(left_as="")),
                name="step_left_somehow",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["instance", "left_at"], name="step_of_instance")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Tell whether the token is still here."""
        return self.left_at is None

    @property
    def inner_scope(self) -> str:
        """Return the beginning of the paths of this fork's branches."""
        return f"{self.path}{self.pk}:"
