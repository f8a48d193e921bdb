"""Forms of 初审, 合法性审核, and of acts that take a few words."""

from django import forms

from zhongshu.documents import rules
from zhongshu.documents.actions.reviewing import ReviewForm
from zhongshu.documents.forms.base import ActForm
from zhongshu.documents.models import HandlingType, InitialReview, LegalReview


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
