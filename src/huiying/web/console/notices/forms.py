"""What staff type about facts and notices."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.publishing.models import Notice, NoticeVersion
from huiying.publishing.reasons import ReturnReason, WithdrawReason
from huiying.publishing.texts import NoticeText
from huiying.web.console.fields import Instant


class FactForm(forms.Form):
    """One established fact."""

    text = forms.CharField(label=_("查实了什么"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(
        label=_("来源"), required=False, help_text=_("谁在哪里看到、量到或者查到的；写岗位，不写人名。")
    )
    established_at = Instant(label=_("什么时候查实的"))
    incident = forms.TypedChoiceField(
        label=_("属于哪起突发事件"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, incidents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["incident"].choices = [("", _("不属于突发事件")), *incidents]  # type: ignore[attr-defined]
        self.fields["incident"].required = False


class TextForm(forms.Form):
    """The text of a notice; every part the public needs has its own box."""

    title = forms.CharField(label=_("标题"), required=False)
    text = forms.CharField(
        label=_("已经查实的情况"),
        required=False,
        help_text=_("只写有来源的事实：何时、何地、何事、现在怎样。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    unknown = forms.CharField(
        label=_("还在核实的情况"),
        required=False,
        help_text=_("不知道的就写不知道；都已查实的，写“暂无”。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    advice = forms.CharField(
        label=_("公众可以怎么做"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact = forms.CharField(label=_("咨询电话或者地址"), required=False)
    next_update_at = Instant(label=_("下次更新的时间"), required=False)
    facts = forms.TypedMultipleChoiceField(
        label=_("依据的事实"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, facts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facts"].choices = facts  # type: ignore[attr-defined]

    def value(self) -> NoticeText:
        """What was typed, as the room takes it."""
        given = {name: self.cleaned_data[name] for name in ("title", "text", "unknown", "advice", "contact")}
        return NoticeText(
            **given,
            next_update_at=self.cleaned_data["next_update_at"],
            fact_ids=tuple(self.cleaned_data["facts"]),
        )


class NoticeForm(TextForm):
    """A draft: its text, who issues it, which duties it answers."""

    answers = forms.TypedMultipleChoiceField(
        label=_("回应哪些发布时限"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, answers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = answers  # type: ignore[attr-defined]


class NewNoticeForm(NoticeForm):
    """A draft that does not exist yet: its unit and incident are chosen once."""

    issuer = forms.TypedChoiceField(label=_("以哪个单位的名义发布"), coerce=int)
    incident = forms.TypedChoiceField(
        label=_("关于哪起突发事件"), required=False, coerce=int, empty_value=None
    )

    field_order = ("issuer", "incident", "title")

    def __init__(
        self, *args: Any, issuers: list[tuple[str, str]], incidents: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].choices = issuers  # type: ignore[attr-defined]
        self.fields["incident"].choices = [("", _("不属于突发事件")), *incidents]  # type: ignore[attr-defined]


class CorrectionForm(TextForm):
    """The right text, and why the other was wrong."""

    reason = forms.CharField(
        label=_("哪里错了，为什么"),
        required=False,
        help_text=_("这句话会和更正一起公开。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("reason", "title")


class ReturnForm(forms.Form):
    """Why a text goes back."""

    reason = forms.ChoiceField(label=_("退回的理由"), choices=ReturnReason.choices)
    remark = forms.CharField(
        label=_("给起草人的话"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ConferenceForm(forms.Form):
    """A press conference that was held."""

    held_at = Instant(label=_("什么时候举行的"), help_text=_("早晚以记录的时间为准，请在会后及时记录。"))
    place = forms.CharField(label=_("地点"), required=False)
    speaker = forms.TypedChoiceField(label=_("发言人的岗位"), coerce=int)
    notice = forms.TypedChoiceField(label=_("同时发布的信息"), required=False, coerce=int, empty_value=None)

    def __init__(
        self, *args: Any, posts: list[tuple[str, str]], notices: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaker"].choices = [("", _("请选择")), *posts]  # type: ignore[attr-defined]
        self.fields["notice"].choices = [("", _("没有")), *notices]  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why a notice is taken down."""

    reason = forms.ChoiceField(label=_("撤下的理由"), choices=WithdrawReason.choices)
    remark = forms.CharField(
        label=_("说明"),
        required=False,
        help_text=_("这句话会公开。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def initial_of(version: NoticeVersion, notice: Notice) -> dict[str, Any]:
    """A stored text as the form's starting values."""
    at = version.next_update_at
    return {
        "title": version.title,
        "text": version.text,
        "unknown": version.unknown,
        "advice": version.advice,
        "contact": version.contact,
        "next_update_at": timezone.localtime(at) if at else None,
        "facts": [str(pk) for pk in version.facts.values_list("pk", flat=True)],
        "answers": [str(pk) for pk in notice.answers],
    }
