"""Forms of 批示件."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.documents.actions.instructions import InstructionForm
from zhongshu.documents.forms import UnitChoice, UnitChoices, handling_units, moment_field
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.states import KIND
from zhongshu.matters.access import sees
from zhongshu.matters.models import Matter
from zhongshu.people import receiving
from zhongshu.people.forms.fields import PersonField, people_in_use
from zhongshu.people.models import OrgUnit
from zhongshu.ui.forms import OfficeForm


class _UnitsForm(OfficeForm):
    """A form that names the responsible unit and those that help."""

    owner_unit = UnitChoice(label="责任单位", queryset=OrgUnit.objects.none(), required=False)
    co_units = UnitChoices(label="配合单位", queryset=OrgUnit.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner_unit", "co_units"):
            field = self.fields[name]
            field.queryset = handling_units()  # type: ignore[attr-defined]
            field.widget.attrs["data-chooser"] = ""
        if missing := receiving.unable_to_sign():
            self.fields["owner_unit"].help_text = f"请注意：{'；'.join(gap.words for gap in missing)}"


class NewInstructionForm(_UnitsForm):
    """登记批示件 of a leader outside the house."""

    level = forms.ChoiceField(
        label="层级",
        choices=LeaderInstruction.Level.choices,
        widget=forms.RadioSelect,
        initial=LeaderInstruction.Level.PROVINCE,
    )
    leader_name = forms.CharField(label="批示领导姓名、职务", max_length=80)
    action = forms.ChoiceField(
        label="要求",
        choices=LeaderInstruction.Action.choices,
        widget=forms.RadioSelect,
        initial=LeaderInstruction.Action.DO,
    )
    instructed_at = moment_field("批示时间", required=True)
    received_at = moment_field("收到时间", required=True, help="办结时限从收到之日起算")
    content = forms.CharField(
        label="批示内容",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="照录原文，不得增删",
    )
    source = forms.CharField(
        label="来源收文",
        required=False,
        max_length=80,
        help_text="批在哪件收文上的，填收文编号，如 收〔2026〕120号",
    )

    field_order = (
        "level", "leader_name", "action", "instructed_at", "received_at", "content", "owner_unit", "co_units",
        "source",
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["received_at"].initial = clock.local(clock.now())

    def clean_source(self) -> Matter | None:
        """Find the paper by its number; one that the person may not see is not found."""
        number = self.cleaned_data["source"].strip()
        if not number:
            return None
        found = Matter.objects.filter(tenant_id=self.by.office, kind=KIND, number=number).first()
        if found is None or not sees(self.by, found):
            raise ValidationError("没有这个编号的收文，请核对")
        return found

    def instruction(self) -> InstructionForm:
        """Return what is registered."""
        data = self.cleaned_data
        owner, source = data["owner_unit"], data["source"]
        return InstructionForm(
            leader_name=data["leader_name"],
            level=data["level"],
            content=data["content"],
            instructed_at=data["instructed_at"],
            received_at=data["received_at"],
            action=data["action"],
            owner_unit_id=owner.pk if owner else None,
            co_units=[unit.pk for unit in data["co_units"]],
            source_id=source.pk if source else None,
        )


class StepForm(OfficeForm):
    """A step that needs no more than a word."""

    text = forms.CharField(
        label="说明", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AssignForm(_UnitsForm):
    """交办."""

    text = forms.CharField(
        label="交办要求", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ResultForm(OfficeForm):
    """报结果."""

    result = forms.CharField(label="办理结果", max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))


class CircleForm(OfficeForm):
    """扩大知悉范围."""

    person = PersonField(label="人员")
    reason = forms.CharField(label="理由", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_in_use()  # type: ignore[attr-defined]


class ReasonForm(OfficeForm):
    """不予立项."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
