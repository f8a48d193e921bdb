"""Leaders' portfolios: which units and topics each leader looks after, and who fills in."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from zhongshu.people.models.persons import Person
from zhongshu.people.models.units import OrgUnit


class LeaderPortfolioQuerySet(models.QuerySet["LeaderPortfolio"]):
    def current(self, on: date) -> LeaderPortfolioQuerySet:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class LeaderPortfolio(models.Model):
    tenant = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="portfolios_of_tenant", verbose_name="用户单位"
    )
    leader = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="portfolios", verbose_name="领导"
    )
    title = models.CharField("职务", max_length=40, blank=True)
    units = models.ManyToManyField(
        OrgUnit, related_name="portfolios", blank=True, verbose_name="分管联系单位"
    )
    topics = models.TextField("分管工作", blank=True, help_text="一行一项")
    is_in_charge_of_all = models.BooleanField("主持全面工作", default=False)
    deputy_director = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="served_portfolios",
        verbose_name="协助的办公室副主任",
    )
    ab_partner = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="partner_portfolios",
        verbose_name="补位领导",
    )
    sort_order = models.PositiveIntegerField("排序", default=0)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)

    objects = LeaderPortfolioQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "领导分工"
        ordering = ["sort_order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "leader"],
                condition=Q(valid_to__isnull=True),
                name="portfolio_one_per_leader",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="portfolio_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}{self.leader.name}"

    @property
    def unit_words(self) -> str:
        return "、".join(unit.label for unit in self.units.all())

    @property
    def topic_list(self) -> list[str]:
        return [line.strip() for line in self.topics.splitlines() if line.strip()]
