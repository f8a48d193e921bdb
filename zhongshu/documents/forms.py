"""Forms of the room: what is typed becomes the plain data that actions take."""

import json
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.documents import rules
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.actions.closing import REPLY_KINDS, Call
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.actions.receiving import Arrival, Registration
from zhongshu.documents.actions.reviewing import ProposalForm, ReviewForm
from zhongshu.documents.models import (
    ChannelKind,
    Direction,
    DocType,
    HandlingType,
    IncomingDocument,
    InitialReview,
    LegalReview,
    Meaning,
    OpinionForm,
    TelephoneRecord,
)
from zhongshu.files.forms import ManyFilesField
from zhongshu.matters.models import SecurityLabel, Urgency
from zhongshu.people.models import AccountState, OrgUnit, Person
from zhongshu.ui import ink
from zhongshu.ui.forms import DateInput, MomentInput, OfficeForm

LEADER_ROLES = ("county_head", "exec_vice_mayor", "vice_mayor")
MAX_INK = 400_000


def handling_units() -> QuerySet[OrgUnit]:
    """Return the units a paper can be put to: departments, townships and the like."""
    return OrgUnit.objects.filter(valid_to__isnull=True, is_tenant=True).order_by(
        "unit_type", "sort_order", "pk"
    )


def leaders(by: Actor) -> QuerySet[Person]:
    """Return the county leaders of the actor's office, and its directors."""
    roles = (*LEADER_ROLES, "office_director", "office_deputy")
    found = Person.objects.filter(
        account_state=AccountState.ENABLED,
        grants__role__code__in=roles,
        grants__revoked_at__isnull=True,
        appointments__unit__tenant_id=by.tenant_id,
    )
    return found.distinct().order_by("appointments__post__sort_order", "pk")


class UnitChoice(forms.ModelChoiceField):
    """One unit, shown by its short name."""

    def label_from_instance(self, obj: OrgUnit) -> str:
        return obj.label


class UnitChoices(forms.ModelMultipleChoiceField):
    """Several units."""

    def label_from_instance(self, obj: OrgUnit) -> str:
        return obj.label


class InOrder(forms.ModelMultipleChoiceField):
    """Several persons in the order they were chosen: the order in which they are asked."""

    def clean(self, value: Any) -> Any:
        """Return the persons as they were put in order."""
        found = {str(person.pk): person for person in super().clean(value)}
        return [found[pk] for pk in dict.fromkeys(value or ()) if pk in found]


