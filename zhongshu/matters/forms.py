"""Forms of the spine's own pages."""

from django import forms

from zhongshu.matters.models import NoticePreference, Robot
from zhongshu.people.models import OrgUnit
from zhongshu.ui.forms import OfficeForm


class PreferenceForm(forms.ModelForm):
    """What a person wishes to hear outside the house."""

    class Meta:
        model = NoticePreference
        fields = ["by_mail", "by_robot", "only_urgent"]


class RobotForm(OfficeForm):
    """A robot of the office's messenger."""

    name = forms.CharField(label="名称", max_length=60, help_text="例如：秘书科工作群")
    kind = forms.ChoiceField(label="种类", choices=Robot.KINDS)
    unit = forms.ModelChoiceField(
        label="所服务的科室",
        queryset=OrgUnit.objects.none(),
        empty_label="请选择",
        help_text="这个科室的人有待办时，由它说一声",
    )
    address = forms.CharField(
        label="地址", max_length=500, help_text="在群机器人设置页整段复制；保存后不再显示"
    )
    secret = forms.CharField(
        label="加签密钥", max_length=200, required=False, help_text="钉钉、飞书启用加签时填写"
    )

    def serve(self, tenant: OrgUnit) -> "RobotForm":
        """Offer the units of this office."""
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = OrgUnit.objects.filter(tenant=tenant, valid_to__isnull=True)
        return self
