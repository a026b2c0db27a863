"""What is typed about calls."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.registry.duty_kinds import Way
from huiying.web.console.settings.forms import CHOOSE

WAYS = [(way.value, way.label) for way in Way]


class WayForm(forms.Form):
    """One more way to reach oneself."""

    way = forms.TypedChoiceField(
        label=_("方式"), choices=WAYS, coerce=Way, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    address = forms.CharField(
        label=_("号码或邮箱"),
        max_length=120,
        help_text=_("用来呼叫您本人；您当班、带班、在岗或代理时，能看值班表的同事也会看到。不会写进台账。"),
        error_messages={"required": _("请填写号码或邮箱。"), "max_length": _("不超过 120 个字符。")},
    )


class TestForm(forms.Form):
    """Which posts are tested by which ways."""

    posts = forms.MultipleChoiceField(
        label=_("测试哪些岗位"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个岗位。"), "invalid_choice": CHOOSE["invalid_choice"]},
    )
    ways = forms.MultipleChoiceField(
        label=_("用哪些方式"),
        choices=WAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一种方式。"), "invalid_choice": CHOOSE["invalid_choice"]},
    )
