"""The working calendar: the years whose holidays are decreed, and the days that do not follow the week."""

from typing import ClassVar

from django.db import models


class YearState(models.TextChoices):
    """Whether the holidays of a year are known."""

    DECREED = "decreed", "已公布"
    PROVISIONAL = "provisional", "暂按周一至周五"


class CalendarYear(models.Model):
    """A year of the calendar."""

    year = models.PositiveIntegerField("年度", unique=True)
    state = models.CharField("状态", max_length=12, choices=YearState, default=YearState.PROVISIONAL)

    class Meta:
        verbose_name = "日历年度"
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["year"]


class WorkCalendar(models.Model):
    """A day of which a decree or an administrator has said something: work or rest, and why."""

    date = models.DateField("日期", unique=True)
    year = models.PositiveIntegerField("年度", db_index=True)
    is_workday = models.BooleanField("上班")
    note = models.CharField("说明", max_length=60, blank=True)

    class Meta:
        verbose_name = "工作日历"
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["date"]


class CalendarVersion(models.Model):
    """Counts the changes, so that other processes see that their copy is old."""

    version = models.PositiveBigIntegerField("版本", default=0)

    class Meta:
        verbose_name = "日历版本"
        verbose_name_plural = verbose_name
