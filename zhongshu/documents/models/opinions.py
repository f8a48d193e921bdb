"""What stands in the boxes of the 办理单, the 批示 first of all, and the papers they became."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from zhongshu.base import clock
from zhongshu.documents.models.incoming import IncomingDocument
from zhongshu.matters.models import Matter


class Box(models.TextChoices):
    """栏目 of the 办理单."""

    PROPOSAL = "proposal", "拟办意见"
    CHECK = "check", "审核意见"
    LEGAL = "legal", "合法性审核"
    INSTRUCTION = "instruction", "领导批示"
    READING = "reading", "传阅"
    RESULT = "result", "办理结果"


class OpinionForm(models.TextChoices):
    """How the words were given."""

    TYPED = "typed", "键入"
    INK = "ink", "手写"
    PAPER = "paper", "纸上批示"
    ORAL = "oral", "口头批示"
    TELEPHONE = "telephone", "电话批示"


class Meaning(models.TextChoices):
    """圈阅 has three meanings; written words have their own."""

    WORDS = "words", "批示"
    AGREED = "agreed", "圈阅（同意）"
    READ = "read", "圈阅（已阅）"
    NOTED = "noted", "圈阅（无意见，请他人批示）"


class Opinion(models.Model):
    """One entry in a box of the sheet; a changed mind is a new entry that points at the old."""

    incoming = models.ForeignKey(
        IncomingDocument, on_delete=models.CASCADE, related_name="opinions", verbose_name="收文"
    )
    box = models.CharField("栏目", max_length=12, choices=Box)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="签署人"
    )
    author_name = models.CharField("签署人姓名", max_length=60)
    author_post = models.CharField("签署人职务", max_length=80, blank=True)
    form = models.CharField("形式", max_length=10, choices=OpinionForm, default=OpinionForm.TYPED)
    meaning = models.CharField("含义", max_length=8, choices=Meaning, default=Meaning.WORDS)
    text = models.TextField("内容或录文", blank=True)
    strokes = models.JSONField("笔迹", null=True, blank=True)
    signature = models.JSONField("签名笔迹", null=True, blank=True)
    scan = models.ForeignKey(
        "files.Attachment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="扫描件",
    )
    original_holder = models.CharField("原件在谁手里", max_length=60, blank=True)
    instructed_at = models.DateTimeField("批示时间")
    is_late = models.BooleanField("补批", default=False)
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name="改批",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="录入人"
    )
    recorded_by_name = models.CharField("录入人姓名", max_length=80)
    recorded_at = models.DateTimeField("录入时间", default=clock.now)
    confirmed_at = models.DateTimeField("本人确认时间", null=True, blank=True)
    task_id = models.BigIntegerField("办理任务", null=True, blank=True)

    class Meta:
        verbose_name = "意见"
        verbose_name_plural = "意见"
        ordering: ClassVar = ["instructed_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["author", "-instructed_at"], name="opinion_author"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}：{self.text[:30]}"

    @property
    def is_recorded_for(self) -> bool:
        """Tell whether somebody else wrote it down for the author (秘书代录)."""
        return self.recorded_by_id != self.author_id

    @property
    def awaits_confirmation(self) -> bool:
        """Tell whether the author still has to confirm what was written down for them."""
        return self.is_recorded_for and self.confirmed_at is None


class TypicalPhrase(models.Model):
    """常用批语 of the office (no person) or of one leader."""

    tenant = models.ForeignKey(
        "people.OrgUnit", on_delete=models.CASCADE, related_name="+", verbose_name="办公单位"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="人员",
    )
    box = models.CharField("栏目", max_length=12, choices=Box, default=Box.INSTRUCTION)
    text = models.CharField("批语", max_length=100)
    sort_order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "常用批语"
        verbose_name_plural = "常用批语"
        ordering: ClassVar = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.text


class OpinionDraft(models.Model):
    """暂存 of an opinion: kept on the server, never in the browser."""

    incoming = models.ForeignKey(
        IncomingDocument, on_delete=models.CASCADE, related_name="+", verbose_name="收文"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="人员"
    )
    box = models.CharField("栏目", max_length=12, choices=Box)
    data = models.JSONField("内容", default=dict)
    saved_at = models.DateTimeField("暂存时间", default=clock.now)

    class Meta:
        verbose_name = "意见暂存"
        verbose_name_plural = "意见暂存"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incoming", "person", "box"], name="opinion_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}·{self.incoming_id}"


class LeaderInstruction(models.Model):
    """领导批示件: a matter of its own, with its own clock and circle of those who may know."""

    class Level(models.TextChoices):
        PROVINCE = "province", "省领导"
        CITY = "city", "市领导"
        COUNTY = "county", "县领导"

    class Kind(models.TextChoices):
        DOC = "doc", "文件批示件"
        READING = "reading", "阅件批示件"

    class Action(models.TextChoices):
        DO = "do", "请办"
        READ = "read", "请阅"
        INITIALLED = "initialled", "圈阅"

    matter = models.OneToOneField(
        Matter,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="leader_instruction",
        verbose_name="事项",
    )
    source = models.ForeignKey(
        IncomingDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="instructions",
        verbose_name="来源收文",
    )
    opinion = models.OneToOneField(
        Opinion, on_delete=models.PROTECT, null=True, blank=True, related_name="became", verbose_name="批示"
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="批示领导",
    )
    leader_name = models.CharField("批示领导姓名职务", max_length=80)
    level = models.CharField("层级", max_length=10, choices=Level, default=Level.COUNTY)
    kind = models.CharField("种类", max_length=8, choices=Kind, default=Kind.DOC)
    action = models.CharField("要求", max_length=12, choices=Action, default=Action.DO)
    content = models.TextField("批示内容")
    instructed_at = models.DateTimeField("批示时间")
    received_at = models.DateTimeField("收到（获悉）时间", null=True, blank=True)
    owner_unit = models.ForeignKey(
        "people.OrgUnit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="责任单位",
    )
    co_units = models.JSONField("配合单位", default=list)
    result = models.TextField("办理结果", blank=True)
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    read_at = models.DateTimeField("批示人阅知时间", null=True, blank=True)

    class Meta:
        verbose_name = "领导批示件"
        verbose_name_plural = "领导批示件"

    def __str__(self) -> str:
        return self.content[:40]

    @property
    def starts_at(self) -> datetime:
        """Return when the clock began: when the office received it or learned of it, else when it was written."""
        return self.received_at or self.instructed_at

    @property
    def came_later(self) -> bool:
        """Tell whether the office learned of it on a later day or hour than it was written."""
        return self.starts_at - self.instructed_at >= timedelta(minutes=1)
