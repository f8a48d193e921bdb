"""归档: the scope table, the archived piece (件), and what is not archived with its reason."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhongshu.matters.models import Matter


class Retention(models.TextChoices):
    """保管期限 (国家档案局令第8号); the code is what stands in the 档号."""

    PERMANENT = "permanent", "永久"
    D30 = "d30", "定期30年"
    D10 = "d10", "定期10年"


RETENTION_CODES = {Retention.PERMANENT: "Y", Retention.D30: "D30", Retention.D10: "D10"}


class ArchiveScope(models.Model):
    """归档范围表 of an office: the first row that fits proposes the retention."""

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.CASCADE, related_name="+", verbose_name="立档单位"
    )
    sort_order = models.PositiveSmallIntegerField("次序")
    name = models.CharField("归档范围", max_length=120)
    kind = models.CharField("事项类别", max_length=40, blank=True)
    doc_types = models.JSONField("文种", default=list, blank=True)
    directions = models.JSONField("行文方向", default=list, blank=True)
    words = models.JSONField("题名含", default=list, blank=True)
    handling_type = models.CharField("办件类型", max_length=8, blank=True)
    is_archived = models.BooleanField("归档", default=True)
    retention = models.CharField("保管期限", max_length=10, choices=Retention, blank=True)
    basis = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        verbose_name = "归档范围"
        verbose_name_plural = "归档范围"
        ordering: ClassVar = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name


class ArchivalFile(models.Model):
    """件: an archived matter with its 档号, or the record that it need not be archived."""

    class State(models.TextChoices):
        PENDING = "pending", "待归档"
        ARCHIVED = "archived", "已归档"
        EXEMPT = "exempt", "不归档"

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, related_name="archival_file", verbose_name="事项"
    )
    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="立档单位"
    )
    year = models.PositiveSmallIntegerField("归档年度")
    state = models.CharField("状态", max_length=10, choices=State, default=State.PENDING)
    scope = models.ForeignKey(
        ArchiveScope,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="归档范围",
    )
    retention = models.CharField("保管期限", max_length=10, choices=Retention, blank=True)
    section_code = models.CharField("机构（问题）代码", max_length=16, blank=True)
    item_no = models.PositiveIntegerField("件号", null=True, blank=True)
    archival_code = models.CharField("档号", max_length=60, blank=True)
    doc_number = models.CharField("文号", max_length=80, blank=True)
    responsible_party = models.CharField("责任者", max_length=120, blank=True)
    title = models.CharField("题名", max_length=300)
    doc_date = models.DateField("日期", null=True, blank=True)
    pages = models.PositiveSmallIntegerField("页数", null=True, blank=True)
    note = models.CharField("备注", max_length=120, blank=True)
    exempt_reason = models.CharField("不归档理由", max_length=200, blank=True)
    due_on = models.DateField("应归档日期")
    digest = models.CharField("归档摘要", max_length=64, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="归档人",
    )
    archived_at = models.DateTimeField("归档时间", null=True, blank=True)

    class Meta:
        verbose_name = "归档文件"
        verbose_name_plural = "归档文件"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "archival_code"], name="archival_code_once", condition=~Q(archival_code="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "state", "year", "-id"], name="archival_state"),
        ]

    def __str__(self) -> str:
        return self.archival_code or self.title
