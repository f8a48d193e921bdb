"""收文: an incoming document, the ways it came, its review and what was proposed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhongshu.base import clock
from zhongshu.matters.models import Matter


class DocType(models.TextChoices):
    """法定文种 of the 条例, and what else arrives."""

    RESOLUTION = "resolution", "决议"
    DECISION = "decision", "决定"
    ORDER = "order", "命令（令）"
    COMMUNIQUE = "communique", "公报"
    ANNOUNCEMENT = "announcement", "公告"
    PUBLIC_NOTICE = "public_notice", "通告"
    OPINION = "opinion", "意见"
    NOTICE = "notice", "通知"
    CIRCULAR = "circular", "通报"
    REPORT = "report", "报告"
    REQUEST = "request_for_instructions", "请示"
    REPLY = "official_reply", "批复"
    MOTION = "motion", "议案"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"
    TELEGRAM = "telegram", "电报"
    OTHER = "other", "其他"


class Direction(models.TextChoices):
    """行文方向, seen from the office that receives."""

    DOWNWARD = "downward", "上级来文"
    LATERAL = "lateral", "平级来文"
    UPWARD = "upward", "下级来文"


class HandlingType(models.TextChoices):
    """办件 is acted on, 阅件 is read."""

    ACTION = "action", "办件"
    READ = "read", "阅件"


class ChannelKind(models.TextChoices):
    """来文方式."""

    EXCHANGE = "exchange", "公文交换"
    FAX = "fax", "传真"
    POST = "post", "邮寄"
    HAND = "hand", "直接送达"
    EMAIL = "email", "电子邮件"
    DUTY = "duty", "值班接收"


class IncomingDocument(models.Model):
    """收文."""

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="incoming", verbose_name="事项"
    )
    issuer_name = models.CharField("来文机关", max_length=120)
    issuer_unit = models.ForeignKey(
        "people.OrgUnit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="来文单位",
    )
    direction = models.CharField("行文方向", max_length=10, choices=Direction, default=Direction.DOWNWARD)
    doc_number = models.CharField("来文字号", max_length=80, blank=True)
    number_key = models.CharField("字号查重键", max_length=80, blank=True, editable=False)
    doc_type = models.CharField("文种", max_length=32, choices=DocType, default=DocType.NOTICE)
    doc_date = models.DateField("成文日期", null=True, blank=True)
    copies = models.PositiveSmallIntegerField("份数", default=1)
    pages = models.PositiveSmallIntegerField("页数", null=True, blank=True)
    main_recipients = models.CharField("主送机关", max_length=300, blank=True)
    cc = models.CharField("抄送机关", max_length=300, blank=True)
    signer = models.CharField("签发人", max_length=60, blank=True)
    contact = models.CharField("联系人", max_length=60, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    body = models.TextField("正文摘要", blank=True)
    handling_type = models.CharField(
        "办件类型", max_length=8, choices=HandlingType, default=HandlingType.ACTION
    )
    requires_feedback = models.BooleanField("须反馈", default=False)
    stated_due = models.DateTimeField("来文要求时限", null=True, blank=True)
    is_litigation_related = models.BooleanField("涉法涉诉", default=False)
    leader_ordered = models.CharField("领导交办依据", max_length=120, blank=True)
    telegram_grade = models.CharField("电报等级", max_length=8, blank=True)
    received_at = models.DateTimeField("收文时间")
    first_receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="首接责任人"
    )
    registered_at = models.DateTimeField("登记时间", null=True, blank=True)
    lead_unit = models.ForeignKey(
        "people.OrgUnit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="主办单位",
    )
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resubmissions",
        verbose_name="原件",
    )
    reply_kind = models.CharField("答复方式", max_length=12, blank=True)
    reply_text = models.TextField("答复内容", blank=True)
    replied_at = models.DateTimeField("答复时间", null=True, blank=True)
    original_holder = models.CharField("原件存放", max_length=60, blank=True)

    class Meta:
        verbose_name = "收文"
        verbose_name_plural = "收文"
        indexes: ClassVar = [
            models.Index(fields=["number_key"], name="incoming_number_key", condition=~Q(number_key="")),
            models.Index(fields=["received_at"], name="incoming_received"),
            models.Index(fields=["issuer_name", "-received_at"], name="incoming_issuer"),
            models.Index(fields=["doc_type"], name="incoming_type"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer_name} {self.doc_number}".strip()

    @property
    def public_id(self) -> str:
        """Return the address of its matter."""
        return self.matter.public_id

    @property
    def is_request(self) -> bool:
        """Tell whether it asks for a decision."""
        return self.doc_type == DocType.REQUEST

    @property
    def is_from_superior(self) -> bool:
        """Tell whether it came from above; such a paper is never returned."""
        return self.direction == Direction.DOWNWARD


class IncomingChannel(models.Model):
    """来路: the same paper by exchange, fax and post is one document with several ways."""

    incoming = models.ForeignKey(
        IncomingDocument, on_delete=models.CASCADE, related_name="channels", verbose_name="收文"
    )
    kind = models.CharField("来文方式", max_length=10, choices=ChannelKind)
    received_at = models.DateTimeField("收到时间")
    copies = models.PositiveSmallIntegerField("份数", default=1)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="签收人"
    )
    note = models.CharField("备注", max_length=120, blank=True)

    class Meta:
        verbose_name = "来路"
        verbose_name_plural = "来路"
        ordering: ClassVar = ["received_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_at:%Y-%m-%d %H:%M}"


class InitialReview(models.Model):
    """初审: the four points, and the faults found."""

    class Conclusion(models.TextChoices):
        PASSED = "passed", "符合，送拟办"
        RETURN = "return", "拟退文"
        TOLD_SUPERIOR = "told_superior", "电话联系上级机关"

    incoming = models.ForeignKey(
        IncomingDocument, on_delete=models.CASCADE, related_name="reviews", verbose_name="收文"
    )
    is_ours = models.BooleanField("应由本机关办理")
    conforms_rules = models.BooleanField("符合行文规则")
    conforms_format = models.BooleanField("文种、格式规范")
    was_consulted = models.BooleanField("涉及他方职权已协商会签")
    faults = models.JSONField("问题", default=list)
    opinion = models.TextField("初审意见", blank=True)
    conclusion = models.CharField("结论", max_length=16, choices=Conclusion)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="初审人"
    )
    reviewed_at = models.DateTimeField("初审时间", default=clock.now)

    class Meta:
        verbose_name = "初审"
        verbose_name_plural = "初审"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.get_conclusion_display()


class ReturnSlip(models.Model):
    """退文单: printed for the sender, approved by the deputy director."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "待审批"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "不同意退文"

    incoming = models.ForeignKey(
        IncomingDocument, on_delete=models.CASCADE, related_name="return_slips", verbose_name="收文"
    )
    number = models.CharField("退文编号", max_length=40, blank=True)
    reasons = models.JSONField("退文理由", default=list)
    advice = models.TextField("改正意见", blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFTED)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="经办人"
    )
    drafted_at = models.DateTimeField("拟退时间", default=clock.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审批人",
    )
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)

    class Meta:
        verbose_name = "退文单"
        verbose_name_plural = "退文单"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.number or "退文单（待审批）"


