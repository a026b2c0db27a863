"""What is typed on the pages of a plan's life after it is in force."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.emergency.models import PlanVersion
from huiying.emergency.plan_kinds import PlanKind, RevisionCause
from huiying.registry.models import Post
from huiying.rules.lifecycle.suggestion import SuggestionState

CHOOSE = {"required": _("请选择一项。"), "invalid_choice": _("请从列表中选择。")}
NONE_FOUND = ("", _("没有发现需要修订的情形"))


class CareForm(forms.Form):
    """A form about one version of a plan."""

    def __init__(self, *given: Any, version: PlanVersion, **options: Any) -> None:
        self.version = version
        super().__init__(*given, **options)


def _words(label: Any, *, most: int, hint: Any = "", rows: int = 5) -> forms.CharField:
    """A text; that it is empty or too long is said by the act, in the same words everywhere."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=widget,
        max_length=most,
        error_messages={
            "required": _("这一项需要填写。"),
            "max_length": _("太长了，请缩短。"),
        },
    )


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("请填写日期。"),
            "invalid": _("请填写日期，例如 2025-03-21。"),
        },
    )


def _cause(*first: tuple[str, Any], label: Any, required: bool) -> forms.ChoiceField:
    causes = [(cause.value, cause.label) for cause in RevisionCause]
    return forms.ChoiceField(label=label, choices=[*first, *causes], required=required, error_messages=CHOOSE)


class DescribeForm(CareForm):
    """Kind and answering post."""

    kind = forms.ChoiceField(
        label=_("类别"), choices=[(kind.value, kind.label) for kind in PlanKind], error_messages=CHOOSE
    )
    owner_post = forms.ModelChoiceField(
        label=_("负责岗位"), queryset=Post.objects.none(), required=False, error_messages=CHOOSE
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        posts = Post.objects.filter(unit__body=self.version.plan.body_id).select_related("unit")
        self.fields["owner_post"].queryset = posts.order_by("unit", "pk")  # type: ignore[attr-defined]


class LookForm(CareForm):
    """An evaluation or a practice: its day, what came out, and the cause to revise, if any."""

    on = _day(_("日期"))
    text = _words(_("结论"), most=4000, hint=_("写情况和建议，不写个人。"))
    cause = _cause(NONE_FOUND, label=_("需要修订的情形"), required=False)


class AddendumForm(CareForm):
    """An addition with its days."""

    title = _words(_("名称"), most=120, rows=1)
    text = _words(_("内容"), most=8000, rows=10, hint=_("只能增加：接待点、人手、时间、服务。"))
    reason = _words(_("理由"), most=2000, rows=3)
    starts_on = _day(_("第一天"))
    ends_on = _day(_("最后一天"), _("过了这一天自动失效；最长 366 天。"))


def _seen() -> forms.CharField:
    """The mark of what was looked at; a form without it is held to have seen nothing."""
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class AddendumChangeForm(AddendumForm):
    """The same, over a draft."""

    seen = _seen()


class NumberForm(CareForm):
    """The number of the document that puts it in force."""

    seen = _seen()
    document_number = _words(_("发文字号"), most=80, rows=1, hint=_("例如：青政发〔2025〕9 号"))


class ReasonForm(CareForm):
    """A reason alone."""

    reason = _words(_("理由"), most=2000)


class FigureForm(CareForm):
    """The body's own figure with its reason."""

    value = forms.IntegerField(
        label=_("本机构的数值"),
        min_value=1,
        error_messages={
            "required": _("请填写整数。"),
            "invalid": _("请填写整数。"),
            "min_value": _("最少填 %(limit_value)s。"),
        },
    )
    reason = _words(_("理由"), most=2000)


class NothingForm(CareForm):
    """Only yes or no."""


class RaiseForm(CareForm):
    """A cause to revise."""

    cause = _cause(label=_("情形"), required=True)
    text = _words(_("情况"), most=4000)


class SettleForm(CareForm):
    """What became of a cause."""

    revised = forms.TypedChoiceField(
        label=_("处理结果"),
        choices=[("0", _("不需要修订")), ("1", _("已经修订，或已写进新版草案"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    text = _words(_("说明"), most=4000)


class SuggestForm(CareForm):
    """A suggestion."""

    text = _words(_("建议"), most=2000, hint=_("哪一处、为什么、怎样改更好。不超过 2000 字。"))


class AnswerForm(CareForm):
    """The answer to a suggestion."""

    adopted = forms.TypedChoiceField(
        label=_("结果"),
        choices=[("1", SuggestionState.ADOPTED.label), ("0", SuggestionState.DECLINED.label)],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    text = _words(_("答复和理由"), most=2000, hint=_("提建议的人在自己的地址上读到。"))


class CommentForm(CareForm):
    """What one thinks of a clause."""

    text = _words(_("看法"), most=2000, hint=_("写清哪里不妥、怎样改。只写条款，不写个人。"))


class SettleCommentForm(CareForm):
    """How a comment was dealt with."""

    text = _words(_("怎样处理的"), most=2000)
