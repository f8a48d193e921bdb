"""Forms of the verbs: whom, where to, by when, and why."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.flow.graph import graph_of
from zhongshu.flow.may import back_targets
from zhongshu.flow.models import FlowInstance, FlowTask
from zhongshu.matters.models import Matter
from zhongshu.people.models import AccountState, OrgUnit, Person
from zhongshu.ui.forms import MomentInput, OfficeForm


class PersonChoice(forms.ModelChoiceField):
    """One person, looked up by name or initials; only the chosen one is drawn as an option."""

    def __init__(self, **kwargs: Any) -> None:
        people = Person.objects.filter(account_state=AccountState.ENABLED)
        super().__init__(people, empty_label="请选择", **kwargs)
        self.widget.attrs["data-chooser"] = reverse_lazy("people:choose_persons")

    def label_from_instance(self, obj: Person) -> str:
        return obj.name


class PersonChoices(forms.ModelMultipleChoiceField):
    """Several persons."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.filter(account_state=AccountState.ENABLED), **kwargs)
        self.widget.attrs["data-chooser"] = reverse_lazy("people:choose_persons")

    def label_from_instance(self, obj: Person) -> str:
        return obj.name


class UnitChoices(forms.ModelMultipleChoiceField):
    """Several units."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(OrgUnit.objects.filter(valid_to__isnull=True), **kwargs)
        self.widget.attrs["data-chooser"] = reverse_lazy("people:choose_units")

    def label_from_instance(self, obj: OrgUnit) -> str:
        return obj.label


def _only_chosen(field: forms.ModelChoiceField | forms.ModelMultipleChoiceField, chosen: list[str]) -> None:
    """Draw only what is chosen; the rest is looked up."""
    rows = (
        field.queryset.filter(pk__in=[pk for pk in chosen if pk.isdigit()])
        if field.queryset is not None
        else []
    )
    options = [(row.pk, field.label_from_instance(row)) for row in rows]
    field.widget.choices = (
        options if isinstance(field, forms.ModelMultipleChoiceField) else [("", ""), *options]
    )


class VerbForm(OfficeForm):
    """What a verb asks for."""

    def __init__(
        self, *args: Any, matter: Matter, task: FlowTask | None = None, by: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matter, self.task, self.by = matter, task, by
        self.prepare()
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and "data-chooser" in field.widget.attrs:
                _only_chosen(field, self.data.getlist(name) if self.is_bound else [])  # type: ignore[attr-defined]

    def prepare(self) -> None:
        """Fill in choices."""


def reason_field(label: str = "理由", *, required: bool = True) -> forms.CharField:
    """Return the field for the reason."""
    return forms.CharField(
        label=label, required=required, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(VerbForm):
    """Why."""

    reason = reason_field()


class MaybeReasonForm(VerbForm):
    """Why, if there is something to say."""

    reason = reason_field("说明", required=False)


class NothingForm(VerbForm):
    """Nothing is asked."""


class UnitChoice(forms.ModelChoiceField):
    """One unit that can be given work."""

    def __init__(self, **kwargs: Any) -> None:
        units = OrgUnit.objects.filter(valid_to__isnull=True, is_tenant=True)
        super().__init__(units, empty_label="请选择", **kwargs)
        self.widget.attrs["data-chooser"] = reverse_lazy("people:choose_units")

    def label_from_instance(self, obj: OrgUnit) -> str:
        return obj.label


class ToPersonForm(VerbForm):
    """委派."""

    person = PersonChoice(label="交给")
    reason = reason_field("说明")


class TransferForm(ToPersonForm):
    """转办; what a unit gave back goes to another unit, with its own deadline."""

    unit = UnitChoice(label="改派给")
    due_at = forms.DateTimeField(label="时限", required=False, widget=MomentInput())
    field_order = ("person", "unit", "due_at", "reason")

    def prepare(self) -> None:
        to_unit = self.task is not None and self.task.kind == FlowTask.Kind.REASSIGN
        for name in ("person",) if to_unit else ("unit", "due_at"):
            del self.fields[name]

    def clean_due_at(self) -> datetime | None:
        """Refuse a deadline that lies in the past."""
        due_at: datetime | None = self.cleaned_data["due_at"]
        if due_at and due_at < clock.now():
            raise forms.ValidationError("时限不能早于现在")
        return due_at


class AddSignForm(VerbForm):
    """加签."""

    position = forms.ChoiceField(
        label="位置",
        choices=[
            ("before", "前加签：他先看，再回到我"),
            ("with", "并行加签：与我同时"),
            ("after", "后加签：我办完再请他看"),
        ],
        widget=forms.RadioSelect,
        initial="before",
    )
    persons = PersonChoices(label="加签人")
    reason = reason_field("说明")


class DropSignForm(VerbForm):
    """减签."""

    helper = forms.ModelChoiceField(label="减去", queryset=FlowTask.objects.none(), empty_label=None)
    reason = reason_field("说明", required=False)

    def prepare(self) -> None:
        if self.task and self.task.step_id:
            live = FlowTask.objects.filter(step=self.task.step_id, closed_at__isnull=True)
            self.fields["helper"].queryset = live.exclude(pk=self.task.pk)  # type: ignore[attr-defined]
            self.fields["helper"].label_from_instance = lambda task: task.holder_name  # type: ignore[attr-defined]


class SendBackForm(VerbForm):
    """退回."""

    to_node = forms.ChoiceField(label="退到")
    straight = forms.BooleanField(label="改好后直接送回我（不再逐级走）", required=False)
    reason = reason_field("退回理由")

    def prepare(self) -> None:
        if self.task:
            found = back_targets(self.task, self.by)
            choices = [(node, f"{name}（{who}）" if who else name) for node, name, who in found]
            self.fields["to_node"].choices = choices  # type: ignore[attr-defined]


class CirculateForm(VerbForm):
    """传阅."""

    persons = PersonChoices(label="阅读人", required=False)
    units = UnitChoices(label="单位", required=False)
    note = reason_field("附言", required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody must read it."""
        data = super().clean() or {}
        if not data.get("persons") and not data.get("units"):
            self.add_error("persons", "请选择阅读人或单位")
        return data


