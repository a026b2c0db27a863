"""The filters of the ledger and the giving of a grant."""

import uuid

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from huiying.registry.audit import Asked
from huiying.registry.models import Post, Unit
from huiying.rules.permissions import Role


class LedgerFilter(forms.Form):
    """Kind, subject and day; a value that cannot be read narrows nothing and is said."""

    kind = forms.CharField(required=False, max_length=40)
    subject = forms.CharField(required=False, max_length=40)
    number = forms.CharField(required=False, max_length=40)
    day = forms.DateField(required=False, error_messages={"invalid": _("日期请写成 2025-03-21 这样。")})
    after = forms.UUIDField(required=False)
    verify = forms.BooleanField(required=False)

    def asked(self) -> Asked:
        """What was asked, as far as it could be read."""
        self.is_valid()
        typed = self.cleaned_data
        return Asked(
            kind=typed.get("kind", ""),
            subject_kind=typed.get("subject", ""),
            subject_id=typed.get("number", ""),
            day=typed.get("day"),
        )

    def key(self) -> uuid.UUID | None:
        """The key of the page above, if one was given."""
        self.is_valid()
        return self.cleaned_data.get("after")

    def verifies(self) -> bool:
        """Whether the events of the page are to be checked."""
        self.is_valid()
        return bool(self.cleaned_data.get("verify"))


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A post by its unit and title: every unit has a head, so the title alone does not say which."""

    def label_from_instance(self, obj: Model) -> str:
        """Unit and title."""
        return f"{obj.unit.name} · {obj.title}" if isinstance(obj, Post) else str(obj)


def last_day(*, required: bool) -> forms.DateField:
    """The last day of a grant, as the browser's own picker gives it."""
    sentence = _("请填写日期，例如 2025-03-21。")
    return forms.DateField(
        label=_("最后一天"),
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": sentence, "required": sentence},
    )


class ExtendForm(forms.Form):
    """Another last day of a grant."""

    expires_on = last_day(required=True)


class GrantForm(forms.Form):
    """Role, unit and post of a new grant; the choices are the body's own."""

    role = forms.TypedChoiceField(
        label=_("职责"),
        coerce=Role,
        error_messages={"required": _("请选择职责。"), "invalid_choice": _("请从列表中选择。")},
    )
    unit = forms.ModelChoiceField(
        label=_("单位"),
        queryset=Unit.objects.none(),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择单位。"), "invalid_choice": _("请从列表中选择。")},
    )
    post = PostChoice(
        label=_("岗位"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("不任具体岗位"),
        error_messages={"invalid_choice": _("请从列表中选择。")},
    )
    expires_on = last_day(required=False)
    confirmed = forms.BooleanField(
        label=_("我已核对人员、职责和单位"), error_messages={"required": _("请核对后勾选确认。")}
    )

    def clean(self) -> dict[str, object]:
        """The post stands in the chosen unit."""
        typed = super().clean() or {}
        post, unit = typed.get("post"), typed.get("unit")
        if post and unit and post.unit_id != unit.pk:
            self.add_error("post", _("这个岗位不在所选的单位。"))
        return typed
