"""What is assumed in a rehearsal, as it is typed: every field has its usual value, so that one button is enough."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.emergency.tabletop import CREW_LABELS, MOST_EACH, MOST_RUNS, Asked, Crew, Three
from huiying.playbook.document import PlanDocument
from huiying.records.clock import SHANGHAI

NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,2})?")
CHOOSE = {"required": _("请选择一项。"), "invalid_choice": _("请从列表中选择。")}
WHOLE = {"required": _("请填写整数。"), "invalid": _("请填写整数。"), "min_value": _("最少填 %(limit_value)s。"),
         "max_value": _("最多填 %(limit_value)s。")}  # fmt: skip
THREE_WRONG = _("请按“最短 通常 最长”填写三个数，例如 5 12 30。")
THREES = ("decision", "answer", "travel", "work")


def _usual(name: str) -> Any:
    return Asked.__dataclass_fields__[name].default


def written_three(value: Three) -> str:
    """Three numbers as they are typed."""
    return " ".join(f"{number:g}" for number in value)


class Spread(forms.CharField):
    """Three numbers: shortest, usual, longest."""

    def clean(self, value: Any) -> Any:
        """The three numbers, whatever stands between them."""
        found = NUMBER.findall(unicodedata.normalize("NFKC", str(super().clean(value))))
        if len(found) != 3:
            raise forms.ValidationError(THREE_WRONG)
        return tuple(map(float, found))


def _spread(label: Any, hint: Any, name: str) -> Spread:
    return Spread(
        label=label,
        help_text=hint,
        initial=written_three(_usual(name)),
        max_length=40,
        error_messages={"required": THREE_WRONG, "max_length": THREE_WRONG},
    )


def _whole(label: Any, name: str, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        initial=_usual(name),
        min_value=least,
        max_value=most,
        error_messages=WHOLE,
    )


class RehearseForm(forms.Form):
    """One rehearsal."""

    level = forms.ChoiceField(label=_("响应级别"), error_messages=CHOOSE)
    facets = forms.MultipleChoiceField(
        label=_("事件类型与情形"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只选这次要演算的；不选就只演算每次都做的步骤。"),
        error_messages=CHOOSE,
    )
    on = forms.DateField(
        label=_("哪一天接报"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("按这一天的值班表和请假找人。"),
        error_messages={"required": _("请选择日期。"), "invalid": _("请选择日期，例如 2025-03-21。")},
    )
    hour = forms.TypedChoiceField(
        label=_("几点"),
        choices=[(str(hour), f"{hour:02}:00") for hour in range(24)],
        coerce=int,
        error_messages=CHOOSE,
    )
    crew = forms.TypedChoiceField(
        label=_("谁在岗"),
        choices=[(crew.value, label) for crew, label in CREW_LABELS.items()],
        coerce=Crew,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    each = _whole(_("假设每个角色几个人"), "each", 1, MOST_EACH, _("只在假设每个角色都有人时用。"))
    runs = _whole(_("演算次数"), "runs", 1, MOST_RUNS, _("次数越多越稳；不超过 1000 次。"))
    silent = _whole(
        _("第一次联系不上的比例（%）"), "silent", 0, 95, _("每次派指令时，有多大可能没有人回话。")
    )
    away = _whole(
        _("需要先赶来的比例（%）"), "away", 0, 100, _("只用于不知道谁几点在岗时；有值班表的按值班表。")
    )
    decision = _spread(_("从接报到决定启动，几分钟"), _("最短、通常、最长，用空格隔开。"), "decision")
    answer = _spread(_("接到指令后多久回话，几分钟"), _("最短、通常、最长，用空格隔开。"), "answer")
    travel = _spread(_("不在岗的人赶来，几分钟"), _("最短、通常、最长，用空格隔开。"), "travel")
    work = _spread(_("做完一步用去时限的百分之几"), _("最短、通常、最长；大于 100 表示超过时限。"), "work")
    unlimited = _whole(_("没有时限的步骤按几分钟算"), "unlimited", 1, 100_000)
    hands_on = _whole(
        _("超过一天的步骤，真正占用人的比例（%）"), "hands_on", 1, 100, _("其余时间是等待，人可以做别的。")
    )

    def __init__(self, doc: PlanDocument, day: date, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = sorted(doc.levels, key=lambda level: -level.level.strength)
        self._choose("level", [(level.level.value, level.level.label) for level in levels])
        self._choose("facets", [(facet.id, facet.heading) for facet in doc.facets])
        self.initial = {
            "level": levels[0].level.value if levels else "",
            "on": day,
            "hour": "9",
            "crew": Crew.OWN.value,
            **self.initial,
        }

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What was typed, as the room takes it."""
        typed = dict(self.cleaned_data)
        on, hour = typed.pop("on"), typed.pop("hour")
        typed["facets"] = tuple(typed["facets"])
        return Asked(starts_at=datetime.combine(on, time(hour), SHANGHAI), **typed)


FIRST = ("level", "on", "hour", "runs")
MORE = ("each", "silent", "away", "decision", "answer", "travel", "work", "unlimited", "hands_on")