class RemindForm(VerbForm):
    """催办."""

    tasks = forms.ModelMultipleChoiceField(
        label="催办对象", queryset=FlowTask.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    text = reason_field("催办内容", required=False)

    def prepare(self) -> None:
        live = FlowTask.objects.filter(matter=self.matter, closed_at__isnull=True, parked=False)
        field = self.fields["tasks"]
        field.queryset = live.exclude(assignee_id=self.by.person_id)  # type: ignore[attr-defined]
        field.label_from_instance = lambda task: f"{task.holder_name}（{task.name}）"  # type: ignore[attr-defined]
        field.initial = [task.pk for task in field.queryset]  # type: ignore[attr-defined]


class ExtendForm(VerbForm):
    """延期."""

    which = forms.ModelChoiceField(label="给谁延期", queryset=FlowTask.objects.none(), empty_label=None)
    due_at = forms.DateTimeField(label="新的时限", widget=MomentInput())
    reason = reason_field("延期理由")

    def prepare(self) -> None:
        live = FlowTask.objects.filter(matter=self.matter, closed_at__isnull=True, step__isnull=False)
        own = live.filter(instance__parent_task__isnull=True).exclude(assignee_id=self.by.person_id)
        self.fields["which"].queryset = own  # type: ignore[attr-defined]
        self.fields["which"].label_from_instance = lambda task: f"{task.holder_name}（{task.name}）"  # type: ignore[attr-defined]


class JumpForm(VerbForm):
    """跳转."""

    node = forms.ChoiceField(label="跳到")
    reason = reason_field("跳转理由")

    def prepare(self) -> None:
        root = root_of(self.matter)
        if root:
            nodes = [(node.id, node.name) for node in graph_of(root.definition) if node.is_work]
            self.fields["node"].choices = nodes  # type: ignore[attr-defined]


class AddUnitsForm(VerbForm):
    """增加承办单位."""

    units = UnitChoices(label="增加单位")
    duty = forms.ChoiceField(label="角色", choices=[("协办", "协办"), ("主办", "主办")])
    due_at = forms.DateTimeField(label="时限", required=False, widget=MomentInput())
    reason = reason_field("要求")


def root_of(matter: Matter) -> FlowInstance | None:
    """Return the matter's own running procedure."""
    found = FlowInstance.objects.filter(matter=matter, parent_task__isnull=True, ended_at__isnull=True)
    return found.select_related("definition").first()