class ActForm(OfficeForm):
    """A form by which somebody acts on a document."""

    def __init__(
        self, *args: Any, incoming: IncomingDocument | None = None, by: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.incoming, self.by = incoming, by
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices that depend on document and person."""


def moment_field(label: str, *, required: bool = False, help: str = "") -> forms.DateTimeField:
    """Return a field for date and time."""
    return forms.DateTimeField(label=label, required=required, help_text=help, widget=MomentInput())


class RegistrationForm(ActForm):
    """收文登记."""

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
    body_file = forms.FileField(label="正文", required=False, help_text="PDF、DOCX、图片或文本")
    more_files = ManyFilesField(label="附件", required=False)
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

    def arrival(self) -> Arrival:
        """Return how it came."""
        data = self.cleaned_data
        return Arrival(data["channel"], data["received_at"], data["copies"])


class CorrectionForm(RegistrationForm):
    """改登记."""

    def prepare(self) -> None:
        super().prepare()
        for name in ("channel", "received_at", "body_file", "more_files", "not_classified"):
            del self.fields[name]


class ReviewActForm(ActForm):
    """初审."""

    is_ours = forms.BooleanField(label="应由本机关办理", required=False, initial=True)
    conforms_rules = forms.BooleanField(label="符合行文规则", required=False, initial=True)
    conforms_format = forms.BooleanField(label="文种、格式规范", required=False, initial=True)
    was_consulted = forms.BooleanField(label="涉及他方职权的已协商会签", required=False, initial=True)
    faults = forms.MultipleChoiceField(
        label="发现的问题",
        required=False,
        choices=list(rules.FAULT_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    conclusion = forms.ChoiceField(
        label="结论", choices=InitialReview.Conclusion.choices, widget=forms.RadioSelect, initial="passed"
    )
    handling_type = forms.ChoiceField(
        label="办件类型", choices=HandlingType.choices, widget=forms.RadioSelect
    )
    is_litigation_related = forms.BooleanField(label="涉法涉诉（先送合法性审核）", required=False)
    opinion = forms.CharField(label="初审意见", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    advice = forms.CharField(
        label="改正意见（印在退文单上）", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def prepare(self) -> None:
        if self.incoming is None:
            return
        found = rules.faults_of(self.incoming)
        self.found = found
        self.fields["faults"].initial = list(dict.fromkeys(fault.code for fault in found))
        self.fields["conforms_rules"].initial = not found
        self.fields["handling_type"].initial = self.incoming.handling_type
        self.fields["is_litigation_related"].initial = self.incoming.is_litigation_related
        if self.incoming.is_from_superior:
            choices = [c for c in InitialReview.Conclusion.choices if c[0] != InitialReview.Conclusion.RETURN]
        else:
            choices = [
                c for c in InitialReview.Conclusion.choices if c[0] != InitialReview.Conclusion.TOLD_SUPERIOR
            ]
        self.fields["conclusion"].choices = choices  # type: ignore[attr-defined]

    def review(self) -> ReviewForm:
        """Return the review."""
        return ReviewForm(**self.cleaned_data)


class TextForm(ActForm):
    """An act that takes a few words."""

    text = forms.CharField(
        label="意见", widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=5000
    )

    @classmethod
    def with_label(cls, label: str, *, required: bool = False, help: str = "") -> type["TextForm"]:
        """Return the form under another label."""
        field = forms.CharField(
            label=label,
            help_text=help,
            required=required,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        return type("TextForm", (TextForm,), {"text": field})


class LegalForm(ActForm):
    """合法性审核."""

    conclusion = forms.ChoiceField(
        label="结论", choices=LegalReview.Conclusion.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label="审核意见", widget=forms.Textarea(attrs={"rows": 4}), max_length=5000)


class RouteForm(ActForm):
    """送谁批、交谁办: shared by 拟办, 审核 and 交办."""

    leaders = InOrder(label="送批领导（按次序）", queryset=Person.objects.none(), required=False)
    lead_unit = UnitChoice(label="主办单位", queryset=OrgUnit.objects.none(), required=False)
    co_units = UnitChoices(label="协办单位", queryset=OrgUnit.objects.none(), required=False)
    due_at = moment_field("办理时限")

    def prepare(self) -> None:
        units = handling_units()
        self.fields["lead_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["co_units"].queryset = units  # type: ignore[attr-defined]
        if "leaders" in self.fields:
            self.fields["leaders"].queryset = leaders(self.by)  # type: ignore[attr-defined]
            self.fields["leaders"].widget.attrs["data-chooser"] = ""
        self.fields["co_units"].widget.attrs["data-chooser"] = ""

    def assignment(self, requirement: str = "") -> Assignment:
        """Return to whom it is put."""
        data = self.cleaned_data
        lead = data["lead_unit"]
        co_units = [unit.pk for unit in data["co_units"]]
        return Assignment(lead.pk if lead else None, co_units, data["due_at"], requirement)


class ProposeForm(RouteForm):
    """拟办: tick a ready proposal or write one."""

    option = forms.CharField(required=False, widget=forms.HiddenInput())
    text = forms.CharField(label="拟办意见", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    basis = forms.CharField(label="依据", required=False, max_length=300)
    handling_type = forms.ChoiceField(
        label="办件类型", choices=HandlingType.choices, widget=forms.RadioSelect
    )

    field_order = ("option", "text", "basis", "handling_type", "leaders", "lead_unit", "co_units", "due_at")

    def proposal(self, options: list[dict[str, Any]]) -> ProposalForm:
        """Return the proposal."""
        data = self.cleaned_data
        assignment = self.assignment()
        return ProposalForm(
            text=data["text"],
            basis=data["basis"],
            leaders=[person.pk for person in data["leaders"]],
            lead_unit_id=assignment.lead_unit_id,
            co_units=assignment.co_units,
            due_at=assignment.due_at,
            handling_type=data["handling_type"],
            options=options,
        )


class AssignForm(RouteForm):
    """交办."""

    requirement = forms.CharField(
        label="交办要求", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    leaders = None  # type: ignore[assignment]


class WordsForm(ActForm):
    """Words in a box: typed, in ink with its 录文, or a circle."""

    form = forms.ChoiceField(
        choices=OpinionForm.choices, initial=OpinionForm.TYPED, widget=forms.HiddenInput()
    )
    meaning = forms.ChoiceField(
        label="含义", choices=Meaning.choices, initial=Meaning.WORDS, widget=forms.RadioSelect, required=False
    )
    text = forms.CharField(
        label="批示", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
    ink = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=MAX_INK)

    def clean_ink(self) -> dict[str, Any] | None:
        """Read the strokes."""
        return read_ink(self.cleaned_data["ink"])

    def clean_meaning(self) -> str:
        """Take plain words where no meaning was chosen."""
        return self.cleaned_data["meaning"] or Meaning.WORDS

    def words(self, **extra: Any) -> Words:
        """Return the words."""
        data = self.cleaned_data
        strokes = data["ink"]
        form = OpinionForm.INK if strokes and data["form"] == OpinionForm.TYPED else data["form"]
        return Words(text=data["text"], form=form, meaning=data["meaning"], strokes=strokes, **extra)


def read_ink(raw: str) -> dict[str, Any] | None:
    """Read strokes as the pad writes them; a broken one is refused, not lost in silence."""
    if not raw:
        return None
    try:
        found = ink.read(raw)
    except ink.InkError as error:
        raise ValidationError("笔迹没有读出来，请重写或改为键入") from error
    return None if found.is_empty else json.loads(raw)


class InstructForm(RouteForm, WordsForm):
    """批示, with 转给 and 时限 prefilled from the 拟办 (签名并转办)."""

    leaders = None  # type: ignore[assignment]
    relay = forms.BooleanField(label="签名并转办", required=False)


class RecordForm(WordsForm):
    """秘书代录: what the leader wrote on paper, said, or telephoned."""

    leader = forms.ModelChoiceField(label="批示领导", queryset=Person.objects.none())
    form = forms.ChoiceField(
        label="形式",
        choices=[c for c in OpinionForm.choices if c[0] not in (OpinionForm.TYPED, OpinionForm.INK)],
        widget=forms.RadioSelect,
        initial=OpinionForm.PAPER,
    )
    instructed_at = moment_field("实际批示时间", required=True)
    original_holder = forms.CharField(label="原件在谁手里", required=False, max_length=60)
    scan = forms.FileField(
        label="签批页扫描件", required=False, help_text="扫描件上的二维码自动认出是哪件、哪一栏"
    )
    is_late = forms.BooleanField(label="补批（流程已往下走）", required=False)

    def prepare(self) -> None:
        self.fields["leader"].queryset = leaders(self.by)  # type: ignore[attr-defined]


class FeedbackForm(ActForm):
    """承办单位反馈."""

    text = forms.CharField(label="办理情况", widget=forms.Textarea(attrs={"rows": 5}), max_length=5000)
    is_final = forms.TypedChoiceField(
        label="性质",
        choices=[("1", "办理结果，送负责人审签"), ("0", "进展情况，继续办理")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="1",
    )


class ReturnFeedbackForm(ActForm):
    """退回重报."""

    units = UnitChoices(
        label="退回单位", queryset=OrgUnit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(label="退回理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)

    def prepare(self) -> None:
        if self.incoming:
            ids = self.incoming.handlings.values("unit_id")
            self.fields["units"].queryset = OrgUnit.objects.filter(pk__in=ids)  # type: ignore[attr-defined]


class ReplyForm(ActForm):
    """答复."""

    kind = forms.ChoiceField(label="答复方式", choices=list(REPLY_KINDS.items()))
    text = forms.CharField(label="答复内容", widget=forms.Textarea(attrs={"rows": 4}), max_length=5000)


class CallForm(ActForm):
    """电话记录."""

    purpose = forms.ChoiceField(label="事由", choices=TelephoneRecord.Purpose.choices)
    unit_name = forms.CharField(label="对方单位", max_length=120)
    answered_by = forms.CharField(label="接电话的人", max_length=60)
    called_at = moment_field("通话时间", required=True)
    content = forms.CharField(label="内容", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def prepare(self) -> None:
        self.fields["called_at"].initial = clock.local(clock.now())

    def call(self) -> Call:
        """Return the call."""
        return Call(**self.cleaned_data)


class ChannelForm(ActForm):
    """并为一件的又一来路."""

    channel = forms.ChoiceField(label="来文方式", choices=ChannelKind.choices)
    received_at = moment_field("收到时间", required=True)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=999, initial=1)
    note = forms.CharField(label="备注", required=False, max_length=120)

    def prepare(self) -> None:
        self.fields["received_at"].initial = clock.local(clock.now())

    def arrival(self) -> Arrival:
        """Return the way it came."""
        data = self.cleaned_data
        return Arrival(data["channel"], data["received_at"], data["copies"], data["note"])


def local_minute(at: datetime | None) -> datetime | None:
    """Return a moment as the date-time control shows it."""
    return clock.local(at).replace(second=0, microsecond=0, tzinfo=None) if at else None
