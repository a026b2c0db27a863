"""What staff type about evaluations and what follows from them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.learning.models import FindingKind


class SummaryForm(forms.Form):
    """The summary of an evaluation."""

    summary = forms.CharField(
        label=_("总结"),
        required=False,
        help_text=_("发生了什么、应对得怎样、原因是什么、要改什么。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class FindingForm(forms.Form):
    """One finding, tied to a clause and to rows of the timeline."""

    kind = forms.ChoiceField(label=_("种类"), choices=FindingKind.choices, initial=FindingKind.GAP)
    text = forms.CharField(label=_("发现了什么"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    clause_id = forms.ChoiceField(label=_("对应的预案条款"), required=False)
    evidence = forms.TypedMultipleChoiceField(
        label=_("凭哪几行经过"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, clauses: list[tuple[str, str]], rows: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause_id"].choices = [("", _("不对应具体条款")), *clauses]  # type: ignore[attr-defined]
        self.fields["evidence"].choices = rows  # type: ignore[attr-defined]


class CorrectiveForm(forms.Form):
    """What someone must put right by a day."""

    text = forms.CharField(label=_("整改什么"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.TypedChoiceField(label=_("责任人"), coerce=int)
    due_on = forms.DateField(
        label=_("完成期限"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("请填写日期，例如 2025-03-21。"), "required": _("请填写完成期限。")},
    )

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]


class ChangeForm(forms.Form):
    """A new text for a clause, and why."""

    proposed_text = forms.CharField(
        label=_("条款的新文字"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    reason = forms.CharField(label=_("为什么要改"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class DoneForm(forms.Form):
    """The owner's evidence."""

    evidence = forms.CharField(
        label=_("做了什么、凭什么可以核验"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RemarkForm(forms.Form):
    """What is still missing."""

    remark = forms.CharField(label=_("还缺什么"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
