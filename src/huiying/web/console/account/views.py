"""Sign in, sign out, change one's passphrase."""

from datetime import datetime, timedelta
from typing import cast

from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiying.records import clock
from huiying.registry import actions, locks, passphrases
from huiying.registry.models import Staff
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.account import browsers, signing_in
from huiying.web.console.account.forms import PassphraseForm, SignInForm
from huiying.web.console.account.pages import door_page, first_page
from huiying.web.shared import throttle
from huiying.web.shared.sentences import translated

# One sentence for an unknown account, a wrong passphrase and an account that was ended: it tells nobody which exist.
NOT_MATCHING = N_("账号或口令不对。请检查大小写和输入法后再试。")
LOCKED = N_("连续 5 次没有登录成功，请 15 分钟后再试，或请系统管理员协助。")
BUSY = N_("现在有人在别处反复试这个账号。请过 15 秒再试；在平时登录用的浏览器里登录不受影响。")
# From all browsers that are not known together: what they may try at once, and how soon one more.
STRANGERS_TRIES = 60
STRANGERS_WAIT = 15  # seconds


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The staff door. A new session is begun at each sign-in, so that a planted one is worth nothing."""
    if request.method != "POST":
        return _ask(request)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return door_page(request, form, status=422)
    account = form.cleaned_data["account"]
    if not_now := _not_now(request, account):
        sentence, seconds = not_now
        return _refused(request, form, sentence, wait=seconds)
    if passphrases.refused_here(form.cleaned_data["passphrase"]):
        return _refused(request, form, passphrases.PUBLISHED)
    staff = authenticate(request, username=account, password=form.cleaned_data["passphrase"])
    if staff is None:
        return _not_matching(request, form, account)
    locks.succeeded(account.casefold(), _here(request, account))
    return signing_in.go_on(request, staff, account)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server and forget its cookie."""
    logout(request)
    return HttpResponseRedirect(reverse("console:sign_in"), status=303)


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@console_view()
def passphrase(request: OfficerRequest) -> HttpResponse:
    """Change one's own passphrase; every other session of the account ends with it."""
    form = PassphraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        messages.success(request, _("口令已修改，其他设备上的登录已经退出。"))
        return HttpResponseRedirect(reverse("console:account"), status=303)
    return render(
        request,
        "console/account/passphrase.html",
        {"form": form, "lent": cast(Staff, request.user).passphrase_lent},
        status=422 if form.is_bound else 200,
    )


def _changed(request: OfficerRequest, form: PassphraseForm) -> bool:
    staff = cast(Staff, request.user)
    old, new = form.cleaned_data["old"], form.cleaned_data["new"]
    if not locks.begin(f"old:{staff.account}", throttle.address_of(request), at=clock.now()):
        form.add_error("old", _(LOCKED))
        return False
    try:
        actions.passphrase_change(staff=staff, old=old, new=new, by=request.officer, at=clock.now())
    except Incomplete as missing:
        for field, sentence in missing.fields.items():
            form.add_error(field, translated(sentence))
        return False
    locks.succeeded(f"old:{staff.account}", throttle.address_of(request))
    update_session_auth_hash(request, staff)
    return True


def _ask(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(first_page(request))
    return door_page(request, SignInForm(), ended=_was_idle(request))


def _not_now(request: HttpRequest, account: str) -> tuple[str, int] | None:
    """Why nobody may try now and for how many seconds; None counts one try.

    Five failures lock the account for this browser, or for this address where the browser is not known. All unknown
    browsers together are slowed and never locked; a known one does not wait for them, or whoever tries an account from
    many addresses could keep its owner out.
    """
    at, here = clock.now(), _here(request, account)
    if locks.is_locked(account.casefold(), here, at=at):
        return LOCKED, int(locks.PERIOD.total_seconds())
    if not browsers.known(request, account) and not _stranger_may(account, at):
        return BUSY, STRANGERS_WAIT
    if not locks.begin(account.casefold(), here, at=at):  # somebody took the last try at the same moment
        return LOCKED, int(locks.PERIOD.total_seconds())
    return None


def _stranger_may(account: str, at: datetime) -> bool:
    wait = timedelta(seconds=STRANGERS_WAIT)
    return locks.may_spend(account.casefold(), limit=STRANGERS_TRIES, wait=wait, at=at)


def _here(request: HttpRequest, account: str) -> str:
    """What failures are counted by: the browser where it is known, else the address."""
    name = browsers.known(request, account)
    return f"browser {name}" if name else throttle.address_of(request)


def _not_matching(request: HttpRequest, form: SignInForm, account: str) -> HttpResponse:
    at = clock.now()
    if locks.is_locked(account.casefold(), _here(request, account), at=at):
        actions.sign_in_lock(account=account, at=at)
    return _refused(request, form, NOT_MATCHING)


def _was_idle(request: HttpRequest) -> bool:
    """Whether the door sent somebody here whose session had ended while they were away."""
    return "idle" in request.GET


def _refused(request: HttpRequest, form: SignInForm, sentence: str, *, wait: int = 0) -> HttpResponse:
    """The form again with this sentence; with `wait` (seconds) it says when to come back."""
    form.add_error(None, _(sentence))
    response = door_page(request, form, status=429 if wait else 422)
    if wait:
        response["Retry-After"] = str(wait)
    return response
