"""The public address of a personal calendar: no sign-in, no cookie; whoever has no key learns nothing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiying.records import clock
from huiying.registry import calendar_feed
from huiying.web.shared import throttle
from huiying.web.shared.caching import tagged, unchanged

TRIES, PERIOD = 60, 3600  # an address: an office behind one of them asks a few times an hour


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The watches behind a key; 404 for a wrong one, an ended one and a closed account alike."""
    now = clock.now()
    if not throttle.allow("calendar", throttle.address_of(request), TRIES, PERIOD, at=now):
        return HttpResponse(status=429)
    found = calendar_feed.feed_of(key, now)
    if found is None:
        raise Http404
    same = unchanged(request, found.version)
    if same is not None:
        return same
    response = HttpResponse(calendar_feed.written(found.entries), content_type="text/calendar; charset=utf-8")
    return tagged(response, found.version)
