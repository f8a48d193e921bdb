"""Forms by which a paper comes in: 登记, 值班收文, 签收后登记, 改登记, 并件."""

from typing import Any

from django import forms

from zhongshu.base import clock
from zhongshu.documents.actions.receiving import Arrival, Registration
from zhongshu.documents.forms.base import ActForm, UnitChoice, handling_units, moment_field
from zhongshu.documents.models import ChannelKind, Direction, DocType, HandlingType
from zhongshu.files.fields import HandedField, TakesFiles
from zhongshu.files.screening import Received
from zhongshu.matters.models import SecurityLabel, Urgency
from zhongshu.people.models import OrgUnit
from zhongshu.ui.forms import DateInput


class RegistrationForm(TakesFiles, ActForm):
    """收文登记."""

    promise_name = "not_classified"

    channel = forms.ChoiceField(label="来文方式", choices=ChannelKind.choices, initial=ChannelKind.EXCHANGE)
    received_at = moment_field("收文时间", required=True)
    issuer_name = forms.CharField(label="来文机关", max_length=120)
    issuer_unit = UnitChoice(
        label="县内单位",
        queryset=OrgUnit.objects.none(),
        required=False,
        help_text="县内单位来文选这里，自动带出",
    )
    direction = forms.ChoiceField(label="行文方向", choices=Direction.choices)
    doc_number = forms.CharField(
        label="来文字号", max_length=80, required=False, help_text="无字号的照常登记"
    )
    title = forms.CharField(label="标题", max_length=300)
    doc_type = forms.ChoiceField(label="文种", choices=DocType.choices, initial=DocType.NOTICE)
    doc_date = forms.DateField(label="成文日期", required=False, widget=DateInput())
    urgency = forms.ChoiceField(label="紧急程度", choices=Urgency.choices)
    label = forms.ChoiceField(label="密级标识", choices=SecurityLabel.choices, initial=SecurityLabel.INTERNAL)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=999, initial=1)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=9999, required=False)
    main_recipients = forms.CharField(label="主送机关", max_length=300, required=False)
    cc = forms.CharField(label="抄送机关", max_length=300, required=False)
    signer = forms.CharField(label="签发人", max_length=60, required=False)
    contact = forms.CharField(label="联系人", max_length=60, required=False)
    contact_phone = forms.CharField(label="联系电话", max_length=40, required=False)
    handling_type = forms.ChoiceField(label="办件类型", choices=HandlingType.choices)
    requires_feedback = forms.BooleanField(label="来文要求反馈", required=False)
    stated_due = moment_field("来文要求时限", help="来文写明时限的填写，作为办结期限")
    is_litigation_related = forms.BooleanField(label="涉法涉诉", required=False)
    leader_ordered = forms.CharField(label="领导交办依据", max_length=120, required=False)
    body = forms.CharField(
        label="正文摘要", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=20000
    )
    distinct_reason = forms.CharField(label="另行登记的理由", max_length=120, required=False)
    body_file = HandedField(label="正文", required=False, help_text="PDF、DOCX、图片或文本")
    more_files = HandedField(label="附件", many=True, required=False)
    not_classified = forms.BooleanField(label="我已核对，所登记和上传的内容不涉及国家秘密")

    def prepare(self) -> None:
        self.fields["issuer_unit"].queryset = handling_units()  # type: ignore[attr-defined]
        self.fields["received_at"].initial = clock.local(clock.now())

    def clean(self) -> dict[str, Any]:
        """Take name and direction from a unit of the county."""
        data = super().clean() or {}
        unit = data.get("issuer_unit")
        if unit:
            data["direction"] = Direction.UPWARD
        return data

    def registration(self) -> Registration:
        """Return what is registered."""
        data = self.cleaned_data
        given = {name: data[name] for name in Registration.__dataclass_fields__ if name in data}
        unit = data["issuer_unit"]
        return Registration(**{**given, "issuer_unit_id": unit.pk if unit else None})

    def handed(self) -> list[tuple[Received, str]]:
        """Return what passed, and what each is to the paper."""
        data = self.cleaned_data
        return [(one, "body") for one in data["body_file"]] + [
            (one, "attachment") for one in data["more_files"]
        ]

    def arrival(self) -> Arrival:
        """Return how it came."""
        data = self.cleaned_data
        return Arrival(data["channel"], data["received_at"], data["copies"])


class CorrectionForm(RegistrationForm):
    """改登记; 涉法涉诉 is marked by an act of its own."""

    LEFT_OUT = (
        "channel",
        "received_at",
        "body_file",
        "more_files",
        "not_classified",
        "is_litigation_related",
    )

    def prepare(self) -> None:
        super().prepare()
        for name in self.LEFT_OUT:
            del self.fields[name]


class EnterForm(RegistrationForm):
    """登记 of a paper that came by exchange or at night and was signed for."""

    def prepare(self) -> None:
        super().prepare()
        for name in ("channel", "received_at", "body_file", "more_files"):
            del self.fields[name]


class ReceiveForm(RegistrationForm):
    """值班收文: what can be seen at the door; the rest is registered by the 秘书科."""

    KEPT = (
        "channel",
        "received_at",
        "issuer_name",
        "issuer_unit",
        "direction",
        "doc_number",
        "title",
        "urgency",
        "label",
        "copies",
        "is_litigation_related",
        "body",
        "body_file",
        "more_files",
        "not_classified",
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["channel"].initial = ChannelKind.DUTY
        for name in [each for each in self.fields if each not in self.KEPT]:
            del self.fields[name]


class DroppedForm(RegistrationForm):
    """登记 of a paper whose files lie in the basket."""

    def prepare(self) -> None:
        super().prepare()
        for name in ("body_file", "more_files"):
            del self.fields[name]


class DroppedReceiveForm(ReceiveForm):
    """值班收文 of a paper whose files lie in the basket."""

    def prepare(self) -> None:
        super().prepare()
        for name in ("body_file", "more_files"):
            del self.fields[name]
