"""Roles as data: what each may do, and to whom it was granted by whom and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhongshu.base import clock
from zhongshu.people.models.persons import Person
from zhongshu.people.models.posts import Appointment


class RoleKind(models.TextChoices):
    BUSINESS = "business", "业务角色"
    ADMIN = "admin", "管理员"


class Role(models.Model):
    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=40)
    kind = models.CharField("种类", max_length=10, choices=RoleKind.choices, default=RoleKind.BUSINESS)
    duties = models.CharField("职责", max_length=200, blank=True)
    represents_unit = models.BooleanField(
        "代表本单位", default=False, help_text="可看、可收本用户单位名下的一般件"
    )
    is_signer = models.BooleanField("签发岗位", default=False)
    sort_order = models.PositiveIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "角色"
        ordering = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_admin(self) -> bool:
        return self.kind == RoleKind.ADMIN


class RolePermission(models.Model):
    """Where an installation departs from what the code declares for a role."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="changes", verbose_name="角色")
    code = models.CharField("权限代码", max_length=80)
    is_granted = models.BooleanField("有此权限", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "角色权限"
        ordering = ["role_id", "code"]
        constraints = [models.UniqueConstraint(fields=["role", "code"], name="role_permission_once")]

    def __str__(self) -> str:
        return self.code


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def standing(self) -> RoleGrantQuerySet:
        return self.filter(revoked_at__isnull=True)


class RoleGrant(models.Model):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants", verbose_name="人员")
    appointment = models.ForeignKey(
        Appointment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name="任职",
        help_text="空＝不随任职",
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants", verbose_name="角色")
    granted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="授权人"
    )
    granted_at = models.DateTimeField("授权时间", default=clock.now)
    revoked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收回人"
    )
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "角色授权"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "appointment"],
                condition=Q(revoked_at__isnull=True, appointment__isnull=False),
                name="role_grant_once_per_appointment",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(revoked_at__isnull=True, appointment__isnull=True),
                name="role_grant_once_per_person",
            ),
        ]

    def __str__(self) -> str:
        return self.role.name
