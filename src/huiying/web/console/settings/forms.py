"""What is typed in the settings."""

import re
import unicodedata
from datetime import time

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiying.registry.models import Unit, UnitKind
from huiying.rules.calendar import WEEKDAYS
from huiying.rules.matters import Matter
from huiying.rules.numbering import Numbering

CHOOSE = {"required": _("请选择一项。"), "invalid_choice": _("请从列表中选择。")}
CLOCK = re.compile(r"(\d{1,2})[:.时点](\d{2})?分?")
BETWEEN = re.compile(r"[\s,;/~\-–—―、到至和]*")

Span = tuple[int, time, time]


class DayForm(forms.Form):
    """Whether work is done on one day, and why."""

    is_working = forms.TypedChoiceField(
        label=_("这一天"),
        choices=[("0", _("放假，不算工作日")), ("1", _("上班，算工作日"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=120,
        help_text=_("例如当地政府的放假通知及文号。"),
        error_messages={
            "required": _("请写明理由，例如当地的放假通知。"),
            "max_length": _("理由不超过 120 字。"),
        },
    )


class CategoryForm(forms.Form):
    """One category: its field, its name, who is competent, its place in the list."""

    matter = forms.TypedChoiceField(
        label=_("一级类别"),
        choices=[(matter.value, matter.label) for matter in Matter],
        coerce=Matter,
        error_messages=CHOOSE,
    )
    label = forms.CharField(
        label=_("名称"),
        max_length=40,
        error_messages={"required": _("请写类别的名称。"), "max_length": _("名称不超过 40 字。")},
    )
    unit = forms.ModelChoiceField(
        label=_("主管单位"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("不指定"),
        help_text=_("接待员分办时会先看到它；最后分给谁由人决定。"),
        error_messages=CHOOSE,
    )


class CategoryChangeForm(CategoryForm):
    """The same with the place in the list."""

    place = forms.IntegerField(
        label=_("排在第几位"),
        min_value=1,
        max_value=300,
        error_messages={
            "required": _("请填一个数字。"),
            "invalid": _("请填一个数字。"),
            "min_value": _("从 1 开始。"),
            "max_value": _("没有这么多类别。"),
        },
    )


class PlaceForm(forms.Form):
    """One reception place with its hours, a line for each weekday."""

    name = forms.CharField(
        label=_("名称"),
        max_length=80,
        error_messages={"required": _("请写接待场所的名称。"), "max_length": _("名称不超过 80 字。")},
    )
    address = forms.CharField(
        label=_("地址"),
        max_length=200,
        help_text=_("写到楼层和房间；有坡道、无障碍卫生间也写上。"),
        error_messages={
            "required": _("请写地址，来访的人要能找到。"),
            "max_length": _("地址不超过 200 字。"),
        },
    )
    phone = forms.CharField(
        label=_("电话"),
        max_length=40,
        required=False,
        error_messages={"max_length": _("电话不超过 40 字。")},
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for weekday, word in enumerate(WEEKDAYS):
            too_long = {"max_length": _("请写成 9:00-12:00 14:00-17:30 这样。")}
            self.fields[f"day{weekday}"] = forms.CharField(
                label=_(word), max_length=80, required=False, error_messages=too_long
            )

    def clean(self) -> dict[str, object]:
        """Each line as spans, all under `hours`; what cannot be read is said at its line."""
        typed = super().clean() or {}
        spans: list[Span] = []
        for weekday in range(7):
            try:
                spans += [(weekday, *span) for span in read_hours(typed.get(f"day{weekday}", ""))]
            except ValueError:
                self.add_error(
                    f"day{weekday}",
                    gettext("{day}：请写成 9:00-12:00 14:00-17:30 这样；不接待就留空。").format(
                        day=gettext(WEEKDAYS[weekday])
                    ),
                )
        told: dict[str, object] = {
            name: typed[name] for name in ("name", "address", "phone") if name in typed
        }
        return {**told, "hours": spans}


class BodyForm(forms.Form):
    """What everyone is told of the body."""

    address = forms.CharField(
        label=_("通信地址"),
        max_length=200,
        help_text=_("来信寄到这里。"),
        error_messages={
            "required": _("请写通信地址，来信要有地方寄。"),
            "max_length": _("地址不超过 200 字。"),
        },
    )
    phone = forms.CharField(
        label=_("咨询投诉电话"),
        max_length=40,
        error_messages={"required": _("请写电话。"), "max_length": _("电话不超过 40 字。")},
    )
    superior_name = forms.CharField(
        label=_("上一级机关"),
        max_length=80,
        help_text=_("信访人向它申请复查，例如县信访局或县人民政府。"),
        error_messages={"required": _("请写上一级机关的名称。"), "max_length": _("名称不超过 80 字。")},
    )


class UnitForm(forms.Form):
    """One unit."""

    name = forms.CharField(
        label=_("名称"),
        max_length=80,
        error_messages={
            "required": _("请写单位的名称，不超过 80 字。"),
            "max_length": _("名称不超过 80 字。"),
        },
    )
    phone = forms.CharField(
        label=_("电话"),
        max_length=40,
        required=False,
        help_text=_("告知信访人的联系电话。"),
        error_messages={"max_length": _("电话不超过 40 字。")},
    )


class UnitFoundForm(UnitForm):
    """A new unit, with what it is for."""

    kind = forms.ChoiceField(label=_("性质"), choices=UnitKind.choices, error_messages=CHOOSE)


class PostForm(forms.Form):
    """A new post of a unit."""

    title = forms.CharField(
        label=_("岗位名称"),
        max_length=80,
        error_messages={"required": _("请写岗位的名称。"), "max_length": _("名称不超过 80 字。")},
    )
    code = forms.CharField(
        label=_("代码"),
        max_length=40,
        help_text=_("预案用它找到岗位，例如 duty_officer；设立后不改。"),
        error_messages={
            "required": _("代码用小写字母、数字和下划线，例如 duty_officer。"),
            "max_length": _("代码不超过 40 个字符。"),
        },
    )


class NumberingForm(forms.Form):
    """The form of references."""

    form = forms.TypedChoiceField(
        label=_("样式"),
        choices=[(form.value, form.label) for form in Numbering],
        coerce=Numbering,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class EnrolForm(forms.Form):
    """Who is enrolled; the passphrase is drawn, never typed."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=40,
        error_messages={
            "required": _("请写姓名，不超过 40 字。"),
            "max_length": _("请写姓名，不超过 40 字。"),
        },
    )
    account = forms.CharField(
        label=_("账号"),
        max_length=40,
        help_text=_("登录时输入；2 到 40 个小写字母、数字、点、下划线或短横，以后不能改。"),
        error_messages={"required": _("请写账号。"), "max_length": _("账号不超过 40 个字符。")},
    )
    email = forms.EmailField(
        label=_("邮箱"),
        max_length=200,
        required=False,
        help_text=_("提醒发到这里；没有就只在工作台里看。"),
        error_messages={"invalid": _("邮箱请写成 name@example.cn 这样。"), "max_length": _("邮箱太长了。")},
    )


def read_hours(line: str) -> list[tuple[time, time]]:
    """The spans of a line such as 9:00-12:00 14:00-17:30. Raises ValueError for what is none."""
    plain = unicodedata.normalize("NFKC", line)
    if BETWEEN.sub("", CLOCK.sub("", plain)):
        raise ValueError(line)
    times = [time(int(hour), int(minute or 0)) for hour, minute in CLOCK.findall(plain)]
    if len(times) % 2:
        raise ValueError(line)
    return list(zip(times[::2], times[1::2], strict=True))


def written_hours(spans: list[tuple[time, time]]) -> str:
    """Spans as they are typed."""
    return " ".join(f"{opens.hour}:{opens:%M}-{closes.hour}:{closes:%M}" for opens, closes in spans)
