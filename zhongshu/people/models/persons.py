"""A person, who is also the account; posts, roles and history hang on it, so it is never deleted."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from zhongshu.base import clock
from zhongshu.people.initials import initials_of
from zhongshu.people.models.principals import Principal, PrincipalKind
from zhongshu.people.models.sealed import SealedTextField


class AccountState(models.TextChoices):
    DRAFT = "draft", "待启用"
    ENABLED = "enabled", "启用"
    DISABLED = "disabled", "停用"


class TextSize(models.TextChoices):
    NORMAL = "normal", "标准"
    LARGE = "large", "大字"


class Density(models.TextChoices):
    COMPACT = "compact", "紧凑"
    ROOMY = "roomy", "宽松"


def fresh_version() -> int:
    """Start at a random number, so that an id used again never meets an old cache entry."""
    return secrets.randbits(48)


class PersonManager(BaseUserManager["Person"]):
    pass


class Person(AbstractBaseUser):
    principal = models.OneToOneField(
        Principal, on_delete=models.PROTECT, related_name="person", verbose_name="主体", editable=False
    )
    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40, db_index=True)
    initials = models.CharField("拼音首字母", max_length=40, blank=True, db_index=True, editable=False)
    phone = SealedTextField("电话", blank=True)
    email = models.EmailField("邮箱", blank=True)
    account_state = models.CharField(
        "账号状态", max_length=10, choices=AccountState.choices, default=AccountState.DRAFT
    )
    must_change_password = models.BooleanField("须改口令", default=True)
    password_changed_at = models.DateTimeField("口令修改时间", null=True, blank=True)
    disabled_at = models.DateTimeField("停用时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)
    created_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建立人"
    )
    text_size = models.CharField("字号", max_length=8, choices=TextSize.choices, default=TextSize.NORMAL)
    density = models.CharField("行距", max_length=8, choices=Density.choices, default=Density.COMPACT)
    has_letter_keys = models.BooleanField("启用单字母快捷键", default=True)
    access_version = models.BigIntegerField("权限版本", default=fresh_version, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.principal_id is None:
            self.principal = Principal.objects.create(kind=PrincipalKind.PERSON)
        self.initials = initials_of(self.name)
        super().save(*args, **kwargs)

    @property
    def veiled_phone(self) -> str:
        """The telephone with its middle hidden."""
        if len(self.phone) < 8:
            return "*" * len(self.phone)
        return f"{self.phone[:3]}{'*' * (len(self.phone) - 7)}{self.phone[-4:]}"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.account_state == AccountState.ENABLED

    def get_full_name(self) -> str:
        return self.name
