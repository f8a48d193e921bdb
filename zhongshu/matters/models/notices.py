"""What people are told: notices inside the house, their way outside, and the stir that wakes open pages."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhongshu.base import clock
from zhongshu.matters.models.spine import Matter, Urgency
from zhongshu.people.models.sealed import SealedTextField


class Notification(models.Model):
    """One line to one person about one matter."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="收件人",
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    matter = models.ForeignKey(
        Matter,
        verbose_name="事项",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    key = models.CharField("唯一键", max_length=200)
    event = models.CharField("事由", max_length=60)
    text = models.CharField("内容", max_length=300)
    urgency = models.CharField("缓急", max_length=20, choices=Urgency, default=Urgency.NORMAL)
    by_name = models.CharField("发出人", max_length=60, blank=True, default="")
    created_at = models.DateTimeField("时间", default=clock.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-created_at", "-id"],
                name="notice_unread",
                condition=Q(read_at__isnull=True),
            ),
            models.Index(fields=["person", "-created_at", "-id"], name="notice_all"),
        ]

    def __str__(self) -> str:
        return self.text


class Robot(models.Model):
    """A group robot or webhook of the office's messenger; its address is a secret and is stored encrypted."""

    KINDS: ClassVar = [
        ("wecom", "企业微信"),
        ("dingtalk", "钉钉"),
        ("feishu", "飞书"),
        ("webhook", "其他"),
    ]

    tenant = models.ForeignKey(
        "people.OrgUnit", verbose_name="所属机关", on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        "people.OrgUnit",
        verbose_name="所服务的科室",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="所服务的人",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("种类", max_length=20, choices=KINDS)
    address = SealedTextField("地址")
    secret = SealedTextField("加签密钥", blank=True, default="")
    enabled = models.BooleanField("启用", default=True)
    created_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "外部提醒通道"

    def __str__(self) -> str:
        return self.name


class NoticeDelivery(models.Model):
    """One notice on its way out of the house by one channel; several leave together as one message."""

    OUTCOMES: ClassVar = [
        ("", "待发"),
        ("sent", "已发"),
        ("read", "已先阅读，未发"),
        ("dropped", "通道停用，未发"),
    ]

    notification = models.ForeignKey(
        Notification, verbose_name="消息", on_delete=models.CASCADE, related_name="deliveries"
    )
    robot = models.ForeignKey(
        Robot,
        verbose_name="通道",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
        help_text="空为邮件",
    )
    tenant = models.ForeignKey(
        "people.OrgUnit", verbose_name="所属机关", on_delete=models.CASCADE, related_name="+"
    )
    target = models.CharField("去向", max_length=60, help_text="同一去向的消息合并发出")
    due_at = models.DateTimeField("应发时间")
    closed_at = models.DateTimeField("了结时间", null=True, blank=True)
    outcome = models.CharField("结果", max_length=10, choices=OUTCOMES, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "对外提醒"
        indexes: ClassVar = [
            models.Index(
                fields=["target", "due_at"], name="delivery_waiting", condition=Q(closed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.target}:{self.notification_id}"


class NoticePreference(models.Model):
    """What one person wants to be told outside the house; no row means the office's default."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="人员",
        on_delete=models.CASCADE,
        related_name="notice_preference",
    )
    by_mail = models.BooleanField("邮件提醒", default=True)
    by_robot = models.BooleanField("即时通讯提醒", default=True)
    only_urgent = models.BooleanField("只提醒加急以上", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "提醒偏好"

    def __str__(self) -> str:
        return f"{self.person_id}"


class Stir(models.Model):
    """Something changed on the desk of a principal; open pages ask for no more than the newest of these."""

    principal = models.ForeignKey(
        "people.Principal", verbose_name="主体", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "动静"
        indexes: ClassVar = [
            models.Index(fields=["principal", "id"], name="stir_newest"),
            models.Index(fields=["at"], name="stir_sweep"),
        ]

    def __str__(self) -> str:
        return f"{self.principal_id}@{self.pk}"
