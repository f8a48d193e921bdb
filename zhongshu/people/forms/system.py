"""Forms of the section 系统: units, persons, roles, portfolios, calendar."""

from __future__ import annotations

from typing import Any

from django import forms

from zhongshu.base import clock
from zhongshu.people.forms.fields import ChoosingForm, PersonField, UnitField, UnitsField
from zhongshu.people.models import AccountPolicy, Appointment, Person, Post, Role, UnitType
from zhongshu.people.queries import current_appointments
from zhongshu.ui.forms import DateInput, OfficeForm
from zhongshu.ui.permissions import declared


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), initial=clock.today, **kwargs)


class UnitDetailForm(OfficeForm):
    doc_prefix = forms.CharField(label="机关代字", max_length=20, required=False)
    uscc = forms.RegexField(
        r"^[0-9A-HJ-NPQRTUWXY]{18}$",
        label="统一社会信用代码",
        required=False,
        error_messages={"invalid": "统一社会信用代码为18位数字或大写字母"},
    )
    division_code = forms.RegexField(
        r"^\d{6,12}$",
        label="行政区划代码",
        required=False,
        error_messages={"invalid": "行政区划代码为6至12位数字"},
    )
    fonds_no = forms.CharField(label="全宗号", max_length=10, required=False)
    sort_order = forms.IntegerField(label="排序", min_value=0, max_value=99999, initial=0)
    must_have_liaison = forms.BooleanField(label="应设联络员（A、B岗）", required=False)


class UnitForm(ChoosingForm, UnitDetailForm):
    name = forms.CharField(label="名称", max_length=80)
    short_name = forms.CharField(label="规范化简称", max_length=40, required=False)
    unit_type = forms.ChoiceField(label="单位种类", choices=UnitType.choices)
    parent = UnitField(label="上级单位", required=False, empty_label="无（顶层）")
    valid_from = day_field("设立日期")
    is_tenant = forms.BooleanField(label="是用户单位（自有收发文）", required=False)

    field_order = ("name", "short_name", "unit_type", "parent", "valid_from", "doc_prefix")


class RenameForm(OfficeForm):
    name = forms.CharField(label="新名称", max_length=80)
    short_name = forms.CharField(label="规范化简称", max_length=40, required=False)
    on = day_field("启用日期")
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text="机构改革文件的文号")


class MergeForm(ChoosingForm):
    into = UnitField(label="并入")
    on = day_field("合并日期")
    basis = forms.CharField(label="依据", max_length=200, required=False)


class CloseForm(OfficeForm):
    on = day_field("撤销日期")
    basis = forms.CharField(label="依据", max_length=200, required=False)


class MoveForm(ChoosingForm):
    parent = UnitField(label="上级单位", required=False, empty_label="无（顶层）")


class PersonForm(OfficeForm):
    name = forms.CharField(label="姓名", max_length=40)
    phone = forms.RegexField(
        r"^[0-9+\- ]{5,20}$",
        label="电话",
        required=False,
        error_messages={"invalid": "电话只填数字、加号、短横"},
    )
    email = forms.EmailField(label="邮箱", required=False)


class PersonEditForm(PersonForm):
    """As PersonForm, but the telephone is not shown: left empty it stays as it is."""

    forget_phone = forms.BooleanField(label="删去电话", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = "留空即不改"


class RevealForm(OfficeForm):
    reason = forms.CharField(label="查看事由", max_length=100)


class NewAccountForm(ChoosingForm, PersonForm):
    username = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9_.-]{2,39}$",
        label="账号",
        help_text="字母开头，3至40位字母、数字",
        error_messages={"invalid": "账号以字母开头，由3至40位字母、数字组成"},
    )
    unit = UnitField(label="单位", required=False)
    post = forms.ModelChoiceField(Post.objects.all(), label="岗位", required=False, empty_label="请选择")
    start = day_field("任职日期")

    field_order = ("name", "username", "unit", "post", "start", "phone", "email")


class AppointForm(ChoosingForm):
    unit = UnitField(label="单位")
    post = forms.ModelChoiceField(Post.objects.all(), label="岗位", empty_label="请选择")
    start = day_field("任职日期")
    is_primary = forms.BooleanField(label="主要任职", required=False)


class ReleaseForm(OfficeForm):
    end = day_field("最后一天")


class DisableForm(OfficeForm):
    reason = forms.CharField(label="原因", max_length=100)


class GrantForm(OfficeForm):
    role = forms.ModelChoiceField(Role.objects.all(), label="角色", empty_label="请选择")
    appointment = forms.ModelChoiceField(
        Appointment.objects.none(),
        label="随任职",
        required=False,
        empty_label="不随任职",
        help_text="随任职的角色，离任即止",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appointments = current_appointments(person)
        field = self.fields["appointment"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = appointments
        self.initial.setdefault("appointment", appointments.first())


class RoleForm(OfficeForm):
    name = forms.CharField(label="名称", max_length=40)
    duties = forms.CharField(label="职责", max_length=200, required=False)


class PermissionsForm(OfficeForm):
    """One box for each declared permission, grouped."""

    codes = forms.MultipleChoiceField(label="权限", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["codes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(p.code, p.label) for p in declared()]


class PortfolioForm(ChoosingForm):
    leader = PersonField(label="领导")
    title = forms.CharField(label="职务", max_length=40, required=False)
    units = UnitsField(label="分管联系单位", required=False)
    topics = forms.CharField(
        label="分管工作", required=False, help_text="一行一项", widget=forms.Textarea(attrs={"rows": 5})
    )
    is_in_charge_of_all = forms.BooleanField(label="主持全面工作", required=False)
    deputy_director = PersonField(label="协助的办公室副主任", required=False)
    ab_partner = PersonField(label="补位领导", required=False)
    sort_order = forms.IntegerField(label="排序", min_value=0, max_value=999, initial=0)
    valid_from = day_field("自哪天起")


class ABPostForm(ChoosingForm):
    unit = UnitField(label="单位")
    post_name = forms.CharField(label="岗位", max_length=40, initial="联络员")
    a_person = PersonField(label="A岗")
    b_person = PersonField(label="B岗")


class DayForm(OfficeForm):
    is_workday = forms.TypedChoiceField(
        label="这一天",
        choices=[("1", "上班"), ("0", "休息")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="说明", max_length=60, help_text="如：国庆节、春节调休上班")


class DecreeForm(OfficeForm):
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    text = forms.CharField(
        label="放假与调休",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="一行一天或一段：2027-10-01至2027-10-07 休 国庆节；2027-09-26 班 国庆节调休。留空则取自带的数据",
    )


class PolicyForm(forms.ModelForm):
    class Meta:
        model = AccountPolicy
        exclude: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
