"""The Atom feed of a body's notices; a correction or withdrawal is an update of its entry."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiying.publishing.gate import published_notices
from huiying.publishing.models import Notice
from huiying.publishing.selectors import PublicNotice, notices_stamp, public_notice
from huiying.registry.models import Body
from huiying.registry.selectors import public_body
from huiying.rules.lifecycle import NoticeState
from huiying.web.shared.caching import tagged, unchanged

ENTRIES = 30


class NoticeFeed(Feed):  # type: ignore[type-arg]  # not generic at run time
    """The newest notices of one body, RFC 4287."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 304 while nothing that the public can see has changed."""
        stamp = notices_stamp(public_body(kwargs["body_code"]))
        version = f"feed-{stamp.timestamp() if stamp else 0}-{get_language()}"
        if (same := unchanged(request, version)) is not None:
            return same
        response = tagged(super().__call__(request, *args, **kwargs), version)
        response.headers["Cache-Control"] = "public, max-age=60"
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Body:
        """The body of the address."""
        return public_body(kwargs["body_code"])

    def title(self, body: Body) -> str:
        """The feed's name."""
        return _("%(body)s 情况发布") % {"body": body.name}

    def link(self, body: Body) -> str:
        """The list of notices."""
        return reverse("portal:notices", args=[body.code])

    def author_name(self, body: Body) -> str:
        """Who publishes."""
        return body.name

    def items(self, body: Body) -> list[Notice]:
        """The newest entries."""
        return list(published_notices(body)[:ENTRIES])

    def item_title(self, item: Notice) -> str:
        """The title, with what became of it in front."""
        return {
            NoticeState.CORRECTED: _("（已更正）%(title)s"),
            NoticeState.WITHDRAWN: _("（已撤下）%(title)s"),
        }.get(NoticeState(item.state), "%(title)s") % {"title": _(item.public_title)}

    def item_description(self, item: Notice) -> str:
        """What is known, what is not yet, what people can do; for a withdrawn notice the reason."""
        shown = public_notice(item)
        if shown.is_withdrawn:
            return _("已撤下：%(why)s") % {"why": item.withdraw_note}
        return "\n\n".join(_parts(shown))

    def item_link(self, item: Notice) -> str:
        """The notice's own page."""
        return reverse("portal:notice", args=[item.body.code, item.reference])

    def item_author_name(self, item: Notice) -> str:
        """The unit that issues it."""
        return item.issuer.name

    def item_pubdate(self, item: Notice) -> datetime | None:
        """When it was published."""
        return item.published_at

    def item_updateddate(self, item: Notice) -> datetime:
        """When it was last published, corrected or withdrawn."""
        return item.changed_at


def _parts(shown: PublicNotice) -> list[str]:
    version = shown.notice.current
    assert version is not None
    parts = [version.text]
    if shown.corrections:
        parts.insert(0, _("更正：%(reason)s") % {"reason": shown.corrections[0].reason})
    if version.unknown:
        parts.append(_("还在核实：%(unknown)s") % {"unknown": version.unknown})
    if version.advice:
        parts.append(_("您可以这样做：%(advice)s") % {"advice": version.advice})
    return parts
