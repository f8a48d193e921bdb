"""Forms of 反馈, 退回重报, 答复, 电话记录 and 并件."""

from django import forms

from zhongshu.base import clock
from zhongshu.documents.actions.closing import REPLY_KINDS, Call
from zhongshu.documents.actions.receiving import Arrival
from zhongshu.documents.forms.base import ActForm, UnitChoices, moment_field
from zhongshu.documents.models import ChannelKind, TelephoneRecord, UnitHandling
from zhongshu.people.models import OrgUnit
from zhongshu.ui.forms import OfficeForm


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


class RemindForm(OfficeForm):
    """批量催办: what is told to whoever has the papers."""

    text = forms.CharField(
        label="催办的话",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="可不写；写了的，收到催办的人和办理痕迹里都看得到",
    )


class ReturnFeedbackForm(ActForm):
    """退回重报: those who answered, one or several, with the time they now have."""

    units = UnitChoices(
        label="退回单位", queryset=OrgUnit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    due_at = moment_field("重报时限", help="不填的仍按原时限")
    text = forms.CharField(label="退回理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)

    def prepare(self) -> None:
        if self.incoming is None:
            return
        rows = list(self.incoming.handlings.select_related("unit"))
        field = self.fields["units"]
        # Any unit of the paper is understood, so that a late form is told who was faster; those who answered show.
        field.queryset = OrgUnit.objects.filter(pk__in=[row.unit_id for row in rows])  # type: ignore[attr-defined]
        answered = [row for row in rows if row.state == UnitHandling.State.FED_BACK]
        field.widget.choices = [(row.unit_id, row.unit_name) for row in answered]


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
