"""送谁批、交谁办: forms of 拟办 and 交办."""

from typing import Any

from django import forms

from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.actions.reviewing import ProposalForm
from zhongshu.documents.forms.base import (
    ActForm,
    InOrder,
    UnitChoice,
    UnitChoices,
    handling_units,
    leaders,
    moment_field,
)
from zhongshu.documents.models import HandlingType
from zhongshu.people import receiving
from zhongshu.people.models import OrgUnit, Person


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
        if missing := receiving.unable_to_sign():
            self.fields["lead_unit"].help_text = f"请注意：{'；'.join(gap.words for gap in missing)}"
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
