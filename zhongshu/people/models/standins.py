"""Who stands in for whom: delegation (乙代甲), AB posts, and the absences that set them in motion."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from zhongshu.base import clock
from zhongshu.people.models.persons import Person
from zhongshu.people.models.units import OrgUnit
from zhongshu.ui.navigation import SECTIONS


class DelegationState(models.TextChoices):
    DRAFT = "draft", "未生效"
    ACTIVE = "active", "生效"
    EXPIRED = "expired", "已到期"
    REVOKED = "revoked", "已收回"


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self, at: datetime) -> DelegationQuerySet:
        """Those that work at that moment, whatever the nightly ticker has written."""
        open_states = [DelegationState.DRAFT, DelegationState.ACTIVE]
        return self.filter(state__in=open_states, start__lte=at, end__gt=at)


class Delegation(models.Model):
    principal_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="delegations_given", verbose_name="委托人"
    )
    agent = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="delegations_held", verbose_name="代理人"
    )
    scope = models.JSONField("范围", default=list, blank=True, help_text="模块代码；空＝全部")
    can_sign = models.BooleanField("可代签发", default=False)
    can_sign_important = models.BooleanField("含重要公文和上行文", default=False)
    start = models.DateTimeField("起")
    end = models.DateTimeField("止")
    reason = models.CharField("事由", max_length=200)
    state = models.CharField(
        "状态", max_length=8, choices=DelegationState.choices, default=DelegationState.DRAFT
    )
    created_at = models.DateTimeField("登记时间", default=clock.now, editable=False)
    created_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代理授权"
        ordering = ["-start", "-id"]
        indexes = [models.Index(fields=["agent", "end"]), models.Index(fields=["principal_person", "end"])]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="delegation_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(principal_person=F("agent")), name="delegation_not_to_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent.name}（代{self.principal_person.name}）"

    @property
    def scope_words(self) -> str:
        labels = {section.code: section.label for section in SECTIONS}
        return "、".join(labels.get(code, code) for code in self.scope) or "全部业务"

    @property
    def sign_words(self) -> str:
        if not self.can_sign:
            return "不含签发"
        return "可代签发，含重要公文和上行文" if self.can_sign_important else "可代签发"

    def covers(self, scope: str) -> bool:
        return not scope or not self.scope or scope in self.scope

    def is_in_force(self, at: datetime) -> bool:
        is_open = self.state in (DelegationState.DRAFT, DelegationState.ACTIVE)
        return is_open and self.start <= at < self.end


class ABPost(models.Model):
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="ab_posts", verbose_name="单位")
    post_name = models.CharField("岗位", max_length=40)
    a_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="a_posts", verbose_name="A岗")
    b_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="b_posts", verbose_name="B岗")
    changed_on = models.DateField("变更日期", default=clock.today)
    ended_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "AB岗"
        ordering = ["unit__sort_order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "post_name"], condition=Q(ended_on__isnull=True), name="ab_post_once_per_unit"
            ),
            models.CheckConstraint(condition=~Q(a_person=F("b_person")), name="ab_post_two_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.label} {self.post_name}"


class Absence(models.Model):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences", verbose_name="人员")
    start = models.DateTimeField("起")
    end = models.DateTimeField("止", help_text="销假时提前")
    reason = models.CharField("事由", max_length=200)
    created_at = models.DateTimeField("登记时间", default=clock.now, editable=False)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "外出"
        ordering = ["-start", "-id"]
        indexes = [models.Index(fields=["person", "end"])]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="absence_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.person.name} {clock.local(self.start):%m-%d}"
