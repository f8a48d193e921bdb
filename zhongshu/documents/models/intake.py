"""What 收文登记 remembers: corrections by issuer, and the signatures by which near-identical papers are found."""

from typing import ClassVar

from django.db import models

from zhongshu.base import clock
from zhongshu.matters.models import Matter


class RecognitionCorrection(models.Model):
    """更正记忆: what recognition reads wrongly on the papers of one issuer, and what the clerk made of it."""

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="办公单位"
    )
    issuer_key = models.CharField("来文机关", max_length=120)
    field = models.CharField("栏目", max_length=32)
    read_value = models.CharField("识别成", max_length=300, blank=True)
    corrected_value = models.CharField("更正为", max_length=300, blank=True)
    count = models.PositiveIntegerField("次数", default=1)
    last_at = models.DateTimeField("最近更正", default=clock.now)
    last_by_name = models.CharField("更正人", max_length=60)

    class Meta:
        verbose_name = "识别更正"
        verbose_name_plural = "识别更正"
        ordering: ClassVar = ["issuer_key", "field", "-last_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "issuer_key", "field", "read_value"], name="correction_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer_key} {self.field}：{self.read_value} → {self.corrected_value}"


class PaperSignature(models.Model):
    """文字特征: the least hashes of a paper's text, by which its likes are found."""

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="signature", verbose_name="事项"
    )
    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="办公单位"
    )
    values = models.BinaryField("特征值")
    text_digest = models.CharField("文字摘要", max_length=64)

    class Meta:
        verbose_name = "文字特征"
        verbose_name_plural = "文字特征"

    def __str__(self) -> str:
        return self.text_digest[:16]


class SignatureBand(models.Model):
    """特征分段: papers that share a bucket are compared; one index finds them."""

    signature = models.ForeignKey(
        PaperSignature, on_delete=models.CASCADE, related_name="bands", verbose_name="文字特征"
    )
    bucket = models.BigIntegerField("桶")

    class Meta:
        verbose_name = "特征分段"
        verbose_name_plural = "特征分段"
        indexes: ClassVar = [models.Index(fields=["bucket", "-id"], name="signature_bucket")]

    def __str__(self) -> str:
        return str(self.bucket)


class DropPlace(models.Model):
    """成组: the clerk's word on which paper a dropped file belongs to; without it the file's name proposes."""

    drop = models.OneToOneField(
        "files.Drop",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="place",
        verbose_name="上传篮文件",
    )
    body = models.ForeignKey(
        "files.Drop", on_delete=models.CASCADE, related_name="+", verbose_name="随哪份正文"
    )

    class Meta:
        verbose_name = "来文成组"
        verbose_name_plural = "来文成组"

    def __str__(self) -> str:
        return f"{self.drop_id} → {self.body_id}"
