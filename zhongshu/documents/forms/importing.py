"""Forms of 历史台账导入: the workbook, what its columns hold, how to begin, why to undo."""

from typing import Any

from django import forms

from zhongshu.documents.importing.columns import FIELDS
from zhongshu.documents.models import RegisterImport
from zhongshu.ui.forms import OfficeForm

NOT_USED = [("", "不用这一列"), *((field, label) for field, (label, _) in FIELDS.items())]
WAYS = (("good", "只导入没有错误的行，其余下载错误表改好再传"), ("all", "全部导入，有一行不成就一行也不导"))


class UploadForm(OfficeForm):
    """The workbook of past years."""

    file = forms.FileField(
        label="台账文件",
        allow_empty_file=True,
        help_text="Excel（xlsx、xls、et）或 CSV（UTF-8、GBK），最多 20 万行；一次一张工作表",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.et,.csv,.txt"}),
        error_messages={"required": "请选择要导入的台账文件"},
    )
    promise = forms.BooleanField(label="我确认台账里没有涉密件", required=False)


class MappingForm(OfficeForm):
    """Which sheet, which row is the head, and what each column holds."""

    sheet_no = forms.TypedChoiceField(label="工作表", coerce=int)
    header_row = forms.IntegerField(label="表头在第几行", min_value=1, max_value=30)

    def __init__(self, *args: Any, run: RegisterImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        self.fields["sheet_no"].choices = [  # type: ignore[attr-defined]
            (n, f"{sheet['name']}（{sheet['rows']}行{'，隐藏' if sheet['hidden'] else ''}）")
            for n, sheet in enumerate(run.sheets)
        ]
        self.initial.update(sheet_no=run.sheet_no, header_row=run.header_row)
        meant = {at: field for field, at in run.mapping.items()}
        for at, head in enumerate(run.heads):
            label = head or f"第{at + 1}列"
            self.fields[f"column-{at}"] = forms.ChoiceField(label=label, choices=NOT_USED, required=False)
            self.initial[f"column-{at}"] = meant.get(at, "")

    def clean(self) -> dict[str, Any]:
        """Refuse one thing in two columns."""
        data = super().clean() or {}
        seen: dict[str, str] = {}
        for at, _ in enumerate(self.run.heads):
            name = f"column-{at}"
            if (meant := data.get(name)) and meant in seen:
                self.add_error(name, f"“{FIELDS[meant][0]}”已选了“{self.fields[seen[meant]].label}”那一列")
            elif meant:
                seen[meant] = name
        return data

    def mapping(self) -> dict[str, int]:
        """Return the column of each field."""
        columns = {at: self.cleaned_data[f"column-{at}"] for at, _ in enumerate(self.run.heads)}
        return {meant: at for at, meant in columns.items() if meant}


class StartForm(OfficeForm):
    """All that is good, or all or nothing."""

    way = forms.ChoiceField(label="怎样导入", choices=WAYS, initial="good", widget=forms.RadioSelect)


class UndoForm(OfficeForm):
    """Why an import is taken back."""

    reason = forms.CharField(
        label="撤销的理由", max_length=200, error_messages={"required": "请写明撤销的理由"}
    )