class Proposal(models.Model):
    """拟办: what the office proposes, ticked from ready proposals or written."""

    incoming = models.ForeignKey(
        IncomingDocument, on_delete=models.CASCADE, related_name="proposals", verbose_name="收文"
    )
    text = models.TextField("拟办意见")
    basis = models.CharField("依据", max_length=300, blank=True)
    options = models.JSONField("可选方案", default=list)
    leaders = models.JSONField("送批领导", default=list, help_text="人员标识，按送批次序")
    lead_unit = models.ForeignKey(
        "people.OrgUnit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="主办单位",
    )
    co_units = models.JSONField("协办单位", default=list, help_text="单位标识")
    due_at = models.DateTimeField("建议时限", null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="拟办人"
    )
    proposed_at = models.DateTimeField("拟办时间", default=clock.now)

    class Meta:
        verbose_name = "拟办"
        verbose_name_plural = "拟办"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class TelephoneRecord(models.Model):
    """电话记录: confirmations of a 特急 paper, words to a superior office, oral orders."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", "特急确认"
        SUPERIOR = "superior", "联系上级机关"
        OTHER = "other", "其他"

    incoming = models.ForeignKey(
        IncomingDocument, on_delete=models.CASCADE, related_name="telephone_records", verbose_name="收文"
    )
    purpose = models.CharField("事由", max_length=10, choices=Purpose)
    unit_name = models.CharField("对方单位", max_length=120)
    answered_by = models.CharField("接电话的人", max_length=60)
    called_at = models.DateTimeField("通话时间")
    content = models.CharField("内容", max_length=300)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="打电话的人"
    )
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = "电话记录"
        verbose_name_plural = "电话记录"
        ordering: ClassVar = ["called_at", "pk"]

    def __str__(self) -> str:
        return f"{self.unit_name} {self.answered_by}"
