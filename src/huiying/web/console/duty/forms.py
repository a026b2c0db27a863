"""What is typed of rosters, patterns and leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.registry.duty_kinds import DutyDays
from huiying.registry.models import Post, ShiftPattern, Staff

CHOOSE = {"required": _("请选择一项。"), "invalid_choice": _("请从列表中选择。")}
DAY = {"required": _("请填日期。"), "invalid": _("请填日期，例如 2025-06-01。")}
NUMBER = {
    "required": _("请填一个数字。"),
    "invalid": _("请填一个数字。"),
    "min_value": _("请填 1 以上的数字。"),
    "max_value": _("这个数字太大了。"),
}


class Day(forms.DateField):
    """A day as the browser's own picker gives it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, error_messages=DAY, **options)


class PatternForm(forms.Form):
    """Which watch a post needs."""

    post = forms.ModelChoiceField(
        label=_("岗位"), queryset=Post.objects.none(), empty_label=None, error_messages=CHOOSE
    )
    label = forms.CharField(
        label=_("名称"),
        max_length=20,
        help_text=_("例如：白班、夜班、带班。"),
        error_messages={
            "required": _("请写班次的名称，不超过 20 字，例如：夜班。"),
            "max_length": _("名称不超过 20 字。"),
        },
    )
    starts = forms.TimeField(
        label=_("几点开始"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": _("请填几点开始。"), "invalid": _("请填时间，例如 18:00。")},
    )
    hours = forms.IntegerField(
        label=_("多少小时"), min_value=1, max_value=24, help_text=_("1 到 24 小时。"), error_messages=NUMBER
    )
    people = forms.IntegerField(
        label=_("每班几个人"), min_value=1, max_value=20, initial=1, error_messages=NUMBER
    )
    days = forms.TypedChoiceField(
        label=_("哪些日子"),
        choices=[(days.value, days.label) for days in DutyDays],
        coerce=DutyDays,
        initial=DutyDays.EVERY.value,
        help_text=_("按本机构的工作日历。"),
        error_messages=CHOOSE,
    )
    begins_on = Day(label=_("从哪天起"))
    is_lead = forms.BooleanField(
        label=_("带班"), required=False, help_text=_("由领导小组成员或单位负责人担任。")
    )


class LeaveForm(forms.Form):
    """First and last day."""

    starts_on = Day(label=_("第一天"))
    ends_on = Day(label=_("最后一天"))


class LeaveOfForm(LeaveForm):
    """The same for anybody, by whoever plans the watch."""

    staff = forms.ModelChoiceField(
        label=_("谁"), queryset=Staff.objects.none(), empty_label=None, error_messages=CHOOSE
    )


class SurgeForm(forms.Form):
    """From when to when, why, and how many more for each pattern."""

    starts_on = Day(label=_("第一天"))
    ends_on = Day(label=_("最后一天"))
    reason = forms.CharField(
        label=_("为什么加强"),
        max_length=120,
        help_text=_("例如：暴雨橙色预警；国庆假期。不写任何个人的情况。"),
        error_messages={
            "required": _("请写为什么加强值班，不超过 120 字，例如：暴雨橙色预警。"),
            "max_length": _("不超过 120 字。"),
        },
    )

    def __init__(self, *args: Any, patterns: list[ShiftPattern], **options: Any) -> None:
        super().__init__(*args, **options)
        self.patterns = patterns
        for pattern in patterns:
            self.fields[f"more_{pattern.pk}"] = forms.IntegerField(
                label=f"{pattern.post.title} · {pattern.label}",
                min_value=0,
                max_value=10,
                initial=0,
                required=False,
                error_messages={
                    **NUMBER,
                    "max_value": _("最多 10 人。"),
                    "min_value": _("请填 0 以上的数字。"),
                },
            )

    def clean(self) -> dict[str, Any]:
        """The numbers under one name, by pattern."""
        typed = super().clean() or {}
        more = {p.pk: typed.pop(f"more_{p.pk}", None) or 0 for p in self.patterns}
        return {**typed, "more": more}
