"""What one person (or a pool) has to do at a step, and when to remind."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhongshu.base import clock
from zhongshu.flow.models.running import FlowInstance, FlowStep


class FlowTask(models.Model):
    """One person's part of a step. Without assignee it lies in a pool until somebody signs for it."""

    class Kind(models.TextChoices):
        DO = "do", "办理"
        WITH = "with", "加签（并行）"
        BEFORE = "before", "前加签"
        AFTER = "after", "后加签"
        DELEGATE = "delegate", "委派"
        REASSIGN = "reassign", "退办待分派"
        CC = "cc", "传阅"

    class State(models.TextChoices):
        OPEN = "open", "待办"
        DONE = "done", "已办"
        MOVED = "moved", "已转办"
        DECLINED = "declined", "已退办"
        SENT_BACK = "sent_back", "已退回"
        SPARED = "spared", "免办"
        DROPPED = "dropped", "停办"
        WITHDRAWN = "withdrawn", "被撤回"

    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.CASCADE, related_name="tasks", verbose_name="事项"
    )
    instance = models.ForeignKey(
        FlowInstance, on_delete=models.CASCADE, related_name="tasks", db_index=False, verbose_name="实例"
    )
    step = models.ForeignKey(
        FlowStep, on_delete=models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name="环节"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="所属任务",
    )
    kind = models.CharField("种类", max_length=10, choices=Kind, default=Kind.DO)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    node = models.CharField("环节", max_length=60, blank=True)
    name = models.CharField("环节名称", max_length=60)
    duty = models.CharField("分工", max_length=20, blank=True, help_text="主办、协办、牵头")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks",
        db_index=False, verbose_name="办理人",
    )  # fmt: skip
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        db_index=False, verbose_name="原办理人", help_text="AB岗转来的，原是谁的",
    )  # fmt: skip
    unit = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="承办单位",
    )  # fmt: skip
    role = models.CharField("待签收角色", max_length=40, blank=True)
    pool = models.CharField("待签收范围", max_length=60, blank=True)
    holder_name = models.CharField("在谁手里", max_length=80, blank=True)
    from_name = models.CharField("上一办理人", max_length=80, blank=True)
    rank = models.PositiveSmallIntegerField("缓急次序", default=1)
    turn = models.PositiveSmallIntegerField("顺序", default=0)
    parked = models.BooleanField("等候中", default=False)
    outcome = models.CharField("结果", max_length=32, blank=True)
    opinion = models.TextField("意见", blank=True)
    data = models.JSONField("内容", default=dict, blank=True)
    limit = models.JSONField("时限规则", default=dict, blank=True)
    created_at = models.DateTimeField("送达时间", default=clock.now)
    due_at = models.DateTimeField("期限", null=True, blank=True)
    sort_due = models.DateTimeField("排序期限")
    extensions = models.PositiveSmallIntegerField("延期次数", default=0)
    read_at = models.DateTimeField("阅看时间", null=True, blank=True)
    claimed_at = models.DateTimeField("签收时间", null=True, blank=True)
    done_at = models.DateTimeField("办理时间", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        db_index=False, verbose_name="实际办理人",
    )  # fmt: skip
    done_name = models.CharField("办理人姓名", max_length=80, blank=True)
    closed_at = models.DateTimeField("了结时间", null=True, blank=True)
    reminders = models.PositiveSmallIntegerField("催办次数", default=0)
    reminded_at = models.DateTimeField("最近催办", null=True, blank=True)
    remind_next_at = models.DateTimeField("下次催办", null=True, blank=True)
    reminder_text = models.CharField("催办内容", max_length=200, blank=True)

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["step", "assignee", "kind"],
                condition=Q(closed_at__isnull=True),
                name="task_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["step", "pool", "kind"],
                condition=Q(closed_at__isnull=True, assignee__isnull=True),
                name="task_once_per_pool",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="task_done_has_time"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, state="open")
                | (Q(closed_at__isnull=False) & ~Q(state="open")),
                name="task_open_or_closed",
            ),
            models.CheckConstraint(
                condition=Q(assignee__isnull=False) | ~Q(pool="") | Q(unit__isnull=False),
                name="task_is_somebodys",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["assignee", "rank", "sort_due", "id"],
                name="task_todo",
                condition=Q(closed_at__isnull=True, assignee__isnull=False),
            ),
            models.Index(
                fields=["pool", "rank", "sort_due", "id"],
                name="task_pool",
                condition=Q(closed_at__isnull=True, assignee__isnull=True),
            ),
            models.Index(fields=["due_at"], name="task_overdue", condition=Q(closed_at__isnull=True)),
            models.Index(
                fields=["unit", "due_at"], name="task_unit_due", condition=Q(closed_at__isnull=True)
            ),
            models.Index(
                fields=["done_by", "-done_at", "-id"], name="task_done", condition=Q(done_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}·{self.holder_name}"

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits."""
        return self.closed_at is None

    @property
    def is_counted(self) -> bool:
        """Tell the tasks a step's mode counts from those that only stand beside them."""
        return self.kind in (self.Kind.DO, self.Kind.WITH, self.Kind.REASSIGN)


class FlowTimer(models.Model):
    """The next moment at which somebody is to be reminded of a task."""

    class Kind(models.TextChoices):
        UNCLAIMED = "unclaimed", "未签收"
        BEFORE = "before", "将到期"
        DUE = "due", "到期"
        LATE_1 = "late_1", "逾期1个工作日"
        LATE_3 = "late_3", "逾期3个工作日"
        AGAIN = "again", "再催"

    task = models.ForeignKey(
        FlowTask, on_delete=models.CASCADE, related_name="timers", db_index=False, verbose_name="任务"
    )
    kind = models.CharField("种类", max_length=10, choices=Kind)
    due_at = models.DateTimeField("时点")
    fired_at = models.DateTimeField("已响时间", null=True, blank=True)

    class Meta:
        verbose_name = "时点"
        verbose_name_plural = "时点"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "kind", "due_at"], name="timer_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="timer_waiting", condition=Q(fired_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.task_id}·{self.kind}"
