"""What the console's forms share: an instant as browsers pick it, and a refusal's sentences put at their fields."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.rules.refusals import Incomplete
from huiying.web.shared.sentences import translated

LOCAL = "%Y-%m-%dT%H:%M"


class Instant(forms.DateTimeField):
    """A date and time as the browser's own picker gives it, in Asia/Shanghai."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"})
        invalid = {"invalid": _("请填写日期和时间，例如 2025-03-21 14:30。")}
        super().__init__(widget=widget, error_messages=invalid, **options)


def hold_errors(form: forms.Form, refusal: Incomplete) -> None:
    """Put the sentences of a refusal at their fields; what was typed stays."""
    for name, sentence in refusal.fields.items():
        form.add_error(name if name in form.fields else None, translated(sentence))
