"""The second step of signing in: a code of the authenticator, or a recovery code.

Between the steps the session knows whose passphrase was right, for five minutes, and opens nothing.
"""

import hmac
from datetime import datetime, timedelta

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huiying.records import clock
from huiying.registry import actions, locks
from huiying.registry.models import Staff
from huiying.registry.selectors import asks_for_code
from huiying.rules.words import N_
from huiying.web.console.account import browsers, languages
from huiying.web.console.account.forms import CodeForm, SignInForm
from huiying.web.console.account.pages import door_page, first_page

HALF_WAY = "half_signed_in"
PATIENCE = timedelta(minutes=5)
EXPIRED = N_("输入口令之后超过 5 分钟没有输入验证码，请重新登录。")
WRONG = N_("验证码不对，或已经用过。请等应用里出现新的 6 位数字再输入，或用一个没有用过的恢复码。")
LOCKED = N_("连续 5 次验证码不对，请 15 分钟后再试，或请安全管理员重置两步验证。")


def go_on(request: HttpRequest, staff: Staff, account: str) -> HttpResponse:
    """After the right passphrase: to the second step where the account has one, else in."""
    if not asks_for_code(staff):
        return let_in(request, staff, account)
    request.session.cycle_key()
    request.session[HALF_WAY] = {
        "staff": staff.pk,
        "account": account,
        "mark": staff.get_session_auth_hash(),
        "at": clock.now().isoformat(),
        "next": first_page(request),
    }
    return HttpResponseRedirect(reverse("console:sign_in_code"), status=303)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; whoever has not given the passphrase a moment ago sees the first step again."""
    half = _half_way(request)
    if half is None:
        return _from_the_start(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _code_page(request, form)
    return _tried(request, half, form)


def let_in(request: HttpRequest, staff: Staff, account: str, *, target: str = "") -> HttpResponse:
    """Begin a session of this person; the browser is known from now on and speaks their language."""
    target = target or first_page(request)
    login(request, staff)
    actions.sign_in(staff=staff, at=clock.now())
    if staff.passphrase_lent:
        target = reverse("console:passphrase")
    response = HttpResponseRedirect(target, status=303)
    browsers.remember(response, account)
    if staff.language:
        languages.remember(response, staff.language)
    return response


def may_try_code(staff: Staff, at: datetime) -> bool:
    """Count one try of a code. By account alone: only somebody who has the passphrase gets this far."""
    return locks.begin(_lock(staff), "", at=at)


def code_was_wrong(staff: Staff, at: datetime) -> None:
    """Record the lock where this was the last try."""
    if locks.is_locked(_lock(staff), "", at=at):
        actions.sign_in_lock(account=staff.account, at=at)


def code_was_right(staff: Staff) -> None:
    """Forget the wrong codes before it."""
    locks.succeeded(_lock(staff), "")


def _lock(staff: Staff) -> str:
    return f"code:{staff.pk}"


def _tried(request: HttpRequest, staff: Staff, form: CodeForm) -> HttpResponse:
    at, half = clock.now(), request.session[HALF_WAY]
    if not may_try_code(staff, at):
        form.add_error(None, _(LOCKED))
        return _code_page(request, form, wait=int(locks.PERIOD.total_seconds()))
    if not actions.second_factor_pass(staff=staff, code=form.cleaned_data["code"], at=at):
        code_was_wrong(staff, at)
        form.add_error("code", _(WRONG))
        return _code_page(request, form)
    code_was_right(staff)
    del request.session[HALF_WAY]
    return let_in(request, staff, half["account"], target=half["next"])


def _half_way(request: HttpRequest) -> Staff | None:
    """Whose passphrase was right in this browser within five minutes, and is still theirs."""
    half = request.session.get(HALF_WAY)
    if not half or clock.now() - datetime.fromisoformat(half["at"]) > PATIENCE:
        return None
    staff = Staff.objects.filter(pk=half["staff"], is_active=True).first()
    if staff is None or not hmac.compare_digest(half["mark"], staff.get_session_auth_hash()):
        return None
    return staff


def _from_the_start(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return door_page(request, SignInForm())
    form = SignInForm({})
    form.errors.clear()
    form.add_error(None, _(EXPIRED))
    return door_page(request, form, status=422)


def _code_page(request: HttpRequest, form: CodeForm, *, wait: int = 0) -> HttpResponse:
    status = 429 if wait else 422 if form.errors else 200
    response = render(request, "console/account/sign_in_code.html", {"form": form}, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response
