"""Forms of the archive."""

from django import forms

from zhongshu.archive.models import ArchiveScope, Retention
from zhongshu.ui.forms import OfficeForm


class ArchiveForm(OfficeForm):
    """归档: retention and section code as proposed, to be changed."""

    retention = forms.ChoiceField(
        label="保管期限", choices=[("", "请选择"), *Retention.choices], required=False
    )
    section_code = forms.CharField(label="机构（问题）代码", max_length=16)
    note = forms.CharField(label="备注", required=False, max_length=120)


class ExemptForm(OfficeForm):
    """不归档, with the reason."""

    reason = forms.CharField(label="不归档理由", max_length=200, required=False)


class ScopeForm(forms.ModelForm):
    """A row of the scope table."""

    words_text = forms.CharField(label="题名含（用顿号隔开，任一即可）", required=False, max_length=300)

    class Meta:
        model = ArchiveScope
        fields = ("sort_order", "name", "is_archived", "retention", "basis")

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["words_text"].initial = "、".join(self.instance.words)

    def row(self) -> ArchiveScope:
        """Return the row as typed, not yet written."""
        scope: ArchiveScope = super().save(commit=False)
        scope.words = [word for word in self.cleaned_data["words_text"].split("、") if word.strip()]
        return scope
