"""Forms about attachments."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from zhongshu.files.models import AttachmentKind
from zhongshu.files.reading.types import ACCEPT
from zhongshu.ui.forms import OfficeForm


class ManyFilesInput(forms.ClearableFileInput):
    """A file control that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files; what is wrong with them is said by the screening, with its codes."""

    widget = ManyFilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Clean each file."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class AttachForm(OfficeForm):
    """Files for a matter, what they are to it, and the promise."""

    file = ManyFilesField(
        label="文件",
        widget=ManyFilesInput(attrs={"accept": ACCEPT}),
        error_messages={"required": "请选择要上传的文件"},
    )
    kind = forms.ChoiceField(label="类别", choices=AttachmentKind.choices, initial=AttachmentKind.ATTACHMENT)
    promise = forms.BooleanField(label="我确认上传的文件不涉及国家秘密", required=False)


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
