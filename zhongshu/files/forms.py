"""Forms about attachments."""

from typing import Any

from django import forms

from zhongshu.base.actors import Actor
from zhongshu.files.fields import HandedField, TakesFiles
from zhongshu.files.models import AttachmentKind
from zhongshu.matters.models import Matter
from zhongshu.ui.forms import OfficeForm


class AttachForm(TakesFiles, OfficeForm):
    """Files for a matter, what they are to it, and the promise."""

    promise_name = "promise"

    file = HandedField(label="文件", many=True, error_messages={"required": "请选择要上传的文件"})
    kind = forms.ChoiceField(label="类别", choices=AttachmentKind.choices, initial=AttachmentKind.ATTACHMENT)
    promise = forms.BooleanField(label="我确认上传的文件不涉及国家秘密", required=False)

    def __init__(self, *args: Any, matter: Matter, by: Actor, **kwargs: Any) -> None:
        self.matter, self.by = matter, by
        super().__init__(*args, **kwargs)

    def matter_of_files(self) -> Matter:
        return self.matter


class VoidForm(OfficeForm):
    """Why an attachment is void."""

    reason = forms.CharField(
        label="作废原因", max_length=200, error_messages={"required": "请写明作废的原因"}
    )


class RenameForm(OfficeForm):
    """Another name; the extension stays."""

    name = forms.CharField(label="文件名", max_length=120, error_messages={"required": "请填写文件名"})


class PrintForm(OfficeForm):
    """How many copies leave on paper."""

    copies = forms.IntegerField(
        label="份数", min_value=1, max_value=500, initial=1, error_messages={"required": "请填写份数"}
    )


class JudgeForm(OfficeForm):
    """Whether a file is a state secret, and why."""

    verdict = forms.ChoiceField(
        label="结论",
        choices=(("harmless", "不涉密"), ("secret", "涉密，擦除副本")),
        widget=forms.RadioSelect,
        error_messages={"required": "请选择结论"},
    )
    reason = forms.CharField(
        label="理由", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReleaseForm(OfficeForm):
    """The digest of what was stopped by mistake, and why it may pass."""

    digest = forms.CharField(
        label="SM3 摘要", max_length=80, error_messages={"required": "请填写被拦截文件的 SM3 摘要"}
    )
    reason = forms.CharField(
        label="理由", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
