"""附件: a file that belongs to a matter; its bytes lie in the blob store under their SM3 digest."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.files.reading.types import BY_CODE, FileType
from zhongshu.matters.models.spine import new_public_id


class AttachmentKind(models.TextChoices):
    """What the file is to its matter."""

    BODY = "body", "正文"
    ATTACHMENT = "attachment", "附件"
    SCAN = "scan", "扫描件"
    FEEDBACK = "feedback", "反馈材料"


class Attachment(models.Model):
    """One file of a matter."""

    public_id = models.CharField(
        "公开标识", max_length=32, unique=True, default=new_public_id, editable=False
    )
    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.PROTECT, related_name="attachments", verbose_name="事项"
    )
    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="办公单位"
    )
    kind = models.CharField("类别", max_length=16, choices=AttachmentKind, default=AttachmentKind.ATTACHMENT)
    position = models.PositiveIntegerField("次序", default=0)
    name = models.CharField("文件名", max_length=200)
    type_code = models.CharField("文件类型", max_length=8)
    content_type = models.CharField("内容类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sm3_digest = models.CharField("SM3 摘要", max_length=64)
    page_count = models.PositiveIntegerField("页数", default=1)
    has_text = models.BooleanField("有文字层", default=True)
    uploaded_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    uploaded_by_name = models.CharField("上传人姓名", max_length=60)
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by_name = models.CharField("作废人", max_length=60, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        indexes: ClassVar = [
            models.Index(fields=["matter", "position", "id"], name="attachment_of_matter"),
            models.Index(fields=["tenant", "sm3_digest"], name="attachment_digest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return where it is shown: its tab in the matter's preview."""
        return reverse("files:show", args=[self.public_id])

    @property
    def file_type(self) -> FileType:
        """Return the type as data."""
        return BY_CODE[self.type_code]

    @property
    def is_void(self) -> bool:
        """Say whether it was declared void."""
        return self.voided_at is not None

    @property
    def is_scan_without_text(self) -> bool:
        """Say whether only an eye can tell what stands on it."""
        return not self.has_text and self.file_type.showing == "pages"


class AttachmentWords(models.Model):
    """The words of an attachment, bounded, at hand for the search index inside an act."""

    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, primary_key=True, related_name="words", verbose_name="附件"
    )
    words = models.TextField("文字")

    class Meta:
        verbose_name = "附件文字"
        verbose_name_plural = "附件文字"

    def __str__(self) -> str:
        return self.words[:40]
