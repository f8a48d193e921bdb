"""打印: every run with the numbers of its copies, and 打印申请 for 工作秘密 papers."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.files.models.attachments import Attachment
from zhongshu.matters.models.spine import new_public_id


class PrintState(models.TextChoices):
    """What became of a request."""

    ASKED = "asked", "待审批"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    WITHDRAWN = "withdrawn", "已撤回"


class PrintRequest(models.Model):
    """One person's wish to take a 工作秘密 paper away in some copies, and the answer."""

    public_id = models.CharField(
        "公开标识", max_length=32, unique=True, default=new_public_id, editable=False
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="print_requests", verbose_name="附件"
    )
    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.PROTECT, related_name="print_requests", verbose_name="事项"
    )
    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="办公单位"
    )
    state = models.CharField("状态", max_length=10, choices=PrintState, default=PrintState.ASKED)
    copies = models.PositiveIntegerField("申请份数")
    purpose = models.CharField("用途", max_length=200)
    asked_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", verbose_name="申请人"
    )
    asked_by_name = models.CharField("申请人姓名", max_length=60)
    unit_name = models.CharField("申请人单位", max_length=100, blank=True)
    asked_at = models.DateTimeField("申请时间", default=clock.now)
    decided_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    decided_by_name = models.CharField("审批人姓名", max_length=60, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True)
    reply = models.CharField("审批意见", max_length=200, blank=True)
    approved_copies = models.PositiveIntegerField("批准份数", default=0)
    printed_copies = models.PositiveIntegerField("已打印份数", default=0)
    valid_until = models.DateTimeField("打印期限", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "打印申请"
        indexes: ClassVar = [
            models.Index(fields=["tenant", "state", "-asked_at"], name="print_request_waiting"),
            models.Index(fields=["asked_by", "-asked_at"], name="print_request_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_name}申请打印{self.copies}份"

    def get_absolute_url(self) -> str:
        """Return the page of the request."""
        return reverse("files:print_request", args=[self.public_id])

    @property
    def is_waiting(self) -> bool:
        """Say whether nobody has answered yet."""
        return self.state == PrintState.ASKED

    @property
    def left(self) -> int:
        """Return how many of the approved copies are not printed."""
        return max(0, self.approved_copies - self.printed_copies)

    def is_expired(self, now: datetime) -> bool:
        """Say whether the time to print is over."""
        return self.valid_until is not None and now >= self.valid_until

    def may_print(self, now: datetime) -> bool:
        """Say whether a copy may be printed on this request now."""
        return self.state == PrintState.APPROVED and self.left > 0 and not self.is_expired(now)


class PrintRun(models.Model):
    """One print: whose, how many copies, and the number that the first of them bears."""

    public_id = models.CharField(
        "公开标识", max_length=32, unique=True, default=new_public_id, editable=False
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="print_runs", verbose_name="附件"
    )
    request = models.ForeignKey(
        PrintRequest, on_delete=models.PROTECT, null=True, related_name="runs", verbose_name="打印申请"
    )
    copies = models.PositiveIntegerField("份数")
    first_number = models.PositiveIntegerField("起始份号")
    printed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", verbose_name="打印人"
    )
    printed_by_name = models.CharField("打印人姓名", max_length=60)
    printed_at = models.DateTimeField("打印时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "打印记录"
        indexes: ClassVar = [models.Index(fields=["attachment", "-id"], name="print_run_of_attachment")]

    def __str__(self) -> str:
        return f"{self.printed_by_name}打印{self.copies}份"

    def get_absolute_url(self) -> str:
        """Return the pages for the printer."""
        return reverse("files:print_run", args=[self.public_id])

    @property
    def numbers(self) -> range:
        """Return the numbers of the copies."""
        return range(self.first_number, self.first_number + self.copies)
