"""What the body tells everyone: the list, and each notice with its corrections beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from huiying.publishing.gate import published_notice, published_notices
from huiying.publishing.selectors import next_update, notices_stamp, public_notice
from huiying.records import clock
from huiying.registry.selectors import public_body
from huiying.web.shared.caching import public_page, tagged, unchanged

PER_PAGE = 30


@require_safe
@public_page(60)
def listing(request: HttpRequest, body_code: str) -> HttpResponse:
    """The notices of a body, the newest first; older ones by ?before=."""
    body = public_body(body_code)
    before = request.GET.get("before", "")
    stamp = notices_stamp(body)
    version = f"notices-{body.pk}-{stamp.timestamp() if stamp else 0}-{before[:20]}-{get_language()}"
    if (same := unchanged(request, version)) is not None:
        return same
    rows = published_notices(body).order_by("-id")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    notices = list(rows[: PER_PAGE + 1])
    older = str(notices[PER_PAGE - 1].pk) if len(notices) > PER_PAGE else None
    context = {"body": body, "notices": notices[:PER_PAGE], "older": older}
    return tagged(render(request, "portal/notices/list.html", context), version)


@require_safe
@public_page(60)
def page(request: HttpRequest, body_code: str, reference: str) -> HttpResponse:
    """One notice as it stands, with every correction and the text it replaced."""
    body = public_body(body_code)
    notice = published_notice(body, reference)
    ahead = next_update(notice, at=clock.now())
    version = f"notice-{notice.pk}-{notice.changed_at.timestamp()}-{bool(ahead)}-{get_language()}"
    if (same := unchanged(request, version)) is not None:
        return same
    context = {
        "body": body,
        "shown": public_notice(notice),
        "notice": notice,
        "version": notice.current,
        "next_update": ahead,
    }
    return tagged(render(request, "portal/notices/page.html", context), version)
