"""Posts and appointments: a person may hold several, and leaving one ends it without deleting anyone."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from zhongshu.people.models.persons import Person
from zhongshu.people.models.units import OrgUnit


class Post(models.Model):
    name = models.CharField("岗位", max_length=40, unique=True)
    is_head = models.BooleanField("主要负责人", default=False)
    is_deputy = models.BooleanField("副职", default=False)
    sort_order = models.PositiveIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        ordering = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self, on: date) -> AppointmentQuerySet:
        """Appointments in force on that day."""
        return self.filter(Q(end__isnull=True) | Q(end__gte=on), start__lte=on)


class Appointment(models.Model):
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="appointments", verbose_name="人员"
    )
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="appointments", verbose_name="单位"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments", verbose_name="岗位")
    is_primary = models.BooleanField("主要任职", default=False)
    sort_order = models.PositiveIntegerField("排序", default=0)
    start = models.DateField("任职日期")
    end = models.DateField("离任日期", null=True, blank=True, help_text="最后一天")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["-is_primary", "sort_order", "id"]
        indexes = [models.Index(fields=["unit", "end"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_primary=True, end__isnull=True),
                name="appointment_one_primary",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "post"],
                condition=Q(end__isnull=True),
                name="appointment_not_twice",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="appointment_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.label} {self.post.name}"

    def is_current(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on <= self.end)
