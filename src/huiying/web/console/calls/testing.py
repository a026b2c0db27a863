"""Tests of how posts are reached: start one, see counts by post and way, end it."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiying.records import clock
from huiying.registry import actions, call_gate, selectors
from huiying.registry.duty_kinds import WAY_LABELS, Way
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.calls.forms import TestForm
from huiying.web.console.fields import hold_errors
from huiying.web.console.settings.views import body_of

MOST_POSTS = 100


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.COMMUNICATION_TEST)
def tests(request: OfficerRequest) -> HttpResponse:
    """The newest tests with their counts, and a new one."""
    form = _form(request)
    if request.method == "POST" and form.is_valid() and _started(request, form):
        messages.success(request, _("测试已开始，几秒后发出；结果会陆续出现在这里。"))
        return _back()
    context = {
        "form": form,
        "tests": call_gate.tests_listed(request.officer),
        "words": {way.value: WAY_LABELS[way] for way in Way},
    }
    return render(request, "console/calls/tests.html", context, status=422 if form.errors else 200)


@require_POST
@console_view(Action.COMMUNICATION_TEST)
def end(request: OfficerRequest, test_id: int) -> HttpResponse:
    """End a test before its day is over."""
    row = call_gate.communication_test_for(request.officer, test_id)
    actions.communication_test_end(test=row, by=request.officer, at=clock.now())
    messages.success(request, _("测试已结束。"))
    return _back()


def _form(request: OfficerRequest) -> TestForm:
    form = TestForm(request.POST if request.method == "POST" else None)
    rows = selectors.posts_of(request.officer)[:MOST_POSTS]
    choices = [(str(post.pk), f"{post.unit.name} · {post.title}") for post in rows]
    cast("object", form.fields["posts"]).choices = choices  # type: ignore[attr-defined]
    return form


def _started(request: OfficerRequest, form: TestForm) -> bool:
    chosen = [int(pk) for pk in form.cleaned_data["posts"]]
    posts = list(selectors.posts_of(request.officer).filter(pk__in=chosen))
    ways = [Way(way) for way in form.cleaned_data["ways"]]
    try:
        actions.communication_test_start(
            body=body_of(request), posts=posts, ways=ways, by=request.officer, at=clock.now()
        )
    except Incomplete as wrong:
        hold_errors(form, wrong)
        return False
    return True


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("console:communication_tests"), status=303)
