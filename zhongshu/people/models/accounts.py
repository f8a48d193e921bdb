"""The account's safety: policy, past passwords, failed sign-ins, sessions and the second factor."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from zhongshu.base import clock
from zhongshu.people.models.persons import Person
from zhongshu.people.models.sealed import SealedTextField


class SecondFactorFor(models.TextChoices):
    NOBODY = "nobody", "不要求"
    ADMINS = "admins", "三员必须"
    ADMINS_SIGNERS = "admins_signers", "三员和签发人必须"


class AccountPolicy(models.Model):
    """One row an installation; every change of it lies in the trail."""

    min_length = models.PositiveSmallIntegerField(
        "口令最短位数", default=10, validators=[MinValueValidator(8)]
    )
    min_classes = models.PositiveSmallIntegerField(
        "至少几类字符", default=3, validators=[MinValueValidator(1)]
    )
    history = models.PositiveSmallIntegerField("近几次口令不可重用", default=5)
    max_age_days = models.PositiveSmallIntegerField("口令有效天数", default=90, help_text="0＝不过期")
    lock_after = models.PositiveSmallIntegerField(
        "连续失败几次锁定", default=5, validators=[MinValueValidator(1)]
    )
    lock_minutes = models.PositiveSmallIntegerField(
        "锁定分钟数", default=30, validators=[MinValueValidator(1)]
    )
    idle_minutes = models.PositiveSmallIntegerField(
        "空闲几分钟退出", default=30, validators=[MinValueValidator(1)]
    )
    one_session_per_device = models.BooleanField("同类终端只留一个会话", default=True)
    second_factor_for = models.CharField(
        "第二因素", max_length=16, choices=SecondFactorFor.choices, default=SecondFactorFor.ADMINS_SIGNERS
    )
    dormant_days = models.PositiveSmallIntegerField("几天未登录列入清理清单", default=90)

    class Meta:
        verbose_name = verbose_name_plural = "账号策略"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="account_policy_one_row")]

    def __str__(self) -> str:
        return "账号策略"


class PastPassword(models.Model):
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="past_passwords", verbose_name="人员"
    )
    password = models.CharField("口令摘要", max_length=128)
    set_at = models.DateTimeField("启用时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "用过的口令"
        ordering = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.set_at:%Y-%m-%d}"


class SignInGuard(models.Model):
    """Failures counted by the name typed, whether or not there is such an account."""

    key = models.CharField("登录名", max_length=80, unique=True)
    failures = models.PositiveSmallIntegerField("连续失败次数", default=0)
    last_failed_at = models.DateTimeField("最近失败时间", default=clock.now, db_index=True)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录失败记录"

    def __str__(self) -> str:
        return self.key


# The first mark found counts: each browser also names those it descends from.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QIHU", "360"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux"),
)


class DeviceKind(models.TextChoices):
    DESKTOP = "desktop", "电脑"
    PHONE = "phone", "手机"
    TABLET = "tablet", "平板"


class OfficeSession(AbstractBaseSession):
    person = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="人员",
    )
    device = models.CharField("终端", max_length=8, choices=DeviceKind.choices, blank=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)
    ip = models.GenericIPAddressField("地址", null=True, blank=True)
    signed_in_at = models.DateTimeField("登录时间", null=True, blank=True)
    last_seen_at = models.DateTimeField("最近使用", null=True, blank=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "会话"
        indexes = [models.Index(fields=["person", "device"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.device}"

    @property
    def browser(self) -> str:
        """Say in two words which browser on which system."""
        browser = next((label for mark, label in BROWSERS if mark in self.agent), "")
        system = next((label for mark, label in SYSTEMS if mark in self.agent), "")
        return f"{browser} {system}".strip() or "未知"

    @classmethod
    def get_session_store_class(cls) -> type:
        raise NotImplementedError("the engine is zhongshu.people.sessions")


class SecondFactor(models.Model):
    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="second_factor", verbose_name="人员"
    )
    secret = SealedTextField("密钥")
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_counter = models.BigIntegerField("最近用过的时间片", default=-1)

    class Meta:
        verbose_name = verbose_name_plural = "第二因素"

    def __str__(self) -> str:
        return str(self.person_id)
