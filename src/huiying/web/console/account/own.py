"""One's own account: what one holds, the language of the console, two-step sign-in."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

import segno
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from huiying.records import clock
from huiying.registry import actions, second_factor, selectors
from huiying.registry.models import SecondFactor, Staff
from huiying.rules.permissions import Role
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.account import languages
from huiying.web.console.account.forms import CodeForm, SecondFactorEndForm
from huiying.web.console.account.signing_in import LOCKED, code_was_right, code_was_wrong, may_try_code
from huiying.web.console.fields import hold_errors

GROUP = 4


@require_safe
@console_view()
def account(request: OfficerRequest) -> HttpResponse:
    """Who one is here, which roles run until when, and what one can set for oneself."""
    staff = _oneself(request)
    held = selectors.running(selectors.grants_of(request.officer), clock.now()).filter(staff=staff)
    context = {
        "person": staff,
        "grants": [(Role(grant.role), grant) for grant in held],
        "factor": selectors.second_factor_of(staff),
        "codes_left": selectors.recovery_codes_left(staff),
    }
    return render(request, "console/account/account.html", context)


@require_POST
@console_view()
def language(request: OfficerRequest) -> HttpResponse:
    """Keep the language of one's console with the account, so that it follows to every computer."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(reverse("console:account"), status=303)
    if chosen in languages.OFFERED:
        actions.language_choose(staff=_oneself(request), language=chosen, by=request.officer)
        languages.remember(response, chosen)
    return response


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@console_view()
def second_factor_page(request: OfficerRequest) -> HttpResponse:
    """Explain two steps, begin them, show the square picture, take the first code."""
    staff = _oneself(request)
    if request.method != "POST":
        return _factor_page(request, staff, CodeForm())
    if "code" not in request.POST:
        actions.second_factor_begin(staff=staff, by=request.officer, at=clock.now())
        return HttpResponseRedirect(reverse("console:second_factor"), status=303)
    form = CodeForm(request.POST)
    codes = _tried(request, form, partial(actions.second_factor_confirm, staff=staff, by=request.officer))
    return _codes_page(request, codes) if codes else _factor_page(request, staff, form)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@console_view()
def recovery_codes(request: OfficerRequest) -> HttpResponse:
    """Ten new recovery codes in place of the old ones."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    act = partial(actions.recovery_codes_renew, staff=_oneself(request), by=request.officer)
    if codes := _tried(request, form, act):
        return _codes_page(request, codes)
    status = 422 if form.is_bound else 200
    return render(request, "console/account/recovery_codes.html", {"form": form}, status=status)


@sensitive_post_parameters("passphrase", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@console_view()
def second_factor_end(request: OfficerRequest) -> HttpResponse:
    """Turn two steps off, with passphrase and code."""
    form = SecondFactorEndForm(request.POST if request.method == "POST" else None)
    act = partial(actions.second_factor_end, staff=_oneself(request), by=request.officer)
    _tried(request, form, act)
    if form.is_bound and not form.errors:
        messages.success(request, _("两步验证已经关闭，以后登录只要口令。"))
        return HttpResponseRedirect(reverse("console:account"), status=303)
    status = 422 if form.is_bound else 200
    return render(request, "console/account/second_factor_end.html", {"form": form}, status=status)


def _oneself(request: OfficerRequest) -> Staff:
    return cast(Staff, request.user)


def _tried(request: OfficerRequest, form: forms.Form, act: Callable[..., Any]) -> Any:
    """What the act gives for the form's fields; None, with sentences at the form, where it refused them."""
    if not form.is_valid():
        return None
    staff, at = _oneself(request), clock.now()
    if not may_try_code(staff, at):
        form.add_error(None, _(LOCKED))
        return None
    try:
        given = act(**form.cleaned_data, at=at)
    except Incomplete as wrong:
        code_was_wrong(staff, at)
        hold_errors(form, wrong)
        return None
    code_was_right(staff)
    return given


def _factor_page(request: OfficerRequest, staff: Staff, form: CodeForm) -> HttpResponse:
    factor = selectors.second_factor_of(staff)
    context: dict[str, Any] = {"form": form, "factor": factor, "qr": "", "secret": ""}
    if factor is not None and factor.confirmed_at is None:
        context |= _shown(factor, staff)
    status = 422 if form.errors else 200
    return render(request, "console/account/second_factor.html", context, status=status)


def _shown(factor: SecondFactor, staff: Staff) -> dict[str, Any]:
    """The square picture, and the same secret in letters for whoever cannot scan it."""
    drawing = segno.make(second_factor.enrolment_address(factor, staff), micro=False, error="m")
    secret = second_factor.unseal(factor)
    return {
        "qr": Markup(drawing.svg_inline(border=4, omitsize=True)),  # noqa: S704  # drawn here
        "secret": " ".join(secret[i : i + GROUP] for i in range(0, len(secret), GROUP)),
    }


def _codes_page(request: OfficerRequest, codes: list[str]) -> HttpResponse:
    """The ten codes, once: sent again the same form is refused, and they lie nowhere."""
    return render(request, "console/account/codes_shown.html", {"codes": codes})
