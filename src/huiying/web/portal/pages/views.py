"""Pages that say where to go, how it works and what happens to what people tell. The same for every visitor."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiying.publishing.selectors import next_update, notices_for_home
from huiying.records import clock
from huiying.registry.selectors import public_bodies, public_body
from huiying.web.portal.pages import procedure
from huiying.web.portal.pages.summary import last_month
from huiying.web.portal.pages.today import places_now
from huiying.web.shared.caching import public_page

MOST_BODIES = 200


@require_safe
@public_page(60)
def bodies(request: HttpRequest) -> HttpResponse:
    """The installation's bodies; with a single one, straight to it."""
    found = list(public_bodies()[:MOST_BODIES])
    if len(found) == 1:
        return HttpResponseRedirect(reverse("portal:home", args=[found[0].code]))
    return render(request, "portal/pages/bodies.html", {"bodies": found})


@require_safe
@public_page(60)
def home(request: HttpRequest, body_code: str) -> HttpResponse:
    """Three doors, what is happening now, where people are received, and last month in one line."""
    body = public_body(body_code)
    now = clock.now()
    notices = notices_for_home(body, at=now)
    context = {
        "body": body,
        "urgent": [(notice, next_update(notice, at=now)) for notice in notices.urgent],
        "notices": notices.others,
        "places": places_now(body, today=clock.today()),
        "month": last_month(body),
    }
    return render(request, "portal/pages/home.html", context)


@require_safe
@public_page(300)
def how(request: HttpRequest, body_code: str) -> HttpResponse:
    """What every body must publish: channels, address, telephone, times, query, laws, procedure. 信访工作条例 art. 18."""
    body = public_body(body_code)
    days, parts = procedure.longest()
    context = {
        "body": body,
        "places": places_now(body, today=clock.today()),
        "steps": procedure.steps(),
        "clocks": procedure.clocks(),
        "longest": days,
        "longest_parts": parts,
        "promised": procedure.promised(),
        "review_days": procedure.review_days(),
        "laws": procedure.LAWS,
    }
    return render(request, "portal/pages/how.html", context)


@require_safe
@public_page(300)
def help_page(request: HttpRequest) -> HttpResponse:
    """Whom to ask, by body; the same link stands on every page (WCAG 2.2, 3.2.6)."""
    found = list(public_bodies()[:MOST_BODIES])
    rows = [(body, places_now(body, today=clock.today())) for body in found]
    return render(request, "portal/pages/help.html", {"rows": rows})


@require_safe
@public_page(300)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a person, who may see it, and how they know. 个人信息保护法 art. 17."""
    return render(request, "portal/pages/privacy.html")


@require_safe
@public_page(300)
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the pages can be used, and whom to tell when they cannot."""
    return render(request, "portal/pages/accessibility.html")
