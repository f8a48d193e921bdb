"""Forms about requests to print."""

from django import forms

from zhongshu.ui.forms import OfficeForm


class PrintRequestForm(OfficeForm):
    """How many copies of a 工作秘密 paper one wants, and what for."""

    copies = forms.IntegerField(
        label="申请份数", min_value=1, max_value=500, initial=1, error_messages={"required": "请填写份数"}
    )
    purpose = forms.CharField(
        label="用途", max_length=200, error_messages={"required": "请写明打印后作什么用、分送给谁"}
    )


class DecideForm(OfficeForm):
    """The answer to a request to print."""

    GRANT = "grant"
    answer = forms.ChoiceField(
        label="审批",
        choices=[(GRANT, "同意"), ("refuse", "不同意")],
        initial=GRANT,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择同意或不同意"},
    )
    copies = forms.IntegerField(label="批准份数", min_value=0, max_value=500, required=False)
    reply = forms.CharField(label="意见", max_length=200, required=False)
