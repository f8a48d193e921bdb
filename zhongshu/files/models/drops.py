"""上传篮: a drop is a file on its way in; until its verdict the table knows its digest, size and state alone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.files.reading.types import BY_CODE, FileType
from zhongshu.matters.models.spine import new_public_id


class DropSource(models.TextChoices):
    """How the file came."""

    DROP = "drop", "上传篮"
    MAILBOX = "mailbox", "邮箱"
    FOLDER = "folder", "扫描文件夹"
    FORM = "form", "表单"


class DropState(models.TextChoices):
    """Where the file stands on its way in."""

    WAITING = "waiting", "待检查"
    READING = "reading", "识别中"
    CLEAN = "clean", "可登记"
    DOUBTFUL = "doubtful", "待保密审查"
    UNREAD = "unread", "待二人确认"
    STOPPED = "stopped", "已拦截"
    REFUSED = "refused", "不能接收"
    TAKEN = "taken", "已登记"
    DISCARDED = "discarded", "已丢弃"
    EXPIRED = "expired", "已过期"


# In these its bytes lie in the quarantine; in all others they are wiped.
QUARANTINED = (DropState.WAITING, DropState.READING, DropState.DOUBTFUL, DropState.UNREAD)
OPEN = (*QUARANTINED, DropState.CLEAN)


class Drop(models.Model):
    """One file on its way in."""

    public_id = models.CharField(
        "公开标识", max_length=32, unique=True, default=new_public_id, editable=False
    )
    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="办公单位"
    )
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    owner_name = models.CharField("上传人姓名", max_length=60)
    unit_name = models.CharField("上传人科室", max_length=100, blank=True)
    source = models.CharField("来路", max_length=8, choices=DropSource, default=DropSource.DROP)
    form_place = models.CharField("在哪张表单里", max_length=120, blank=True)
    state = models.CharField("状态", max_length=10, choices=DropState, default=DropState.WAITING)
    created_at = models.DateTimeField("上传时间", default=clock.now)
    changed_at = models.DateTimeField("状态时间", default=clock.now)
    done = models.PositiveIntegerField("已识别页数", default=0)
    total = models.PositiveIntegerField("共几页", default=0)
    size = models.PositiveBigIntegerField("字节数")
    sm3_digest = models.CharField("SM3 摘要", max_length=64)
    quarantine_id = models.CharField("隔离区编号", max_length=32, blank=True)
    findings = models.JSONField("可疑之处", default=list, help_text="只记位置和规则，不记内容")
    refusal_code = models.CharField("拒绝编号", max_length=16, blank=True)
    refusal_text = models.CharField("拒绝原因", max_length=300, blank=True)
    name = models.CharField("文件名", max_length=200, blank=True)
    type_code = models.CharField("文件类型", max_length=8, blank=True)
    page_count = models.PositiveIntegerField("页数", default=0)
    has_text = models.BooleanField("有文字层", default=False)
    read_by_ocr = models.BooleanField("文字由识别得来", default=False)
    confirmed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    judged_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="审查人"
    )
    judged_at = models.DateTimeField("审查时间", null=True)
    judgement = models.CharField("审查理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "上传篮文件"
        indexes: ClassVar = [
            models.Index(fields=["owner", "created_at"], name="drop_of_owner", condition=Q(state__in=OPEN)),
            models.Index(
                fields=["tenant", "state", "created_at"], name="drop_open", condition=Q(state__in=OPEN)
            ),
            models.Index(fields=["tenant", "sm3_digest"], name="drop_digest"),
        ]

    def __str__(self) -> str:
        return self.name or self.public_id

    def get_absolute_url(self) -> str:
        """Return where its state is told."""
        return reverse("files:drop_state", args=[self.public_id])

    @property
    def file_type(self) -> FileType:
        """Return the type as data; known once the drop is clean."""
        return BY_CODE[self.type_code]

    @property
    def is_quarantined(self) -> bool:
        """Say whether its bytes still wait for a verdict."""
        return self.state in QUARANTINED

    @property
    def waits_for_release(self) -> bool:
        """Say whether it was judged harmless and only the security officer's release is missing."""
        return self.state == DropState.DOUBTFUL and self.judged_at is not None


class DigestRelease(models.Model):
    """一次性放行: lets one content, known by its digest alone, pass the gate once."""

    public_id = models.CharField(
        "公开标识", max_length=32, unique=True, default=new_public_id, editable=False
    )
    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="办公单位"
    )
    drop = models.ForeignKey(
        Drop, on_delete=models.PROTECT, null=True, related_name="releases", verbose_name="上传篮文件"
    )
    sm3_digest = models.CharField("SM3 摘要", max_length=64)
    reason = models.CharField("申请理由", max_length=200)
    applied_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", verbose_name="申请人"
    )
    applied_by_name = models.CharField("申请人姓名", max_length=60)
    applied_at = models.DateTimeField("申请时间", default=clock.now)
    code = models.CharField("放行码", max_length=16, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True)
    is_granted = models.BooleanField("已放行", default=False)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "放行申请"
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "sm3_digest"],
                name="release_unused",
                condition=Q(is_granted=True, used_at__isnull=True),
            ),
            models.Index(
                fields=["tenant", "applied_at"], name="release_asked", condition=Q(answered_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.sm3_digest[:16]
