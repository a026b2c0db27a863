"""The few addresses both doors share: language, quick leave, the component page."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from huiying.records import clock
from huiying.web.shared import dates, samples

YEAR = 365 * 24 * 3600


# No token on purpose: a token on every public page would keep it out of every cache, and a stranger can only change the language.
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the page one was on."""
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(target if safe else "/")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@csrf_exempt  # the worst a stranger can do is sign someone out; an expired token must never stop a person from leaving
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session, tell the browser to forget this site, and show a neutral page."""
    logout(request)
    response = redirect("shared:left")
    response["Clear-Site-Data"] = '"cookies", "storage"'
    return response


@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """The neutral page."""
    return render(request, "shared/pages/left.html", {"long_today": dates.long_date(clock.now())})


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every shape of the look on one page, with sample content, in the frame asked for (?frame=console)."""
    frame = "console" if request.GET.get("frame") == "console" else "portal"
    return render(request, f"shared/pages/components_{frame}.html", samples.everything(clock.today()))
