"""Units as a tree with history: a renamed or merged unit keeps the names it once had."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from zhongshu.people.initials import initials_of
from zhongshu.people.models.principals import Principal, PrincipalKind


class UnitType(models.TextChoices):
    COUNTY_GOV = "county_gov", "县政府"
    GOV_OFFICE = "gov_office", "政府办"
    DEPT = "dept", "县直部门"
    TOWNSHIP = "township", "乡镇"
    SUBDISTRICT = "subdistrict", "街道"
    VERTICAL = "vertical", "垂管单位"
    INSTITUTION = "institution", "事业单位"
    SECTION = "section", "科室"
    PARTY_DEPT = "party_dept", "党委部门"
    NPC_OFFICE = "npc_office", "人大办"
    CPPCC_OFFICE = "cppcc_office", "政协办"
    DEV_ZONE = "dev_zone", "开发区管委会"
    STATE_ENTERPRISE = "state_enterprise", "国有企业"


class OrgUnitQuerySet(models.QuerySet["OrgUnit"]):
    def standing(self, on: date) -> OrgUnitQuerySet:
        """Units that exist on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class OrgUnit(models.Model):
    principal = models.OneToOneField(
        Principal, on_delete=models.PROTECT, related_name="unit", verbose_name="主体", editable=False
    )
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("规范化简称", max_length=40, blank=True)
    initials = models.CharField("拼音首字母", max_length=40, blank=True, editable=False)
    unit_type = models.CharField("单位种类", max_length=20, choices=UnitType.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级单位",
    )
    tenant = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units_of_tenant",
        verbose_name="所属用户单位",
    )
    is_tenant = models.BooleanField("是用户单位", default=False)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    division_code = models.CharField("行政区划代码", max_length=12, blank=True)
    doc_prefix = models.CharField("机关代字", max_length=20, blank=True)
    fonds_no = models.CharField("全宗号", max_length=10, blank=True)
    must_have_liaison = models.BooleanField("应设联络员", default=False)
    sort_order = models.PositiveIntegerField("排序", default=0)
    valid_from = models.DateField("设立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True, help_text="最后一天")
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="职能并入",
    )

    objects = OrgUnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["sort_order", "id"]
        indexes = [models.Index(fields=["tenant", "unit_type"])]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(valid_to__isnull=True),
                name="unit_one_name_under_parent",
                violation_error_message="同一上级下已有同名单位",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new unit its principal, its first name and (a tenant) itself as tenant."""
        is_new = self.pk is None
        if self.principal_id is None:
            self.principal = Principal.objects.create(kind=PrincipalKind.UNIT)
        if is_new and not self.is_tenant and self.tenant_id is None and self.parent is not None:
            self.tenant_id = self.parent.tenant_id
        self.initials = initials_of(self.label)
        super().save(*args, **kwargs)
        if is_new:
            self._begin()

    def _begin(self) -> None:
        OrgUnitName.objects.create(
            unit=self, name=self.name, short_name=self.short_name, valid_from=self.valid_from
        )
        if self.is_tenant and self.tenant_id is None:
            self.tenant_id = self.pk
            OrgUnit.objects.filter(pk=self.pk).update(tenant_id=self.pk)

    @property
    def label(self) -> str:
        return self.short_name or self.name

    def is_standing(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def name_on(self, on: date) -> str:
        """The name the unit bore on that day; before its first day, its first name."""
        periods = list(self.names.all())
        for period in periods:
            if period.covers(on):
                return period.name
        return periods[0].name if periods and on < periods[0].valid_from else self.name


class OrgUnitName(models.Model):
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="names", verbose_name="单位")
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("规范化简称", max_length=40, blank=True)
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True, help_text="最后一天")
    basis = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位名称沿革"
        ordering = ["valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to__isnull=True), name="unit_one_present_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
