"""Forms of sign-in and of one's own account."""

from __future__ import annotations

from django import forms

from zhongshu.people.forms.fields import ChoosingForm, PersonField
from zhongshu.ui.forms import MomentInput, OfficeForm
from zhongshu.ui.navigation import SECTIONS
from zhongshu.ui.preferences import DENSITIES, SIZES

NOT_DELEGABLE = {"desk", "statistics", "system"}


class SignInForm(OfficeForm):
    username = forms.CharField(
        label="账号",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label="口令",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(OfficeForm):
    code = forms.CharField(
        label="动态码",
        max_length=8,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
        help_text="动态口令器或手机验证器上的6位数字",
    )


class PasswordForm(OfficeForm):
    old_password = forms.CharField(
        label="原口令",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password = forms.CharField(
        label="新口令",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="再输一遍新口令",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_repeated(self) -> str:
        repeated: str = self.cleaned_data["repeated"]
        if repeated != self.cleaned_data.get("new_password", repeated):
            raise forms.ValidationError("两次输入的新口令不一致")
        return repeated


class PreferenceForm(OfficeForm):
    text_size = forms.ChoiceField(label="字号", choices=list(SIZES.items()), widget=forms.RadioSelect)
    density = forms.ChoiceField(label="行距", choices=list(DENSITIES.items()), widget=forms.RadioSelect)
    has_letter_keys = forms.BooleanField(label="启用单字母快捷键", required=False)


class DelegationForm(ChoosingForm):
    agent = PersonField(label="代理人")
    start = forms.DateTimeField(label="开始", widget=MomentInput())
    end = forms.DateTimeField(label="结束", widget=MomentInput())
    reason = forms.CharField(label="事由", max_length=200)
    scope = forms.MultipleChoiceField(
        label="范围",
        required=False,
        choices=[(s.code, s.label) for s in SECTIONS if s.code not in NOT_DELEGABLE],
        widget=forms.CheckboxSelectMultiple,
        help_text="一项不选，即全部业务",
    )
    can_sign = forms.BooleanField(label="可代签发", required=False)
    can_sign_important = forms.BooleanField(
        label="代签发含重要公文和上行文", required=False, help_text="一般应由本人签发"
    )


class AbsenceForm(ChoosingForm):
    start = forms.DateTimeField(label="开始", widget=MomentInput())
    end = forms.DateTimeField(label="结束", widget=MomentInput())
    reason = forms.CharField(label="事由", max_length=200)


class AbsenceOfForm(AbsenceForm):
    person = PersonField(label="人员")
    is_excepted = forms.BooleanField(label="主任特批A、B同时离岗", required=False)

    field_order = ("person", "start", "end", "reason", "is_excepted")
