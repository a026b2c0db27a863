"""What both steps of signing in show and where they lead."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from huiying.web.console.account.forms import SignInForm
from huiying.web.shared import frames


def wanted(request: HttpRequest) -> str:
    """The address somebody was on their way to, as it was sent."""
    return request.POST.get("next") or request.GET.get("next") or ""


def first_page(request: HttpRequest) -> str:
    """Where to go after signing in: a page of the console on this very host, else the first page."""
    target = wanted(request)
    here = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    path = urlsplit(target).path
    inside = here and path.startswith("/console/")
    first = frames.address("console:home") or reverse("console:passphrase")
    door = (reverse("console:sign_in"), reverse("console:sign_in_code"), reverse("console:sign_out"))
    return target if inside and path not in door else first


def door_page(
    request: HttpRequest, form: SignInForm, *, status: int = 200, ended: bool = False
) -> HttpResponse:
    """The first step: account and passphrase."""
    context = {
        "form": form,
        "next": wanted(request),
        "ended": ended,
        "minutes": settings.SESSION_COOKIE_AGE // 60,
    }
    return render(request, "console/account/sign_in.html", context, status=status)
