"""What staff type about incidents: counts, hazards and needs from closed lists; there is no box for a name."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.emergency.actions.incidents import MOST
from huiying.emergency.kinds import Hazard, Nature, Need, Source
from huiying.emergency.models import Incident
from huiying.rules.reporting import ReportField
from huiying.web.console.fields import Instant

CHOOSE = ("", _("请选择"))


class Count(forms.IntegerField):
    """A number of people; left empty it is none known."""

    def __init__(self, label: Any) -> None:
        wrong = {
            "invalid": _("请填写整数。"),
            "min_value": _("请填写 0 或以上的整数。"),
            "max_value": _("数字太大了。"),
        }
        super().__init__(label=label, required=False, min_value=0, max_value=MOST, error_messages=wrong)


def _words(label: Any, *, rows: int = 4, hint: Any = "") -> forms.CharField:
    """A text; the action says what is missing or too long, so that the sentence is the same everywhere."""
    return forms.CharField(
        label=label, required=False, help_text=hint, widget=forms.Textarea(attrs={"rows": rows})
    )


def _listed(kind: Iterable[Any], label: Any) -> forms.MultipleChoiceField:
    choices = [(member.value, member.label) for member in kind]
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )


class FactsForm(forms.Form):
    """What is known now: how many people, which dangers, what is needed."""

    needed: frozenset[str] = (
        frozenset()
    )  # the fields that a page marks as needed; the action says what is missing

    dead = Count(_("死亡人数"))
    injured = Count(_("受伤人数"))
    missing = Count(_("失联人数"))
    affected = Count(_("受影响（约）"))
    hazards = _listed(Hazard, _("现场还有哪些危险"))
    needs = _listed(Need, _("现场的人需要什么"))

    def counts(self) -> dict[str, int]:
        """The four counts; empty is none."""
        return {name: self.cleaned_data[name] or 0 for name in ("dead", "injured", "missing", "affected")}


class ReportForm(FactsForm):
    """A report of a harm or a danger, filled in on a phone in a minute."""

    nature = forms.ChoiceField(
        label=_("是什么危害"),
        choices=[CHOOSE, *((n.value, n.label) for n in Nature if n is not Nature.FORESEEN_HARM)],
    )
    place = forms.CharField(label=_("在哪里"), required=False)
    told = _words(_("发生了什么"))
    happened_at = Instant(label=_("什么时候发生的"))
    source = forms.ChoiceField(
        label=_("从哪里得知"),
        choices=[CHOOSE, *((s.value, s.label) for s in Source if s is not Source.WARNING)],
    )
    field_order = (
        "nature",
        "place",
        "happened_at",
        "told",
        "source",
        "injured",
        "dead",
        "missing",
        "affected",
        "hazards",
        "needs",
    )


class GroundsForm(forms.Form):
    """Why it is no incident."""

    needed = frozenset({"grounds"})

    grounds = _words(_("理由"), hint=_("写明核实了什么、看到了什么。"))


class ActivationForm(forms.Form):
    """The four contents of an activation; level and plan were chosen before."""

    matter = _words(_("响应事项"), rows=3)
    expected_duration = Instant(label=_("预计持续到"), required=False)
    measures = _words(_("应急处置措施"), rows=5, hint=_("对现场的人：听取、说明、照护、保持通道畅通。"))


class EndForm(forms.Form):
    """Which criteria are met, on what grounds the response ends, and why in spite of what is open."""

    criteria = forms.MultipleChoiceField(
        label=_("已经确认的结束条件"), required=False, widget=forms.CheckboxSelectMultiple
    )
    grounds = _words(_("结束理由"))
    despite = _words(_("还有未了结的事项时，逐项写明为什么仍然结束"))

    def __init__(self, *args: Any, criteria: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].choices = criteria  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """One decision."""

    needed = frozenset({"text"})

    text = _words(_("决定"), rows=3, hint=_("写要做什么，不写针对谁。"))
    legal_basis = forms.CharField(label=_("依据"), required=False)


class SituationForm(forms.Form):
    """A report to the superior body; its fields are those the rules ask for."""

    def __init__(self, *args: Any, asked: Iterable[ReportField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in asked:
            rows = 1 if field.name in ONE_LINE else 3
            self.fields[field.name] = (
                _words(_(field.label), rows=rows)
                if rows > 1
                else forms.CharField(label=_(field.label), required=False)
            )
        self.fields["sent_to"] = forms.CharField(label=_("报送机关"), required=False)
        self.fields["stated_at"] = Instant(label=_("填报时间（系统另记实际上报时间）"), required=False)


ONE_LINE = frozenset(
    {"received_at", "source", "happened_at", "place", "nature", "reporter", "reporter_contact"}
)


class PhoneForm(forms.Form):
    """Who took the call, and when."""

    needed = frozenset({"phoned_to", "phoned_at"})

    phoned_to = forms.CharField(label=_("接电话的单位和岗位"), required=False)
    phoned_at = Instant(label=_("通话时间"))


def facts_of(incident: Incident) -> dict[str, Any]:
    """What is stored of an incident as the form's starting values."""
    return {
        name: getattr(incident, name)
        for name in ("dead", "injured", "missing", "affected", "hazards", "needs")
    }
