"""The parts of the styleguide's first page: colours, forms with and without errors, states."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from zhongshu.ui.forms import DateInput, OfficeForm, chooser

COLOURS = [
    ("red", "强调：当前位置、首要按钮、红线"),
    ("ink", "正文"),
    ("ink-2", "标签"),
    ("ink-3", "提示、次要"),
    ("ink-4", "控件边框（不作文字）"),
    ("line-2", "强分隔线"),
    ("line", "分隔线"),
    ("sunk", "表头、标签格"),
    ("bg", "页面底"),
    ("steel", "焦点、选中、链接、图表"),
    ("g", "绿灯"),
    ("y", "黄灯"),
    ("r", "红灯"),
    ("pen", "批示墨迹"),
]
ICONS = [
    "inbox",
    "file-earmark-text",
    "pencil-square",
    "send",
    "printer",
    "star",
    "paperclip",
    "download",
    "vector-pen",
]


class SampleForm(OfficeForm):
    """A form with one of each control."""

    title = forms.CharField(label="标题", max_length=200, help_text="照来文标题全称填写。")
    due = forms.DateField(label="办理时限", widget=DateInput())
    kind = forms.ChoiceField(
        label="办件类型", choices=[("act", "办件"), ("read", "阅件")], widget=forms.RadioSelect
    )
    urgency = forms.ChoiceField(
        label="紧急程度", choices=[("normal", "平件"), ("urgent", "加急"), ("extra_urgent", "特急")]
    )
    units = forms.MultipleChoiceField(
        label="承办单位",
        required=False,
        choices=[("1", "县水利局"), ("2", "县应急管理局")],
        widget=chooser("/styleguide/"),
    )
    opinion = forms.CharField(label="拟办意见", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    needs_reply = forms.BooleanField(label="需要反馈", required=False)

    def clean_due(self) -> date:
        if self.cleaned_data["due"] < date(2026, 6, 10):
            raise forms.ValidationError("时限不能早于 2026年6月10日")
        return self.cleaned_data["due"]


def parts(request: HttpRequest) -> dict[str, Any]:
    """Return what the first page of the styleguide shows."""
    wrong = {"title": "", "due": "2026-06-01", "kind": "act", "urgency": "urgent", "units": ["1"]}
    pages = ["register", "sheet", "desk", "cockpit", "phone-list", "phone-sheet"]
    return {
        "title": "构件与状态",
        "colours": COLOURS,
        "icons": ICONS,
        "form": SampleForm(prefix="new", initial={"kind": "act", "units": ["1"]}),
        "wrong_form": SampleForm(wrong),
        "pages": [(page, reverse("ui:styleguide_page", args=[page])) for page in pages],
        "spark": [12, 16, 33, 86],
        "pairs": [("1月", 31, 27), ("2月", 22, 19), ("3月", 38, 33)],
        "tabs": [
            {"label": "待办", "url": "#", "count": 27, "is_current": True},
            {"label": "待阅", "url": "#", "count": 14, "is_current": False},
        ],
    }
