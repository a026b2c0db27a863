"""A settings form that becomes an act; what the act refuses stands at its fields."""

from collections.abc import Callable
from typing import Any

from django.forms import Form

from huiying.records import clock
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest
from huiying.web.console.fields import hold_errors


def done(request: OfficerRequest, form: Form, act: Callable[..., object], **subject: Any) -> bool:
    """Whether the form was sent, could be read, and the act took what it holds."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(**subject, **form.cleaned_data, by=request.officer, at=clock.now())
    except Incomplete as wrong:
        hold_errors(form, wrong)
        return False
    return True
